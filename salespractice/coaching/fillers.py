"""Fillers: sounds and phrases that only fill time. What is found is a lower bound, because Whisper drops many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salespractice.language.transcript import Word

# In any place these are hesitations (Clark & Fox Tree 2002, "Using uh and um in spontaneous speaking").
_HESITATION = re.compile(r"u+h+m*|u+m+|e+r+m+|er|eh+m+")
# At the head of a sentence these answer the customer ("Ah, I see."); inside of one they hesitate.
_INSIDE_A_SENTENCE = re.compile(r"a+h+|h+m+|m{2,}")
# These are fillers only where they stand apart: "it is, you know, a lot", but "as you know" and "what I mean is".
_PHRASES = (("you", "know"), ("i", "mean"))
_AROUND_WORDS = ".,!?;:…\"'“”‘’()[]-–—"
_ENDS_A_SENTENCE = re.compile(r"[.!?…]+[\"'”’)]*$")
_SETS_APART = re.compile(r"(?:[,;:…–—-]|\.{3})$")
_LANGUAGE = "en"  # elsewhere "um" and "er" are words


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler in lower case, without punctuation, and its seconds in the take."""

    text: str
    start: float
    end: float


def fillers(words: Sequence[Word], language: str = _LANGUAGE) -> tuple[Filler, ...]:
    """The fillers among an answer's words, in order: only what is clearly one. None are known but English ones."""
    return tuple(_found(words)) if language == _LANGUAGE else ()


def _found(words: Sequence[Word]) -> Iterator[Filler]:
    for position, word in enumerate(words):
        core = _core(word)
        abbreviation = core.isupper() and len(core) > 1
        if abbreviation:
            continue
        said = core.casefold()
        inside = position > 0 and not _ENDS_A_SENTENCE.search(words[position - 1].text)
        if _HESITATION.fullmatch(said) or (inside and _INSIDE_A_SENTENCE.fullmatch(said)):
            yield Filler(said, word.start, word.end)
        elif _phrase_at(words, position):
            last = words[position + 1]
            yield Filler(f"{said} {_core(last).casefold()}", word.start, last.end)


def _phrase_at(words: Sequence[Word], position: int) -> bool:
    """Whether a phrase stands here with a comma on either side."""
    if not 0 < position < len(words) - 1 or not _SETS_APART.search(words[position - 1].text):
        return False
    pair = (_core(words[position]).casefold(), _core(words[position + 1]).casefold())
    return pair in _PHRASES and words[position].text[-1:].isalpha() and words[position + 1].text.endswith(",")


def _core(word: Word) -> str:
    return word.text.strip().strip(_AROUND_WORDS)
