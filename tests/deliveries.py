"""Spoken answers for tests: a turn, and an ordinary delivery, of which a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from salespractice.audio.prosody import Prosody
from salespractice.coaching.delivery import Delivery, Pause
from salespractice.coaching.fillers import Filler
from salespractice.language.transcript import Transcript, Word
from salespractice.roleplay.state_of_mind import StateOfMind
from salespractice.roleplay.turn import Line, Reaction, Turn

_CALM = StateOfMind(50, 50, 50)

ORDINARY = Delivery(
    seconds=24.0,
    voice=20.0,
    words=50,
    pauses=3,
    pause_seconds=2.5,
    longest_pause=Pause(6.0, 7.5),
    first_voice=0.8,
    fillers=(Filler("um", 3.0, 3.2),),
    prosody=Prosody(0.6, 118.0, 7.0, 8.0),
)


def delivery(**changes: Any) -> Delivery:
    """The ordinary delivery (150 words a minute), with `changes`; `pitch_variation` and its like may be given too."""
    own = {name: value for name, value in changes.items() if name in Prosody.__slots__}
    rest = {name: value for name, value in changes.items() if name not in own}
    return replace(ORDINARY, prosody=replace(ORDINARY.prosody, **own), **rest)


def turn(number: int, text: str, take: str | None = "01.wav") -> Turn:
    """An answer to Ines's complaint, as if each word took a second; `take` is None for a typed one."""
    words = tuple(Word(word, float(at), at + 1.0, 0.9) for at, word in enumerate(text.split()))
    line, reaction = Line("complaint", 0, "Well?", "calm"), Reaction(None, 0.0, "", "", _CALM, _CALM)
    said = Transcript(text, words if take else ())
    return Turn(number, "complaint", line, said, (), reaction, take, 20.0 if take else 0.0, typed=take is None)
