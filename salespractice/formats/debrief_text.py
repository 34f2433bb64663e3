"""A debrief as plain text for a terminal: the first screen first, the evidence under it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from salespractice.coaching.debrief import Answer, Debrief, Verdict
from salespractice.coaching.moment import Citation, Moment, clipped
from salespractice.coaching.sounded import NOT_HEARD, Sounded

WIDTH = 96
MOST_PLACES = 3  # of one fact; the page has them all
MARKS = {Answer.YES: "✓ yes", Answer.PARTLY: "± partly", Answer.NO: "✗ no", Answer.COULD_NOT_TELL: "? could not tell"}


def debrief_text(debrief: Debrief, sounded: Sounded = NOT_HEARD) -> str:
    """The whole debrief and, last, how it sounded; wrapped to `WIDTH` columns."""
    return "\n".join((*_lines(debrief), *_sounded(sounded)))


def clock(seconds: float) -> str:
    """A place in a take: `0:07.4`."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}"


def place(citation: Citation) -> str:
    """Where a quote is: its turn and, for a take, its seconds."""
    if citation.start is None or citation.end is None:
        return f"turn {citation.turn}"
    return f"turn {citation.turn}, {clock(citation.start)}–{clock(citation.end)}"


def _lines(debrief: Debrief) -> Iterator[str]:
    yield from _wrapped(debrief.summary)
    yield ""
    if debrief.strength:
        yield "KEEP"
        yield from _moment(debrief.strength)
    if debrief.change:
        yield "CHANGE"
        yield from _moment(debrief.change)
        if debrief.change.try_saying:
            yield from _wrapped(f"Try saying: “{debrief.change.try_saying}”", "  ")
        if debrief.what_if:
            yield from _wrapped(f"Then you would have heard: “{debrief.what_if.line}”", "  ")
            if debrief.what_if.better_end(debrief.outcome) > 0:
                yield from _wrapped(
                    f"With the rest as you said it, it would have ended: {debrief.what_if.outcome}.", "  "
                )
    for verdict in debrief.verdicts:
        yield ""
        yield from _verdict(verdict)
    yield ""
    yield "CHECKS"
    for check in debrief.checks:
        turns = sorted({moment.citation.turn for moment in check.moments})
        where = f"  (turn {', '.join(map(str, turns))})" if turns else ""
        yield from _wrapped(f"{MARKS[check.answer]:<18}{check.question}{where}", "  ", " " * 20)
    yield ""
    yield "WHAT LAY BEHIND IT"
    for need in debrief.needs:
        mark = "✓ found  " if need.found else "· unfound"
        yield from _wrapped(f"{mark} {need.title}: {need.detail}", "  ", " " * 12)


def _sounded(sounded: Sounded) -> Iterator[str]:
    if not sounded.facts:
        return
    yield ""
    yield "HOW IT SOUNDED"
    yield from _wrapped(sounded.note, "  ")
    for fact in sounded.facts:
        where = "; ".join(place(citation) for citation in fact.citations[:MOST_PLACES])
        if fact.cited_for:
            where = f"{fact.cited_for}: {where}"
        if len(fact.citations) > MOST_PLACES:
            where += f"; and {len(fact.citations) - MOST_PLACES} more"
        yield from _wrapped(f"· {fact.what} [{where}]", "  ", "    ")


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.question.upper()}  {MARKS[verdict.answer]}"
    for moment in verdict.moments[:3]:
        yield from _moment(moment)
    if verdict.try_saying:
        yield from _wrapped(f"Try saying (turn {verdict.try_at_turn}): “{verdict.try_saying}”", "  ")


def _moment(moment: Moment) -> Iterator[str]:
    sign = "+" if moment.helped else "−"
    yield from _wrapped(f"{sign} {moment.what} [{place(moment.citation)}]", "  ", "    ")
    yield from _wrapped(f"“{clipped(moment.citation.quote)}”", "    ")
    yield from _wrapped(moment.why, "    ")


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent if hanging is None else hanging
    ) or [""]
