"""Ctrl+C in the terminal and the system's own request to end: the window closes as by its button, losing nothing."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QWidget

_ASKED_BY = (signal.SIGINT, signal.SIGTERM)


class QuitSignals(QObject):
    """Python handles a signal only when Python code runs, which an idle window never does; a pipe wakes it up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._notifier: QSocketNotifier | None = None
        if sys.platform == "win32":
            return
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        os.set_blocking(self._reading, False)
        signal.set_wakeup_fd(self._writing)
        for number in _ASKED_BY:
            signal.signal(number, self._asked)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def restore(self) -> None:
        """Give the signals back once there is no window to close."""
        if self._notifier is None:
            return
        self._notifier.setEnabled(False)
        self._notifier = None
        signal.set_wakeup_fd(-1)
        for number in _ASKED_BY:
            signal.signal(number, signal.SIG_DFL)
        os.close(self._reading)
        os.close(self._writing)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        """The pipe has been written to already; the window closes from its event loop."""

    @Slot()
    def _woken(self) -> None:
        os.read(self._reading, 64)
        self._window.close()
