"""What would have happened: played again from that moment, with nothing made up."""

from __future__ import annotations

import pytest

from salespractice.language.transcript import Transcript
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.what_if import Imagination, Recalling
from salespractice.scenario.model import Outcome
from tests.small_scenario import small_scenario

EXPLAINS = "The traffic on the motorway was dreadful that week."
ASKS = "What did the late delivery do to your shop?"
OFFERS = "Let me cover the refund that you had to give her."


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return open_matcher()


def held(matcher: Matcher, *answers: str) -> Conversation:
    conversation = Conversation(small_scenario(), matcher, seed=5)
    conversation.open()
    for answer in answers:
        conversation.answer(Transcript(answer))
    return conversation


def imagined(matcher: Matcher, *answers: str) -> Imagination:
    conversation = held(matcher, *answers)
    return Imagination(conversation.scenario, conversation.seed, conversation.turns, matcher.acts)


def test_the_rest_is_as_the_rep_said_it(matcher: Matcher) -> None:
    better = imagined(matcher, EXPLAINS, ASKS, OFFERS).better(1)
    assert better is not None
    assert (better.reply, better.outcome) == ("ask", Outcome.AGREES)
    assert better.revealed == ("wedding",)
    assert better.gain > 0
    assert better.better_end(Outcome.LEAVES) == 3
    assert better.better_end(None) == 0


def test_it_ends_where_the_rep_never_answered(matcher: Matcher) -> None:
    better = imagined(matcher, EXPLAINS).better(1)
    assert better is not None
    assert better.outcome is None
    assert better.line.startswith("I had to give the bride")


def test_where_the_rep_did_well_there_is_nothing_better(matcher: Matcher) -> None:
    assert imagined(matcher, ASKS, OFFERS).better(1) is None


def test_an_answer_that_fitted_nothing_could_have_been_better(matcher: Matcher) -> None:
    better = imagined(matcher, "My cat is asleep.", ASKS).better(1)
    assert better is not None
    assert better.reply == "ask"


def test_an_example_that_the_rep_said_is_not_proposed(matcher: Matcher) -> None:
    first = small_scenario().beats[0].replies[0].examples[0]
    better = imagined(matcher, f"{first} The traffic was dreadful. Our driver had an accident.").better(1)
    assert better is None or better.said != first


def test_turns_of_another_version_give_nothing(matcher: Matcher) -> None:
    conversation = held(matcher, EXPLAINS, ASKS)
    other = Imagination(conversation.scenario, conversation.seed, conversation.turns[1:], matcher.acts)
    assert other.better(1) is None


def test_it_ends_as_it_does_when_all_that_is_said_for_real(matcher: Matcher) -> None:
    """What fitted nothing included: the end is not better for its being left out."""
    idle = "My cat is asleep."
    conversation = held(matcher, EXPLAINS, ASKS, idle)
    better = Imagination(conversation.scenario, conversation.seed, conversation.turns, matcher.acts).better(1)
    assert better is not None
    real = held(matcher, better.said, idle)
    assert better.outcome == real.outcome
    again = held(matcher, EXPLAINS, ASKS, OFFERS)
    whole = Imagination(again.scenario, again.seed, again.turns, matcher.acts).better(1)
    assert whole is not None
    assert whole.outcome == held(matcher, whole.said, OFFERS).outcome


def test_what_an_answer_was_beside_counts_again(matcher: Matcher) -> None:
    """Replayed from the second turn on, the others do what they did."""
    both = f"{ASKS} The traffic was terrible, our driver had an accident on the road."
    conversation = held(matcher, "My cat is asleep.", both, OFFERS)
    real = conversation.turns[1].reaction
    assert real.also, "the answer was two replies"
    replayed = Conversation(
        conversation.scenario, Recalling(conversation.scenario, conversation.turns, matcher.acts, {}), 5
    )
    replayed.restore(conversation.turns[:1])
    replayed.answer(conversation.turns[1].answer)
    assert replayed.turns[1].reaction.also == real.also
    assert replayed.turns[1].reaction.after == real.after


def test_the_same_again(matcher: Matcher) -> None:
    first, second = (imagined(matcher, EXPLAINS, ASKS, OFFERS).better(1) for _ in range(2))
    assert first == second
