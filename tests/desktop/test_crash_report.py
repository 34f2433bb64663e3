"""What nobody caught is shown once, can be copied, and holds nothing that was said."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salespractice import __version__
from salespractice.desktop.crash_report import CrashDialog, CrashReports


@pytest.fixture
def reports(qtbot: QtBot) -> Iterator[CrashReports]:
    hooks = sys.excepthook, threading.excepthook
    made = CrashReports()
    made.install()
    yield made
    sys.excepthook, threading.excepthook = hooks
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, CrashDialog):
            widget.close()
            widget.deleteLater()


def shown() -> list[CrashDialog]:
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog) if widget.isVisible()
    ]


def test_mistake_in_a_thread_is_shown(reports: CrashReports, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise ValueError("a mistake of ours")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(shown()) == 1)
    shown()[0].copy()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError: a mistake of ours" in copied
    assert __version__ in copied
    assert "a mistake of ours" in capsys.readouterr().err


def test_second_mistake_joins_the_first(
    reports: CrashReports, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ("first", "second"):
        try:
            raise ValueError(words)
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: len(shown()) == 1)
    shown()[0].copy()
    copied = QGuiApplication.clipboard().text()
    assert "first" in copied
    assert "second" in copied
