"""Practices that were cut off: found on the next start, gone on with, or closed and looked back at.

A practice is running in the journal from its first line to its end. One that nobody holds any more (see
`journal.lock`) was cut off. What was said is in the journal, and what was recorded is on disk: takes of answers that
were understood belong to turns, the others are loose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from salespractice.audio.wav import mend, recorded_seconds
from salespractice.coaching.debrief import debrief
from salespractice.coaching.delivery import Delivery
from salespractice.journal.journal import RUNNING, Entry, Journal, PastPractice
from salespractice.journal.lock import PracticeLock, is_held
from salespractice.places import Places
from salespractice.problem import Problem
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.turn import Turn
from salespractice.scenario.model import Ending, Scenario
from salespractice.scenario.pack import Staged

_TAKE_NAME = re.compile(r"(\d+)(?:-(\d+))?\.wav")


@dataclass(frozen=True, slots=True)
class LooseTake:
    """A recording that belongs to no turn. `number` is the turn it was made for, `attempt` counts from 1."""

    path: Path
    seconds: float
    number: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A practice that was cut off, with its scenario at that time and all that is left of it."""

    entry: Entry
    scenario: Scenario
    turns: tuple[Turn, ...]
    loose_takes: tuple[LooseTake, ...]

    @property
    def seconds(self) -> float:
        """All recorded sound, whether it was understood or not."""
        return sum(turn.seconds for turn in self.turns) + sum(take.seconds for take in self.loose_takes)

    @property
    def cut_off(self) -> LooseTake | None:
        """The recording of the answer that was being given, or listened to; None where none was."""
        return _cut_off(self.turns, self.loose_takes)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A practice taken up again, for whoever goes on with it: its lock is held and has to be released by them.

    `conversation` stands where it stood, the customer's last line included; where that line `ends`, only the debrief
    is missing. All its turns are in the journal. `cut_off` may be transcribed and offered as the next answer.
    `untimed` numbers the turns whose words had no times yet when the program ended; `deliveries` has, by turn number,
    how the others sounded.
    """

    practice: str
    staged: Staged
    conversation: Conversation
    cut_off: LooseTake | None
    untimed: tuple[int, ...]
    deliveries: Mapping[int, Delivery]
    lock: PracticeLock


def find_unfinished(journal: Journal, places: Places) -> list[Unfinished]:
    """Every practice that was cut off and holds at least one answer or some sound, the newest first."""
    found = []
    for entry in journal.running():
        takes = places.takes / entry.practice
        if is_held(takes):
            continue
        # Read only now: who held it a moment ago may have come to the end and let go.
        past = journal.open(entry.practice)
        one = Unfinished(past.entry, past.scenario, past.turns, loose_takes(takes, past.turns))
        if past.entry.status == RUNNING and (one.turns or one.loose_takes):
            found.append(one)
    return found


def loose_takes(takes: Path, turns: Sequence[Turn]) -> tuple[LooseTake, ...]:
    """The recordings in a practice's folder that belong to none of its turns, in the order in which they were made."""
    known = {turn.take for turn in turns}
    found = []
    for path in takes.glob("*.wav"):
        named = _TAKE_NAME.fullmatch(path.name)
        if named is None or path.name in known:
            continue
        seconds = recorded_seconds(path)
        if seconds:
            found.append(LooseTake(path, seconds, int(named[1]), int(named[2] or 1)))
    return tuple(sorted(found, key=lambda take: (take.number, take.attempt)))


def resume(practice: str, staged: Staged, matcher: Matcher, journal: Journal, places: Places) -> Resumed:
    """Take a practice up where it was cut off. `staged` is its scenario (see its entry's address) as it is today.

    Raises:
        Problem: it is running elsewhere, has ended, or its scenario has changed.
    """
    lock = PracticeLock(places.takes / practice)
    lock.acquire()
    try:
        past = _running(journal, practice)
        loose = _mended(places.takes / practice, past.turns)
        if staged.scenario != past.scenario:
            raise _changed(past.scenario)
        conversation = Conversation(staged.scenario, matcher, past.seed)
        try:
            conversation.restore(past.turns)
        except ValueError as error:
            raise _changed(past.scenario) from error
        untimed = tuple(turn.number for turn in past.turns if turn.take and turn.answer.text and not turn.answer.words)
        cut_off = _cut_off(past.turns, loose)
        return Resumed(practice, staged, conversation, cut_off, untimed, past.deliveries, lock)
    except BaseException:
        lock.release()
        raise


def close_unfinished(practice: str, journal: Journal, places: Places) -> PastPractice:
    """End a practice where it was cut off, and look back at what was said. Loose takes are kept, and named.

    Raises:
        Problem: it is running elsewhere, has ended, or the journal cannot be written to.
    """
    with PracticeLock(places.takes / practice):
        past = _running(journal, practice)
        loose = _mended(places.takes / practice, past.turns)
        ending = _ending(past)
        result = debrief(past.scenario, past.turns, ending)
        summary = " ".join(part for part in (ending.summary if ending else _how_far(past.turns), _kept(loose)) if part)
        journal.end(practice, ending, replace(result, summary=summary))
    return journal.open(practice)


def _running(journal: Journal, practice: str) -> PastPractice:
    past = journal.open(practice)
    if past.entry.status != RUNNING:
        raise Problem("This practice has ended.", "", "Look back at it in the journal.")
    return past


def _mended(takes: Path, turns: Sequence[Turn]) -> tuple[LooseTake, ...]:
    """The loose takes, each readable by every program that plays sound."""
    return tuple(replace(take, seconds=mend(take.path)) for take in loose_takes(takes, turns))


def _cut_off(turns: Sequence[Turn], loose: Sequence[LooseTake]) -> LooseTake | None:
    return next((take for take in reversed(loose) if take.number == len(turns) + 1), None)


def _ending(past: PastPractice) -> Ending | None:
    """The ending that the last answer had led to, where the kill came between that and the debrief."""
    if not past.turns:
        return None
    place = past.scenario.place(past.turns[-1].reaction.goes_to)
    return place if isinstance(place, Ending) else None


def _how_far(turns: Sequence[Turn]) -> str:
    answers = {0: "before the first answer", 1: "after one answer"}.get(len(turns), f"after {len(turns)} answers")
    return f"The conversation was cut off {answers}."


def _kept(loose: Sequence[LooseTake]) -> str:
    if not loose:
        return ""
    which = "One recording was" if len(loose) == 1 else f"{len(loose)} recordings were"
    names = ", ".join(f"{take.path.name} ({take.seconds:.0f} s)" for take in loose)
    return f"{which} not understood, and kept with the others: {names}."


def _changed(scenario: Scenario) -> Problem:
    return Problem(
        f"“{scenario.title}” cannot be gone on with.",
        "The scenario has changed since the practice was cut off.",
        "Look back at what was said, or practise the scenario anew.",
    )
