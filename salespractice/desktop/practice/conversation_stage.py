"""What can happen on the conversation page at each moment, and what the page says about it."""

from __future__ import annotations

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


def status(stage: Stage, name: str, *, by_voice: bool, held: bool) -> str:
    """The line under the caption. `by_voice`: there is a microphone; `held`: the talk key is being held."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("Conversation", words).format(name=name)

    if stage is Stage.YOUR_TURN:
        return tr("Your turn – hold Space or the button and talk") if by_voice else tr("Your turn – type your answer")
    if stage is Stage.RECORDING:
        return tr("Listening … let go when you are done") if held else tr("Listening … press Enter when you are done")
    return {
        Stage.OPENING: tr("Getting ready …"),
        Stage.STARTED: tr("Getting ready …"),
        Stage.SPEAKING: tr("{name} is speaking …"),
        Stage.THINKING: tr("{name} is thinking …"),
        Stage.CLOSING: tr("{name} is saying goodbye …"),
        Stage.OVER: tr("The conversation is over."),
        Stage.STOPPED: tr("The conversation has stopped. What was said is kept."),
    }[stage]
