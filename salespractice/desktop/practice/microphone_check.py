"""Listens to a microphone before a practice, so that the rep sees that it hears them."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from salespractice.audio.recorder import Recorder
from salespractice.desktop.equipment import Equipment
from salespractice.problem import Problem
from salespractice.settings import Settings

HEARD = 0.45
"""The level from which one can say that somebody speaks: 33 dB below full scale."""


class MicrophoneCheck(QObject):
    """`level` is 0 to 1, 20 times a second; `trouble` says why it cannot listen."""

    level = Signal(float)
    listening = Signal(str)
    trouble = Signal(object)

    def __init__(self, equipment: Equipment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._recorder: Recorder | None = None
        self._wanted = 0
        self._one_at_a_time = threading.Lock()

    def start(self, settings: Settings) -> None:
        """Listen to the microphone that these settings choose, in place of the one before."""
        self._wanted += 1
        wanted = self._wanted
        self._equipment.background.run(lambda: self._open(wanted, settings), self._opened, self._failed, "check")

    def no_more(self) -> None:
        """What was started and is not open yet shall not open any more. From the window's thread."""
        self._wanted += 1

    def stop(self) -> None:
        """Stop listening; returns at once."""
        self.no_more()
        self._equipment.background.run(self.stop_now, self._opened, self._failed, "check")

    def stop_now(self) -> str:
        """Stop listening, and wait for that; from any thread. Say `no_more` before."""
        with self._one_at_a_time:
            recorder, self._recorder = self._recorder, None
            if recorder is not None:
                recorder.close()
        return ""

    def _open(self, wanted: int, settings: Settings) -> str:
        self.stop_now()
        with self._one_at_a_time:
            if wanted != self._wanted:
                return ""
            recorder = Recorder(self._equipment.sound.microphone(settings), self.level.emit, self.trouble.emit)
            recorder.open()
            if wanted != self._wanted:
                recorder.close()
                return ""
            self._recorder = recorder
            return recorder.microphone.name

    def _opened(self, name: str) -> None:
        if name:
            self.listening.emit(name)

    def _failed(self, problem: Problem) -> None:
        self.trouble.emit(problem)
