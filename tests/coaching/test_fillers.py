"""Fillers: only what is clearly one, because a word wrongly called a filler is worse than one overlooked."""

from __future__ import annotations

import pytest

from salespractice.coaching.fillers import Filler, fillers
from salespractice.language.transcript import Word


def said(text: str) -> tuple[Word, ...]:
    """As if each word took a second."""
    return tuple(Word(word, float(at), at + 1.0, 0.9) for at, word in enumerate(text.split()))


def found(text: str, language: str = "en") -> list[str]:
    return [filler.text for filler in fillers(said(text), language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Um, I see. It costs, uh, two hundred.", ["um", "uh"]),
        ("Uhm… so, erm, let me er check, umm.", ["uhm", "erm", "er", "umm"]),
        ("That would, hmm, be Monday and, ah, Tuesday.", ["hmm", "ah"]),
        ("It is, you know, a lot. And it was, I mean, late.", ["you know", "i mean"]),
    ],
)
def test_what_is_a_filler(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ah, I see. Hmm, that sounds hard. Mm.",  # an answer to what the customer said
        "As you know, the price went up. Do you know, it did. You know, it did.",
        "What I mean is this, I mean it. I mean, it is.",
        "It is like a, like, thing, so, well, basically, right?",  # too ambiguous to say
        "Uh-huh. Mm-hmm. Uh-oh.",
        "He went to the ER with an UM tattoo.",
        "The human umbrella hums there.",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


def test_a_filler_has_its_seconds() -> None:
    assert fillers(said("It is, you know, late, um.")) == (Filler("you know", 2.0, 4.0), Filler("um", 5.0, 6.0))


def test_german_words_are_no_english_fillers() -> None:
    assert found("Um zehn kommt er, und er weiß es.", "de") == []
