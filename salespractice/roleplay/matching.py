"""Which reply was it? Every part of what was said, and all of it, against the examples of each reply.

The point may stand in any part of a long answer, so each is compared; a part that only says what the rep will *not*
do is left out (see `denial`). How probable each reply is then, or none, follows from `likeness`. Where none is more
probable than every reply, nothing matched. Where the likeliest is not likely enough, a person would ask: it is unsure.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from salespractice.language.clauses import clauses
from salespractice.language.denial import affirmed, denies
from salespractice.language.embedding import Embedder, Vectors
from salespractice.language.sentences import Sentence
from salespractice.language.speech_acts import ActFound
from salespractice.language.words import stems
from salespractice.roleplay.likeness import BESIDE, KnownReply, LearnedLikeness, Likeness, Texts, likeness
from salespractice.roleplay.turn import FindActs
from salespractice.scenario.model import Reply

SURE = 0.6
"""The probability from which on the customer does not ask back."""

_ALSO = 0.5  # how well another part must fit another reply for the answer to be that as well
_REMEMBERED = 2000  # replies


@dataclass(frozen=True, slots=True)
class Candidate:
    """How probable a reply is, the part of the answer that fits it best and how well, and the example nearest to it."""

    reply: Reply
    score: float
    sentence: Sentence
    example: str
    fits: float


@dataclass(frozen=True, slots=True)
class Match:
    """The result for one answer: the reply, or None for `otherwise`, and all candidates, best first.

    `unsure`: it could have been one reply or another, or hardly any, so that a person would ask.
    """

    chosen: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    unsure: bool = False

    @property
    def also(self) -> tuple[Candidate, ...]:
        """Other replies that a different part of the same answer says as well."""
        chosen = self.chosen
        if chosen is None:
            return ()
        return _beside(chosen, self.candidates)


class Acts(Protocol):
    """What recognises speech acts."""

    def acts(self, sentence: str, previous: str = "", /) -> tuple[ActFound, ...]:
        """The acts that are surely in a sentence that answers the customer's line `previous`."""
        ...

    def probabilities(self, sentence: str, /) -> dict[str, float]:
        """How likely each act is."""
        ...

    def profile(self, sentence: str, /) -> Vectors:
        """How likely each act is, as a direction: of length 1."""
        ...


class Understands(Protocol):
    """What a conversation needs of a matcher."""

    acts: FindActs

    def match(self, answer: str, replies: Sequence[Reply], lines: Sequence[str] = ()) -> Match:
        """Which of the replies that are possible now an answer was. `lines`: how the customer says what it answers."""
        ...

    def prepare(self, replies: Sequence[Reply], lines: Sequence[str] = ()) -> None:
        """Do ahead what matching these replies to these lines will need."""
        ...


class Matcher:
    """Finds the reply that an answer was."""

    def __init__(self, embedder: Embedder, reader: Acts, learned: LearnedLikeness) -> None:
        self.acts: FindActs = reader.acts
        self._reader = reader
        self._embedder = embedder
        self._learned = learned
        self._known: OrderedDict[tuple[str, ...], KnownReply] = OrderedDict()

    def match(self, answer: str, replies: Sequence[Reply], lines: Sequence[str] = ()) -> Match:
        """Match a whole answer against the replies that are possible now. `lines`: wordings of what it answers."""
        parts = clauses(answer)
        if not parts or not replies:
            return Match(None)
        found = self.compare(answer, parts, replies)
        numbers = np.stack([one.numbers for one in found])
        *likely, none = self._learned.probabilities(numbers, self.beside(answer, lines)).tolist()
        candidates = [
            Candidate(reply, score, parts[one.part], reply.examples[one.example], one.fits)
            for reply, score, one in zip(replies, likely, found, strict=True)
        ]
        candidates.sort(key=lambda one: one.score, reverse=True)
        best = candidates[0]
        if none > best.score:
            return Match(None, tuple(candidates))
        # Two replies that two parts of one answer said are no doubt: it was both.
        both = sum(one.score for one in _beside(best, candidates))
        return Match(best, tuple(candidates), unsure=best.score + both < SURE)

    def compare(self, answer: str, parts: Sequence[Sentence], replies: Sequence[Reply]) -> list[Likeness]:
        """How like the answer, in these parts, is to each reply."""
        said = self._texts([affirmed(part.text) for part in parts])
        whole = self._embedder.embed([answer])[0]
        words = stems(answer)
        return [likeness(said, whole, words, self._of(reply)) for reply in replies]

    def beside(self, answer: str, lines: Sequence[str]) -> Vectors:
        """The numbers named in `likeness.BESIDE`."""
        acts = self._reader.probabilities(answer)
        whole = self._embedder.embed([answer])[0]
        subject = max(self._embedder.embed(lines) @ whole) if lines else self._learned.none.usual[-1]
        return np.array([*(acts[act] for act in BESIDE[:-1]), subject], dtype=np.float32)

    def load(self) -> None:
        """Make ready now what the first answer would otherwise wait for."""
        self._embedder.embed(["ready"])

    def prepare(self, replies: Sequence[Reply], lines: Sequence[str] = ()) -> None:
        """Do ahead what the examples and the lines need, while the customer is still speaking."""
        self._embedder.embed(lines)
        for reply in replies:
            self._of(reply)

    def _of(self, reply: Reply) -> KnownReply:
        key = (reply.meaning, *reply.examples)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
        else:
            examples = self._texts(reply.examples)
            meaning = self._embedder.embed([reply.meaning])[0]
            known = KnownReply(
                examples,
                _middle(examples.vectors),
                _middle(examples.profiles),
                meaning,
                stems(" ".join(key)),
            )
            self._known[key] = known
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _texts(self, texts: Sequence[str]) -> Texts:
        profiles = np.stack([self._reader.profile(text) for text in texts])
        return Texts(self._embedder.embed(texts), profiles, np.array([denies(text) for text in texts]))


def _beside(chosen: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The other replies that the answer was too, best first: each said by a part that says no other reply."""
    taken = [chosen]
    for one in candidates:
        if one is not chosen and one.fits >= _ALSO and not any(_overlap(one.sentence, two.sentence) for two in taken):
            taken.append(one)
    return tuple(taken[1:])


def _middle(rows: Vectors) -> Vectors:
    middle: Vectors = rows.mean(axis=0)
    return middle / np.linalg.norm(middle)


def _overlap(one: Sentence, two: Sentence) -> bool:
    return one.start < two.end and two.start < one.end
