"""Plays the second of a take that a moment cites: one at a time, and the one that plays can be stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from salespractice.audio.files import read_sound
from salespractice.audio.speaker import Playing
from salespractice.desktop.equipment import Equipment
from salespractice.problem import Problem

BEFORE, AFTER = 0.2, 0.3
"""Seconds around a quote, so that its first and last sounds are whole."""


class MomentPlayer(QObject):
    """`playing` tells which key plays now (None: nothing), so that its button can show it."""

    playing = Signal(object)
    trouble = Signal(object)
    _finished = Signal(int)

    def __init__(self, equipment: Equipment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._ticket = 0
        self._key: object = None
        self._now: Playing | None = None
        self._finished.connect(self._on_finished)

    @property
    def key(self) -> object:
        """What plays now, None for nothing."""
        return self._key

    def play(self, key: object, path: Path, start: float = 0.0, end: float | None = None) -> None:
        """Play `path` from `start` to `end` seconds. The key that plays already is stopped instead."""
        if key == self._key:
            self.stop()
            return
        self.stop()
        self._ticket += 1
        ticket = self._ticket
        self._key = key
        self.playing.emit(key)
        self._equipment.background.run(
            lambda: self._start(ticket, path, start, end), self._started, self._failed, "moment"
        )

    def stop(self) -> None:
        """Silence."""
        self._ticket += 1
        if self._now is not None:
            self._now.stop()
            self._now = None
        if self._key is not None:
            self._key = None
            self.playing.emit(None)

    def _start(self, ticket: int, path: Path, start: float, end: float | None) -> tuple[int, Playing]:
        """In the background."""
        sound = read_sound(path)
        stretch = sound.between(max(0.0, start - BEFORE), None if end is None else end + AFTER)
        speaker = self._equipment.speaker()
        return ticket, speaker.play(stretch, lambda: self._finished.emit(ticket))

    def _started(self, started: tuple[int, Playing]) -> None:
        ticket, playing = started
        if ticket == self._ticket:
            self._now = playing
        else:
            playing.stop()

    def _failed(self, problem: Problem) -> None:
        self.stop()
        self.trouble.emit(problem)

    @Slot(int)
    def _on_finished(self, ticket: int) -> None:
        if ticket == self._ticket:
            self._now = None
            self._key = None
            self.playing.emit(None)
