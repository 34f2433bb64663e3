"""The customer's state of mind: trust, patience and interest, each 0 to 100."""

from __future__ import annotations

from dataclasses import dataclass

from salespractice.scenario.model import Effects, StateOfMindStart

LEAST, MOST = 0, 100


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

    def moved(self, effects: Effects) -> StateOfMind:
        """The state of mind after the effects, kept within its bounds."""
        return StateOfMind(
            _bounded(self.trust + effects.trust),
            _bounded(self.patience + effects.patience),
            _bounded(self.interest + effects.interest),
        )


def _bounded(level: int) -> int:
    return max(LEAST, min(MOST, level))
