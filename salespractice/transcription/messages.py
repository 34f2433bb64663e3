"""What the program and its transcription process say to each other. Plain values only: neither side needs torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salespractice.language.transcript import Word
from salespractice.transcription.stretches import Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch (seconds in the take) whose text may be wrong, and why, in words for a person."""

    start: float
    end: float
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Transcribe `spans` (seconds) of `samples` (mono, 16 kHz), which begin at second `start` of the take.

    Requests with the same `stretch` (unless empty) are the same speech as it grows: what was heard of it before is a
    draft for the next, and makes its word times needless. A `caption` is wanted only as long as nothing else waits.
    """

    number: int
    samples: NDArray[np.float32]
    spans: tuple[Span, ...]
    language: str
    prompt: str
    start: float = 0.0
    stretch: str = ""
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded; it took `seconds` from the start of the process's own code."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Text:
    """The first half of an answer: the text, before any word times."""

    number: int
    text: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The second half of an answer: the text again in pieces, with times."""

    number: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """What is still owed of a request will not come: a later one took its place."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """One request could not be answered, or (number None) the process cannot start.

    `error` is a `Problem`, or a `RuntimeError` that carries the traceback of a bug.
    """

    number: int | None
    error: Exception


Reply = Ready | Text | Words | Dropped | Failed
