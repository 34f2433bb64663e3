"""Sentences of spoken text: split at their ends, and cut where a transcript runs on without punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 30  # words; beyond this one embedding blurs several thoughts

_END = re.compile(r"(?<=[.?!…])[\"')\]]*\s+(?=[\"'(\[]?\w)")
_ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|e\.g|i\.e|approx|no|inc|ltd)\.$", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:[,;:]|\s[-–—])\s+|\s+(?=(?:and|but|so|because|then|which means)\s+(?:i|we|you|it|that|the|if|what|how)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text. `start` and `end` are character positions, so that a quote can be found in the words."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, none empty, none much longer than `LONGEST` words."""
    return [part for sentence in _split(text) for part in _cut(sentence)]


def _split(text: str) -> Iterator[Sentence]:
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        yield from _trimmed(text, start, match.start())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence that runs on is cut at the joint nearest its middle, again and again."""
    if len(sentence.text.split()) <= LONGEST:
        yield sentence
        return
    middle = len(sentence.text) // 2
    joints = [match.end() for match in _JOINT.finditer(sentence.text)] or [
        match.end() for match in re.finditer(r"\s+", sentence.text)
    ]
    at = min(joints, key=lambda position: abs(position - middle))
    for part in (
        *_trimmed(sentence.text, 0, at),
        *_trimmed(sentence.text, at, len(sentence.text)),
    ):
        yield from _cut(Sentence(part.text, part.start + sentence.start, part.end + sentence.start))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    stripped = piece.strip()
    if any(letter.isalnum() for letter in stripped):
        begin = start + piece.index(stripped)
        yield Sentence(stripped, begin, begin + len(stripped))
