"""What can happen on the conversation page at each moment, and what the page says about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication


class Stage(Enum):
    """Where the conversation is, as the page sees it."""

    OPENING = auto()
    STARTED = auto()
    SPEAKING = auto()
    YOUR_TURN = auto()
    RECORDING = auto()
    THINKING = auto()
    CLOSING = auto()
    OVER = auto()
    STOPPED = auto()

    @property
    def may_answer(self) -> bool:
        """Whether an answer may begin; it stops a line that is still being said."""
        return self in (Stage.SPEAKING, Stage.YOUR_TURN)


@dataclass(frozen=True, slots=True)
class Talk:
    """How the rep answers at the moment.

    `microphone`: one is open; `lost`: one was, and another may be chosen. `hands_free`: a voice begins an answer.
    `by_voice`: one has begun this answer, and silence ends it, unless `held` because the rep is still thinking.
    `kept`: seconds of an answer whose end is missing, None where there is none.
    """

    microphone: bool = False
    lost: bool = False
    hands_free: bool = False
    by_voice: bool = False
    held: bool = False
    kept: float | None = None

    def listens(self, stage: Stage) -> bool:
        """Whether a word of the rep's would be heard."""
        return stage is Stage.RECORDING or (stage is Stage.YOUR_TURN and self.microphone and self.hands_free)

    def may_hold(self, stage: Stage) -> bool:
        """Whether there is a silence to be held open."""
        return stage is Stage.RECORDING and self.by_voice


def status(stage: Stage, name: str, talk: Talk, *, key_held: bool) -> str:
    """The line under the caption. `key_held`: the talk key or button is being held."""
    if stage is Stage.YOUR_TURN:
        return _your_turn(talk)
    if stage is Stage.RECORDING:
        return _recording(talk, key_held=key_held)
    return {
        Stage.OPENING: _tr("Getting ready …"),
        Stage.STARTED: _tr("Getting ready …"),
        Stage.SPEAKING: _tr("{name} is speaking …"),
        Stage.THINKING: _tr("{name} is thinking …"),
        Stage.CLOSING: _tr("{name} is saying goodbye …"),
        Stage.OVER: _tr("The conversation is over."),
        Stage.STOPPED: _tr("The conversation has stopped. What was said is kept."),
    }[stage].format(name=name)


def _your_turn(talk: Talk) -> str:
    if talk.lost:
        return _tr("Choose a microphone to go on, or type")
    if not talk.microphone:
        return _tr("Your turn – type your answer")
    if talk.kept is not None:
        kept = _tr("Go on with your answer – just speak"), _tr("Go on with your answer – hold Space or the button")
        return kept[0] if talk.hands_free else kept[1]
    return _tr("Your turn – just speak") if talk.hands_free else _tr("Your turn – hold Space or the button and talk")


def _recording(talk: Talk, *, key_held: bool) -> str:
    if key_held:
        return _tr("Listening … let go when you are done")
    if talk.held:
        return _tr("Take your time – it goes on with your next word")
    if talk.by_voice:
        return _tr("Listening … just stop when you are done")
    return _tr("Listening … press Enter when you are done")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Conversation", words)
