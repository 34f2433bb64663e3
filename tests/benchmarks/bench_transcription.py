"""How fast, how right and how large our Whisper is against openai-whisper's own `transcribe`, on the same weights.

    python -m tests.benchmarks.bench_transcription --speech DIR [--model base] [--threads 2]

`DIR` holds clips and a `references.tsv` (columns file and text). Both sides get each clip whole, in the same run and
order, and give word times. "To text" is what a customer's reply waits for; stock Whisper has no earlier text. Memory is
that of the transcription process after the run.
"""

from __future__ import annotations

import argparse
import csv
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from salespractice.transcription.models import FoundModel, available_models
from salespractice.transcription.stretches import SAMPLE_RATE
from salespractice.transcription.transcriber import WhisperTranscriber

Samples = NDArray[np.float32]
_Words = Callable[[str], list[str]]


@dataclass(frozen=True)
class Clip:
    """One recording at 16 kHz and the words that are said in it."""

    samples: Samples
    text: str

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


@dataclass(frozen=True)
class Result:
    """One line of the table; times are seconds of computing per second of speech."""

    model: str
    who: str
    to_text: float
    to_words: float
    errors: int
    words: int
    load: float
    memory: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--speech", type=Path, required=True, help="folder with clips and references.tsv")
    parser.add_argument("--model", action="append", help="a model's name; all that are installed unless given")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")  # torch's, which would tear the table apart

    clips = [clip for clip in read_clips(options.speech) if clip.text]
    print(f"{len(clips)} clips, {sum(clip.seconds for clip in clips):.0f} s of speech, {options.threads} threads\n")
    print("| model | | s per s, to text | s per s, to words | word errors | WER | load | memory |")
    print("|---|---|---|---|---|---|---|---|")
    words = _normalised()
    for model in available_models():
        if options.model and model.name not in options.model:
            continue
        ours = measure_ours(model, clips, words, options.threads)
        stock = measure_stock(model, clips, words, options.threads)
        for each in (ours, stock):
            print(
                f"| {each.model} | {each.who} | {each.to_text:.3f} | {each.to_words:.3f} | {each.errors} of {each.words} "
                f"| {each.errors / each.words:.1%} | {each.load:.1f} s | {each.memory:.0f} MB |"
            )
        gain = f"{stock.to_text / ours.to_text:.1f} times | {stock.to_words / ours.to_words:.1f} times"
        print(f"| {model.name} | faster | {gain} | | | | |")


def read_clips(folder: Path) -> Iterator[Clip]:
    """The clips that `references.tsv` lists, mono at 16 kHz."""
    import soundfile
    import soxr

    with (folder / "references.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            samples, rate = soundfile.read(folder / row["file"], dtype="float32", always_2d=True)
            resampled = soxr.resample(samples.mean(axis=1), rate, SAMPLE_RATE)
            yield Clip(np.ascontiguousarray(resampled, dtype=np.float32), row["text"] or "")


def measure_ours(model: FoundModel, clips: Sequence[Clip], words: _Words, threads: int) -> Result:
    """Each clip through the program's own transcription process."""
    started = time.perf_counter()
    with WhisperTranscriber(model, threads=threads) as transcriber:
        transcriber.ready.result()
        load = time.perf_counter() - started
        to_text = to_words = 0.0
        errors = 0
        for number, clip in enumerate((clips[0], *clips)):  # the first once more: nobody starts warm
            started = time.perf_counter()
            answer = transcriber.transcribe(clip.samples, [(0.0, clip.seconds)])
            text = answer.text.result()
            text_after = time.perf_counter() - started
            answer.transcript.result()
            if number:
                to_text += text_after
                to_words += time.perf_counter() - started
                errors += distance(words(clip.text), words(text))
        memory = psutil.Process(transcriber.child_pid).memory_info().rss / 1e6
    return _result(model, "ours", clips, words, (to_text, to_words), errors, (load, memory))


def measure_stock(model: FoundModel, clips: Sequence[Clip], words: _Words, threads: int) -> Result:
    """Each clip through `whisper.transcribe` as a careful program would call it: language given, no conditioning."""
    started = time.perf_counter()
    import torch

    from salespractice.transcription.checkpoint import load

    torch.set_num_threads(threads)
    whisper = load(model)
    loaded = time.perf_counter() - started
    settings: dict[str, Any] = {"language": "en", "fp16": False, "condition_on_previous_text": False}
    whisper.transcribe(clips[0].samples, word_timestamps=True, **settings)  # compiles
    to_text = to_words = 0.0
    errors = 0
    for clip in clips:
        started = time.perf_counter()
        text = str(whisper.transcribe(clip.samples, **settings)["text"])
        to_text += time.perf_counter() - started
        started = time.perf_counter()
        whisper.transcribe(clip.samples, word_timestamps=True, **settings)
        to_words += time.perf_counter() - started
        errors += distance(words(clip.text), words(text))
    memory = psutil.Process().memory_info().rss / 1e6
    return _result(model, "stock", clips, words, (to_text, to_words), errors, (loaded, memory))


def distance(reference: list[str], heard: list[str]) -> int:
    """Words to replace, leave out or put in, at the least."""
    return int(Levenshtein.distance(reference, heard))


def _normalised() -> _Words:
    from whisper.normalizers import EnglishTextNormalizer

    normalise = EnglishTextNormalizer()
    return lambda text: str(normalise(text)).split()


def _result(
    model: FoundModel,
    who: str,
    clips: Sequence[Clip],
    words: _Words,
    times: tuple[float, float],
    errors: int,
    cost: tuple[float, float],
) -> Result:
    seconds = sum(clip.seconds for clip in clips)
    count = sum(len(words(clip.text)) for clip in clips)
    return Result(model.name, who, times[0] / seconds, times[1] / seconds, errors, count, *cost)


if __name__ == "__main__":
    main()
