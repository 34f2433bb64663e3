"""Names of products as the scenario spells them, where transcription wrote something that sounds alike.

Only the scenario's own glossary is ever put in, and only for what is nearly the same letters: "doc sync" becomes
"DockSync". A single word that is ordinary English stays as it is, whatever it resembles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from salespractice.language.transcript import Transcript, Word

ALIKE, STRANGE_ALIKE = 82.0, 75.0
"""Percent of letters that agree (rapidfuzz.fuzz.ratio), from which words, or one that is none, are taken for a name."""

_SHORTEST = 5  # letters; "CFO" and "Goole" would be found in too much else if they were shorter
_EDGES = re.compile(r"^(\W*)(.*?)((?:['’]s)?\W*)$")


@dataclass(frozen=True, slots=True)
class _Name:
    spelling: str
    letters: str
    compound: bool


class Glossary:
    """The names of one scenario. `ordinary` says whether a word (lower case) is an ordinary one.

    `writes` is what the scenario itself writes: where it says "front desk" besides "FrontDesk", both are meant.
    """

    def __init__(self, names: Sequence[str], ordinary: Callable[[str], bool], writes: str = "") -> None:
        writes = writes.lower()
        self._names = tuple(
            _Name(name, _letters(name), compound=" " in name or (apart != name.lower() and apart not in writes))
            for name, apart in ((name, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()) for name in names)
            if len(_letters(name)) >= _SHORTEST
        )
        self._ordinary = ordinary

    def spelled(self, text: str) -> str:
        """The text with the glossary's spelling of its names."""
        return " ".join(word for _, _, word in self._pieces(text.split()))

    def spelled_transcript(self, transcript: Transcript) -> Transcript:
        """The same with the words' times: a name of two words lasts from the first to the second."""
        said = [word.text for word in transcript.words]
        words = [_one(transcript.words[first:last], word) for first, last, word in self._pieces(said)]
        return Transcript(self.spelled(transcript.text), tuple(words))

    def _pieces(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """The words [first, last) and what stands for them."""
        pieces = []
        at = 0
        while at < len(words):
            size, spelling = self._name_at(words, at)
            pieces.append((at, at + size, spelling))
            at += size
        return pieces

    def _name_at(self, words: Sequence[str], at: int) -> tuple[int, str]:
        best: tuple[float, int, str] = (0.0, 1, words[at])
        for name in self._names:
            for size in (1, 2, 3):
                window = words[at : at + size]
                if len(window) < size or not self._may_be(window, name):
                    continue
                heard = _letters(" ".join(_core(word) for word in window))
                alike = fuzz.ratio(heard, name.letters, score_cutoff=STRANGE_ALIKE if size == 1 else ALIKE)
                if alike > best[0] and heard[:1] == name.letters[:1]:
                    before, after = _EDGES.match(window[0]), _EDGES.match(window[-1])
                    assert before is not None
                    assert after is not None
                    best = alike, size, f"{before[1]}{name.spelling}{after[3]}"
        return best[1], best[2]

    def _may_be(self, window: Sequence[str], name: _Name) -> bool:
        if len(window) > 1:
            # A pause inside what is said for one name is no sign of the end of a sentence.
            apart = any(re.search(r"[.!?,;]$", word) for word in window[:-1])
            return name.compound and not apart and not self._says_else(window, name)
        heard = _core(window[0])
        return heard == name.spelling or not self._ordinary(heard.lower())

    def _says_else(self, window: Sequence[str], name: _Name) -> bool:
        """Whether an ordinary word stands where the name has another: "Kieran was" is not Kieran Walsh."""
        own = name.spelling.lower().split()
        if len(own) == 1:
            return False
        return any(self._ordinary(word) and word not in own for word in (_core(each).lower() for each in window))


NO_NAMES = Glossary((), bool)


def _one(words: Sequence[Word], spelling: str) -> Word:
    first = words[0]
    if len(words) == 1:
        return replace(first, text=spelling)
    return Word(spelling, first.start, words[-1].end, min(word.probability for word in words))


def _core(word: str) -> str:
    found = _EDGES.match(word)
    return found[2] if found else word


def _letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words).lower()
