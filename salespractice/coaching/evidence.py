"""From turns to moments. Each rule looks at one thing that a coach listening along would point at.

The constructs, in our words: ADAPTS (Spiro & Weitz 1990: gathers information, alters the approach during the
conversation), Active Empathetic Listening (Drollinger et al. 2006), empathic communication (Kumar et al.: validating,
dismissing), uptake (Demszky et al. 2021), SPIN's surfacing of needs (Rackham).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salespractice.coaching.moment import Kind, Moment, cite
from salespractice.language.words import shared_words, substance
from salespractice.roleplay.turn import SentenceSaid, Turn
from salespractice.scenario.model import Beat, Dimension, Reply, Scenario

_BASIS_OF = {
    Dimension.ADAPTABILITY: "ADAPTS: gathers information before choosing an approach",
    Dimension.EMPATHY: "Active empathetic listening: sensing and responding",
    Dimension.PROBLEM_SOLVING: "SPIN: surface the need, then tie the proposal to it",
    Dimension.TRUST: "Relationship: honest, no pressure",
    Dimension.PERSUASION: "Clear, concrete, tied to a benefit",
    Dimension.JUDGEMENT: "The right thing at the right moment",
}


def find_moments(scenario: Scenario, turns: Sequence[Turn]) -> list[Moment]:
    """Every moment of the conversation, in the order of its turns."""
    moments: list[Moment] = []
    for index, turn in enumerate(turns):
        if turn.answer.empty:
            continue
        beat = _beat(scenario, turn)
        reply = _reply(beat, turn.reaction.reply)
        # Who was asked what they meant has not been answered yet: the turn before that counts.
        before = next((one for one in reversed(turns[:index]) if not one.reaction.asked_back), None)
        moments += _reply_moments(scenario, turn)
        moments += _feeling(scenario, beat, reply, turn)
        moments += _cues(beat, reply, turn)
        moments += _needs(scenario, beat, turn)
        moments += _pressure(scenario, beat, reply, turn)
        moments += _next_step(beat, reply, turn)
        if before is not None:
            moments += _approach(scenario, before, turn, beat, reply)
    return moments


def points(turn: Turn) -> int:
    """How far the turn moved the customer, in points over the three levels together."""
    before, after = turn.reaction.before, turn.reaction.after
    return (after.trust - before.trust) + (after.patience - before.patience) + (after.interest - before.interest)


def better_reply(beat: Beat) -> Reply | None:
    """The reply of a beat that would have moved the customer most, among those that its author calls strong."""
    strong = [reply for reply in beat.replies if reply.worth == "strong"]
    return max(strong, key=lambda one: one.effects.trust + one.effects.patience + one.effects.interest, default=None)


def try_saying(beat: Beat, not_like: str = "") -> str | None:
    """A sentence from the beat's best reply: the author's words, so it claims nothing that the scenario does not."""
    reply = better_reply(beat)
    if reply is None:
        return None
    said = not_like.casefold()
    return next((example for example in reply.examples if example.casefold() not in said), reply.examples[0])


def reply_moment(scenario: Scenario, turn: Turn, dimension: Dimension, *, helped: bool) -> Moment | None:
    """The turn's reply as evidence for or against a dimension; None where the answer was no reply of its beat."""
    beat = _beat(scenario, turn)
    reply = _reply(beat, turn.reaction.reply)
    if reply is None:
        return None
    return Moment(
        Kind.REPLY_LANDED if helped else Kind.REPLY_MISSED,
        dimension,
        helped,
        cite(turn.number, turn.answer, *_span(turn)),
        reply.meaning[0].upper() + reply.meaning[1:],
        reply.why,
        _BASIS_OF[dimension],
        points(turn),
        None if helped else try_saying(beat, turn.answer.text),
    )


def _reply_moments(scenario: Scenario, turn: Turn) -> Iterator[Moment]:
    """The reply itself, once for each dimension in which a check names it."""
    address = f"{turn.beat}/{turn.reaction.reply}"
    sides = dict.fromkeys(
        (check.dimension, helped)
        for check in scenario.checks
        for helped, named in ((True, check.yes), (False, check.no))
        if address in named
    )
    for dimension, helped in sides:
        moment = reply_moment(scenario, turn, dimension, helped=helped)
        if moment is not None:
            yield moment


def _feeling(scenario: Scenario, beat: Beat, reply: Reply | None, turn: Turn) -> Iterator[Moment]:
    name = scenario.customer.name.split()[0]
    dismissing = _first(turn, "dismisses")
    acknowledging = _first(turn, "acknowledges-feeling")
    # Recognition alone may be wrong about blame; it speaks only where the scenario's author calls the reply weak too.
    if dismissing is not None and reply is not None and reply.worth == "weak":
        yield Moment(
            Kind.FEELING_DISMISSED,
            Dimension.EMPATHY,
            False,
            cite(turn.number, turn.answer, dismissing.start, dismissing.end),
            f"Brushed aside how {name} felt ({beat.feeling})",
            f"{name} was {beat.feeling} and heard that it did not count.",
            "Empathic communication: dismissing",
            points(turn),
            try_saying(beat, turn.answer.text),
        )
    # An acknowledgement in an answer that pushed the customer away is a figure of speech, so it earns no credit.
    elif acknowledging is not None and reply is not None and reply.worth != "weak" and points(turn) >= 0:
        yield Moment(
            Kind.FEELING_ACKNOWLEDGED,
            Dimension.EMPATHY,
            True,
            cite(turn.number, turn.answer, acknowledging.start, acknowledging.end),
            f"Acknowledged how {name} felt ({beat.feeling})",
            f"{name} no longer had to prove the feeling and could talk about what lay behind it.",
            "Empathic communication: validating",
            points(turn),
        )


def _cues(beat: Beat, reply: Reply | None, turn: Turn) -> Iterator[Moment]:
    for cue in beat.cues_in(turn.line.text):
        taken = next((one for one in turn.sentences if _takes_up(one.text, cue.quote)), None)
        if taken is not None and reply is not None and reply.worth == "strong":
            yield Moment(
                Kind.CUE_MET,
                Dimension.ADAPTABILITY,
                True,
                cite(turn.number, turn.answer, taken.start, taken.end),
                f"Took up \u201c{cue.quote}\u201d",
                cue.notice,
                "Uptake: the answer builds on what was just said",
                points(turn),
            )
        elif taken is None and reply is not None and reply.worth == "weak":
            yield Moment(
                Kind.CUE_MISSED,
                Dimension.ADAPTABILITY,
                False,
                cite(turn.number, turn.answer, *_span(turn)),
                f"Passed over \u201c{cue.quote}\u201d",
                cue.notice,
                "ADAPTS: notices the cue and alters the approach",
                points(turn),
                try_saying(beat, turn.answer.text),
            )


def _needs(scenario: Scenario, beat: Beat, turn: Turn) -> Iterator[Moment]:
    for need_id in turn.reaction.revealed:
        need = scenario.need(need_id)
        yield Moment(
            Kind.NEED_SURFACED,
            Dimension.PROBLEM_SOLVING,
            True,
            cite(turn.number, turn.answer, *_span(turn)),
            f"Brought out what lay behind it: {need.title}",
            need.detail,
            "SPIN: a need surfaces when it is asked for",
            points(turn),
        )


def _pressure(scenario: Scenario, beat: Beat, reply: Reply | None, turn: Turn) -> Iterator[Moment]:
    pressing = _first(turn, "pressures")
    if pressing is None or reply is None or reply.worth != "weak":
        return
    yield Moment(
        Kind.PRESSURE,
        Dimension.TRUST,
        False,
        cite(turn.number, turn.answer, pressing.start, pressing.end),
        "Pressed for a decision",
        f"{scenario.customer.name.split()[0]} was {beat.feeling} and felt pushed.",
        "Relationship: no pressure",
        points(turn),
        try_saying(beat, turn.answer.text),
    )


def _next_step(beat: Beat, reply: Reply | None, turn: Turn) -> Iterator[Moment]:
    step = _first(turn, "proposes-next-step")
    if step is None or reply is None or reply.worth != "strong" or points(turn) <= 0:
        return
    yield Moment(
        Kind.NEXT_STEP_AGREED,
        Dimension.PROBLEM_SOLVING,
        True,
        cite(turn.number, turn.answer, step.start, step.end),
        "Proposed a concrete next step, and it was taken up",
        reply.why,
        "Objection handling: respond, then confirm",
        points(turn),
    )


def _approach(scenario: Scenario, earlier: Turn, turn: Turn, beat: Beat, reply: Reply | None) -> Iterator[Moment]:
    """The turn after one that did not land: did the rep change what they were doing, or do it again?"""
    first = _reply(_beat(scenario, earlier), earlier.reaction.reply)
    if first is None or first.worth != "weak" or reply is None:
        return
    name = scenario.customer.name.split()[0]
    if reply.worth == "strong":
        yield Moment(
            Kind.APPROACH_CHANGED,
            Dimension.ADAPTABILITY,
            True,
            cite(turn.number, turn.answer, *_span(turn)),
            f"Changed the approach after {name} pushed back",
            reply.why,
            "ADAPTS: alters the approach during the conversation",
            points(turn),
        )
    elif reply.worth == "weak":
        yield Moment(
            Kind.APPROACH_REPEATED,
            Dimension.ADAPTABILITY,
            False,
            cite(turn.number, turn.answer, *_span(turn)),
            f"Went on in the same way after {name} pushed back",
            f"{name} had just said: \u201c{turn.line.text}\u201d",
            "ADAPTS: alters the approach during the conversation",
            points(turn),
            try_saying(beat, turn.answer.text),
        )


def _takes_up(sentence: str, quote: str) -> bool:
    """The customer's own words come back: all of a short cue's words of substance, two of a long one's."""
    wanted = min(2, len(set(substance(quote))))
    return quote.casefold() in sentence.casefold() or 0 < wanted <= len(shared_words(sentence, quote))


def _beat(scenario: Scenario, turn: Turn) -> Beat:
    place = scenario.place(turn.beat)
    assert isinstance(place, Beat)
    return place


def _reply(beat: Beat, reply_id: str | None) -> Reply | None:
    return next((reply for reply in beat.replies if reply.id == reply_id), None)


def _first(turn: Turn, act: str) -> SentenceSaid | None:
    return next((one for one in turn.sentences if any(found.act == act for found in one.acts)), None)


def _span(turn: Turn) -> tuple[int, int]:
    """The characters of the sentences that decided the reply, else of the whole answer."""
    text, part = turn.answer.text, turn.reaction.sentence
    start = text.find(part) if part else -1
    if start < 0:
        return 0, len(text)
    decided = [one for one in turn.sentences if one.start < start + len(part) and one.end > start]
    return (decided[0].start, decided[-1].end) if decided else (start, start + len(part))
