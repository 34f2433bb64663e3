"""The findings of a check as lines of text, as compilers and editors know them, and as rows for programs."""

from __future__ import annotations

from salespractice.pack_check import Checked, Found
from salespractice.scenario.findings import Severity


def finding_line(one: Found) -> str:
    """`file:line: error: message`, on one line whatever stands in the message."""
    finding = one.finding
    return f"{one.file}:{finding.line}: {finding.severity}: {' '.join(finding.message.split())}"


def finding_json(one: Found) -> dict[str, str | int]:
    """The shape of a finding in `check --json`."""
    finding = one.finding
    return {
        "file": one.file,
        "line": finding.line,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message,
    }


def summary(checked: Checked) -> str:
    """What the check comes to, in a sentence."""
    counts = [_counted(checked.count(severity), severity) for severity in Severity]
    told = [count for count in counts if count]
    what = " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:]))) or "Nothing to mend"
    return f"{what} in {_counted(checked.scenarios, 'scenario') or 'no scenario'}."


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}" if count else ""
