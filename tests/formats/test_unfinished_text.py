"""What a terminal says of a practice that was cut off: everything that is kept, and the way on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from salespractice.formats.practice_json import unfinished_json
from salespractice.formats.unfinished_text import unfinished_text
from salespractice.journal.journal import RUNNING, Entry
from salespractice.unfinished import LooseTake, Unfinished
from tests.small_scenario import small_scenario

ENTRY = Entry(
    "0123456789abcdef",
    "starter/price-shock",
    "The price went up",
    "Dana Reyes",
    datetime(2026, 5, 3, 12, tzinfo=UTC),
    None,
    RUNNING,
    None,
    "",
    0,
)
TAKE = LooseTake(Path("takes") / "0123456789abcdef" / "01.wav", 72.34, 1, 1)


def test_text_names_the_recording_and_the_way_on() -> None:
    text = unfinished_text(Unfinished(ENTRY, small_scenario(), (), (TAKE,)))
    assert text.splitlines()[0].startswith("01234567  2026-05-0")
    assert "0 answers, 1:12.3 recorded" in text
    assert f"{TAKE.path} (1:12.3)" in text
    assert "--resume 01234567" in text


def test_json_has_every_second() -> None:
    told = unfinished_json(Unfinished(ENTRY, small_scenario(), (), (TAKE,)))
    assert told["practice"] == ENTRY.practice
    assert told["seconds"] == 72.34
    assert told["loose_takes"] == [{"path": str(TAKE.path), "seconds": 72.34, "turn": 1, "attempt": 1}]
