"""How loud something is: the facts of a recording, and the reading of a level meter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salespractice.audio.sound import Samples

SILENCE_DBFS = -120.0
"""What exact silence reads, in place of minus infinity."""

METER_FLOOR_DBFS = -60.0
"""The quietest sound that moves the meter: a quiet room through an ordinary headset."""

_CLIPPED = 32766 / 32768


@dataclass(frozen=True, slots=True)
class Levels:
    """Loudness of a recording: `rms` in dB of full scale, `peak` 0 to 1, `clipped` the share at the limit."""

    rms: float
    peak: float
    clipped: float

    @property
    def too_loud(self) -> bool:
        """Whether more than one sample in a thousand was cut off, which can be heard and costs recognition."""
        return self.clipped > 0.001

    @property
    def too_quiet(self) -> bool:
        """Whether even the loudest moment stays under one hundredth of full scale."""
        return self.peak < 0.01


def levels(samples: Samples) -> Levels:
    """The loudness facts of `samples`, shape (n,); silence when there are none."""
    if not len(samples):
        return Levels(SILENCE_DBFS, 0.0, 0.0)
    size = np.abs(samples)
    return Levels(dbfs(rms(samples)), float(size.max()), float(np.mean(size >= _CLIPPED)))


def rms(samples: Samples) -> float:
    """Root mean square, 0 to 1, of `samples`, shape (n,)."""
    # float64 because a long quiet recording loses its sum of squares in float32.
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0


def dbfs(amplitude: float) -> float:
    """An amplitude of 0 to 1 as decibels below full scale."""
    return SILENCE_DBFS if amplitude <= 1e-6 else float(20 * np.log10(amplitude))


def meter(amplitude: float) -> float:
    """An amplitude as the reading of a level meter, 0 to 1, even in decibels as the ear hears it."""
    return float(np.clip(1 - dbfs(amplitude) / METER_FLOOR_DBFS, 0.0, 1.0))


class Meter:
    """Turns a stream of blocks at `rate` Hz into readings of a level meter, `per_second` of them."""

    def __init__(self, rate: int, per_second: int) -> None:
        self._step = max(1, rate // per_second)
        self._held: list[Samples] = []
        self._frames = 0

    def readings(self, block: Samples) -> list[float]:
        """The readings, 0 to 1, that are complete with this block. It may hold several, from a file for example."""
        found = []
        for start in range(0, len(block), self._step):
            piece = block[start : start + self._step]
            self._held.append(piece)
            self._frames += len(piece)
            if self._frames >= self._step:
                found.append(meter(rms(np.concatenate(self._held))))
                self._held, self._frames = [], self._frames - self._step
        return found
