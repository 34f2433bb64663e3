"""What a sentence does; above all, what it does not do."""

from __future__ import annotations

import pytest

from salespractice.language.speech_acts import speech_acts
from salespractice.language.words import shared_words


def acts(sentence: str, previous: str = "") -> set[str]:
    return {found.act for found in speech_acts(sentence, previous)}


@pytest.mark.parametrize(
    "sentence",
    [
        "What did that do to your budget?",
        "How did your team take the news?",
        "Tell me what happened in March.",
        "Could you walk me through last week?",
        "And why is that so hard right now?",
    ],
)
def test_open_questions(sentence: str) -> None:
    assert "open-question" in acts(sentence)
    assert "closed-question" not in acts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Did you get the invoice?",
        "How many depots use it?",
        "So is Friday fine?",
        "Would you say what you paid?",
        "Right?",
    ],
)
def test_closed_questions(sentence: str) -> None:
    assert "closed-question" in acts(sentence)
    assert "open-question" not in acts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "What matters is the value.",
        "That is how it works.",
        "You did not tell me about the second depot.",
        "I know why you are here.",
    ],
)
def test_no_question(sentence: str) -> None:
    assert not acts(sentence) & {"open-question", "closed-question"}


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("That sounds really frustrating.", "acknowledges-feeling"),
        ("I'm sorry you had to find out from an invoice.", "acknowledges-feeling"),
        ("I can see why that was a shock.", "acknowledges-feeling"),
        ("It's only a few percent.", "dismisses"),
        ("Everybody pays that.", "dismisses"),
        ("You need to sign it today.", "pressures"),
        ("The offer expires on Monday.", "pressures"),
        ("Our platform is the best in the market.", "pitches"),
        ("Shall we meet on Thursday with your finance director?", "proposes-next-step"),
        ("I'll send you a draft tomorrow.", "proposes-next-step"),
    ],
)
def test_other_acts(sentence: str, act: str) -> None:
    assert act in acts(sentence)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Thanks for the invoice.", "acknowledges-feeling"),
        ("How does our platform help you today?", "pitches"),
        ("I met the team last Tuesday.", "proposes-next-step"),
        ("It was not only the price.", "dismisses"),
        ("You should have heard that from me.", "dismisses"),
        ("I'm sorry, but that is the price.", "acknowledges-feeling"),
        ("I'm sorry.", "acknowledges-feeling"),
        ("So your budget was already signed off, and now you have to go back.", "pressures"),
    ],
)
def test_what_only_looks_like_it(sentence: str, act: str) -> None:
    assert act not in acts(sentence)


def test_taking_up_words_needs_two_of_substance() -> None:
    line = "I found out from an invoice, after my budget was signed."
    assert shared_words("So the invoices came once the budget stood.", line) == ["invoices", "budget"]
    assert "takes-up-words" in acts("So the invoices came once the budget stood.", line)
    assert "takes-up-words" not in acts("I was at home, and it was fine.", line)
