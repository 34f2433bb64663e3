"""Which reply was it? What was said, sentence by sentence, against the examples of each reply.

A reply's score for a sentence is the mean of the cosine to its nearest example and the cosine to the middle of all its
examples, with a little for doing the same as they do (asking, apologising, pressing: the speech acts). A part that only
says what the rep will *not* do is left out, and where nothing else is left, a denial fits only a denial. A reply's
score for an answer is that of its best sentence: a long answer embedded at once loses its point.

Below `ENOUGH` nothing matched. Close above it, or where two replies are hardly apart, the match is unsure. All numbers
were chosen on the answers to the two starter scenarios in `tests/roleplay/held_back`; the answers there to the other
scenarios are by another hand and were only measured.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from salespractice.language.denial import affirmed, denies
from salespractice.language.embedding import Embedder, Vectors
from salespractice.language.sentences import Sentence, sentences
from salespractice.language.speech_acts import ActFound
from salespractice.roleplay.turn import FindActs
from salespractice.scenario.model import Reply

ENOUGH = 0.40
_REMEMBERED = 2000  # replies
# Of the score, for doing the same.
_ACTS = 0.1
# Taken off the likeness of a denial and what is none.
_DENIED = 0.1
# How little above `ENOUGH`, or above the second best, a score may be to count as unsure.
_BARELY, _APART = 0.03, 0.02


@dataclass(frozen=True, slots=True)
class Candidate:
    """How well one reply fits: its score (-1 to 1), the sentence that fits best and the example it came closest to."""

    reply: Reply
    score: float
    sentence: Sentence
    example: str


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
        """Other replies that a different sentence of the same answer says as well."""
        if self.chosen is None:
            return ()
        return tuple(
            one
            for one in self.candidates
            if one is not self.chosen and one.score >= ENOUGH and one.sentence != self.chosen.sentence
        )


class Acts(Protocol):
    """What recognises speech acts."""

    def acts(self, sentence: str, previous: str = "", /) -> tuple[ActFound, ...]:
        """The acts that are surely in a sentence that answers the customer's line `previous`."""
        ...

    def profile(self, sentence: str, /) -> Vectors:
        """How likely each act is, as a direction: of length 1."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A reply's examples as the matcher sees them: one row each, and what they have in common."""

    vectors: Vectors
    middle: Vectors
    profile: Vectors
    denials: NDArray[np.bool_]


class Matcher:
    """Finds the reply that an answer was."""

    def __init__(self, embedder: Embedder, reader: Acts) -> None:
        self.acts: FindActs = reader.acts
        self._reader = reader
        self._embedder = embedder
        self._known: OrderedDict[tuple[str, ...], _Known] = OrderedDict()

    def match(self, answer: str, replies: Sequence[Reply]) -> Match:
        """Match a whole answer against the replies that are possible now."""
        said = sentences(answer)
        if not said or not replies:
            return Match(None)
        meant = [affirmed(sentence.text) for sentence in said]
        spoken = self._examples(meant)
        profiles = np.stack([self._reader.profile(text) for text in meant])
        candidates = sorted(
            (self._candidate(reply, said, spoken, profiles) for reply in replies),
            key=lambda one: one.score,
            reverse=True,
        )
        best, score = candidates[0], candidates[0].score
        # Two replies that two sentences of one answer said are no doubt: it was both.
        rivals = [one.score for one in candidates[1:] if one.sentence == best.sentence]
        unsure = score >= ENOUGH and (score < ENOUGH + _BARELY or score - max(rivals, default=-1.0) < _APART)
        return Match(best if score >= ENOUGH else None, tuple(candidates), unsure)

    def load(self) -> None:
        """Make ready now what the first answer would otherwise wait for."""
        self._embedder.embed(["ready"])

    def prepare(self, replies: Sequence[Reply]) -> None:
        """Do ahead what the examples need, while the customer is still speaking."""
        for reply in replies:
            self._of(reply)

    def _of(self, reply: Reply) -> _Known:
        known = self._known.get(reply.examples)
        if known is None:
            known = self._known[reply.examples] = self._examples(reply.examples)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _examples(self, texts: Sequence[str]) -> _Known:
        vectors = self._embedder.embed(texts)
        profile = np.mean([self._reader.profile(text) for text in texts], axis=0)
        return _Known(vectors, _unit(vectors.mean(axis=0)), _unit(profile), np.array([denies(text) for text in texts]))

    def _candidate(self, reply: Reply, said: Sequence[Sentence], spoken: _Known, profiles: Vectors) -> Candidate:
        known = self._of(reply)
        near = spoken.vectors @ known.vectors.T - _DENIED * (spoken.denials[:, None] != known.denials[None, :])
        scores = (near.max(axis=1) + spoken.vectors @ known.middle) / 2 + _ACTS * (profiles @ known.profile)
        best = int(scores.argmax())
        return Candidate(reply, float(scores[best]), said[best], reply.examples[int(near[best].argmax())])


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
