"""Sentences of reps with the speech acts in them, as text files that a person can read, question and correct.

One sentence a line: its acts, separated by commas (or `none`), a tab, the sentence, and where it matters another tab
and the customer's line that it answers. Lines that begin with `#` are headings. All acts that hold are named, so one
that is not named is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salespractice.problem import Problem

NO_ACT = "none"

ACTS = (
    "open-question",
    "closed-question",
    "situation-question",
    "problem-question",
    "implication-question",
    "need-payoff-question",
    "simple-reflection",
    "complex-reflection",
    "acknowledges-feeling",
    "summarises",
    "asks-permission",
    "informs",
    "pitches",
    "links-benefit",
    "gives-evidence",
    "advises",
    "proposes",
    "proposes-next-step",
    "concedes-price",
    "apologises",
    "reassures",
    "turns-to-self",
    "contradicts",
    "dismisses",
    "pressures",
    "promises",
    "small-talk",
)


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence, the acts in it, and the customer's line before it (empty where none is given)."""

    text: str
    acts: frozenset[str]
    previous: str = ""


def read_labelled(path: Path) -> Iterator[LabelledSentence]:
    """The sentences of a file, in its order. Raises `Problem` with the line's number where one is malformed."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        named, text, *previous = (*line.split("\t"), "")[:3]
        acts = frozenset(act.strip() for act in named.split(",")) - {NO_ACT}
        unknown = sorted(acts.difference(ACTS))
        if unknown or not text.strip():
            what = f"no such act: {', '.join(unknown)}" if unknown else "no sentence"
            raise Problem(f"{path.name}:{number}: {what}", "A line is: acts, a tab, the sentence.")
        yield LabelledSentence(text.strip(), acts, previous[0].strip())
