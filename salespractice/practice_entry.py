"""One practice as it is written into the journal while it goes on. What a full disk refused gets another chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from salespractice.coaching.baseline import NO_BASELINE, Baseline
from salespractice.coaching.debrief import Debrief
from salespractice.coaching.delivery import Delivery
from salespractice.journal.journal import Journal
from salespractice.problem import Problem
from salespractice.roleplay.turn import Turn
from salespractice.scenario.model import Ending
from salespractice.scenario.pack import Staged


class PracticeEntry:
    """The journal's entry of the practice with this id. Every method but `baseline` raises the journal's `Problem`."""

    def __init__(self, journal: Journal, practice: str, turns: int = 0, deliveries: Iterable[int] = ()) -> None:
        """`turns` and `deliveries` (of these turns) are there already, in a practice that is gone on with."""
        self._journal = journal
        self._practice = practice
        self._turns = turns
        self._deliveries = set(deliveries)

    def begin(self, staged: Staged, seed: int) -> None:
        """The practice starts."""
        self._journal.begin(self._practice, staged.scenario, staged.address, staged.pack.notes.version, seed)

    def save(self, turns: Sequence[Turn], deliveries: Mapping[int, Delivery]) -> None:
        """Write what is not there yet."""
        for turn in turns[self._turns :]:
            self._journal.add_turn(self._practice, turn)
            self._turns += 1
        for number in sorted(deliveries.keys() - self._deliveries):
            if number <= self._turns:
                self._journal.add_delivery(self._practice, number, deliveries[number])
                self._deliveries.add(number)

    def add_words(self, turn: Turn) -> None:
        """The times of a turn's words have come; a turn that is not written yet will be written with them."""
        if turn.number <= self._turns:
            self._journal.add_words(self._practice, turn.number, turn.answer.words)

    def end(self, ending: Ending | None, debrief: Debrief) -> None:
        """The practice is over."""
        self._journal.end(self._practice, ending, debrief)

    def baseline(self) -> Baseline:
        """What is usual for this person, from earlier practices; none where the journal cannot tell."""
        try:
            return self._journal.baseline(self._practice)
        except Problem:
            return NO_BASELINE
