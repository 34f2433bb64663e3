"""Sentences of spoken text, with their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salespractice.language.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I see. What happened?", ["I see.", "What happened?"]),
        ("Mr. Hall called. He was upset!", ["Mr. Hall called.", "He was upset!"]),
        ("It costs 3.5 percent more, right? Okay.", ["It costs 3.5 percent more, right?", "Okay."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("  ", []),
        ("...", []),
    ],
)
def test_they_end_where_a_sentence_ends(text: str, parts: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == parts


def test_a_run_on_is_cut_at_its_joints() -> None:
    text = (
        "i hear you on the price and i know it came as a surprise so before we talk about numbers what did you tell "
        "your board about this year because i would like to understand what they expect from you and what happens next"
    )
    parts = sentences(text)
    assert len(parts) > 1
    assert all(len(part.text.split()) <= LONGEST for part in parts)
    assert " ".join(part.text for part in parts) == text


@given(st.text(alphabet=st.sampled_from("abc .?!,;\n\u2026"), max_size=400))
def test_places_are_true_and_nothing_said_is_lost(text: str) -> None:
    parts = sentences(text)
    for part in parts:
        assert text[part.start : part.end] == part.text
    kept = "".join(letter for part in parts for letter in part.text if letter.isalnum())
    assert kept == "".join(letter for letter in text if letter.isalnum())
