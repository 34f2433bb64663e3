"""How like an answer is to a reply: a few numbers, and what they were learned to be worth.

The numbers compare the answer's parts with the reply's examples (by meaning and by speech acts), and the answer as a
whole; a few more say how much it looks like no reply at all: like small talk, or a plain question beside the point.
`LearnedLikeness` weighs them and says how probable each of a beat's replies is, or none of them. The weights
belong to no scenario: they were learned on the held-back answers of all of them, and judged on scenarios left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from salespractice.language.embedding import Vectors
from salespractice.problem import Problem

NUMBERS = ("nearest", "middle", "acts", "whole", "best-parts", "meaning", "likest-acts", "new-words")
BESIDE = ("small-talk", "situation-question", "closed-question", "same-subject")
"""What speaks for none of the replies: acts of the whole answer, and how near it is to the customer's line."""
_DENIED = 0.1  # taken off the likeness of a denial and what is none
_ACTS = 0.1  # of a part's score, for doing the same
_BEST = 3  # parts


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Some texts as they are compared: embeddings (n, width), act profiles (n, acts), and which are denials (n,)."""

    vectors: Vectors
    profiles: Vectors
    denials: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class KnownReply:
    """A reply's examples, what they have in common, its meaning, and the stems of its words, as they are compared."""

    examples: Texts
    middle: Vectors
    profile: Vectors
    meaning: Vectors
    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """The `numbers` named in `NUMBERS`; which part of the answer fits best, how well, and the example nearest to it."""

    numbers: Vectors
    part: int
    fits: float
    example: int


def likeness(parts: Texts, whole: Vectors, words: frozenset[str], reply: KnownReply) -> Likeness:
    """Compare an answer with a reply. `whole` is the embedding of all of the answer, `words` the stems of its words."""
    near = parts.vectors @ reply.examples.vectors.T
    near -= _DENIED * (parts.denials[:, None] != reply.examples.denials[None, :])
    nearest, middle = near.max(axis=1), parts.vectors @ reply.middle
    acts, meaning = parts.profiles @ reply.profile, parts.vectors @ reply.meaning
    fits = (nearest + middle) / 2 + _ACTS * acts
    best = int(fits.argmax())
    numbers = (
        nearest[best],
        middle[best],
        acts[best],
        whole @ reply.middle,
        np.sort(fits)[-_BEST:].mean(),
        meaning.max(),
        acts.max(),
        len(words - reply.words) / max(1, len(words)),
    )
    return Likeness(np.array(numbers, dtype=np.float32), best, float(fits[best]), int(near[best].argmax()))


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What some numbers are worth: each is taken against its `usual`, in units of its `spread`, times its `weight`."""

    names: Sequence[str]
    usual: Vectors
    spread: Vectors
    weight: Vectors

    def of(self, numbers: Vectors) -> Vectors:
        """The worth of a row of numbers, or of each of several rows."""
        return np.asarray((numbers - self.usual) / self.spread @ self.weight)

    def written(self) -> dict[str, dict[str, float]]:
        """As plain numbers."""
        return {
            name: {"usual": round(float(u), 4), "spread": round(float(s), 4), "weight": round(float(w), 4)}
            for name, u, s, w in zip(self.names, self.usual, self.spread, self.weight, strict=True)
        }

    @classmethod
    def read(cls, names: Sequence[str], written: dict[str, dict[str, float]]) -> Worth:
        """What `written` gave."""
        return cls(names, *(np.array([written[name][key] for name in names]) for key in ("usual", "spread", "weight")))


@dataclass(frozen=True, slots=True, eq=False)
class LearnedLikeness:
    """What the numbers of a reply are worth, and what speaks for none of them, beside what `always` does."""

    reply: Worth
    none: Worth
    always: float

    def probabilities(self, numbers: Vectors, beside: Vectors) -> Vectors:
        """How probable each reply is, given a row of `NUMBERS` for each; and last, that the answer was none of them.

        `beside` are the numbers named in `BESIDE`.
        """
        worth = np.append(self.reply.of(numbers), self.none.of(beside) + self.always)
        worth = np.exp(worth - worth.max())
        return np.asarray(worth / worth.sum(), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write it as text that shows in a diff."""
        held = {"reply": self.reply.written(), "none": self.none.written(), "always": round(self.always, 4)}
        path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def load_likeness(path: Path) -> LearnedLikeness:
    """What `save` wrote. Raises `Problem` where it is missing or damaged."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return LearnedLikeness(
            Worth.read(NUMBERS, read["reply"]), Worth.read(BESIDE, read["none"]), float(read["always"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(f"{path.name} cannot be read.", str(error), "Install the program again.") from error
