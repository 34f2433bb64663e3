"""What is wrong with a file, each finding with its line, gathered into one problem for the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from salespractice.problem import Problem

SHOWN = 12


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One error at one line (1-based)."""

    line: int
    message: str


def problem_of(name: str, findings: Iterable[Finding]) -> Problem:
    """All findings as one problem: the first is the headline, the rest follow, in the file's order."""
    rows = [f"{name}:{finding.line}: {finding.message}" for finding in sorted(set(findings))]
    rest = rows[1:SHOWN]
    if len(rows) > SHOWN:
        rest.append(f"… and {len(rows) - SHOWN} more")
    return Problem(rows[0], "\n".join(rest), "Correct the line in a text editor and open the pack again.")


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """` (did you mean "…"?)` where a known word is close, else nothing."""
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=60)
    return f' (did you mean "{found[0]}"?)' if found else ""
