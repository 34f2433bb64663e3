"""How like an answer is to a reply: a few numbers, and what they were learned to be worth.

The numbers compare the answer's parts with the reply's examples (by meaning and by speech acts), and the answer as a
whole. `LearnedLikeness` weighs them and says how probable each of a beat's replies is, or none of them. The weights
belong to no scenario: they were learned on the held-back answers of all of them, and judged on scenarios left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from salespractice.language.embedding import Vectors
from salespractice.problem import Problem

NUMBERS = ("nearest", "middle", "acts", "whole", "best-parts", "meaning", "likest-acts")
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
    """A reply's examples, what they have in common, and its meaning in words, as they are compared."""

    examples: Texts
    middle: Vectors
    profile: Vectors
    meaning: Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """The `numbers` named in `NUMBERS`; which part of the answer fits best, how well, and the example nearest to it."""

    numbers: Vectors
    part: int
    fits: float
    example: int


def likeness(parts: Texts, whole: Vectors, reply: KnownReply) -> Likeness:
    """Compare an answer with a reply. `whole` is the embedding of all of the answer."""
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
    )
    return Likeness(np.array(numbers, dtype=np.float32), best, float(fits[best]), int(near[best].argmax()))


@dataclass(frozen=True, slots=True, eq=False)
class LearnedLikeness:
    """What the numbers are worth: each is taken against its `usual`, in units of its `spread`, times its `weight`."""

    usual: Vectors
    spread: Vectors
    weight: Vectors
    none: float

    def probabilities(self, numbers: Vectors) -> Vectors:
        """How probable each reply is, given a row of numbers for each; and last, that the answer was none of them."""
        worth = ((numbers - self.usual) / self.spread) @ self.weight
        worth = np.append(worth, self.none)
        worth = np.exp(worth - worth.max())
        return np.asarray(worth / worth.sum(), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write it as text that shows in a diff."""
        rows = {
            name: {"usual": round(float(u), 4), "spread": round(float(s), 4), "weight": round(float(w), 4)}
            for name, u, s, w in zip(NUMBERS, self.usual, self.spread, self.weight, strict=True)
        }
        path.write_text(json.dumps({**rows, "none": round(self.none, 4)}, indent=1) + "\n", encoding="utf-8")


def load_likeness(path: Path) -> LearnedLikeness:
    """What `save` wrote. Raises `Problem` where it is missing or damaged."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        usual, spread, weight = (
            np.array([read[name][key] for name in NUMBERS]) for key in ("usual", "spread", "weight")
        )
        return LearnedLikeness(usual, spread, weight, float(read["none"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(f"{path.name} cannot be read.", str(error), "Install the program again.") from error
