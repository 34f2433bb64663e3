"""A journal that cannot be used: told plainly instead of a page, nothing overwritten, and it can be tried again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from salespractice.places import Places
from tests.desktop.conftest import Program


def test_damaged_journal(open_program: Callable[..., Program], places: Places) -> None:
    places.data.mkdir(parents=True)
    damaged = b"this is no database, but somebody's only copy" * 100
    places.journal.write_bytes(damaged)
    program = open_program(ready=False)
    program.until(lambda: program.equipment.journal_problem is not None)
    shown = "\n".join(label.text() for label in program.window.findChildren(QLabel) if label.isVisible())
    problem = program.equipment.journal_problem
    assert problem is not None
    assert problem.what in shown
    assert problem.way_out in shown
    assert not program.window.navigation.isEnabled()
    assert places.journal.read_bytes() == damaged

    places.journal.rename(places.data / "moved-away.db")
    program.press(Qt.Key.Key_Return)  # "Try again" has the focus
    program.until(lambda: program.equipment.journal is not None)
    assert program.window.navigation.isEnabled()
    program.until(program.window.practice.list.isVisible)
