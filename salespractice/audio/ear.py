"""What a recorder hears at 16 kHz: the samples that speech is recognised from, and where there is speech in them.

Belongs to the recorder's thread. Times are seconds since the microphone was opened, the same in the microphone's own
samples and in these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salespractice.audio.sound import Samples
from salespractice.audio.stretches import Found, Stretch, StretchFinder
from salespractice.audio.tape import Tape
from salespractice.audio.voice_activity import RATE, Span, VoiceDetector

if TYPE_CHECKING:
    import soxr

REMEMBERED = 2.0
"""Seconds that are kept while nobody listens: more than the half second before a voice, and the time to notice it."""


class Ear:
    """Hears blocks at `rate` Hz. Looks for voices only after `listen`."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._tape = Tape()
        self._heard = 0  # frames at the microphone's rate
        self._last: Samples = np.zeros(0, dtype=np.float32)
        self._resampler = _resampler(rate)
        self._detector: VoiceDetector | None = None
        self._finder = StretchFinder()

    @property
    def seconds(self) -> float:
        """How much was heard."""
        return self._heard / self.rate

    @property
    def listens(self) -> bool:
        """Whether it looks for voices."""
        return self._detector is not None

    @property
    def silence(self) -> float | None:
        """Seconds since the last voice, None before the first."""
        return self._finder.silence

    @property
    def voiced(self) -> bool:
        """Whether there is a voice this very moment, or what may become one."""
        return self._finder.voiced

    @property
    def stretch(self) -> Stretch | None:
        """The stretch that is being spoken."""
        return self._finder.open

    @property
    def voice(self) -> tuple[Span, ...]:
        """When there was voice since `listen`."""
        return self._finder.voice

    def listen(self, since: float) -> list[Found]:
        """Look for voices from the second `since` on, as far back as it is remembered. What is found already."""
        first = max(round(since * RATE), self._tape.end - round(REMEMBERED * RATE), 0)
        self._detector, self._finder = VoiceDetector(), StretchFinder(first / RATE)
        return self._look(self._tape.between(first, self._tape.end))

    def rest(self) -> None:
        """Stop looking for voices."""
        self._detector = None

    def hear(self, block: Samples) -> list[Found]:
        """The next samples, shape (n,), at the microphone's rate, and what is found in them."""
        self._heard += len(block)
        self._last = np.concatenate((self._last, block))[-self.rate // 10 :]
        if self._resampler is not None:
            block = np.asarray(self._resampler.resample_chunk(block), dtype=np.float32)
        self._tape.add(block)
        return self._look(block)

    def forget(self) -> None:
        """Keep only what a take could begin with."""
        self._tape.forget_before(self._tape.end - round(REMEMBERED * RATE))

    def samples(self, start: float, end: float) -> Samples:
        """What was heard between two times, at 16 kHz, shape (n,); up to this very moment where `end` says so."""
        first, last = round(start * RATE), round(end * RATE)
        heard = self._tape.between(first, last)
        missing = min(last, round(self.seconds * RATE)) - max(self._tape.end, first)
        return np.concatenate((heard, self._newest(missing))) if missing > 0 else heard

    def finish(self, end: float) -> list[Found]:
        """Stop looking for voices: what is being said ends at `end`."""
        found = self._finder.finish(end) if self._detector is not None else []
        self.rest()
        return found

    def _newest(self, count: int) -> Samples:
        """The last `count` samples, which the resampler still holds back (some 10 ms)."""
        import soxr

        return np.asarray(soxr.resample(self._last, self.rate, RATE)[-count:], dtype=np.float32)

    def _look(self, samples: Samples) -> list[Found]:
        if self._detector is None:
            return []
        return [one for each in self._detector.probabilities(samples) for one in self._finder.feed(each)]


def _resampler(rate: int) -> soxr.ResampleStream | None:
    if rate == RATE:
        return None
    import soxr

    return soxr.ResampleStream(rate, RATE, 1, dtype="float32")
