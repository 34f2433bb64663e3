"""The debrief: the three headline questions, the checks, one strength, one change and one sentence to try.

Every answer carries the moments it stands on. Where there is no moment the answer is `could not tell`, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from salespractice.coaching.evidence import find_moments, points, reply_moment, try_saying
from salespractice.coaching.moment import Moment
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.turn import FindActs, Turn
from salespractice.roleplay.what_if import Imagination, WhatIf
from salespractice.scenario.model import Beat, Check, Dimension, Ending, Outcome, Scenario

HEADLINE = {
    Dimension.ADAPTABILITY: "Did you adapt?",
    Dimension.EMPATHY: "Did you empathise?",
    Dimension.PROBLEM_SOLVING: "Did you solve the problem?",
}
CLEARLY = 3  # times as many moments one way as the other, before a mixed picture counts as plain


class Answer(StrEnum):
    """The answer to a check."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    COULD_NOT_TELL = "could not tell"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One headline dimension: the answer, the moments it stands on (heaviest first), and one better thing to say."""

    dimension: Dimension
    question: str
    answer: Answer
    moments: tuple[Moment, ...]
    try_saying: str | None
    try_at_turn: int | None


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One check of the scenario: the answer and the turns (with quotes) it stands on."""

    check: str
    dimension: Dimension
    question: str
    answer: Answer
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class NeedSeen:
    """One need: whether the rep found it. Its detail is told only when it was found or the practice is over."""

    need: str
    title: str
    detail: str
    found: bool


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the rep gets to see, smallest first. `strength` and `change` are None where there was nothing to cite.

    `what_if` is what the customer would have done, had the rep said what `change` proposes.
    """

    outcome: Outcome | None
    summary: str
    strength: Moment | None
    change: Moment | None
    verdicts: tuple[Verdict, ...]
    checks: tuple[CheckAnswer, ...]
    needs: tuple[NeedSeen, ...]
    moments: tuple[Moment, ...]
    what_if: WhatIf | None = None


def debrief_of(conversation: Conversation, acts: FindActs) -> Debrief:
    """Look back at a conversation that was just held, and at what would have happened instead."""
    imagination = Imagination(conversation.scenario, conversation.seed, conversation.turns, acts)
    return debrief(conversation.scenario, conversation.turns, conversation.ending, imagination)


def debrief(
    scenario: Scenario, turns: Sequence[Turn], ending: Ending | None, imagination: Imagination | None = None
) -> Debrief:
    """Look back at a conversation. `ending` is None for a practice that was left before its end.

    With `imagination` the change is the one that would have done most; without, the answer that cost most.
    """
    moments = find_moments(scenario, turns)
    found = {need for turn in turns for need in turn.reaction.revealed}
    strength = max((one for one in moments if one.helped), key=_strength_rank, default=None)
    change, what_if = _change(moments, ending, imagination)
    return Debrief(
        ending.outcome if ending else None,
        ending.summary if ending else "You left the conversation before its end.",
        strength,
        change,
        tuple(_verdict(scenario, turns, moments, dimension, question) for dimension, question in HEADLINE.items()),
        tuple(_check(scenario, turns, check) for check in scenario.checks),
        tuple(NeedSeen(need.id, need.title, need.detail, need.id in found) for need in scenario.needs),
        tuple(moments),
        what_if,
    )


def _change(
    moments: Sequence[Moment], ending: Ending | None, imagination: Imagination | None
) -> tuple[Moment | None, WhatIf | None]:
    """The one thing to change: where another answer would have changed the ending, else where it would have most."""
    hindered = sorted((one for one in moments if not one.helped), key=lambda one: one.weight)
    if not hindered:
        return None, None
    outcome = ending.outcome if ending else None
    better = []
    if imagination is not None:
        for turn in dict.fromkeys(one.citation.turn for one in hindered):
            what_if = imagination.better(turn)
            if what_if is not None and (what_if.better_end(outcome), what_if.gain) > (0, 0):
                better.append(what_if)
    if not better:
        return hindered[0], None
    most = max(better, key=lambda one: (one.better_end(outcome), one.gain, -one.turn))
    moment = next(one for one in hindered if one.citation.turn == most.turn)
    return replace(moment, try_saying=most.said), most


def _strength_rank(moment: Moment) -> tuple[bool, int]:
    """The headline dimensions come first; among them the moment that moved the customer most."""
    return moment.dimension in HEADLINE, moment.weight


def _verdict(
    scenario: Scenario, turns: Sequence[Turn], moments: Iterable[Moment], dimension: Dimension, question: str
) -> Verdict:
    own = _varied(sorted((one for one in moments if one.dimension is dimension), key=lambda one: -abs(one.weight)))
    helped = {one.citation.turn for one in own if one.helped}
    hindered = {one.citation.turn for one in own if not one.helped}
    turn, sentence = _to_try(scenario, turns, own)
    return Verdict(dimension, question, weigh(len(helped), len(hindered)), tuple(own), sentence, turn)


def _varied(moments: Sequence[Moment]) -> list[Moment]:
    """The moments with each turn's first one in front: three views of one answer teach less than three answers."""
    first = {one.citation.turn: one for one in reversed(moments)}
    front = [one for one in moments if first[one.citation.turn] is one]
    return front + [one for one in moments if first[one.citation.turn] is not one]


def weigh(helped: int, hindered: int) -> Answer:
    """The answer to a question, from how many turns speak for it and against it."""
    if helped == hindered == 0:
        return Answer.COULD_NOT_TELL
    if helped >= CLEARLY * hindered:
        return Answer.YES
    return Answer.NO if hindered >= CLEARLY * helped else Answer.PARTLY


def _to_try(scenario: Scenario, turns: Sequence[Turn], own: Sequence[Moment]) -> tuple[int | None, str | None]:
    """One better thing to say: at the costliest moment; where none cost anything, where the least was gained."""
    worst = next((one for one in own if not one.helped and one.try_saying), None)
    if worst is not None:
        return worst.citation.turn, worst.try_saying
    cited = {one.citation.turn for one in own}
    for turn in sorted((turn for turn in turns if turn.number in cited), key=points):
        place = scenario.place(turn.beat)
        sentence = try_saying(place, turn.answer.text) if isinstance(place, Beat) else None
        if sentence is not None:
            return turn.number, sentence
    return None, None


def _check(scenario: Scenario, turns: Sequence[Turn], check: Check) -> CheckAnswer:
    """A check is answered by the turns whose reply it names; yes and no together make partly."""
    moments: list[Moment] = []
    sides: set[bool] = set()
    for turn in turns:
        address = f"{turn.beat}/{turn.reaction.reply}"
        if address not in (*check.yes, *check.no):
            continue
        helped = address in check.yes
        moment = reply_moment(scenario, turn, check.dimension, helped=helped)
        if moment is not None:
            sides.add(helped)
            moments.append(moment)
    answer = {
        frozenset((True,)): Answer.YES,
        frozenset((False,)): Answer.NO,
        frozenset((True, False)): Answer.PARTLY,
    }.get(frozenset(sides), Answer.COULD_NOT_TELL)
    return CheckAnswer(check.id, check.dimension, check.question, answer, tuple(moments))
