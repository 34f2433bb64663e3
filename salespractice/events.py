"""What happens during a practice, as plain values: the window shows them, the terminal prints them."""

from __future__ import annotations

from dataclasses import dataclass

from salespractice.coaching.debrief import Debrief
from salespractice.problem import Problem
from salespractice.roleplay.turn import Line, Turn
from salespractice.scenario.model import Ending


@dataclass(frozen=True, slots=True)
class PracticeStarted:
    """The practice has its id and stands in the journal."""

    practice: str


@dataclass(frozen=True, slots=True)
class CustomerSpeaks:
    """The customer begins a line. `seconds` is the length of its recording, 0 where it has none."""

    number: int
    line: Line
    seconds: float


@dataclass(frozen=True, slots=True)
class CustomerFinished:
    """The line has been said (or was stopped); the rep may answer."""

    number: int


@dataclass(frozen=True, slots=True)
class LineInterrupted:
    """The rep spoke over the line, at this second of it."""

    number: int
    at: float


@dataclass(frozen=True, slots=True)
class AnswerStarted:
    """The take of this turn is being recorded. `by_voice`: silence ends it; else whoever began it does."""

    number: int
    by_voice: bool = False


@dataclass(frozen=True, slots=True)
class AnswerCaption:
    """What is heard of the answer so far: what is certain, and the guess that follows it, which may still change."""

    number: int
    certain: str
    guess: str


@dataclass(frozen=True, slots=True)
class TurnHeld:
    """Whether the rep is still thinking, so that silence does not end the answer."""

    held: bool


@dataclass(frozen=True, slots=True)
class AnswerInterrupted:
    """The microphone was lost. What was said is kept, and the answer goes on with another one, or is ended."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class LevelChanged:
    """The microphone's level, 0 to 1, about 20 times a second."""

    level: float


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The take is complete and is being listened to."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class NothingHeard:
    """The take held no speech; the customer goes on waiting. `reason` is for the rep to read."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerHeard:
    """The text of the answer is known."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """The customer has reacted; the journal gets the turn next."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class PracticeEnded:
    """The conversation is over and its debrief is ready. `ending` is None when the rep left."""

    practice: str
    ending: Ending | None
    debrief: Debrief


@dataclass(frozen=True, slots=True)
class TroubleMet:
    """Something that the person can mend. The practice goes on waiting unless `fatal`."""

    problem: Problem
    fatal: bool = False


Event = (
    PracticeStarted
    | CustomerSpeaks
    | CustomerFinished
    | LineInterrupted
    | AnswerStarted
    | AnswerCaption
    | TurnHeld
    | AnswerInterrupted
    | LevelChanged
    | AnswerEnded
    | NothingHeard
    | AnswerHeard
    | TurnTaken
    | PracticeEnded
    | TroubleMet
)
