"""What is told to drivers from outside: when the window is there, and which of its parts are ready."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.main_window import MainWindow
from salespractice.desktop.report import report

_log = logging.getLogger(__name__)


class Painted(QObject):
    """`once`, after the widget has next painted itself."""

    once = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    @Slot()
    def watch(self) -> None:
        """From now on."""
        self._widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks, and lets everything pass."""
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self.once.emit)
        return False


class ReadyReport(QObject):
    """`shown` once, when the window has painted itself and its queue of events is empty."""

    shown = Signal()

    def __init__(self, window: QWidget, started: float, *, aloud: bool) -> None:
        """`started` is a reading of `time.perf_counter`; `aloud` prints `ready <seconds>` on standard output."""
        super().__init__(window)
        self._started = started
        self._aloud = aloud
        painted = Painted(window)
        painted.once.connect(self._ready)
        painted.watch()

    @Slot()
    def _ready(self) -> None:
        seconds = time.perf_counter() - self._started
        _log.debug("ready after %.3f s", seconds)
        if self._aloud:
            print(f"ready {seconds:.3f}", flush=True)
        self.shown.emit()


class ProgressReport(QObject):
    """Prints a line when scenarios can be chosen, when speech can be heard, and when a debrief is shown."""

    def __init__(self, window: MainWindow, equipment: Equipment) -> None:
        super().__init__(window)
        self._window = window
        self._equipment = equipment
        equipment.scenarios_read.connect(self._scenarios)
        equipment.hearing_changed.connect(self._hearing)
        equipment.journal_opened.connect(self._journal)
        window.pages.currentChanged.connect(self._page)
        self._debrief = Painted(window.debrief)
        self._debrief.once.connect(self._debrief_shown)

    @Slot()
    def _scenarios(self) -> None:
        report({"event": "ScenariosShown", "scenarios": [one.address for one in self._equipment.scenarios]})

    @Slot()
    def _journal(self) -> None:
        problem = self._equipment.journal_problem
        report({"event": "JournalOpened" if problem is None else "JournalRefused"})

    @Slot()
    def _hearing(self) -> None:
        if self._equipment.hearing is not Hearing.STARTING:
            report({"event": "HearingSettled", "hearing": self._equipment.hearing.name})

    @Slot(int)
    def _page(self, number: int) -> None:
        if self._window.pages.widget(number) is self._window.debrief:
            self._debrief.watch()

    @Slot()
    def _debrief_shown(self) -> None:
        report({"event": "DebriefShown"})
