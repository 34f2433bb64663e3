"""How fast, how right and how large our Whisper is against openai-whisper's own `transcribe`, on the same weights.

    python -m tests.benchmarks.bench_transcription --speech DIR [--model base] [--threads 2]

`DIR` holds clips and a `references.tsv` (columns file and text). Both sides get each clip whole, clip by clip in turn,
so that a busy machine slows both alike. "To text" is what a customer's reply waits for; to words, for stock Whisper, is
a run with word times. Memory is that of the process that transcribes, after the run.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from salespractice.transcription.models import FoundModel, available_models
from salespractice.transcription.stretches import SAMPLE_RATE
from salespractice.transcription.transcriber import WhisperTranscriber

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Clip:
    """One recording at 16 kHz and the words that are said in it."""

    samples: Samples
    text: str

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


@dataclass
class Tally:
    """What one side has come to so far: seconds of computing and word errors over all clips."""

    to_text: float = 0.0
    to_words: float = 0.0
    errors: int = 0

    def add(self, begun: float, text_at: float, words_at: float, errors: int) -> None:
        """Count one clip, given the clock at its begin, its text and its word times."""
        self.to_text += text_at - begun
        self.to_words += words_at - begun
        self.errors += errors


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--speech", type=Path, required=True, help="folder with clips and references.tsv")
    parser.add_argument("--model", action="append", help="a model's name; all that are installed unless given")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in our process: the same conditions for both
    warnings.simplefilter("ignore")  # torch's, which would tear the table apart

    clips = [clip for clip in read_clips(options.speech) if clip.text]
    print(f"{len(clips)} clips, {sum(clip.seconds for clip in clips):.0f} s of speech, {options.threads} threads\n")
    print("| model | | s per s, to text | s per s, to words | word errors | WER | ready after | memory |")
    print("|---|---|---|---|---|---|---|---|")
    for model in available_models():
        if not options.model or model.name in options.model:
            compare(model, clips, options.threads)


def compare(model: FoundModel, clips: Sequence[Clip], threads: int) -> None:
    """Print three lines: ours, stock Whisper in this process, and how much faster ours is."""
    begun = time.perf_counter()
    with WhisperTranscriber(model, threads=threads) as transcriber:
        transcriber.ready.result()
        ours_ready = time.perf_counter() - begun
        begun = time.perf_counter()
        stock = Stock(model, threads)
        stock_ready = time.perf_counter() - begun
        ours, theirs = Tally(), Tally()
        _run(transcriber, stock, clips[0], Tally(), Tally())  # nobody is measured cold
        for clip in clips:
            _run(transcriber, stock, clip, ours, theirs)
        child = psutil.Process(transcriber.child_pid).memory_info().rss
    seconds = sum(clip.seconds for clip in clips)
    words = sum(len(stock.words(clip.text)) for clip in clips)
    memory = psutil.Process().memory_info().rss
    for who, tally, ready, size in (("ours", ours, ours_ready, child), ("stock", theirs, stock_ready, memory)):
        print(
            f"| {model.name} | {who} | {tally.to_text / seconds:.3f} | {tally.to_words / seconds:.3f} "
            f"| {tally.errors} of {words} | {tally.errors / words:.1%} | {ready:.1f} s | {size / 1e6:.0f} MB |"
        )
    gain = f"{theirs.to_text / ours.to_text:.1f} times | {theirs.to_words / ours.to_words:.1f} times"
    print(f"| {model.name} | faster | {gain} | | | | |", flush=True)


class Stock:
    """`whisper.transcribe` as a careful program calls it: language given, no conditioning on the text before."""

    def __init__(self, model: FoundModel, threads: int) -> None:
        import torch
        from whisper.normalizers import EnglishTextNormalizer

        from salespractice.transcription.checkpoint import load

        torch.set_num_threads(threads)
        self._normalise = EnglishTextNormalizer()
        self._whisper = load(model)

    def transcribe(self, samples: Samples, *, word_times: bool) -> str:
        """The text; word times are computed and thrown away."""
        answer = self._whisper.transcribe(
            samples, language="en", fp16=False, condition_on_previous_text=False, word_timestamps=word_times
        )
        return str(answer["text"])

    def words(self, text: str) -> list[str]:
        """The words of a text as Whisper's authors compare them: without case, punctuation and spelling variants."""
        return str(self._normalise(text)).split()


def _run(transcriber: WhisperTranscriber, stock: Stock, clip: Clip, ours: Tally, theirs: Tally) -> None:
    reference = stock.words(clip.text)
    begun = time.perf_counter()
    answer = transcriber.transcribe(clip.samples, [(0.0, clip.seconds)])
    text = answer.text.result()
    text_at = time.perf_counter()
    answer.transcript.result()
    ours.add(begun, text_at, time.perf_counter(), distance(reference, stock.words(text)))

    begun = time.perf_counter()
    text = stock.transcribe(clip.samples, word_times=False)
    text_at = time.perf_counter()
    stock.transcribe(clip.samples, word_times=True)
    words_at = begun + (time.perf_counter() - text_at)
    theirs.add(begun, text_at, words_at, distance(reference, stock.words(text)))


def read_clips(folder: Path) -> Iterator[Clip]:
    """The clips that `references.tsv` lists, mono at 16 kHz."""
    import soundfile
    import soxr

    with (folder / "references.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            samples, rate = soundfile.read(folder / row["file"], dtype="float32", always_2d=True)
            resampled = soxr.resample(samples.mean(axis=1), rate, SAMPLE_RATE)
            yield Clip(np.ascontiguousarray(resampled, dtype=np.float32), row["text"] or "")


def distance(reference: list[str], heard: list[str]) -> int:
    """Words to replace, leave out or put in, at the least."""
    return int(Levenshtein.distance(reference, heard))


if __name__ == "__main__":
    main()
