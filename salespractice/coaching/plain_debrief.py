"""A debrief of a conversation that has no scenario and no recording: its moments, and the three headline questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salespractice.coaching.constructs import Constructs
from salespractice.coaching.debrief import HEADLINE, Verdict, weigh
from salespractice.coaching.moment import Moment
from salespractice.coaching.plain_moments import plain_moments, read_conversation
from salespractice.coaching.ratings import Ratings, rate
from salespractice.scenario.model import Dimension


@dataclass(frozen=True, slots=True)
class PlainDebrief:
    """What can be said of a plain conversation. `validation` is for comparison with raters, and shown nowhere."""

    strength: Moment | None
    change: Moment | None
    verdicts: tuple[Verdict, ...]
    moments: tuple[Moment, ...]
    validation: Ratings


def plain_debrief(exchanges: Sequence[tuple[str, str]], constructs: Constructs) -> PlainDebrief:
    """Look back at a conversation: each line of the customer's with the rep's answer to it."""
    read = read_conversation(exchanges, constructs)
    moments = plain_moments(read, constructs)
    return PlainDebrief(
        max((one for one in moments if one.helped), key=_weight, default=None),
        max((one for one in moments if not one.helped), key=_weight, default=None),
        tuple(_verdict(moments, dimension, question) for dimension, question in HEADLINE.items()),
        tuple(moments),
        rate([one.shown for one in read]),
    )


def _weight(moment: Moment) -> tuple[bool, float]:
    return moment.dimension in HEADLINE, moment.sure


def _verdict(moments: Sequence[Moment], dimension: Dimension, question: str) -> Verdict:
    own = tuple(one for one in moments if one.dimension is dimension)
    helped = {one.citation.turn for one in own if one.helped}
    hindered = {one.citation.turn for one in own if not one.helped}
    return Verdict(dimension, question, weigh(len(helped), len(hindered)), own, None, None)
