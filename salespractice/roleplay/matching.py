"""Which reply was it? The meaning of what was said, sentence by sentence, against the examples of each reply.

A reply's score for a sentence is the mean of the cosine to its nearest example and the cosine to the middle of all its
examples; a reply's score for an answer is that of its best sentence: a long answer embedded at once loses its point.
Below `ENOUGH` nothing matched. The scoring was chosen on public intent sets. The threshold was chosen on the answers in
`tests/roleplay/held_back`, where 95 % go to their reply, 2 % to another, and 91 % of those off the topic are refused;
expect a little less of answers that nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salespractice.language.embedding import Embedder, Vectors
from salespractice.language.sentences import Sentence, sentences
from salespractice.scenario.model import Reply

ENOUGH = 0.34


@dataclass(frozen=True, slots=True)
class Candidate:
    """How well one reply fits: its score (-1 to 1), the sentence that fits best and the example it came closest to."""

    reply: Reply
    score: float
    sentence: Sentence
    example: str


@dataclass(frozen=True, slots=True)
class Match:
    """The result for one answer: the reply, or None for `otherwise`, and all candidates, best first."""

    chosen: Candidate | None
    candidates: tuple[Candidate, ...] = ()

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


class Matcher:
    """Finds the reply that an answer was."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def match(self, answer: str, replies: Sequence[Reply]) -> Match:
        """Match a whole answer against the replies that are possible now."""
        said = sentences(answer)
        if not said or not replies:
            return Match(None)
        spoken = self._embedder.embed([sentence.text for sentence in said])
        candidates = sorted(
            (self._candidate(reply, said, spoken) for reply in replies), key=lambda one: one.score, reverse=True
        )
        best = candidates[0]
        return Match(best if best.score >= ENOUGH else None, tuple(candidates))

    def load(self) -> None:
        """Make ready now what the first answer would otherwise wait for."""
        self._embedder.embed(["ready"])

    def prepare(self, replies: Sequence[Reply]) -> None:
        """Embed the examples ahead of time, while the customer is still speaking."""
        for reply in replies:
            self._embedder.embed(reply.examples)

    def _candidate(self, reply: Reply, said: Sequence[Sentence], spoken: Vectors) -> Candidate:
        examples = self._embedder.embed(reply.examples)
        middle = examples.mean(axis=0)
        middle /= np.linalg.norm(middle)
        near = spoken @ examples.T
        scores = (near.max(axis=1) + spoken @ middle) / 2
        best = int(scores.argmax())
        return Candidate(reply, float(scores[best]), said[best], reply.examples[int(near[best].argmax())])
