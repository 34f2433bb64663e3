"""Every line has its recording and every recording its line, and nothing leads out of the pack."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from salespractice.places import shipped
from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.pack import Staged, find_scenario, open_packs, staged_scenarios
from salespractice.scenario.sounds import loose_files, sound_findings, spoken
from salespractice.scenario.yaml_tree import read_tree
from tests.small_scenario import TEXT

NOTES = "format: 1\nid: mine\ntitle: Mine\nversion: 1.2\nauthor: Me\nlicence: MIT\nabout: A test.\n"
LIVELY = TEXT.replace(
    "  state_of_mind:", "  asks_back: [How do you mean?, What do you mean?]\n  state_of_mind:"
).replace("      lines: [Pardon?]", "      lines: [Pardon?]\n      impatient: [Well?]")
LINES = [
    *("complaint-1", "complaint-2", "complaint-otherwise-1", "complaint-otherwise-2", "refund-1"),
    *("refund-otherwise-1", "refund-otherwise-2", "asks-back-1", "asks-back-2", "agreed-1", "thinking-1", "gone-1"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack in which every line has a recording."""
    folder = tmp_path / "mine"
    audio = folder / "audio" / "late-parcel"
    audio.mkdir(parents=True)
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "parcel.yaml").write_text(LIVELY)
    for stem in LINES:
        (audio / f"{stem}.opus").write_bytes(b"x")
    return folder


def staged(folder: Path) -> Staged:
    return find_scenario(str(folder / "parcel.yaml"), [])


def check(folder: Path) -> list[Finding]:
    return list(sound_findings(staged(folder), read_tree(folder / "parcel.yaml", "parcel.yaml")))


def loose(folder: Path) -> dict[str, Finding]:
    here = staged(folder)
    used = [path for line in spoken(here.scenario) if (path := line.recording(here))]
    return dict(loose_files(here.pack, used, None))


def name_audio(folder: Path, audio: str) -> None:
    old = "lines: [I had to give the bride her money back.]"
    assert old in LIVELY
    text = LIVELY.replace(old, f"lines:\n      - text: I had to give the bride her money back.\n        audio: {audio}")
    (folder / "parcel.yaml").write_text(text)


def test_a_pack_that_is_whole(folder: Path) -> None:
    assert check(folder) == []
    assert loose(folder) == {}


@pytest.mark.parametrize("stem", LINES)
def test_a_line_without_its_recording(folder: Path, stem: str) -> None:
    (folder / "audio" / "late-parcel" / f"{stem}.opus").unlink()
    (missing,) = check(folder)
    assert f"(audio/late-parcel/{stem}.opus)" in missing.message
    assert missing.severity is Severity.WARNING


def test_a_missing_recording_is_told_at_its_line(folder: Path) -> None:
    audio = folder / "audio" / "late-parcel"
    (audio / "refund-otherwise-2.opus").unlink()
    (audio / "asks-back-1.opus").unlink()
    lines = LIVELY.splitlines()
    assert sorted(lines[one.line - 1].strip() for one in check(folder)) == [
        "asks_back: [How do you mean?, What do you mean?]",
        "impatient: [Well?]",
    ]


def test_a_pack_without_sound_is_not_told_line_by_line(folder: Path) -> None:
    (folder / "audio").rename(folder.parent / "elsewhere")
    assert check(folder) == []


def test_a_recording_of_no_line(folder: Path) -> None:
    audio = folder / "audio"
    for name in ("late-parcel/complaint-3.opus", "late-parcel/complaint-1.wav", "other/complaint-1.opus", "mine.mp3"):
        (audio / name).parent.mkdir(exist_ok=True)
        (audio / name).write_bytes(b"x")
    (audio / "late-parcel" / "rendered.json").write_text("{}")
    found = loose(folder)
    assert set(found) == {
        "audio/late-parcel/complaint-3.opus",
        "audio/late-parcel/complaint-1.wav",
        "audio/other/complaint-1.opus",
        "audio/mine.mp3",
    }
    assert {one.severity for one in found.values()} == {Severity.WARNING}


def test_a_recording_that_a_line_names(folder: Path) -> None:
    (folder / "audio" / "mine.wav").write_bytes(b"x")
    (folder / "audio" / "late-parcel" / "refund-1.opus").unlink()
    name_audio(folder, "audio/mine.wav")
    assert check(folder) == []
    assert loose(folder) == {}


@pytest.mark.parametrize(
    ("audio", "says"),
    [
        ("audio/none.wav", "is not there"),
        ("../outside.wav", "lies outside of the pack"),
        ("audio/../../outside.wav", "lies outside of the pack"),
        ("/etc/hostname.wav", "lies outside of the pack"),
        ("pack.yaml", "is no sound file"),
        ("https://example.org/a.wav", "is not there"),
        ("a" * 3000 + ".wav", "is not there"),
    ],
    ids=["missing", "above", "around", "absolute", "other", "address", "long"],
)
def test_a_file_that_a_line_cannot_have(folder: Path, audio: str, says: str) -> None:
    (folder.parent / "outside.wav").write_bytes(b"x")
    name_audio(folder, audio)
    (wrong,) = check(folder)
    assert says in wrong.message
    assert len(wrong.message) < 200
    assert (wrong.severity, wrong.code) == (Severity.ERROR, "audio")
    assert "audio:" in (folder / "parcel.yaml").read_text().splitlines()[wrong.line - 1]


def test_an_absolute_path_into_the_pack_is_no_path_of_the_pack(folder: Path) -> None:
    name_audio(folder, str(folder / "audio" / "late-parcel" / "refund-1.opus"))
    assert "lies outside of the pack" in check(folder)[0].message


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_that_lead_out_of_the_pack(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "a.wav").write_bytes(b"x")
    (folder / "audio" / "out.wav").symlink_to(outside / "a.wav")
    (folder / "images").symlink_to(outside)
    (folder / "audio" / "in.wav").symlink_to(folder / "audio" / "late-parcel" / "gone-1.opus")
    (folder / "audio" / "circle").symlink_to(folder / "audio")
    (folder / "audio" / "self.wav").symlink_to(folder / "audio" / "self.wav")
    name_audio(folder, "audio/out.wav")
    assert "lies outside of the pack" in check(folder)[0].message
    errors = {name for name, one in loose(folder).items() if one.severity is Severity.ERROR}
    assert errors == {"audio/out.wav", "images"}


def test_all_that_ships_is_asked_for_by_the_names_it_is_played_by() -> None:
    for one in staged_scenarios(open_packs([shipped("scenarios")])):
        assert isinstance(one, Staged)
        for line in spoken(one.scenario):
            place = one.scenario.place(line.place)
            wordings = one.scenario.otherwise_of(place) if line.otherwise else place.lines  # type: ignore[arg-type]
            assert wordings[line.number] is line.wording
