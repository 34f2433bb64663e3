"""The terminal program: what it prints, how it exits, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from salespractice import cli
from salespractice.audio.wav import CrashSafeWav
from salespractice.journal.journal import Journal
from salespractice.places import Places, shipped
from tests.small_scenario import small_scenario

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it."""
    return subprocess.run(
        [sys.executable, "main.py", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["doctor", "--help"],
        ["scenarios", "--help"],
        ["practise", "--help"],
        ["transcribe", "--help"],
        ["journal", "--help"],
        ["journal", "list", "--help"],
        ["journal", "show", "--help"],
        ["journal", "unfinished", "--help"],
        ["demo", "--help"],
    ],
    ids=" ".join,
)
def test_everything_explains_itself(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 0
    assert "usage: salespractice" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["fly"], ["practise", "price-shock"], ["practise", "x", "--mic", "--answers", "y"], []]
)
def test_wrong_usage_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 2
    assert capsys.readouterr().out == ""


def test_scenarios_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["scenarios", "--json", "--data", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {row["scenario"] for row in found["scenarios"]} >= {"starter/price-shock", "starter/discovery-call"}
    assert found["problems"] == []


def test_a_broken_scenario_is_told_and_the_rest_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "mine"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("format: 1\ntitle Mine\n")
    assert cli.main(["scenarios", "--data", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "starter/price-shock" in told.out
    assert "mine/pack.yaml:2" in told.err or "mine/pack.yaml:3" in told.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["practise", "price-shok", "--answers", "."], 'did you mean "price-shock"'),
        (["practise", "price-shock", "--answers", "nowhere"], "nowhere is not a folder"),
        (["transcribe", "nowhere.wav"], "nowhere.wav"),
        (["transcribe", "pyproject.toml"], "pyproject.toml"),
        (["journal", "list"], "no journal yet"),
        (["practise", "price-shock", "--answers", "assets/answers/listener", "--model", "huge"], "huge"),
        (["transcribe", "assets/answers/listener/01.flac", "--model-file", "LICENSE"], "is not a speech model"),
    ],
    ids=["scenario", "answers", "missing file", "no sound", "journal", "model", "model file"],
)
def test_what_cannot_be_done_exits_with_2_and_a_way_out(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main([*words, "--data", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert "Traceback" not in told.err


def test_a_problem_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["journal", "list", "--json", "--data", str(tmp_path)]) == 2
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"problem", "why", "way_out"}


def test_what_was_cut_off_is_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    where = Places(tmp_path)
    with Journal(where.journal) as journal:
        assert cli.main(["journal", "unfinished", "--data", str(tmp_path)]) == 0
        assert capsys.readouterr().out == "No practice was cut off.\n"
        journal.begin("abcdef0123456789", small_scenario(), "mine/late-parcel", "1.2", 3)
        with CrashSafeWav(where.takes / "abcdef0123456789" / "01.wav", 16_000) as wav:
            wav.write(np.zeros(8000, dtype=np.float32))
        assert cli.main(["journal", "unfinished", "--json", "--data", str(tmp_path)]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["practice"], told["seconds"], len(told["loose_takes"])) == ("abcdef0123456789", 0.5, 1)
    assert cli.main(["journal", "unfinished", "--data", str(tmp_path)]) == 0
    assert "mine/late-parcel" in capsys.readouterr().out


def test_a_data_folder_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answers = shipped("assets") / "answers" / "listener"
    told = run("practise", "price-shock", "--answers", str(answers), "--data", str(tmp_path / "file" / "data"))
    assert told.returncode == 2
    assert "cannot be used" in told.stderr
    assert "--data" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_transcribe_as_json_lines() -> None:
    answer = shipped("assets") / "answers" / "listener" / "01.flac"
    told = run("transcribe", "--json", "--model", "tiny.en", str(answer), str(answer))
    assert told.returncode == 0, told.stderr
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(rows) == 2
    assert rows[0] == rows[1]
    assert rows[0]["file"] == str(answer)
    assert "Dana" in rows[0]["text"]
    assert set(rows[0]["words"][0]) == {"text", "start", "end", "p"}


@pytest.mark.slow
def test_a_practice_its_page_and_its_place_in_the_journal(tmp_path: Path) -> None:
    data, page = tmp_path / "data", tmp_path / "page.html"
    told = run(
        *("practise", "price-shock", "--answers", str(shipped("assets") / "answers" / "pusher")),
        *("--json", "--model", "tiny.en", "--data", str(data), "--html", str(page), "--seed", "7"),
    )
    assert told.returncode == 0, told.stderr
    practice = json.loads(told.stdout)
    assert practice["status"] == "finished"
    assert all(turn["words"] for turn in practice["turns"])
    assert [row["dimension"] for row in practice["debrief"]["verdicts"]] == [
        "adaptability",
        "empathy",
        "problem-solving",
    ]
    assert "data:audio/flac;base64," in page.read_text(encoding="utf-8")
    listed = json.loads(run("journal", "list", "--json", "--data", str(data)).stdout)
    assert [row["practice"] for row in listed] == [practice["practice"]]
    shown = run("journal", "show", practice["practice"][:6], "--json", "--data", str(data))
    assert json.loads(shown.stdout) == practice
