"""How fast, how right and how large our Whisper is against others with the same weights, in the same run.

    python -m tests.benchmarks.bench_transcription --speech DIR [--model base] [--threads 2]

`DIR` holds clips and a `references.tsv` (columns file and text). The others are openai-whisper's own `transcribe` and,
where it is installed, faster-whisper in 8 bits with a beam of one. Each clip goes to all of them in turn, so that a
busy machine slows all alike: the clips alone, the answers that ship alone, and both joined to about a minute. Ours
begins with voice activity, as in the program; the times are those of the clock, with voice activity in them.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import psutil
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from salespractice.audio.files import read_sound
from salespractice.hearing import hear
from salespractice.language.transcript import Transcript
from salespractice.places import shipped
from salespractice.rig import spelling_of
from salespractice.scenario.pack import find_scenario
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


class Engine(Protocol):
    """Something that turns a clip into text."""

    name: str

    def text(self, clip: Clip) -> str:
        """What was said."""


@dataclass
class Tally:
    """What one engine has come to so far: seconds of computing, word errors, words."""

    seconds: float = 0.0
    errors: int = 0
    words: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--speech", type=Path, required=True, help="folder with clips and references.tsv")
    parser.add_argument("--model", action="append", help="a model's name; all that are installed unless given")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in our process: the same conditions for all
    warnings.simplefilter("ignore")  # torch's, which would tear the table apart

    clips = list(read_clips(options.speech))
    spoken, noises = [clip for clip in clips if clip.text], [clip for clip in clips if not clip.text]
    answers = list(read_answers())
    sets = {
        "clips alone": spoken,
        "answers alone": answers,
        "clips joined": joined(spoken),
        "answers joined": joined(answers),
    }
    print("| model | engine | what | s of speech | s per s, final text | word errors | WER |")
    print("|---|---|---|---|---|---|---|")
    for model in available_models():
        if not options.model or model.name in options.model:
            compare(model, sets, noises, options.threads)


def compare(model: FoundModel, sets: dict[str, list[Clip]], noises: list[Clip], threads: int) -> None:
    """Print a line for each engine and set, then what was heard in noise, and memory."""
    from whisper.normalizers import EnglishTextNormalizer

    normalise = EnglishTextNormalizer()
    with WhisperTranscriber(model, threads=threads) as transcriber, tempfile.TemporaryDirectory() as folder:
        transcriber.ready.result()
        ours = Ours(transcriber)
        engines: list[Engine] = [ours, Stock(model, threads)]
        if importlib.util.find_spec("faster_whisper") is None:
            print("faster-whisper is not installed (pip install faster-whisper), so it is not compared.")
        else:
            engines.append(Faster(model, threads, Path(folder)))
        for engine in engines:
            engine.text(next(iter(sets.values()))[0])  # nobody is measured cold
        for what, clips in sets.items():
            tallies = {engine.name: Tally() for engine in engines}
            for clip in clips:
                reference = normalise(clip.text).split()
                for engine in engines:
                    begun = time.perf_counter()
                    heard = engine.text(clip)
                    tally = tallies[engine.name]
                    tally.seconds += time.perf_counter() - begun
                    tally.errors += Levenshtein.distance(reference, normalise(heard).split())
                    tally.words += len(reference)
                    ours.settle()
            seconds = sum(clip.seconds for clip in clips)
            for name, tally in tallies.items():
                print(
                    f"| {model.name} | {name} | {what} | {seconds:.0f} | {tally.seconds / seconds:.3f} "
                    f"| {tally.errors} of {tally.words} | {tally.errors / tally.words:.1%} |",
                    flush=True,
                )
        invented = {engine.name: sum(len(engine.text(clip).split()) for clip in noises) for engine in engines}
        print(f"Words invented in {sum(clip.seconds for clip in noises):.0f} s of noise: {invented}")
        print(names_right(transcriber, sets["answers alone"]))
        child = psutil.Process(transcriber.child_pid).memory_info().rss
        print(f"Memory of our process at the end: {child / 1e6:.0f} MB\n", flush=True)


def names_right(transcriber: WhisperTranscriber, answers: Sequence[Clip]) -> str:
    """How many names of the demonstration's glossary come out as the scenario spells them, by what is done for that."""
    scenario = find_scenario("price-shock", [shipped("scenarios")]).scenario
    spelled = spelling_of(scenario).spelled
    right = {"as heard": 0, "primed": 0, "primed and spelled": 0}
    said = 0
    for clip in answers:
        heard = hear(clip.samples, transcriber).text.result()
        primed = hear(clip.samples, transcriber, glossary=scenario.glossary).text.result()
        for name in (name for name in scenario.glossary if name in clip.text):
            said += 1
            for way, text in zip(right, (heard, primed, spelled(primed)), strict=True):
                right[way] += name in text
    return f"Names of the glossary right, of {said} in the answers: {right}"


class Ours:
    """The program's own way from a recording to its text."""

    name = "ours"

    def __init__(self, transcriber: WhisperTranscriber) -> None:
        self._transcriber = transcriber
        self._words: Future[Transcript] | None = None

    def text(self, clip: Clip) -> str:
        heard = hear(clip.samples, self._transcriber)
        self._words = heard.transcript
        return heard.text.result()

    def settle(self) -> None:
        """Let word times, which come behind the text, not slow down what is measured next."""
        if self._words is not None:
            self._words.result()


class Stock:
    """`whisper.transcribe` as a careful program calls it: language given, no conditioning on the text before."""

    name = "openai-whisper"

    def __init__(self, model: FoundModel, threads: int) -> None:
        import torch

        from salespractice.transcription.checkpoint import load

        torch.set_num_threads(threads)
        self._whisper = load(model)

    def text(self, clip: Clip) -> str:
        answer = self._whisper.transcribe(clip.samples, language="en", fp16=False, condition_on_previous_text=False)
        return str(answer["text"])


class Faster:
    """faster-whisper, greedy, in 8 bits, from the very same file."""

    name = "faster-whisper int8"

    def __init__(self, model: FoundModel, threads: int, folder: Path) -> None:
        from faster_whisper import WhisperModel

        (folder / "model.bin").write_bytes(model.read())
        for name in ("tokenizer.json", "config.json", "vocabulary.txt"):
            (folder / name).write_bytes(model.sources[0].with_name(name).read_bytes())
        self._model: Any = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)

    def text(self, clip: Clip) -> str:
        pieces, _ = self._model.transcribe(
            clip.samples, language="en", beam_size=1, condition_on_previous_text=False, without_timestamps=False
        )
        return " ".join(piece.text for piece in pieces)


def read_clips(folder: Path) -> Iterator[Clip]:
    """The clips that `references.tsv` lists, mono at 16 kHz."""
    with (folder / "references.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Clip(read_sound(folder / row["file"]).resampled(SAMPLE_RATE).samples, row["text"] or "")


def read_answers() -> Iterator[Clip]:
    """The recorded answers that ship."""
    for folder in sorted(path for path in (shipped("assets") / "answers").iterdir() if path.is_dir()):
        for line in (folder / "script.txt").read_text(encoding="utf-8").splitlines():
            number, _, text = line.partition(" ")
            path = folder / f"{number}.flac"
            if path.is_file():
                yield Clip(read_sound(path).resampled(SAMPLE_RATE).samples, text)


def joined(clips: Sequence[Clip]) -> list[Clip]:
    """The clips one after the other with half a second between them, in pieces of about a minute."""
    found: list[Clip] = []
    pieces: list[Clip] = []
    for clip in clips:
        if sum(piece.seconds for piece in pieces) > 60 - clip.seconds:
            found.append(_one(pieces))
            pieces = []
        pieces.append(clip)
    return [*found, _one(pieces)]


def _one(clips: Sequence[Clip]) -> Clip:
    pause = np.zeros(SAMPLE_RATE // 2, dtype=np.float32)
    samples = np.concatenate([part for clip in clips for part in (clip.samples, pause)])
    return Clip(samples, " ".join(clip.text for clip in clips))


if __name__ == "__main__":
    main()
