"""`simulate` on the command line: tables and a verdict, the same for a seed, and an exit code that a script can use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salespractice import cli
from tests.separating_scenario import separating_text
from tests.small_scenario import TEXT

NOTES = "format: 1\nid: mine\ntitle: Mine\nversion: '1.0'\nauthor: A. Trainer\nlicence: CC0\nabout: For a test.\n"
RUNS = ("--runs", "60")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one scenario in which listening pays."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "late-parcel.yaml").write_text(separating_text())
    return folder


def add_hopeless(pack: Path) -> None:
    """A second scenario, whose endings are all bad."""
    text = TEXT.replace("id: late-parcel", "id: hopeless").replace("outcome: agrees", "outcome: leaves")
    (pack / "hopeless.yaml").write_text(text)


def test_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["simulate", "--help"])
    assert left.value.code == 0
    assert "--walk" in capsys.readouterr().out


def test_a_scenario_that_separates(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["simulate", str(pack), *RUNS]) == 0
    told = capsys.readouterr().out
    rows = [line.split() for line in told.splitlines()]
    assert ["rep", "agreed", "thinking", "gone", "no", "end", "mean", "95", "%", "longest", "trust"] in rows
    (silent,) = [row for row in rows if row[:1] == ["silent"]]
    assert silent[1:9] == ["0", "%", "0", "%", "100", "%", "0", "%"]
    assert ["complaint", "100", "%"] in rows
    assert "Every beat and ending was reached, and every need found." in told
    assert told.splitlines()[-1].startswith("Separates listener from pusher: ")
    assert cli.main(["simulate", str(pack), *RUNS]) == 0
    assert capsys.readouterr().out == told


@pytest.mark.slow
def test_one_that_does_not(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_hopeless(pack)
    assert cli.main(["simulate", str(pack), "--scenario", "hopeless", *RUNS]) == 1
    told = capsys.readouterr().out
    assert "late-parcel" not in told
    assert told.splitlines()[-1].startswith("DOES NOT SEPARATE listener from pusher: the listener ends well in 0.0 % ")
    assert cli.main(["simulate", str(pack), "--scenario", "late-parcel", *RUNS]) == 0


def test_as_json(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_hopeless(pack)
    assert cli.main(["simulate", str(pack), "--json", "--seed", "5", *RUNS]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["seed"] == 5
    hopeless, parcel = told["scenarios"]
    assert (hopeless["scenario"], hopeless["separates"]) == ("hopeless", False)
    assert (parcel["scenario"], parcel["separates"]) == ("late-parcel", True)
    assert [row["rep"] for row in parcel["reps"]][:2] == ["listener", "pusher"]
    for row in parcel["reps"]:
        assert row["runs"] == 60
        assert sum(row["endings"].values()) == pytest.approx(1, abs=0.001)
        assert sum(row["outcomes"].values()) == pytest.approx(1, abs=0.001)
        assert row["turns"]["mean"] <= row["turns"]["percentile_95"] <= row["turns"]["longest"]
    assert set(parcel["beats"]) == {"complaint", "refund"}
    assert parcel["never"] == {"beats": [], "needs": [], "endings": []}
    assert parcel["errors"] == []


def test_what_is_never_reached_is_named(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pack / "late-parcel.yaml"
    path.write_text(path.read_text().replace("goes_to: refund", "goes_to: complaint").replace("[wedding]\n", "[]\n"))
    assert cli.main(["simulate", str(path), "--runs", "3"]) == 1
    assert "Never: refund (beats); wedding (needs); agreed, thinking (endings)." in capsys.readouterr().out


@pytest.mark.slow
def test_runs_without_an_end_are_errors(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pack / "late-parcel.yaml"
    path.write_text(path.read_text().replace("patience: -10", "patience: 0"))
    assert cli.main(["simulate", str(path), "--runs", "7"]) == 1
    told = capsys.readouterr().out
    assert ", run 0: did not end within 60 turns; it was at complaint" in told
    assert "ERROR: the same or the like in " in told
    assert cli.main(["simulate", str(path), "--runs", "7", "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["scenarios"]
    assert {rep["rep"]: rep["no_end"] for rep in row["reps"]}["silent"] == 7
    silent = next(error for error in row["errors"] if error["rep"] == "silent")
    assert (silent["number"], silent["stopped_at"]) == (0, "complaint")


def test_random_walks(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["simulate", str(pack), "--walk", "60"]) == 0
    told = capsys.readouterr().out
    assert "60 runs of a random walk" in told
    assert told.splitlines()[-1] == "Every run came to an end, and nothing went wrong."
    assert cli.main(["simulate", str(pack), "--walk", "5", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["scenarios"]
    assert [rep["rep"] for rep in row["reps"]] == ["walker"]
    assert "separates" not in row


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "nowhere is not a pack"),
        (["mine", "--scenario", "late-parcl"], 'did you mean "late-parcel"'),
        (["mine", "--runs", "0"], "--runs 0 plays nothing"),
        (["mine", "--walk", "-4"], "--walk -4 plays nothing"),
        (["empty"], "has no scenario"),
        (["broken"], "broken/one.yaml:"),
        (["x" * 5000], "cannot be looked at"),
    ],
    ids=["no pack", "no such scenario", "no runs", "no walks", "empty", "with errors", "too long a name"],
)
def test_what_cannot_be_done_exits_with_2_and_a_way_out(
    words: list[str], says: str, pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("empty", "broken"):
        (pack.parent / name).mkdir()
        (pack.parent / name / "pack.yaml").write_text(NOTES)
    (pack.parent / "broken" / "one.yaml").write_text(TEXT.replace("goes_to: refund", "goes_to: refnud"))
    monkeypatch.chdir(pack.parent)
    assert cli.main(["simulate", *words]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert "Traceback" not in told.err


def test_an_error_in_another_scenario_is_no_hindrance(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "broken.yaml").write_text(TEXT.replace("goes_to: refund", "goes_to: refnud"))
    assert cli.main(["simulate", str(pack), "--scenario", "late-parcel", *RUNS]) == 0
    assert cli.main(["simulate", str(pack), *RUNS]) == 2
    assert "broken.yaml:" in capsys.readouterr().err
