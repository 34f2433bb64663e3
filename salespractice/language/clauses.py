"""The parts of an answer that may each carry its point: its sentences, and what stands between the joints of long ones.

Spoken text runs on: "um yeah I get that so what happened then and who saw it" is three things without a full stop. An
embedding of all of it blurs them, so each stretch between two joints is looked at as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from salespractice.language.sentences import Sentence, sentences

_SHORT = 9  # words; a sentence of so many is one thing
_LEAST, _MOST = 5, 14  # words of a part
_TOGETHER = 18  # words; two short sentences are often one thing
_JOINT = re.compile(
    r"(?:[,;:]|\s[-–—])\s+|\s+(?=(?:and|but|so|because|then|what|how|why|when|where|who|could|would|can|do|did|is|are|tell|"
    r"i'd|i'll|let's|let|we|i|you|that's|it's|if)\b)",
    re.IGNORECASE,
)


def clauses(answer: str) -> list[Sentence]:
    """The sentences of an answer, the parts of the long ones, and short neighbours together; nothing twice."""
    found = {part.text: part for part in reversed(list(_parts(answer)))}
    return list(reversed(found.values()))


def _parts(answer: str) -> Iterator[Sentence]:
    whole = sentences(answer)
    for sentence in whole:
        yield sentence
        if _words(sentence.text) > _SHORT:
            yield from _between_joints(sentence)
    for one, two in pairwise(whole):
        together = answer[one.start : two.end]
        if _words(together) <= _TOGETHER:
            yield Sentence(together, one.start, two.end)


def _between_joints(sentence: Sentence) -> Iterator[Sentence]:
    joints = sorted({0, len(sentence.text), *(match.end() for match in _JOINT.finditer(sentence.text))})
    for place, first in enumerate(joints):
        pieces = [_trimmed(sentence, first, last) for last in joints[place + 1 :]]
        fitting = [piece for piece in pieces if _LEAST <= _words(piece.text) <= _MOST and piece.text != sentence.text]
        # The longest: the others differ little, and each costs as much.
        yield from fitting[-1:]


def _trimmed(sentence: Sentence, first: int, last: int) -> Sentence:
    piece = sentence.text[first:last]
    text = piece.strip(" ,;:-–—")
    start = sentence.start + first + piece.index(text)
    return Sentence(text, start, start + len(text))


def _words(text: str) -> int:
    return len(text.split())
