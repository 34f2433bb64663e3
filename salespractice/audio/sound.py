"""A stretch of sound: the one shape in which audio travels inside the program."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono samples, shape (n,), float32, nominally -1 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Mono `samples`, shape (n,), float32, -1 to 1, at `rate` Hz.

    Anything array-like of one dimension is accepted and becomes float32. Two sounds are equal only if they are the
    same object: comparing samples is a question about tolerance, which the caller has to answer.

    Raises:
        ValueError: more than one dimension, or a rate that is not positive. Both are bugs of the caller.
    """

    samples: Samples
    rate: int

    def __post_init__(self) -> None:
        samples = np.ascontiguousarray(self.samples, dtype=np.float32)
        if samples.ndim != 1:
            raise ValueError(f"a sound is mono, shape (n,), not {samples.shape}")
        if self.rate <= 0:
            raise ValueError(f"a sample rate is positive, not {self.rate}")
        object.__setattr__(self, "samples", samples)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate

    def resampled(self, rate: int) -> Sound:
        """The same sound at another rate in Hz; itself when it has that rate already."""
        if rate == self.rate:
            return self
        if not len(self.samples):
            return Sound(self.samples, rate)
        import soxr

        return Sound(soxr.resample(self.samples, self.rate, rate), rate)

    def between(self, start: float, end: float | None = None) -> Sound:
        """The stretch from `start` to `end` seconds (to the last sample when None), cut to what there is."""
        first = max(0, round(start * self.rate))
        last = len(self.samples) if end is None else max(first, round(end * self.rate))
        return Sound(self.samples[first:last], self.rate)
