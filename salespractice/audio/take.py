"""One recording of an answer: what it became, and the growing form of it while somebody speaks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from salespractice.audio.sound import Samples
from salespractice.audio.wav import CrashSafeWav
from salespractice.problem import Problem

if TYPE_CHECKING:
    import soxr

HEARING_RATE = 16_000
"""The rate in Hz at which speech is recognised."""

_SILENT_INPUT_SECONDS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One recording, as 16-bit WAV in `path` at `rate` Hz and, for recognition, as `sound16` at 16 kHz, shape (n,).

    `preroll` seconds at its beginning are from before it was begun. `loudest` is the peak, 0 to 1. `dropped` counts
    blocks that were lost on the way (0, unless the machine stood still for seconds).

    `silent_input`: for a second or more the samples were exactly zero, which no open microphone gives: it was muted, or
    pulled out. A reason to look for where little was understood, and no judgement by itself.

    `problem` says why the recording ended early: the microphone was lost, then file and `sound16` have all that was
    heard; or the disk refused, then the file holds what came before, and `sound16` everything.
    """

    path: Path
    rate: int
    seconds: float
    sound16: Samples
    dropped: int
    loudest: float
    silent_input: bool
    preroll: float = 0.0
    problem: Problem | None = None


class OpenTake:
    """A take being recorded. Belongs to the recorder's thread alone."""

    def __init__(self, path: Path, rate: int) -> None:
        self.path = path
        self.rate = rate
        self.frames = 0
        self.preroll = 0.0
        self.problem: Problem | None = None
        self._loudest = 0.0
        self._zeros = 0
        self._longest_zeros = 0
        self._heard: list[Samples] = []
        self._wav = CrashSafeWav(path, rate)
        self._to_hearing_rate = _resampler(rate)

    def add(self, block: Samples) -> None:
        """Append samples, shape (n,), at the take's rate. A file that refuses does not stop the hearing.

        Raises:
            Problem: the disk refuses. Raised for the first block that it refuses, and not again.
        """
        self.frames += len(block)
        self._heard.append(self._at_hearing_rate(block))
        self._loudest = max(self._loudest, float(np.abs(block).max(initial=0.0)))
        self._count_zeros(block)
        if self.problem is None:
            try:
                self._wav.write(block)
            except Problem as problem:
                self.problem = problem
                raise

    def finished(self, dropped: int) -> Take:
        """Close the file, and say what it became."""
        self.close()
        self._heard.append(self._at_hearing_rate(np.zeros(0, dtype=np.float32), last=True))
        return Take(
            self.path,
            self.rate,
            self.frames / self.rate,
            np.concatenate(self._heard),
            dropped,
            self._loudest,
            self._longest_zeros >= _SILENT_INPUT_SECONDS * self.rate,
            self.preroll,
            self.problem,
        )

    def close(self) -> None:
        """Close the file, and keep it."""
        try:
            self._wav.close()
        except Problem as problem:
            self.problem = self.problem or problem

    def _at_hearing_rate(self, block: Samples, last: bool = False) -> Samples:
        if self._to_hearing_rate is None:
            return block
        return np.asarray(self._to_hearing_rate.resample_chunk(block, last=last), dtype=np.float32)

    def _count_zeros(self, block: Samples) -> None:
        sounding = np.flatnonzero(block)
        if not len(sounding):
            self._zeros += len(block)
        else:
            inside = int(np.diff(sounding).max(initial=1)) - 1
            self._longest_zeros = max(self._longest_zeros, self._zeros + int(sounding[0]), inside)
            self._zeros = len(block) - 1 - int(sounding[-1])
        self._longest_zeros = max(self._longest_zeros, self._zeros)


def _resampler(rate: int) -> soxr.ResampleStream | None:
    if rate == HEARING_RATE:
        return None
    import soxr

    return soxr.ResampleStream(rate, HEARING_RATE, 1, dtype="float32")
