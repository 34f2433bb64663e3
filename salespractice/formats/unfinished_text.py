"""A practice that was cut off as plain text for a terminal: what is kept of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator

from salespractice.formats.debrief_text import clock
from salespractice.unfinished import Unfinished


def unfinished_text(one: Unfinished) -> str:
    """A few lines, without a line break at the end."""
    return "\n".join(_lines(one))


def _lines(one: Unfinished) -> Iterator[str]:
    entry = one.entry
    short = entry.practice[:8]
    answers = "1 answer" if len(one.turns) == 1 else f"{len(one.turns)} answers"
    day = entry.started.astimezone().strftime("%Y-%m-%d %H:%M")
    yield f"{short}  {day}  {entry.address:<24} {answers}, {clock(one.seconds)} recorded"
    for take in one.loose_takes:
        yield f"          not understood yet: {take.path} ({clock(take.seconds)})"
    yield f"          go on:   salespractice practise --resume {short} --mic"
    yield f"          read it: salespractice journal show {short}"
