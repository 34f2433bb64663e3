"""`debrief --conversation`: a conversation in a file, looked back at without scenario or sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from salespractice import cli

CUSTOMER = (
    "Your invoice is eighteen percent higher and nobody told me. I'm quite angry, to be honest.",
    "In February I told our CFO three percent. Now I look like a fool.",
    "If it stayed under what he signed, I could live with it.",
)
LISTENER = (
    "I'm so sorry, that must have felt like a slap. What does it do to your plans this year?",
    "So you gave your word on three percent, and now you're the one who has to stand in front of him.",
    "Then let's stay under what he signed. I'll send you the figures tomorrow, and we have a call on Thursday at ten.",
)
PUSHER = (
    "Our new platform is the best on the market, it saves you twenty hours a week.",
    "You should have read the contract. Our platform is really worth it, the new module is amazing.",
    "You need to sign today, the offer ends tonight.",
)


def written(tmp_path: Path, answers: tuple[str, ...]) -> Path:
    turns = []
    for line, answer in zip(CUSTOMER, answers, strict=True):
        turns += [{"speaker": "customer", "text": line}, {"speaker": "rep", "text": answer}]
    path = tmp_path / "conversation.json"
    path.write_text(json.dumps(turns))
    return path


def debrief(path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    assert cli.main(["debrief", "--conversation", str(path)]) == 0
    return json.loads(capsys.readouterr().out)


def kinds(result: Any) -> set[str]:
    return {moment["kind"] for moment in result["moments"]}


def test_who_listens_and_who_pushes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = debrief(written(tmp_path, LISTENER), capsys)
    poor = debrief(written(tmp_path, PUSHER), capsys)
    assert {"feeling-acknowledged", "asked-further", "next-step-agreed"} <= kinds(good)
    assert all(moment["helped"] for moment in good["moments"])
    assert {"pitched-past", "pressure"} <= kinds(poor)
    assert not any(moment["helped"] for moment in poor["moments"])
    assert good["validation"]["conversation_quality"] > poor["validation"]["conversation_quality"]
    assert set(good["validation"]) == {
        "validating", "elaboration", "understanding", "advice", "self_orientation", "conversation_quality",
    }  # fmt: skip
    assert debrief(written(tmp_path, PUSHER), capsys) == poor


def test_every_judgement_quotes_what_was_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for answers in (LISTENER, PUSHER):
        for moment in debrief(written(tmp_path, answers), capsys)["moments"]:
            assert moment["citation"]["quote"] in answers[moment["citation"]["turn"] - 1]
            assert 0.5 <= moment["sure"] <= 1


@pytest.mark.parametrize(
    "turns",
    [
        [],
        [{"speaker": "rep", "text": "Good morning, what can I do for you today?"}],
        [{"speaker": "customer", "text": "Hello?"}],
        [{"speaker": "customer", "text": ""}, {"speaker": "rep", "text": ""}],
        [{"speaker": "rep", "text": "One."}, {"speaker": "rep", "text": "Two.", "extra": 1}],
    ],
)
def test_hardly_a_conversation(turns: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.json"
    path.write_text(json.dumps(turns))
    assert debrief(path, capsys)["change"] is None


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"speaker": "dog", "text": "x"}]', "[" * 50_000, "\xff\xfe"])
def test_what_is_no_conversation_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="latin-1")
    assert cli.main(["debrief", "--conversation", str(path)]) == 2
    assert "is no conversation" in capsys.readouterr().err


def test_a_mark_at_the_beginning_that_windows_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, LISTENER)
    plain = debrief(path, capsys)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert debrief(path, capsys) == plain


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["debrief", "--conversation", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
