"""What is wrong with a file, each finding with its line, gathered into one problem for the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from salespractice.problem import Problem

SHOWN = 12
MOST = 1000  # mistakes of one kind told of one file: a file with more is no scenario, and nobody reads on

_WAY_OUT = "Correct the line in a text editor and open the pack again."


class Severity(StrEnum):
    """How much a finding matters: an error must be mended, a warning should be looked at, a hint may be."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend at one line (1-based). `code` names its kind for programs, such as `unreachable`."""

    line: int
    message: str
    severity: Severity = Severity.ERROR
    code: str = "format"


class Refused(Problem):
    """A file that cannot be taken as it is. `findings` say why, in the file's order."""

    def __init__(self, name: str, findings: Iterable[Finding], way_out: str = _WAY_OUT) -> None:
        """`name` is how messages call the file."""
        self.name = name
        self.findings = tuple(sorted(set(findings)))
        rows = [f"{name}:{finding.line}: {finding.message}" for finding in self.findings]
        rest = rows[1:SHOWN]
        if len(rows) > SHOWN:
            rest.append(f"… and {len(rows) - SHOWN} more")
        super().__init__(rows[0], "\n".join(rest), way_out)

    def __reduce__(self) -> tuple[type[Refused], tuple[str, tuple[Finding, ...], str]]:  # type: ignore[override]
        return (type(self), (self.name, self.findings, self.way_out))


def refused_at(name: str, line: int, message: str, way_out: str = _WAY_OUT) -> Refused:
    """The refusal of a file for a single reason."""
    return Refused(name, [Finding(line, message)], way_out)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """` (did you mean "…"?)` where a known word is close, else nothing."""
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=60)
    return f' (did you mean "{found[0]}"?)' if found else ""


def clipped(text: str, longest: int = 60) -> str:
    """A text of the file as a message may repeat it: on one line, and of so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
