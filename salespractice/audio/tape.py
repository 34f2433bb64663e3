"""The last part of an endless stream of samples, found by its place in the stream."""

from __future__ import annotations

import numpy as np

from salespractice.audio.sound import Samples

_ROOM = 1 << 16


class Tape:
    """Samples are added at its end, read from anywhere, and forgotten from its beginning."""

    def __init__(self) -> None:
        self._held = np.empty(_ROOM, dtype=np.float32)
        self._first = 0  # place in the stream of the first sample that is held
        self._count = 0

    @property
    def end(self) -> int:
        """How many samples the stream has had."""
        return self._first + self._count

    def add(self, samples: Samples) -> None:
        """Append samples, shape (n,)."""
        wanted = self._count + len(samples)
        if wanted > len(self._held):
            grown = np.empty(max(wanted, 2 * len(self._held)), dtype=np.float32)
            grown[: self._count] = self._held[: self._count]
            self._held = grown
        self._held[self._count : wanted] = samples
        self._count = wanted

    def between(self, first: int, last: int) -> Samples:
        """A copy of the samples [first, last) as far as they are held."""
        low = min(max(0, first - self._first), self._count)
        return self._held[low : max(low, min(last - self._first, self._count))].copy()

    def last(self, count: int) -> Samples:
        """A copy of the last `count` samples as far as they are held."""
        return self.between(self.end - max(0, count), self.end)

    def forget_before(self, place: int) -> None:
        """What comes before is not needed any more. Moves samples seldom: only when most of them are not needed."""
        unneeded = min(place - self._first, self._count)
        if unneeded > self._count // 2 and unneeded > _ROOM // 4:
            self._held[: self._count - unneeded] = self._held[unneeded : self._count]
            self._first += unneeded
            self._count -= unneeded
            if self._count < _ROOM < len(self._held):
                self._held = self._held[:_ROOM].copy()  # after a long take
