"""How far an answer builds on what was just said (conversational uptake, Demszky et al. 2021).

A weighted sum of what the two texts share, and of how the answer is made. The weights were learned on teachers' answers
to pupils, rated by three people each (the data of that paper, MIT licence). One answer alone says little: it is for
comparing answers, and over several turns.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salespractice.language.embedding import Embedder, Vectors
from salespractice.language.words import words
from salespractice.problem import Problem

NUMBERS = ("likeness", "shared-words", "share-of-what-was-said", "length", "hardly-anything", "asks")
_HARDLY = 4  # words


@dataclass(frozen=True, slots=True, eq=False)
class Uptake:
    """What the `NUMBERS` are worth: the score of an answer is 0 where it takes up as much as most do, in z units."""

    weight: Vectors
    usual: float

    def score(self, numbers: Vectors) -> float:
        """How much is taken up."""
        return float(self.weight @ numbers + self.usual)

    def save(self, path: Path) -> None:
        """Write it as text that shows in a diff."""
        held = {name: round(float(one), 4) for name, one in zip(NUMBERS, self.weight, strict=True)}
        path.write_text(json.dumps({**held, "usual": round(self.usual, 4)}, indent=1) + "\n", encoding="utf-8")


def load_uptake(path: Path) -> Uptake:
    """What `save` wrote. Raises `Problem` where it is missing or damaged."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Uptake(np.array([read[name] for name in NUMBERS], dtype=np.float32), float(read["usual"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(f"{path.name} cannot be read.", str(error), "Install the program again.") from error


def taken_up(embedder: Embedder, text: str, previous: str) -> Vectors:
    """The numbers named in `NUMBERS`."""
    said, before = words(text), set(words(previous))
    shared = len(before.intersection(said))
    return np.array(
        (
            float(np.dot(*embedder.embed([text, previous]))) if before and said else 0.0,
            math.log1p(shared),
            shared / max(1, len(before)),
            math.log1p(len(said)),
            float(len(said) < _HARDLY),
            float("?" in text),
        ),
        dtype=np.float32,
    )
