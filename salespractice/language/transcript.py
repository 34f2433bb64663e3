"""What was said in one take: the text, and each word with its time in the recording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word. `start` and `end` are seconds from the beginning of the take; `probability` is 0 to 1."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of a take and its words in order. Typed answers have text and no words."""

    text: str
    words: tuple[Word, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return not self.text.strip()
