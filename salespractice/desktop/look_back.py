"""A practice to be looked back at, whether it ended a moment ago or stands in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from salespractice.coaching.baseline import NO_BASELINE, Baseline
from salespractice.coaching.debrief import Debrief
from salespractice.coaching.delivery import Delivery
from salespractice.journal.journal import PastPractice
from salespractice.places import Places
from salespractice.roleplay.turn import Turn
from salespractice.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the debrief page shows. `takes` is the folder of its recordings; `started` is None for one just ended.

    `deliveries` are by turn number, and `baseline` is what was usual for this person before this practice.
    """

    practice: str
    scenario: Scenario
    turns: tuple[Turn, ...]
    debrief: Debrief | None
    takes: Path
    address: str
    started: datetime | None = None
    last_line: str = ""
    deliveries: Mapping[int, Delivery] = field(default_factory=dict)
    baseline: Baseline = NO_BASELINE

    def turn(self, number: int) -> Turn | None:
        """The turn with this number."""
        return next((turn for turn in self.turns if turn.number == number), None)


def from_journal(past: PastPractice, places: Places) -> LookBack:
    """A practice as the journal keeps it."""
    entry = past.entry
    return LookBack(
        entry.practice,
        past.scenario,
        past.turns,
        past.debrief,
        places.takes / entry.practice,
        entry.address,
        entry.started,
        _last_line(past),
        past.deliveries,
        past.baseline,
    )


def _last_line(past: PastPractice) -> str:
    """The customer's closing words, where only one wording of them exists; which one was said is not kept."""
    if not past.turns:
        return ""
    target = past.turns[-1].reaction.goes_to
    ending = next((one for one in past.scenario.endings if one.id == target), None)
    return ending.lines[0].text if ending is not None and len(ending.lines) == 1 else ""
