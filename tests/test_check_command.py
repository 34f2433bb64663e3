"""`check`: a pack or one scenario, looked at from all sides; the lines it prints and the way it exits."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path

import pytest

from salespractice import cli
from salespractice.scenario.yaml_tree import LARGEST
from tests.small_scenario import TEXT

NOTES = "format: 1\nid: mine\ntitle: Mine\nversion: 1.2\nauthor: Me\nlicence: MIT\nabout: A test.\n"
ROW = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<severity>error|warning|hint): (?P<message>.+)")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "parcel.yaml").write_text(TEXT)
    return folder


def check(place: Path, capsys: Captured) -> tuple[int, list[dict[str, str]], str]:
    """The exit code, the rows, and the sentence at the end."""
    code = cli.main(["check", str(place)])
    told = capsys.readouterr()
    assert told.err == ""
    *rows, last = told.out.splitlines()
    matched = [ROW.fullmatch(row) for row in rows]
    assert None not in matched, rows
    return code, [one.groupdict() for one in matched if one], last


def errors(place: Path, capsys: Captured) -> list[str]:
    """Each error as `name:line: message`."""
    code, rows, _ = check(place, capsys)
    found = [row for row in rows if row["severity"] == "error"]
    assert code == (1 if found else 0)
    return [f"{Path(row['file']).name}:{row['line']}: {row['message']}" for row in found]


def test_a_pack_without_errors_exits_with_0(folder: Path, capsys: Captured) -> None:
    code, rows, last = check(folder, capsys)
    assert code == 0
    assert {row["severity"] for row in rows} == {"warning", "hint"}
    assert {row["file"] for row in rows} == {str(folder / "pack.yaml"), str(folder / "parcel.yaml")}
    assert re.fullmatch(r"\d+ warnings and 2 hints in 1 scenario\.", last)


def test_rows_stand_in_the_order_of_the_file(folder: Path, capsys: Captured) -> None:
    _, rows, _ = check(folder / "parcel.yaml", capsys)
    numbers = [int(row["line"]) for row in rows if row["file"].endswith("parcel.yaml")]
    assert len(numbers) > 5
    assert numbers == sorted(numbers)


def test_one_error_is_enough_to_exit_with_1(folder: Path, capsys: Captured) -> None:
    (folder / "parcel.yaml").write_text(TEXT.replace("        reveals: [wedding]\n", ""))
    code, rows, last = check(folder, capsys)
    assert code == 1
    assert any('need "wedding" can never be found' in row["message"] for row in rows)
    assert last.startswith("2 errors, ")


def test_one_scenario_is_checked_without_the_others(folder: Path, capsys: Captured) -> None:
    (folder / "broken.yaml").write_text("format: 1\n")
    assert errors(folder / "parcel.yaml", capsys) == []
    assert errors(folder, capsys) != []


def test_a_scenario_in_no_pack(folder: Path, capsys: Captured) -> None:
    (folder / "pack.yaml").unlink()
    code, rows, _ = check(folder / "parcel.yaml", capsys)
    assert code == 0
    assert "the file lies in no pack" in rows[0]["message"]


def test_everything_that_the_reader_refuses_is_told(folder: Path, capsys: Captured) -> None:
    (folder / "parcel.yaml").write_text(TEXT.replace("  - id: ", "  - idd: ").replace("worth: strong", "worth: x"))
    found = errors(folder, capsys)
    assert len(found) == 2 + 2 * 10  # more than a problem shows: each key that is not known makes another one missing
    assert any('"idd" is no key of beats.1' in row for row in found)


def test_all_scenarios_are_told_although_the_first_is_broken(folder: Path, capsys: Captured) -> None:
    (folder / "a.yaml").write_text("format: [\n")
    (folder / "z.yaml").write_text(TEXT.replace("goes_to: refund", "goes_to: refnud"))
    found = errors(folder, capsys)
    assert [row.partition(":")[0] for row in found] == ["a.yaml", "z.yaml"]
    assert "this is not YAML" in found[0]
    assert 'did you mean "refund"' in found[1]


def test_findings_as_json(folder: Path, capsys: Captured) -> None:
    (folder / "parcel.yaml").write_text(TEXT.replace("        reveals: [wedding]\n", ""))
    assert cli.main(["check", str(folder), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {tuple(row) for row in rows} == {("file", "line", "severity", "code", "message")}
    (need,) = [row for row in rows if row["code"] == "out-of-reach"]
    assert (need["severity"], need["file"]) == ("error", str(folder / "parcel.yaml"))
    assert TEXT.splitlines()[need["line"] - 1] == "  - id: wedding"


def test_a_pack_without_sound_is_told_once(folder: Path, capsys: Captured) -> None:
    _, rows, _ = check(folder, capsys)
    assert [row["file"] for row in rows if "no folder `audio`" in row["message"]] == [str(folder / "pack.yaml")]
    assert not any("has no recording" in row["message"] for row in rows)


def test_sound_is_looked_for_line_by_line(folder: Path, capsys: Captured) -> None:
    audio = folder / "audio" / "late-parcel"
    audio.mkdir(parents=True)
    for name in ("complaint-1.opus", "complaint-9.opus"):
        (audio / name).write_bytes(b"x")
    _, rows, _ = check(folder, capsys)
    assert sum("has no recording" in row["message"] for row in rows) == 8
    assert [
        Path(row["file"]).name for row in rows if "of no line" in row["message"] or "no line" in row["message"]
    ] == ["complaint-9.opus"]


def test_recordings_of_a_broken_scenario_are_not_called_loose(folder: Path, capsys: Captured) -> None:
    (folder / "audio" / "other").mkdir(parents=True)
    (folder / "audio" / "other" / "hello-1.opus").write_bytes(b"x")
    (folder / "other.yaml").write_text("id: other\n")
    _, rows, _ = check(folder, capsys)
    assert not any("belongs to no line" in row["message"] for row in rows)


def test_names_and_meanings_are_looked_at(folder: Path, capsys: Captured) -> None:
    text = TEXT.replace("A parcel was two days late.", "A ParcelBird parcel was late. Parcelbrid has lost it.")
    text = text.replace("Our driver had an accident on the road.", "What did the late delivery do to your shop today?")
    (folder / "parcel.yaml").write_text(text)
    _, rows, _ = check(folder, capsys)
    messages = "\n".join(row["message"] for row in rows)
    assert '"Parcelbrid" is "ParcelBird" in the glossary' in messages
    assert 'would be taken for reply "ask"' in messages


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("pack.yaml", NOTES.replace("title", "tilte"), 'pack.yaml:3: "tilte" is no key of the file'),
        ("pack.yaml", NOTES.replace("format: 1", "format: 2"), "pack.yaml:1: this pack is in format 2"),
        ("pack.yaml", "- a list\n", "pack.yaml:1: a packnotes begins with keys"),
        ("copy.yaml", TEXT, 'parcel.yaml:2: the id "late-parcel" belongs to copy.yaml already'),
        ("bomb.yaml", "a: &a [x, x]\nb: [*a, *a]\n", "bomb.yaml:1: anchors (&) and aliases (*) are not part"),
        (
            "twice.yaml",
            TEXT.replace("id: refund\n", "id: complaint\n"),
            'beat "complaint" has an id that is already used',
        ),
        ("types.yaml", TEXT.replace("minutes: 3", "minutes: [3]"), "types.yaml:5: minutes: should be a valid integer"),
        ("bidi.yaml", TEXT.replace("late.", "la\u202ete."), "bidi.yaml:8: U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("bell.yaml", TEXT.replace("late.", "la\x07te."), "bell.yaml:8: U+0007"),
    ],
    ids=["key", "newer", "list", "copy", "aliases", "id twice", "type", "bidi", "control"],
)
def test_what_is_refused_is_an_error_with_its_place(
    folder: Path, name: str, text: str, says: str, capsys: Captured
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    found = errors(folder, capsys)
    assert any(says in row for row in found), found


def test_a_pack_in_one_file_is_told_of_as_its_folder_is(folder: Path, capsys: Captured) -> None:
    (folder / "parcel.yaml").write_text(TEXT.replace("format: 1", "format: 1\nlabel: x", 1))
    code, rows, last = check(folder, capsys)
    file = folder.parent / "mine.pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"mine/{path.name}")
    assert check(file, capsys) == (
        code,
        [{**row, "file": row["file"].replace("/mine/", "/mine.pack.zip/")} for row in rows],
        last,
    )


def test_a_pack_file_that_climbs_out_is_refused(tmp_path: Path, capsys: Captured) -> None:
    with zipfile.ZipFile(tmp_path / "mine.pack.zip", "w") as archive:
        archive.writestr("pack.yaml", NOTES)
        archive.writestr("../evil.yaml", "x")
    assert errors(tmp_path / "mine.pack.zip", capsys) == [
        'mine.pack.zip:2: the entry "../evil.yaml" climbs out of the pack'
    ]
    assert [path.name for path in tmp_path.rglob("*")] == ["mine.pack.zip"]


def test_fifty_megabytes_are_refused_without_reading_them(folder: Path, capsys: Captured) -> None:
    with (folder / "huge.yaml").open("wb") as file:
        file.write(TEXT.encode())
        file.truncate(50_000_000)
    assert errors(folder, capsys) == ["huge.yaml:1: the file has 50 MB; a scenario may have 1 MB"]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"key{number}: 1\n" for number in range(LARGEST // 12)),
        "beats:\n" + "- x\n" * (LARGEST // 5),
        "a: " + "[" * 38 + "x," * (LARGEST // 3) + "]" * 38,
        "[" * LARGEST,
        "- " * (LARGEST // 2),
    ],
    ids=["keys", "beats", "list", "brackets", "dashes"],
)
def test_a_megabyte_of_nonsense_is_refused_in_the_end(folder: Path, text: str, capsys: Captured) -> None:
    (folder / "parcel.yaml").write_text(text)
    assert errors(folder / "parcel.yaml", capsys)


@pytest.mark.skipif(os.name == "nt", reason="needs pipes and symbolic links")
def test_what_is_no_file_is_not_waited_for(folder: Path, capsys: Captured) -> None:
    os.mkfifo(folder / "pipe.yaml")
    (folder / "folder.yaml").mkdir()
    (folder / "circle.yaml").symlink_to(folder / "circle.yaml")
    (folder / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "endless.yaml").symlink_to("/dev/zero")
    found = errors(folder, capsys)
    assert [row.partition(":")[0] for row in found] == [
        *("circle.yaml", "endless.yaml", "folder.yaml", "gone.yaml", "pipe.yaml")
    ]
    assert "leads out of the pack" in found[1]
    assert all("cannot be read" in row for row in found if not row.startswith("endless"))


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_that_lead_out_of_the_pack(folder: Path, capsys: Captured) -> None:
    (folder.parent / "secret.yaml").write_text("password: none\n")
    (folder / "link.yaml").symlink_to(folder.parent / "secret.yaml")
    (folder / "audio").symlink_to(folder.parent)
    found = errors(folder, capsys)
    assert [row.partition(":")[0] for row in found] == ["audio", "link.yaml"]
    assert not any("password" in row for row in found)


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given there")
def test_a_name_with_a_line_break_keeps_to_its_line(folder: Path, capsys: Captured) -> None:
    (folder / "audio").mkdir()
    (folder / "audio" / "a\nb\x1b.wav").write_bytes(b"x")
    (folder / "audio" / os.fsdecode(b"\xff.wav")).write_bytes(b"x")
    _, rows, _ = check(folder, capsys)
    assert [Path(row["file"]).name for row in rows if "belongs to no line" in row["message"]] == ["?.wav", "a?b?.wav"]


def test_an_empty_pack_and_a_file_that_nobody_reads(folder: Path, capsys: Captured) -> None:
    (folder / "parcel.yaml").rename(folder / "parcel.yml")
    _, rows, last = check(folder, capsys)
    assert [row["message"] for row in rows if row["severity"] == "error"] == ["the pack has no scenario"]
    assert any("give it the ending .yaml" in row["message"] for row in rows)
    assert last.endswith("in no scenario.")


def test_the_notes_stand_for_the_pack(folder: Path, capsys: Captured) -> None:
    assert check(folder / "pack.yaml", capsys) == check(folder, capsys)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("nowhere", "does not exist"),
        (".", "is not a pack"),
        ("notes.txt", "is no scenario's file"),
        ("x" * 5000, "cannot be looked at"),
    ],
    ids=["nothing", "no pack", "no scenario", "long"],
)
def test_what_is_no_pack_exits_with_2_and_a_way_out(place: str, says: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert cli.main(["check", str(tmp_path / place)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err
    assert "Name a" in told.err
    assert cli.main(["check", str(tmp_path / place), "--json"]) == 2
    assert says in json.loads(capsys.readouterr().out)["problem"]


def test_it_explains_itself(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["check", "--help"])
    assert left.value.code == 0
    assert "PACK" in capsys.readouterr().out
