"""The journal: what went in comes out, all of a turn or nothing, and other people's files are left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from salespractice.coaching.debrief import debrief
from salespractice.journal.journal import FINISHED, LEFT, RUNNING, Journal
from salespractice.journal.schema import NAME
from salespractice.language.transcript import Transcript, Word
from salespractice.problem import Problem
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from tests.small_scenario import small_scenario

WORDS = (Word("What", 0.1, 0.4, 0.98), Word("happened?", 0.4, 0.9, 0.91))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path) as journal:
        yield journal


def practise(journal: Journal, practice: str = "abc123", *, finish: bool = True) -> Conversation:
    scenario = small_scenario()
    conversation = Conversation(scenario, open_matcher(), seed=9)
    journal.begin(practice, scenario, "mine/late-parcel", "1.2", 9)
    conversation.open()
    answers = ("What did the late delivery do to your shop?", "We will pay you back what the bride got.")
    for number, answer in enumerate(answers, start=1):
        conversation.answer(Transcript(answer), f"{number:02d}.wav", 2.5)
        journal.add_turn(practice, conversation.turns[-1])
    conversation.add_words(1, WORDS)
    journal.add_words(practice, 1, WORDS)
    if finish:
        journal.end(practice, conversation.ending, debrief(scenario, conversation.turns, conversation.ending))
    return conversation


def test_a_practice_comes_out_as_it_went_in(journal: Journal) -> None:
    conversation = practise(journal)
    past = journal.open("abc")
    assert past.scenario == conversation.scenario
    assert list(past.turns) == conversation.turns
    assert past.turns[0].answer.words == WORDS
    assert past.debrief == debrief(conversation.scenario, conversation.turns, conversation.ending)
    assert past.entry.status == FINISHED
    assert past.entry.address == "mine/late-parcel"


def test_it_survives_being_opened_again(path: Path) -> None:
    with Journal(path) as journal:
        practise(journal)
    with Journal(path) as journal:
        assert journal.entries()[0].turns == 2
        assert journal.count() == 1


def test_unfinished_and_left_practices_are_kept(journal: Journal) -> None:
    practise(journal, "one", finish=False)
    practise(journal, "two", finish=False)
    journal.end("two", None, None)
    status = {entry.practice: entry.status for entry in journal.entries()}
    assert status == {"one": RUNNING, "two": LEFT}
    assert journal.open("one").debrief is None


def test_entries_of_one_scenario(journal: Journal) -> None:
    practise(journal)
    assert journal.entries(scenario="mine/late-parcel")
    assert not journal.entries(scenario="mine/other")


def test_a_turn_is_stored_whole_or_not_at_all(journal: Journal) -> None:
    turn = practise(journal).turns[0]
    with pytest.raises(Problem):
        journal.add_turn("abc123", turn)  # this number is taken
    assert len(journal.open("abc123").turns) == 2


def test_an_unknown_or_ambiguous_id_is_told(journal: Journal) -> None:
    practise(journal, "aa1")
    practise(journal, "aa2")
    with pytest.raises(Problem, match="no practice"):
        journal.open("zz")
    with pytest.raises(Problem, match="More than one"):
        journal.open("aa")


def test_a_journal_from_a_newer_program_is_refused_and_untouched(path: Path) -> None:
    with Journal(path) as journal:
        practise(journal)
    with sqlite3.connect(path) as db:
        db.execute("insert into _sqlite_migrations (migration_set, name) values (?, 'm999_future')", [NAME])
    db.close()
    before = path.read_bytes()
    with pytest.raises(Problem, match="newer SalesPractice"):
        Journal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be looked at" * 40, b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_damaged_file_is_told_and_untouched(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(Problem, match="damaged"):
        Journal(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("create table songs (title)")
    db.close()
    with pytest.raises(Problem, match="not a journal"):
        Journal(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Problem, match="cannot be used") as told:
        Journal(tmp_path / "file" / "journal.db")
    assert "--data" in told.value.way_out


def test_two_programs_may_use_one_journal(path: Path) -> None:
    with Journal(path) as one, Journal(path) as other:
        practise(one, "one")
        practise(other, "two")
        assert {entry.practice for entry in one.entries()} == {"one", "two"}
