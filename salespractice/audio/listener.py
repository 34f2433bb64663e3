"""Looks for voices in what a recorder hears: which begins a take, and what is said in one while it is recorded.

Belongs to the recorder's thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np

from salespractice.audio.ear import Ear
from salespractice.audio.listening import PatienceOver, Progress, Speech, VoiceNews
from salespractice.audio.sound import Samples
from salespractice.audio.stretches import Found, Stretch, StretchEnded, StretchPaused, VoiceBegan
from salespractice.audio.take import OpenTake

_log = logging.getLogger(__name__)

# Even the quietest room is not exactly zero for so many seconds.
_NO_ROOM = 0.3
# Seconds after which a voice that was not accepted is asked about again: somebody may speak over the line's echo.
_ASK_AGAIN = 0.4
# How often a stretch that goes on is told, in seconds of sound.
_SO_FAR_EVERY = 0.5

Accept = Callable[[Samples], bool]
"""Whether a voice, given its first samples at 16 kHz, is somebody's who wants to say something."""


class Listener:
    """`patience` is how many seconds of silence make `PatienceOver`, None for ever.

    `gated`: this microphone gives exact zeros between words, as noise gates do, so that they mean silence and no mute.
    """

    def __init__(self, ear: Ear, tell: Callable[[VoiceNews], None]) -> None:
        self.ear = ear
        self.patience: float | None = None
        self.gated = False
        self._zeros = 0.0
        self._tell = tell
        self._waits: tuple[Path, Accept] | None = None
        self._found: list[Found] = []
        self._told_until = 0.0
        self._patience_told = False
        self._deaf_until = 0.0
        self._refused_at: float | None = None

    @property
    def waits(self) -> bool:
        """Whether a voice would begin a take."""
        return self._waits is not None

    def wait(self, path: Path, accept: Accept) -> None:
        """Let the next voice begin a take into `path`, if `accept` says so."""
        # A voice that was not accepted goes on as one stretch: another one in it would never begin.
        if self._waits is None or self.ear.stretch is not None:
            self._found = self.ear.listen(self.ear.seconds)
        self._waits, self._refused_at = (path, accept), None

    def stop(self) -> None:
        """Wait for no voice any more."""
        self._waits = None
        self.ear.rest()

    def follow(self, take: OpenTake) -> None:
        """A take has begun, by hand or by a voice."""
        begun_by_hand = self._waits is None
        self._waits, self._told_until, self._patience_told, self._deaf_until = None, 0.0, False, 0.0
        if begun_by_hand:
            self._found = self.ear.listen(take.begin)

    def hear(self, block: Samples, *, recording: bool) -> tuple[Path, float] | None:
        """The next block. Where and since which second to record, if that is what it begins."""
        self._zeros = 0.0 if np.any(block) else self._zeros + len(block) / self.ear.rate
        if self._zeros > _NO_ROOM and not recording:
            self.gated = True
        self._found = self.ear.hear(block)
        for found in self._found:
            if self._waits is not None and isinstance(found, VoiceBegan):
                return self._asked(found.at)
        if self._waits is not None and self._refused_at is not None and self.ear.voiced:
            now = self.ear.seconds
            if now - self._refused_at >= _ASK_AGAIN and self.ear.stretch is not None:
                return self._asked(now - _ASK_AGAIN)
        return None

    def _asked(self, since: float) -> tuple[Path, float] | None:
        """Where to record, if what was heard since then is accepted; it is asked about again while it goes on."""
        assert self._waits is not None
        path, accept = self._waits
        if accept(self.ear.samples(since, self.ear.seconds)):
            return path, since
        self._refused_at = self.ear.seconds
        return None

    def tell(self, take: OpenTake) -> None:
        """Tell what the last block means for this take."""
        found, self._found = self._found, []
        for one in found:
            if isinstance(one, StretchPaused | StretchEnded):
                take.note(one)
                progress = Progress.ENDED if isinstance(one, StretchEnded) else Progress.PAUSED
                self._tell_speech(take, one.stretch, progress)
        stretch, silence = self.ear.stretch, self.ear.silence
        if stretch is not None and silence == 0.0:
            told_until = max(self._told_until, stretch.start)
            if stretch.end - told_until >= _SO_FAR_EVERY:
                self._tell_speech(take, stretch, Progress.SPEAKING)
        if not self.gated and self._zeros > _NO_ROOM:
            self._deaf_until = self.ear.seconds
        if silence:
            # A muted microphone is no speaker who has finished: silence counts again from its end.
            silence = min(silence, self.ear.seconds - self._deaf_until)
        if not silence:
            self._patience_told = False
        elif self.patience is not None and silence >= self.patience and not self._patience_told and not self.ear.voiced:
            self._patience_told = True
            _log.debug("the patience is over")
            self._tell(PatienceOver(take.path))

    def so_far(self, take: OpenTake) -> Speech | None:
        """The stretch that is being spoken, as it would be if nothing more came."""
        stretch = self.ear.stretch
        return self._speech(take, stretch, Progress.PAUSED) if stretch is not None else None

    def _tell_speech(self, take: OpenTake, stretch: Stretch, progress: Progress) -> None:
        self._told_until = stretch.end
        self._tell(self._speech(take, stretch, progress))

    def _speech(self, take: OpenTake, stretch: Stretch, progress: Progress) -> Speech:
        samples = self.ear.samples(max(stretch.start, take.begin), stretch.end)
        return Speech(take.path, take.own(stretch), progress, samples)
