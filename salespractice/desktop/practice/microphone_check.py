"""Listens to a microphone before a practice, so that the rep sees that it hears them; also for one sentence."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from salespractice.audio.listening import PatienceOver, VoiceNews
from salespractice.audio.recorder import Recorder
from salespractice.audio.take import Take
from salespractice.desktop.equipment import Equipment
from salespractice.problem import Problem
from salespractice.settings import Settings

HEARD = 0.45
"""The level from which one can say that somebody speaks: 33 dB below full scale."""

SENTENCE_OVER = 1.2
"""Seconds of silence after which a sentence is complete."""


class MicrophoneCheck(QObject):
    """`level` is 0 to 1, 20 times a second; `trouble` says why it cannot listen.

    `began` and `spoken` follow on `begin_sentence`: it is recorded from now on; something was said, and then nothing
    more. `recorded` carries the take (whose file is gone already), or None where the microphone was given back.
    """

    level = Signal(float)
    listening = Signal(str)
    trouble = Signal(object)
    began = Signal()
    spoken = Signal()
    recorded = Signal(object)

    def __init__(self, equipment: Equipment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._recorder: Recorder | None = None
        self._folder: Path | None = None
        self._wanted = 0
        self._opening = 0
        self._one_at_a_time = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether it listens, or is about to."""
        recorder = self._recorder
        return self._opening > 0 or (recorder is not None and recorder.lost is None)

    def start(self, settings: Settings) -> None:
        """Listen to the microphone that these settings choose, in place of the one before."""
        self._wanted += 1
        wanted = self._wanted
        self._opening += 1
        self._equipment.background.run(lambda: self._open(wanted, settings), self._opened, self._failed, "check")

    def no_more(self) -> None:
        """What was started and is not open yet shall not open any more. From the window's thread."""
        self._wanted += 1

    def stop(self) -> None:
        """Stop listening; returns at once."""
        self.no_more()
        self._equipment.background.run(self.stop_now, self._nothing, self.trouble.emit, "check")

    def stop_now(self) -> None:
        """Stop listening, and wait for that; from any thread. Say `no_more` before."""
        with self._one_at_a_time:
            recorder, self._recorder = self._recorder, None
            if recorder is not None:
                recorder.close()
            self._forget()

    # --- one sentence ----------------------------------------------------------------------------------------------

    def begin_sentence(self) -> None:
        """Record from now on, into a file that nobody keeps."""
        self._equipment.background.run(self._begin, self._begun, self._not_begun, "sentence")

    def end_sentence(self) -> None:
        """The sentence is complete."""
        self._equipment.background.run(self._end, self.recorded.emit, self._not_begun, "sentence")

    def _begin(self) -> None:
        with self._one_at_a_time:
            if self._recorder is None:
                raise Problem("No microphone is open.", way_out="Choose a microphone, or look again.")
            self._forget()
            self._folder = Path(tempfile.mkdtemp(prefix="sentence-"))
            self._recorder.patience = SENTENCE_OVER
            self._recorder.begin_take(self._folder / "sentence.wav")

    def _end(self) -> Take | None:
        with self._one_at_a_time:
            try:
                take = self._recorder.end_take() if self._recorder is not None and self._folder is not None else None
            finally:
                self._forget()
            return take

    def _forget(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def _heard(self, news: VoiceNews) -> None:
        if isinstance(news, PatienceOver):
            self.spoken.emit()

    # --- results ---------------------------------------------------------------------------------------------------

    def _open(self, wanted: int, settings: Settings) -> str:
        self.stop_now()
        with self._one_at_a_time:
            if wanted != self._wanted:
                return ""
            microphone = self._equipment.sound.microphone(settings)
            recorder = Recorder(microphone, self.level.emit, self.trouble.emit, self._heard)
            recorder.open()
            if wanted != self._wanted:
                recorder.close()
                return ""
            self._recorder = recorder
            return recorder.microphone.name

    def _opened(self, name: str) -> None:
        self._opening -= 1
        if name:
            self.listening.emit(name)

    def _failed(self, problem: Problem) -> None:
        self._opening -= 1
        self.trouble.emit(problem)

    def _begun(self, _: None) -> None:
        self.began.emit()

    def _not_begun(self, problem: Problem) -> None:
        self.recorded.emit(None)
        self.trouble.emit(problem)

    def _nothing(self, _: None) -> None:
        """It is quiet now."""
