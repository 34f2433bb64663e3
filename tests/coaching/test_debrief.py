"""Feedback: each judgement cites the rep's words and their seconds, and silence is not judged."""

from __future__ import annotations

import pytest

from salespractice.coaching.debrief import Answer, Debrief, debrief_of
from salespractice.coaching.moment import Kind, cite, clipped
from salespractice.language.transcript import Transcript, Word
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.scenario.model import Dimension, Outcome
from tests.small_scenario import small_scenario

GOOD = (
    "That sounds awful. What did two days of waiting do to your shop?",
    "Let me cover the refund that you gave the bride. I'll send you the money on Monday.",
)
BAD = ("It's only a parcel. The traffic was terrible that week.", "Our driver had an accident, that is not our fault.")


def spoken(text: str) -> Transcript:
    """As if each word took a second."""
    return Transcript(text, tuple(Word(word, float(n), n + 1.0, 0.9) for n, word in enumerate(text.split())))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return open_matcher()


def practised(matcher: Matcher, *answers: str) -> Debrief:
    conversation = Conversation(small_scenario(), matcher, seed=1)
    conversation.open()
    for answer in answers:
        conversation.answer(spoken(answer))
    return debrief_of(conversation, matcher.acts)


def verdicts(result: Debrief) -> dict[Dimension, Answer]:
    return {verdict.dimension: verdict.answer for verdict in result.verdicts}


def test_a_rep_who_listens(matcher: Matcher) -> None:
    result = practised(matcher, *GOOD)
    assert result.outcome is Outcome.AGREES
    assert set(verdicts(result).values()) == {Answer.YES}
    assert result.change is None
    assert result.strength is not None
    kinds = {moment.kind for moment in result.moments}
    assert {Kind.FEELING_ACKNOWLEDGED, Kind.NEED_SURFACED, Kind.CUE_MET, Kind.NEXT_STEP_AGREED} <= kinds


def test_a_rep_who_explains(matcher: Matcher) -> None:
    result = practised(matcher, *BAD)
    assert result.outcome is Outcome.LEAVES
    assert verdicts(result)[Dimension.EMPATHY] is Answer.NO
    assert verdicts(result)[Dimension.ADAPTABILITY] is Answer.NO
    assert result.change is not None
    assert result.change.try_saying in {
        example for reply in small_scenario().beats[0].replies for example in reply.examples
    }
    assert {Kind.FEELING_DISMISSED, Kind.APPROACH_REPEATED} <= {moment.kind for moment in result.moments}


def test_what_would_have_happened_is_what_happens(matcher: Matcher) -> None:
    """The customer is asked, and says the same when it is really said."""
    result = practised(matcher, *BAD)
    assert result.change is not None
    assert result.what_if is not None
    assert result.what_if.said == result.change.try_saying
    turn = result.what_if.turn
    conversation = Conversation(small_scenario(), matcher, seed=1)
    conversation.open()
    for answer in (*BAD[: turn - 1], result.what_if.said):
        line = conversation.answer(spoken(answer))
    assert line.text == result.what_if.line
    assert conversation.turns[-1].reaction.reply == result.what_if.reply
    assert conversation.state == result.what_if.after
    assert result.what_if.gain > 0


def test_a_better_answer_brings_the_end_that_the_rest_deserves(matcher: Matcher) -> None:
    """The first answer spoiled it; with the others as they were, she would have agreed."""
    result = practised(matcher, BAD[0], *GOOD)
    assert result.outcome is Outcome.THINKS_IT_OVER
    assert result.what_if is not None
    assert (result.what_if.turn, result.what_if.outcome) == (1, Outcome.AGREES)
    assert result.what_if.better_end(result.outcome) == 2


def test_how_it_would_have_ended_is_not_made_up(matcher: Matcher) -> None:
    result = practised(matcher, *BAD)
    assert result.what_if is not None
    assert result.what_if.outcome is None  # the rep never answered what would have come next


def test_a_rep_who_turns_round_gets_partly(matcher: Matcher) -> None:
    result = practised(matcher, BAD[0], *GOOD)
    assert verdicts(result)[Dimension.ADAPTABILITY] in (Answer.PARTLY, Answer.YES)
    assert Kind.APPROACH_CHANGED in {moment.kind for moment in result.moments}


@pytest.mark.parametrize("answers", [GOOD, BAD, (BAD[0], *GOOD)])
def test_every_judgement_cites_words_that_were_said_and_their_seconds(
    matcher: Matcher, answers: tuple[str, ...]
) -> None:
    result = practised(matcher, *answers)
    for verdict in result.verdicts:
        assert (verdict.answer is Answer.COULD_NOT_TELL) == (not verdict.moments)
        assert not verdict.moments or verdict.try_saying
    for check in result.checks:
        assert (check.answer is Answer.COULD_NOT_TELL) == (not check.moments)
    for moment in result.moments:
        citation = moment.citation
        words = answers[citation.turn - 1].split()
        assert citation.quote
        assert citation.quote in answers[citation.turn - 1]
        assert citation.start is not None
        assert citation.end is not None
        assert " ".join(words[int(citation.start) : int(citation.end)]) == citation.quote


def test_silence_is_not_judged(matcher: Matcher) -> None:
    result = practised(matcher, "", "", "")
    assert result.moments == ()
    assert result.strength is None
    assert result.change is None
    assert set(verdicts(result).values()) == {Answer.COULD_NOT_TELL}


def test_a_practice_that_was_left(matcher: Matcher) -> None:
    result = practised(matcher)
    assert result.outcome is None
    assert "left" in result.summary


def test_the_same_conversation_gets_the_same_debrief(matcher: Matcher) -> None:
    assert practised(matcher, *BAD) == practised(matcher, *BAD)


def test_a_citation_finds_its_words_even_when_some_have_no_time() -> None:
    answer = Transcript(
        "Well, I see. So why?", (Word(" I", 1.0, 1.2, 1.0), Word(" see.", 1.2, 1.5, 1.0), Word(" why?", 2, 3, 1))
    )
    assert (cite(1, answer, 0, 12).start, cite(1, answer, 0, 12).end) == (1.0, 1.5)
    assert (cite(1, answer, 13, 20).start, cite(1, answer, 13, 20).end) == (2, 3)
    assert cite(1, Transcript("typed"), 0, 5).start is None


def test_a_long_quote_is_cut_at_a_word() -> None:
    assert clipped("one two three", 2) == "one two …"
    assert clipped("one two", 2) == "one two"
