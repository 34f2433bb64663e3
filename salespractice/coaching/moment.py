"""A moment: a cited stretch of a take, what it did to the customer, and one better thing to say.

No judgement exists without one. A moment's `basis` names the construct it stands on, so that a person can look it up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from salespractice.language.transcript import Transcript
from salespractice.scenario.model import Dimension


class Kind(StrEnum):
    """What kind of moment it is."""

    REPLY_LANDED = "reply-landed"
    REPLY_MISSED = "reply-missed"
    CUE_MET = "cue-met"
    CUE_MISSED = "cue-missed"
    FEELING_ACKNOWLEDGED = "feeling-acknowledged"
    FEELING_DISMISSED = "feeling-dismissed"
    NEED_SURFACED = "need-surfaced"
    APPROACH_CHANGED = "approach-changed"
    APPROACH_REPEATED = "approach-repeated"
    PRESSURE = "pressure"
    NEXT_STEP_AGREED = "next-step-agreed"
    SAID_BACK = "said-back"
    ASKED_FURTHER = "asked-further"
    PITCHED_PAST = "pitched-past"
    ADVICE_UNASKED = "advice-unasked"
    TURNED_TO_SELF = "turned-to-self"
    TIED_TO_NEED = "tied-to-need"
    HONEST = "honest"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the evidence is: the turn, the rep's words, and their seconds in that turn's take (None when typed)."""

    turn: int
    quote: str
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One piece of evidence. `helped`: it brought the customer nearer; `weight` (points moved) orders moments.

    `sure` is how likely it is that what it says is so.
    """

    kind: Kind
    dimension: Dimension
    helped: bool
    citation: Citation
    what: str
    why: str
    basis: str
    weight: int
    try_saying: str | None = None
    sure: float = 1.0


def cite(turn: int, answer: Transcript, start: int, end: int) -> Citation:
    """The citation of the characters `start` to `end` of an answer's text, with the seconds of the words in it."""
    quote = answer.text[start:end].strip()
    position, first, last = 0, None, None
    for word in answer.words:
        core = word.text.strip()
        at = answer.text.find(core, position)
        if at < 0:
            continue
        position = at + len(core)
        if position > start and at < end:
            first = word.start if first is None else first
            last = word.end
    return Citation(turn, quote, first, last)


def clipped(quote: str, words: int = 32) -> str:
    """A quote short enough to read at a glance, cut at a word."""
    parts = re.split(r"\s+", quote.strip())
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]) + " …"
