"""When the conditions of a scenario can hold, given what can be known of the customer without playing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salespractice.scenario.findings import clipped
from salespractice.scenario.model import Conditions

LISTED = 6

Levels = tuple[int, int, int]
"""Trust, patience and interest."""


@dataclass(frozen=True, slots=True)
class Known:
    """What holds at a place on every way that leads to it.

    `may`: the needs that some way finds; `must`: those that every way finds; `most`: the highest levels on any way.
    """

    may: frozenset[str]
    must: frozenset[str]
    most: Levels

    def joined(self, other: Known) -> Known:
        """What holds where one or the other way was taken."""
        trust, patience, interest = map(max, self.most, other.most)
        return Known(self.may | other.may, self.must & other.must, (trust, patience, interest))


def never(when: Conditions, known: Known) -> str | None:
    """Why the conditions can never hold, as the end of a sentence; None where they may."""
    if both := set(when.found).intersection(when.not_found):
        return f"it asks for {listed(both)} to be found and not found"
    if both := {str(act) for act in set(when.said).intersection(when.not_said)}:
        return f"it asks for {listed(both)} to be said and not said"
    if missing := set(when.found) - known.may:
        return f"{listed(missing)} cannot have been found by then"
    if known.must.intersection(when.not_found):
        return f"{listed(known.must.intersection(when.not_found))} has always been found by then"
    for name, least, most in zip(("trust", "patience", "interest"), _least(when), known.most, strict=True):
        if least > most:
            return f"it asks for {name} of at least {least}, and all replies on the way bring it to {most} at most"
    return None


def covers(earlier: Conditions, later: Conditions) -> bool:
    """Whether the earlier conditions hold wherever the later ones do, so that the later ones are never come to."""
    return (
        all(one <= other for one, other in zip(_least(earlier), _least(later), strict=True))
        and set(earlier.found) <= set(later.found)
        and set(earlier.not_found) <= set(later.not_found)
        and set(earlier.said) <= set(later.said)
        and set(earlier.not_said) <= set(later.not_said)
    )


def never_together(one: Conditions, other: Conditions) -> bool:
    """Whether one of the two excludes the other whatever happened."""
    return any(
        set(left).intersection(right)
        for left, right in (
            (one.found, other.not_found),
            (one.not_found, other.found),
            (one.said, other.not_said),
            (one.not_said, other.said),
        )
    )


def listed(words: Iterable[str]) -> str:
    """`"one"`, or `"one" and "two"`, or `"one", "two" and "three"`, in the order of the alphabet; some of very many."""
    quoted = [f'"{clipped(word)}"' for word in sorted(words)]
    if len(quoted) > LISTED:
        quoted = [*quoted[: LISTED - 1], f"{len(quoted) - LISTED + 1} more"]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:])))


def _least(when: Conditions) -> Levels:
    return (when.trust_at_least or 0, when.patience_at_least or 0, when.interest_at_least or 0)
