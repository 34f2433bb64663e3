"""How far an answer builds on what was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from salespractice.language.uptake import load_uptake, taken_up
from salespractice.problem import Problem
from salespractice.rig import UPTAKE, open_embedder

LINE = "The pump on line three failed twice in March and nobody rang us."


def score(answer: str, line: str = LINE) -> float:
    return load_uptake(UPTAKE).score(taken_up(open_embedder(), answer, line))


def test_who_builds_on_it_takes_up_more_than_who_does_not() -> None:
    builds = score("Twice in March, and nobody rang. What did the pump on line three do to your week?")
    nods = score("Okay.")
    passes = score("Our new catalogue has a great many colours this year.")
    assert builds > passes > nods


@pytest.mark.parametrize(("answer", "line"), [("", ""), ("", LINE), ("Yes.", ""), ("?!", "…"), ("漢字", LINE)])
def test_hardly_anything_has_a_score(answer: str, line: str) -> None:
    assert -5 < score(answer, line) < 5


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "uptake.json").write_text('{"likeness": 1}')
    with pytest.raises(Problem, match=r"uptake\.json cannot be read"):
        load_uptake(tmp_path / "uptake.json")
