"""A journal on a disk that fills up: it says so, keeps what was committed, and opens whatever another program left."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from salespractice.journal.journal import RUNNING, Journal
from salespractice.problem import Problem
from tests.journal.test_journal import practise
from tests.small_disk import fill, small_disk

ROOT = Path(__file__).resolve().parents[2]

PRACTISE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from salespractice.journal.journal import Journal
from tests.journal.test_journal import practise
from tests.small_disk import fill
practise(journal := Journal(Path(sys.argv[1])), "one", finish=False)
fill(Path(sys.argv[2]))
try:
    practise(journal, "two")
finally:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def assert_whole(path: Path) -> None:
    """What was committed before is there, and nothing else."""
    with Journal(path) as journal:
        (entry,) = journal.entries()
        assert (entry.practice, entry.status) == ("one", RUNNING)
        assert [turn.number for turn in journal.open("one").turns] == [1, 2]
    with closing(sqlite3.connect(path)) as db:
        # Alone, as the disk may have no room for what programs share.
        db.execute("pragma locking_mode = exclusive")
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_a_full_disk_is_told_and_what_was_saved_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path, "4m") as disk:
        path = disk / "data" / "journal.db"
        with Journal(path) as journal:
            practise(journal, "one", finish=False)
            fill(disk)
            with pytest.raises(Problem, match="full") as told:
                practise(journal, "two")
            assert "Free some space" in told.value.way_out
        assert_whole(path)


def test_a_journal_that_was_closed_opens_on_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path, "4m") as disk:
        path = disk / "data" / "journal.db"
        with Journal(path) as journal:
            practise(journal, "one", finish=False)
        fill(disk)
        assert_whole(path)
        (disk / "filler").unlink()
        with Journal(path) as journal:
            practise(journal, "two")
            assert journal.count() == 2


def test_killed_on_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path, "4m") as disk:
        path = disk / "data" / "journal.db"
        command = [sys.executable, "-c", PRACTISE_AND_DIE, str(path), str(disk)]
        subprocess.run(command, cwd=ROOT, env=dict(os.environ), check=False)
        assert (disk / "filler").exists()
        assert_whole(path)
