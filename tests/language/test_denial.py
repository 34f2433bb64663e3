"""What somebody says that they will not do is not what they do."""

from __future__ import annotations

import pytest

from salespractice.language.denial import affirmed, denies


@pytest.mark.parametrize(
    "text",
    [
        "I won't tell you that it's cheap.",
        "We're not going to hide behind the contract.",
        "I’m not here to sell you anything today.",
        "i can't promise you friday",
        "There's no need to decide anything now.",
        "We have no intention of raising it again.",
    ],
)
def test_denials(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize(
    "text",
    [
        "I can't tell you how sorry I am.",
        "I can't blame you for being angry.",
        "You won't lose a single order.",
        "What would you not want to happen again?",
        "It costs eighteen percent more.",
    ],
)
def test_no_denials(text: str) -> None:
    assert not denies(text)
    assert affirmed(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "I won't tell you it's cheap, but what does the delay cost you?",
            "but what does the delay cost you?",
        ),
        (
            "i'm not going to make excuses what i want to know is how your people coped",
            "what i want to know is how your people coped",
        ),
        ("You're right to be angry and I won't argue with that.", "You're right to be angry and"),
        ("I won't argue.", "I won't argue."),
        ("I don't want to be so pushy about the price.", "I don't want to be so pushy about the price."),
        ("I'm not going to do anything but listen to you.", "I'm not going to do anything but listen to you."),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert affirmed(text) == left
