"""`acts`: a line in, a line out, in order; the shape that others build upon."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from salespractice import cli

LEVELS = {0, 1, 2}


def run(lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any], str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    code = cli.main(["acts"])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


def exchange(text: object, previous: object = "I waited two hours and nobody rang me.") -> str:
    return json.dumps({"previous": previous, "text": text}) + "\n"


def test_the_shape_of_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), _ = run(exchange("What did those two hours do to your day?"), monkeypatch, capsys)
    assert code == 0
    assert row["question"]["label"] == "open"
    assert row["reflection"]["label"] in ("none", "simple", "complex")
    assert isinstance(row["informs_or_advises"]["present"], bool)
    for name in ("emotional_reaction", "interpretation", "exploration"):
        assert row[name]["level"] in LEVELS
    for name in ("question", "reflection", "informs_or_advises", "emotional_reaction", "interpretation", "exploration"):
        assert 0.33 <= row[name]["p"] <= 1
    assert isinstance(row["uptake"]["score"], float)
    assert {"pitches", "open-question", "dismisses"} <= row["acts"].keys()
    assert all(0 <= likely <= 1 for likely in row["acts"].values())


def test_lines_come_out_in_order_and_repeat_themselves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = exchange("Is it the blue one?") + "\n" + exchange("You should change the oil.") + exchange("Mm-hmm.", "")
    _, first, _ = run(lines, monkeypatch, capsys)
    _, second, _ = run(lines, monkeypatch, capsys)
    assert first == second
    assert [row["question"]["label"] for row in first] == ["closed", "none", "none"]
    assert [row["informs_or_advises"]["present"] for row in first] == [False, True, False]


def test_odd_texts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    odd = ["", "?", "…", "漢字かな", "😀" * 50, "word " * 3000, "a\u0000b", "\ud83d"]
    code, rows, _ = run("".join(exchange(text) for text in odd), monkeypatch, capsys)
    assert (code, len(rows)) == (0, len(odd))
    code, rows, _ = run(json.dumps({"text": "Hello there."}) + "\n", monkeypatch, capsys)
    assert (code, len(rows)) == (0, 1)


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", "3", '{"previous": "x"}', exchange(5), exchange("x", 5), "[" * 100_000, '"text"']
)
def test_what_is_no_exchange_is_told_with_its_line(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, rows, told = run(exchange("Good morning.") + line.strip() + "\n", monkeypatch, capsys)
    assert (code, len(rows)) == (2, 1)
    assert "Line 2 of the input" in told
