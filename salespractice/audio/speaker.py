"""Where sound goes: what a practice asks of a speaker, and a speaker for machines that have none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from salespractice.audio.sound import Sound
from salespractice.problem import Problem

OnFinished = Callable[[], None]
"""Called exactly once for each sound, whether it ended, was stopped or failed, from a thread of the speaker's own."""


class Playing(Protocol):
    """One sound being played."""

    @property
    def position(self) -> float:
        """Seconds of the sound that have been heard."""

    @property
    def problem(self) -> Problem | None:
        """Why it ended early, when the device was lost."""

    def stop(self) -> None:
        """Fade out within 50 ms. Does nothing when it has finished."""


class Speaker(Protocol):
    """Plays one sound at a time; a new one fades out the one before."""

    @property
    def rate(self) -> int:
        """Samples per second that it plays without resampling; 0 before it is open, or where any will do."""

    def play(self, sound: Sound, on_finished: OnFinished) -> Playing:
        """Start at once and return. Raises a Problem when the device cannot be opened."""

    def close(self) -> None:
        """Stop, and give the device back. Closing twice does nothing; playing opens it again."""


class SilentSpeaker:
    """A speaker that is not heard: a sound lasts `pace` times its length (0: it finishes at once)."""

    def __init__(self, pace: float = 0.0) -> None:
        self.rate = 0
        self._pace = pace
        self._playing: SilentPlaying | None = None

    def play(self, sound: Sound, on_finished: OnFinished) -> SilentPlaying:
        """Count the time that it would take."""
        self.close()
        self._playing = SilentPlaying(sound.seconds, self._pace, on_finished)
        return self._playing

    def close(self) -> None:
        """Stop what is being played."""
        if self._playing is not None:
            self._playing.stop()


class SilentPlaying:
    """One sound that is not heard."""

    def __init__(self, seconds: float, pace: float, on_finished: OnFinished) -> None:
        self.problem: Problem | None = None
        self._seconds = seconds
        self._pace = pace
        self._on_finished = on_finished
        self._started = time.monotonic()
        self._stopped_at: float | None = None
        self._stop = threading.Event()
        threading.Thread(target=self._wait, name="silent speaker", daemon=True).start()

    @property
    def position(self) -> float:
        """Seconds of the sound that would have been heard."""
        if self._stopped_at is not None:
            return self._stopped_at
        elapsed = time.monotonic() - self._started
        return min(self._seconds, elapsed / self._pace) if self._pace else self._seconds

    def stop(self) -> None:
        """Finish now."""
        self._stop.set()

    def _wait(self) -> None:
        self._stop.wait(self._seconds * self._pace)
        self._stopped_at = self.position
        self._on_finished()
