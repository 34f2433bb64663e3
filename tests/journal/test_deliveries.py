"""Deliveries in the journal: kept by turn, drawn on for what is usual, and brought to an older journal unharmed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salespractice.audio.prosody import Prosody
from salespractice.coaching.baseline import NO_BASELINE, baseline_of
from salespractice.coaching.delivery import Delivery, Pause
from salespractice.coaching.fillers import Filler
from salespractice.journal.delivery_rows import delivery_of_row, delivery_row
from salespractice.journal.journal import Journal
from tests.deliveries import delivery, turn
from tests.small_scenario import small_scenario

SECONDS = st.floats(0, 1e4)
MAYBE = st.none() | SECONDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path) as journal:
        yield journal


def practise(journal: Journal, practice: str, *deliveries: Delivery | None) -> None:
    """A practice with a turn for each delivery; None is a typed answer."""
    journal.begin(practice, small_scenario(), "mine/late-parcel", "1", 1)
    for number, one in enumerate(deliveries, start=1):
        journal.add_turn(practice, turn(number, "Well.", f"{number:02d}.wav" if one else None))
        if one is not None:
            journal.add_delivery(practice, number, one)


def test_they_come_out_by_turn_and_typed_answers_have_none(journal: Journal) -> None:
    first, third = delivery(words=40), delivery(longest_pause=None, first_voice=None, fillers=(), pitch=None)
    practise(journal, "one", first, None, third)
    assert journal.open("one").deliveries == {1: first, 3: third}


def test_a_later_one_replaces_an_earlier_one(journal: Journal) -> None:
    practise(journal, "one", delivery(words=40))
    journal.add_delivery("one", 1, delivery(words=41))
    assert journal.open("one").deliveries == {1: delivery(words=41)}


@given(
    kept=st.builds(
        Delivery,
        SECONDS,
        SECONDS,
        st.integers(0, 10_000),
        st.integers(0, 1000),
        SECONDS,
        st.none() | st.builds(Pause, SECONDS, SECONDS),
        MAYBE,
        st.lists(st.builds(Filler, st.text(max_size=9), SECONDS, SECONDS), max_size=3).map(tuple),
        st.builds(Prosody, st.floats(0, 1), MAYBE, MAYBE, MAYBE),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_delivery_survives_its_row(kept: Delivery, tmp_path: Path) -> None:
    assert delivery_of_row(delivery_row(7, kept)) == kept


def test_usual_is_drawn_from_earlier_practices_alone(journal: Journal) -> None:
    slow, fast = [delivery(words=50 + n) for n in range(9)], [delivery(words=70)] * 9
    practise(journal, "first", *slow)
    practise(journal, "second", *fast)
    assert journal.baseline("first") == NO_BASELINE
    assert journal.baseline("second") == baseline_of(reversed(slow))
    everything = baseline_of([*fast, *reversed(slow)])
    assert journal.baseline() == everything
    assert journal.baseline("not yet in the journal") == everything
    assert journal.open("first").baseline == NO_BASELINE
    assert journal.open("second").baseline == journal.baseline("second")


def test_only_the_latest_answers_are_usual(journal: Journal) -> None:
    practise(journal, "long ago", *[delivery(words=40)] * 9)
    practise(journal, "lately", *[delivery(words=60)] * 9)
    pace = journal.baseline(most=9).pace
    assert pace is not None
    assert (pace.mean, pace.spread) == (pytest.approx(180), 0)


def as_schema_1(path: Path) -> None:
    """Make a journal what the first version would have left."""
    db = sqlite3.connect(path)
    db.execute("drop table deliveries")
    db.execute("delete from _sqlite_migrations where name = 'm002_deliveries'")
    db.commit()
    db.close()


def test_a_journal_of_schema_1_is_brought_up_to_date_with_a_copy_kept(path: Path) -> None:
    with Journal(path) as journal:
        practise(journal, "old", delivery(), None)
        turns = journal.open("old").turns
        assert turns[0].answer.words
    as_schema_1(path)
    with Journal(path) as journal:
        past = journal.open("old")
        assert past.turns == turns
        assert past.deliveries == {}
        assert journal.baseline() == NO_BASELINE
        journal.add_delivery("old", 1, delivery())
        practise(journal, "new", delivery(words=44))
        assert journal.open("new").deliveries == {1: delivery(words=44)}
    copy = sqlite3.connect(path.with_name("journal.before-upgrade.db"))
    assert copy.execute("select count(*) from turns").fetchone() == (2,)
    assert not copy.execute("select * from sqlite_master where name = 'deliveries'").fetchall()
    copy.close()


def test_a_delivery_goes_with_its_turn(journal: Journal) -> None:
    practise(journal, "one", delivery(), delivery())
    journal._file.do(lambda db: db.execute("delete from words"))
    journal._file.do(lambda db: db.execute("delete from turns where number = 1"))
    assert list(journal.open("one").deliveries) == [2]


def test_finding_the_usual_reads_no_table_from_end_to_end(journal: Journal) -> None:
    from salespractice.journal.journal import _EARLIER

    practise(journal, "one", delivery())
    plan = journal._file.do(lambda db: [row["detail"] for row in db.query(f"explain query plan {_EARLIER}", ["x", 9])])
    assert not [step for step in plan if step.startswith("SCAN")]
