"""The rated conversations of others by which the feedback is validated, read from the folder that holds them.

Nothing is learned from them, and nothing of them is copied into the program (for the exception, see `train_uptake`).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

EPITOME = {
    "emotional": "epitome-emotional-reactions.csv",
    "interpretation": "epitome-interpretations.csv",
    "exploration": "epitome-explorations.csv",
}
EXPERTS = ("expert1", "expert2", "expert3")
RATED = {
    "validating": "validating_emotions",
    "elaboration": "encouraging_elaboration",
    "understanding": "demonstrating_understanding",
    "advice": "advice_giving",
    "self_orientation": "self_oriented",
}
"""Our name of a rating, and the column's."""


@dataclass(frozen=True)
class Coded:
    """An answer of AnnoMI (Wu et al. 2022), with what most of its annotators said."""

    session: str
    good: bool
    previous: str
    text: str
    question: str
    reflection: bool
    input: bool


@dataclass(frozen=True)
class Rated:
    """One exchange, and the value its raters gave: a level of EPITOME, or the z-score of uptake."""

    previous: str
    text: str
    value: float


@dataclass(frozen=True)
class Conversation:
    """A conversation of Lend an Ear: what was said with each answer to it, and each expert's ratings by our names."""

    exchanges: list[tuple[str, str]]
    experts: list[dict[str, float]]

    def rating(self, name: str) -> float:
        """What the expert in the middle said."""
        return median(one[name] for one in self.experts)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def annomi(folder: Path) -> Iterator[Coded]:
    """The therapists' answers, in order."""
    ordered = sorted(rows(folder / "annomi.csv"), key=lambda row: (int(row["transcript_id"]), int(row["utterance_id"])))
    previous: dict[str, str] = {}
    for (session, _), held in groupby(ordered, key=lambda row: (row["transcript_id"], row["utterance_id"])):
        codes = list(held)
        first = codes[0]
        if first["interlocutor"] != "therapist":
            previous[session] = first["utterance_text"]
            continue
        yield Coded(
            session,
            first["mi_quality"] == "high",
            previous.get(session, ""),
            first["utterance_text"],
            _most(row["question_subtype"] if row["question_exists"] == "True" else "none" for row in codes),
            _most(row["reflection_exists"] for row in codes) == "True",
            _most(row["therapist_input_exists"] for row in codes) == "True",
        )


def epitome(folder: Path, kind: str) -> list[Rated]:
    """The responses with their level of one kind."""
    return [
        Rated(row["seeker_post"], row["response_post"], float(row["level"])) for row in rows(folder / EPITOME[kind])
    ]


def uptake(folder: Path) -> list[Rated]:
    """The teachers' answers with their rated uptake."""
    return [
        Rated(row["student_text"], row["teacher_text"], float(row["uptake_zscore"]))
        for row in rows(folder / "uptake.csv")
        if row["uptake_zscore"]
    ]


def lend_an_ear(folder: Path) -> Iterator[Conversation]:
    """The conversations about trouble at work."""
    for row in rows(folder / "lend-an-ear.csv"):
        exchanges, previous = [], ""
        for speaker, text in re.findall(
            r"(Seeker|Supporter):\s*(.*?)\s*(?=\n(?:Seeker|Supporter):|\Z)", row["full_conversation"], re.DOTALL
        ):
            if speaker == "Supporter":
                exchanges.append((previous, text))
            else:
                previous = text
        experts = [{name: float(row[f"{column}_{one}"]) for name, column in RATED.items()} for one in EXPERTS]
        yield Conversation(exchanges, experts)


def _most(values: Iterator[str]) -> str:
    return Counter(values).most_common(1)[0][0]
