"""The customer's state of mind: trust, patience and interest, each 0 to 100, and what moves them, with the cause."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from salespractice.scenario.model import Effects, StateOfMindStart, Temperament

LEAST, MOST = 0, 100
# How far a customer's temperament may lie from what is written, in either direction: no two days are the same.
_VARIES = 0.1


@dataclass(frozen=True, slots=True)
class Change:
    """What moved the customer, in words, and by how many points it did."""

    cause: str
    trust: int = 0
    patience: int = 0
    interest: int = 0

    @property
    def nothing(self) -> bool:
        """Whether it moves nothing."""
        return not (self.trust or self.patience or self.interest)


@dataclass(frozen=True, slots=True)
class StateOfMind:
    """Three levels of 0 to 100."""

    trust: int
    patience: int
    interest: int

    @classmethod
    def starting(cls, start: StateOfMindStart) -> StateOfMind:
        """The state of mind in which the customer opens the conversation."""
        return cls(start.trust, start.patience, start.interest)

    def moved(self, changes: Iterable[Change]) -> StateOfMind:
        """The state of mind after these changes, one after the other, kept within its bounds."""
        moved = self
        for change in changes:
            moved = StateOfMind(
                _bounded(moved.trust + change.trust),
                _bounded(moved.patience + change.patience),
                _bounded(moved.interest + change.interest),
            )
        return moved


def todays_temperament(written: Temperament, seed: int) -> Temperament:
    """The temperament of one run: a little off what is written, and always the same for the same seed."""
    draw = random.Random(f"temperament {seed}")  # noqa: S311 - variety, not secrecy
    warms, cools, hurries = (
        one * draw.uniform(1 - _VARIES, 1 + _VARIES) for one in (written.warms, written.cools, written.hurries)
    )
    return Temperament.model_construct(warms=warms, cools=cools, hurries=hurries)


def change_of(cause: str, effects: Effects, share: float = 1.0) -> Change:
    """A reply's effects, or a share of them, as a change."""
    return Change(cause, *(round(points * share) for points in (effects.trust, effects.patience, effects.interest)))


def felt(change: Change, temperament: Temperament) -> Change:
    """The change as a customer of this temperament feels it. Nothing that was felt comes to nothing."""
    return replace(
        change,
        trust=_felt(change.trust, temperament.warms, temperament.cools),
        patience=_felt(change.patience, 1.0, temperament.hurries),
        interest=_felt(change.interest, temperament.warms, temperament.cools),
    )


def _felt(points: int, rise: float, fall: float) -> int:
    scaled = round(points * (rise if points > 0 else fall))
    return scaled or (points > 0) - (points < 0)


def _bounded(level: int) -> int:
    return max(LEAST, min(MOST, level))
