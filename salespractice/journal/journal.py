"""The journal: practices as they happen, and as they are looked back at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import TypeAdapter

from salespractice import __version__
from salespractice.coaching.baseline import NO_BASELINE, Baseline, baseline_of
from salespractice.coaching.debrief import Debrief
from salespractice.coaching.delivery import Delivery
from salespractice.journal.database import JournalFile
from salespractice.journal.delivery_rows import delivery_of_row, delivery_row
from salespractice.journal.turn_rows import turn_of, turn_row, word_rows
from salespractice.language.transcript import Word
from salespractice.problem import Problem
from salespractice.roleplay.turn import Turn
from salespractice.scenario.model import Ending, Outcome, Scenario

if TYPE_CHECKING:
    from sqlite_utils import Database

RUNNING, FINISHED, LEFT = "running", "finished", "left"

_DEBRIEF = TypeAdapter(Debrief)

BASELINE_ANSWERS = 200
"""The latest spoken answers that say what is usual: some twenty practices, because habits change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. `started` and `ended` are UTC; `ended` is None while it runs or was cut off."""

    practice: str
    address: str
    title: str
    customer: str
    started: datetime
    ended: datetime | None
    status: str
    outcome: Outcome | None
    summary: str
    turns: int


@dataclass(frozen=True, slots=True)
class PastPractice:
    """A practice as it was: its scenario at that time, every turn, and the debrief if there was one.

    `seed` chose the customer's wordings. `deliveries` are by turn number, those of spoken answers; `baseline` is what
    was usual for this person before.
    """

    entry: Entry
    scenario: Scenario
    turns: tuple[Turn, ...]
    debrief: Debrief | None
    seed: int = 0
    deliveries: Mapping[int, Delivery] = field(default_factory=dict)
    baseline: Baseline = NO_BASELINE


class Journal:
    """All practices of this person. Every method may be called from any thread and raises `Problem`."""

    def __init__(self, path: Path) -> None:
        self._file = JournalFile(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._file.close()

    def begin(self, practice: str, scenario: Scenario, address: str, pack_version: str, seed: int) -> None:
        """A practice starts. `practice` is a new unique id."""
        document = scenario.model_dump_json(exclude_defaults=True)
        key = hashlib.sha256(f"{address}\n{pack_version}\n{document}".encode()).hexdigest()

        def work(db: Database) -> None:
            db.table("scenarios").insert(
                {
                    "hash": key,
                    "address": address,
                    "pack_version": pack_version,
                    "title": scenario.title,
                    "document": document,
                },
                ignore=True,
            )
            db.table("practices").insert(
                {
                    "id": practice,
                    "scenario": key,
                    "customer": scenario.customer.name,
                    "started": _now(),
                    "status": RUNNING,
                    "seed": seed,
                    "program": __version__,
                }
            )

        self._file.do(work)

    def add_turn(self, practice: str, turn: Turn) -> None:
        """A turn is complete: all of it is stored, or nothing."""

        def work(db: Database) -> None:
            db.table("turns").insert(turn_row(practice, turn))
            db.table("words").insert_all(word_rows(_turn_key(db, practice, turn.number), turn.answer.words))

        self._file.do(work)

    def add_words(self, practice: str, number: int, words: Sequence[Word]) -> None:
        """The times of a turn's words, which come after its text. They replace what was there."""

        def work(db: Database) -> None:
            key = _turn_key(db, practice, number)
            db.table("words").delete_where("turn = ?", [key])
            db.table("words").insert_all(word_rows(key, words))

        self._file.do(work)

    def add_delivery(self, practice: str, number: int, delivery: Delivery) -> None:
        """How a turn's answer was spoken, which is known after its words. It replaces what was there."""

        def work(db: Database) -> None:
            row = delivery_row(_turn_key(db, practice, number), delivery)
            db.table("deliveries").insert(row, replace=True)

        self._file.do(work)

    def baseline(self, before_practice: str | None = None, most: int = BASELINE_ANSWERS) -> Baseline:
        """What is usual for this person, by their latest answers before that practice began (None: by all of them)."""
        return self._file.do(lambda db: _baseline(db, before_practice, most))

    def end(self, practice: str, ending: Ending | None, debrief: Debrief | None) -> None:
        """A practice ends, by an ending of the scenario or (None) because the rep left."""

        def work(db: Database) -> None:
            db.table("practices").update(
                practice,
                {
                    "ended": _now(),
                    "status": FINISHED if ending else LEFT,
                    "outcome": ending.outcome.value if ending else None,
                    "summary": debrief.summary if debrief else None,
                },
            )
            if debrief is not None:
                db.table("debriefs").insert(
                    {"practice": practice, "program": __version__, "document": _DEBRIEF.dump_json(debrief).decode()},
                    replace=True,
                )

        self._file.do(work)

    def entries(self, most: int = 200, scenario: str | None = None) -> list[Entry]:
        """The newest practices first; only those of one `pack/scenario` address where it is given."""
        where, values = ("where s.address = ?", [scenario]) if scenario else ("", [])

        def work(db: Database) -> list[Entry]:
            rows = db.query(f"{_ENTRIES} {where} order by p.started desc limit ?", [*values, most])
            return [_entry(row) for row in rows]

        return self._file.do(work)

    def running(self) -> list[Entry]:
        """The practices that have not ended, the newest first: those that run now, and those that were cut off."""
        return self._file.do(
            lambda db: [
                _entry(row) for row in db.query(f"{_ENTRIES} where p.status = ? order by p.started desc", [RUNNING])
            ]
        )

    def count(self) -> int:
        """How many practices there are."""
        return self._file.do(lambda db: db.table("practices").count)

    def open(self, practice: str) -> PastPractice:
        """One practice, whole. The beginning of its id is enough where it is unique."""

        def work(db: Database) -> PastPractice:
            entry = _find(db, practice)
            began = next(
                db.query(
                    "select p.seed, s.document from practices p join scenarios s on s.hash = p.scenario where p.id = ?",
                    [entry.practice],
                )
            )
            turns = []
            for row in db.query("select * from turns where practice = ? order by number", [entry.practice]):
                words = db.query("select * from words where turn = ? order by position", [row["id"]])
                turns.append(turn_of(row, words))
            kept = list(db.table("debriefs").rows_where("practice = ?", [entry.practice]))
            debrief = _DEBRIEF.validate_json(kept[0]["document"]) if kept else None
            scenario = Scenario.model_validate(json.loads(began["document"]))
            deliveries = {row["number"]: delivery_of_row(row) for row in db.query(_DELIVERIES, [entry.practice])}
            baseline = _baseline(db, entry.practice)
            return PastPractice(entry, scenario, tuple(turns), debrief, began["seed"], deliveries, baseline)

        return self._file.do(work)


_ENTRIES = """
select p.*, s.address, s.title, (select count(*) from turns t where t.practice = p.id) as turns
from practices p join scenarios s on s.hash = p.scenario
"""

_DELIVERIES = """
select t.number, d.* from deliveries d join turns t on t.id = d.turn where t.practice = ?
"""

# A practice that is not in the journal comes after all that are.
_EARLIER = """
select d.* from practices p join turns t on t.practice = p.id join deliveries d on d.turn = t.id
where p.started < coalesce((select started from practices where id = ?), '9999')
order by p.started desc, t.number desc limit ?
"""


def _baseline(db: Database, before_practice: str | None, most: int = BASELINE_ANSWERS) -> Baseline:
    return baseline_of(delivery_of_row(row) for row in db.query(_EARLIER, [before_practice, most]))


def _find(db: Database, practice: str) -> Entry:
    rows = list(db.query(f"{_ENTRIES} where substr(p.id, 1, ?) = ? limit 2", [len(practice), practice]))
    if len(rows) == 1:
        return _entry(rows[0])
    if not rows:
        raise Problem(f'There is no practice "{practice}" in the journal.', way_out="`journal list` shows their ids.")
    raise Problem(f'More than one practice begins with "{practice}".', way_out="Give more letters of the id.")


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        row["id"],
        row["address"],
        row["title"],
        row["customer"],
        datetime.fromisoformat(row["started"]),
        datetime.fromisoformat(row["ended"]) if row["ended"] else None,
        row["status"],
        Outcome(row["outcome"]) if row["outcome"] else None,
        row["summary"] or "",
        row["turns"],
    )


def _turn_key(db: Database, practice: str, number: int) -> int:
    key: int = next(db.query("select id from turns where practice = ? and number = ?", [practice, number]))["id"]
    return key


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
