"""The engine: replies lead somewhere, the state of mind moves for a reason, and a seed replays a practice."""

from __future__ import annotations

import pytest

from salespractice.language.transcript import Transcript, Word
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.scenario.model import Outcome
from tests.small_scenario import small_scenario

ASK = "Oh no. So what has that late delivery done to your shop?"
OFFER = "Then we will cover what you gave back to the bride."


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return open_matcher()


@pytest.fixture
def conversation(matcher: Matcher) -> Conversation:
    conversation = Conversation(small_scenario(), matcher, seed=3)
    conversation.open()
    return conversation


def say(conversation: Conversation, *answers: str) -> None:
    for answer in answers:
        conversation.answer(Transcript(answer))


def test_a_good_conversation(conversation: Conversation) -> None:
    say(conversation, ASK, OFFER)
    first, second = conversation.turns
    assert (first.beat, first.reaction.reply, first.reaction.goes_to) == ("complaint", "ask", "refund")
    assert first.reaction.revealed == ("wedding",)
    assert first.reaction.before.trust == 40
    assert first.reaction.after.trust > 48
    asked = first.reaction.changes[0]
    assert (asked.cause, asked.trust) == ("Asks what the delay did to her", pytest.approx(10, abs=1))
    assert second.reaction.reply == "offer"
    assert conversation.outcome is Outcome.AGREES
    assert conversation.line.ends


def test_the_way_out_depends_on_what_was_found(conversation: Conversation) -> None:
    conversation.found.clear()
    say(conversation, ASK)
    conversation.found.clear()
    say(conversation, OFFER)
    assert conversation.outcome is Outcome.THINKS_IT_OVER


def test_excuses_cost_patience_until_the_customer_leaves(conversation: Conversation) -> None:
    say(conversation, "There was a lot of traffic on the motorway.")
    assert conversation.ending is None
    assert conversation.beat.id == "complaint"
    say(conversation, "Honestly, the driver had an accident on the road that day.")
    assert conversation.state.patience == 0
    assert conversation.outcome is Outcome.LEAVES


@pytest.mark.parametrize("answer", ["", "My grandmother plays the piano on Sundays.", "…"])
def test_what_fits_nothing_goes_to_otherwise(conversation: Conversation, answer: str) -> None:
    say(conversation, answer)
    reaction = conversation.turns[0].reaction
    assert reaction.reply is None
    assert reaction.after.patience == pytest.approx(reaction.before.patience - 10, abs=1)
    assert reaction.changes[0].cause
    assert conversation.line.otherwise
    assert conversation.ending is None


def test_silence_ends_in_impatience(conversation: Conversation) -> None:
    say(conversation, "", "", "")
    assert conversation.outcome is Outcome.LEAVES


def test_nothing_can_be_said_after_the_end_or_before_the_beginning(
    conversation: Conversation, matcher: Matcher
) -> None:
    say(conversation, "", "", "")
    with pytest.raises(RuntimeError):
        say(conversation, ASK)
    with pytest.raises(RuntimeError):
        say(Conversation(small_scenario(), matcher), ASK)


def test_a_seed_replays_a_practice_and_another_one_varies(matcher: Matcher) -> None:
    def lines(seed: int) -> list[str]:
        conversation = Conversation(small_scenario(), matcher, seed)
        first = conversation.open().text
        return [first, *(conversation.answer(Transcript(answer)).text for answer in ("", "Well.", ""))]

    assert lines(5) == lines(5)
    assert len({tuple(lines(seed)) for seed in range(20)}) > 1


def test_no_wording_comes_twice_before_all_were_said(matcher: Matcher) -> None:
    for seed in range(10):
        conversation = Conversation(small_scenario(), matcher, seed)
        conversation.open()
        first, second = (conversation.answer(Transcript("")).text for _ in range(2))
        assert first != second


def test_words_come_later(conversation: Conversation) -> None:
    say(conversation, ASK)
    words = (Word("Oh", 0.1, 0.2, 0.9), Word("no.", 0.2, 0.5, 0.9))
    conversation.add_words(1, words)
    assert conversation.turns[0].answer.words == words
