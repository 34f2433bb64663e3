"""Packs on disk: found, named, and their sound looked up inside them only."""

from __future__ import annotations

from pathlib import Path

import pytest

from salespractice.problem import Problem
from salespractice.scenario.pack import Staged, find_scenario, open_packs, staged_scenarios
from tests.small_scenario import TEXT

NOTES = "format: 1\nid: mine\ntitle: Mine\nversion: 1.2\nauthor: Me\nlicence: MIT\nabout: A test.\n"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    (folder / "audio" / "late-parcel").mkdir(parents=True)
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "parcel.yaml").write_text(TEXT)
    return tmp_path


def only(packs: Path) -> Staged:
    (staged,) = staged_scenarios(open_packs([packs]))
    assert isinstance(staged, Staged)
    return staged


def test_a_scenario_is_found_by_id_address_or_file(packs: Path) -> None:
    for name in ("late-parcel", "mine/late-parcel", str(packs / "mine" / "parcel.yaml")):
        assert find_scenario(name, [packs]).address == "mine/late-parcel"


def test_a_wrong_name_lists_what_there_is(packs: Path) -> None:
    with pytest.raises(Problem, match=r'no scenario "late-parsel" \(did you mean "late-parcel"\?\)') as told:
        find_scenario("late-parsel", [packs])
    assert "mine/late-parcel" in told.value.why


def test_one_broken_file_does_not_hide_the_rest(packs: Path) -> None:
    (packs / "mine" / "aaa.yaml").write_text("format: 1\n")
    found = list(staged_scenarios(open_packs([packs])))
    assert [isinstance(one, Problem) for one in found] == [True, False]
    with pytest.raises(Problem, match=r"mine/aaa\.yaml"):
        find_scenario("aaa", [packs])


def test_a_copy_that_kept_its_id_is_told(packs: Path) -> None:
    (packs / "mine" / "zzz.yaml").write_text(TEXT)
    staged, problem = staged_scenarios(open_packs([packs]))
    assert isinstance(staged, Staged)
    assert isinstance(problem, Problem)
    assert problem.what == 'mine/zzz.yaml: the id "mine/late-parcel" belongs to mine/parcel.yaml already.'


def test_a_broken_pack_is_told_by_name(packs: Path) -> None:
    (packs / "mine" / "pack.yaml").write_text(NOTES.replace("title", "tilte"))
    (one,) = staged_scenarios(open_packs([packs]))
    assert isinstance(one, Problem)
    assert one.what.startswith("mine/pack.yaml:")


def test_sound_is_found_by_its_place_and_stays_inside_the_pack(packs: Path) -> None:
    audio = packs / "mine" / "audio" / "late-parcel"
    (audio / "complaint-2.opus").write_bytes(b"x")
    (audio / "complaint-otherwise-1.flac").write_bytes(b"x")
    (packs / "outside.wav").write_bytes(b"x")
    staged = only(packs)
    assert staged.sound_of("complaint", 0) is None
    assert staged.sound_of("complaint", 1) == audio / "complaint-2.opus"
    assert staged.sound_of("complaint", 0, otherwise=True) == audio / "complaint-otherwise-1.flac"
    text = TEXT.replace("- The flowers stood in", "- text: The flowers stood in").replace(
        "and they were dead.", "and they were dead.\n        audio: ../outside.wav"
    )
    (packs / "mine" / "parcel.yaml").write_text(text)
    assert only(packs).sound_of("complaint", 0) is None
