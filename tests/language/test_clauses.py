"""The parts of an answer that may carry its point."""

from __future__ import annotations

import pytest

from salespractice.language.clauses import clauses


def texts(answer: str) -> list[str]:
    return [part.text for part in clauses(answer)]


def test_sentences_come_first_and_short_neighbours_together() -> None:
    assert texts("I hear you. What did it cost?") == [
        "I hear you.",
        "What did it cost?",
        "I hear you. What did it cost?",
    ]


def test_a_run_on_is_looked_at_between_its_joints() -> None:
    said = "um yeah right i get all of that so what happened in the yard and who was there to see it"
    parts = texts(said)
    assert said in parts
    assert "so what happened in the yard and who was there to see it" in parts
    assert any(part.startswith("who was there") for part in parts)


def test_every_part_stands_where_it_says() -> None:
    answer = "Well, okay — I see that. I won't argue, but what I'd like to know is: who pays for all this, and why?"
    parts = clauses(answer)
    assert [answer[part.start : part.end] for part in parts] == [part.text for part in parts]
    assert len({part.text for part in parts}) == len(parts)


@pytest.mark.parametrize("answer", ["", "…", "  "])
def test_nothing_said_has_no_parts(answer: str) -> None:
    assert clauses(answer) == []


def test_a_long_answer_has_no_more_parts_than_can_be_compared_in_time() -> None:
    said = " ".join(["so what i want to know is how you do that and who does it"] * 30)
    assert len(clauses(said)) < 150
