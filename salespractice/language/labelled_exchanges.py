"""Exchanges with what the answer does in them, as text files that a person can read, question and correct.

One exchange a line, its columns named in the first one: what was said, the answer, and a label of each kind in `KINDS`.
The kinds are those of the constructs that the feedback stands on: questions and reflections (MITI 4.2), information or
advice, and the three of EPITOME (Sharma et al. 2020): 0 none, 1 weak or general, 2 strong or specific.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from salespractice.problem import Problem

LEVELS = ("0", "1", "2")
KINDS: Mapping[str, tuple[str, ...]] = {
    "question": ("none", "open", "closed"),
    "reflection": ("none", "simple", "complex"),
    "input": ("0", "1"),
    "emotional": LEVELS,
    "interpretation": LEVELS,
    "exploration": LEVELS,
}
"""Each kind of label with its values, the absent one first."""


@dataclass(frozen=True, slots=True)
class LabelledExchange:
    """What was said, the answer to it, and its label of each kind."""

    previous: str
    text: str
    labels: Mapping[str, str]


def read_exchanges(path: Path) -> Iterator[LabelledExchange]:
    """The exchanges of a file, in its order. Raises `Problem` with the line's number where one is malformed."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            labels = {kind: (row.get(kind) or "").strip() for kind in KINDS}
            wrong = [f"{kind} {label!r}" for kind, label in labels.items() if label not in KINDS[kind]]
            text = (row.get("text") or "").strip()
            if wrong or not text:
                raise Problem(
                    f"{path.name}:{number}: {', '.join(wrong) or 'no answer'}", "See `KINDS` for what may be."
                )
            yield LabelledExchange((row.get("previous") or "").strip(), text, labels)
