"""Where speech falls into stretches that can be understood one by one, found while it is still going on.

One set of rules serves the live microphone and a finished recording. A stretch ends at a pause; what was said in it is
final then. At the beginning of every pause one is told what the stretch would be if it ended here, so that its
transcription can begin before anybody knows whether the speaker will go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.sound import Samples
from salespractice.audio.voice_activity import CHUNK_SECONDS, RATE, Span, speech_probabilities

# Silero's own recommendation for hysteresis: a voice begins at .5 and ends .15 below.
_BEGINS = 0.5
_ENDS = 0.35
SHORTEST = 0.25
"""Seconds of voice that make it an answer; a cough or a chair has less."""

AIR = 0.3
"""Seconds around the voice that belong to a stretch. A pause is told as soon as it is this long."""

_GAP = 0.6
# A decoder that gets two words makes up a third, and so short ones wait for more.
_SHORT = 3.0
_GAP_AFTER_SHORT = 1.2
_LONGEST = 20.0
_SHORTEST_PART = 5.0
# A pause shorter than this is a consonant; the probability is averaged over it when looking for a place to cut.
_PAUSE_CHUNKS = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Speech from `start` to `end`, in seconds, with a little air around it. `number` counts from 0."""

    number: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class VoiceBegan:
    """Somebody speaks, since `at`; told when it has lasted long enough to be a voice."""

    at: float


@dataclass(frozen=True, slots=True)
class StretchPaused:
    """The speaker paused. If they do not go on, this is the stretch."""

    stretch: Stretch


@dataclass(frozen=True, slots=True)
class StretchEnded:
    """The stretch is final."""

    stretch: Stretch


Found = VoiceBegan | StretchPaused | StretchEnded


class StretchFinder:
    """Takes the probability of a voice in each 32 ms, and tells what follows from it. Times count from `origin`."""

    def __init__(self, origin: float = 0.0) -> None:
        self._origin = origin
        self._probabilities: list[float] = []
        self._voiced = False
        self._runs: list[tuple[int, int]] = []  # chunks [first, last) of voice in the present stretch
        self._earlier: list[tuple[int, int]] = []  # those of the stretches before
        self._number = 0
        self._earliest = 0.0  # where the stretch before ended
        self._told = False  # that a voice began
        self._paused = False  # told already in this pause

    @property
    def open(self) -> Stretch | None:
        """The stretch so far, while one is being spoken."""
        if not self._told:
            return None
        end = len(self._probabilities) if self._voiced else self._runs[-1][1]
        return self._stretch(end, self._seconds(len(self._probabilities)))

    @property
    def voiced(self) -> bool:
        """Whether there is a voice this very moment, or what may become one."""
        return self._voiced

    @property
    def silence(self) -> float | None:
        """Seconds since the last voice; 0 during it, None before the first."""
        if self._voiced and self._told:
            return 0.0
        runs = self._runs if self._told else self._earlier
        return (len(self._probabilities) - runs[-1][1]) * CHUNK_SECONDS if runs else None

    @property
    def voice(self) -> tuple[Span, ...]:
        """When there was voice, without air: what lies between is a pause."""
        runs = [*self._earlier, *(self._runs if self._told else ())]
        return tuple(Span(self._seconds(first), self._seconds(last)) for first, last in runs)

    def feed(self, probability: float) -> list[Found]:
        """The next 32 ms."""
        self._probabilities.append(probability)
        now = len(self._probabilities)
        if not self._voiced and probability >= _BEGINS:
            self._voiced, self._paused = True, False
            self._runs.append((now - 1, now))
        elif self._voiced and probability < _ENDS:
            self._voiced = False
        if self._voiced:
            self._runs[-1] = (self._runs[-1][0], now)
            return self._speaking(now)
        return self._pausing(now) if self._runs else []

    def finish(self, end: float) -> list[Found]:
        """The recording ends at `end` seconds, and with it the present stretch."""
        if not self._told:
            return []
        return [self._end(self._stretch(self._runs[-1][1], end))]

    def _speaking(self, now: int) -> list[Found]:
        found: list[Found] = []
        if not self._told and sum(last - first for first, last in self._runs) * CHUNK_SECONDS >= SHORTEST:
            self._told = True
            found.append(VoiceBegan(self._seconds(self._runs[0][0])))
        if self._told and self._seconds(now) - self._start > _LONGEST:
            found.append(self._cut(now))
        return found

    def _pausing(self, now: int) -> list[Found]:
        pause = (now - self._runs[-1][1]) * CHUNK_SECONDS
        if not self._told:
            if pause >= _GAP:
                self._runs = []
            return []
        stretch = self._stretch(self._runs[-1][1], self._seconds(now))
        short = stretch.end - stretch.start < _SHORT
        if pause >= (_GAP_AFTER_SHORT if short else _GAP):
            return [self._end(stretch)]
        if pause >= AIR and not self._paused:
            self._paused = True
            return [StretchPaused(stretch)]
        return []

    @property
    def _start(self) -> float:
        return max(self._earliest, self._seconds(self._runs[0][0]) - AIR, self._origin)

    def _stretch(self, last: int, now: float) -> Stretch:
        return Stretch(self._number, self._start, min(self._seconds(last) + AIR, now))

    def _end(self, stretch: Stretch) -> StretchEnded:
        self._earlier += self._runs
        self._runs, self._told, self._paused = [], False, False
        self._number += 1
        self._earliest = stretch.end
        return StretchEnded(stretch)

    def _cut(self, now: int) -> StretchEnded:
        """End a stretch of somebody who does not draw breath at the deepest pause, or just where it stands."""
        cut = self._deepest_pause(now)
        ended = Stretch(self._number, self._start, self._seconds(cut))
        rest = [(max(first, cut), last) for first, last in self._runs if last > cut]
        self._earlier += [(first, min(last, cut)) for first, last in self._runs if first < cut]
        self._runs = rest or [(cut, now)]
        self._number += 1
        self._earliest = ended.end
        return StretchEnded(ended)

    def _deepest_pause(self, now: int) -> int:
        first = self._runs[0][0] + round(_SHORTEST_PART / CHUNK_SECONDS)
        last = now - round(_SHORTEST_PART / CHUNK_SECONDS)
        kernel = np.full(_PAUSE_CHUNKS, 1 / _PAUSE_CHUNKS)
        depth = np.convolve(self._probabilities[first:last], kernel, mode="same")
        deepest = int(np.argmin(depth))
        if depth[deepest] >= _BEGINS:
            return now
        # The middle of the pause, rather than where it happens to be deepest.
        as_deep = depth <= depth[deepest] + 0.02
        until = next((at for at in range(deepest, len(depth)) if not as_deep[at]), len(depth))
        since = next((at for at in range(deepest, -1, -1) if not as_deep[at]), -1) + 1
        return first + (since + until) // 2

    def _seconds(self, chunk: int) -> float:
        return self._origin + chunk * CHUNK_SECONDS


def stretches_of(probabilities: Iterable[float] | NDArray[np.float32], seconds: float) -> list[Stretch]:
    """The stretches in a recording of `seconds`, given the probability of a voice in each 32 ms of it."""
    finder = StretchFinder()
    found = [one for probability in probabilities for one in finder.feed(float(probability))]
    return [one.stretch for one in (*found, *finder.finish(seconds)) if isinstance(one, StretchEnded)]


def speech_stretches(samples: Samples) -> list[Stretch]:
    """The stretches of speech in 16 kHz `samples`, shape (n,). Silence and noise have none."""
    return stretches_of(speech_probabilities(samples), len(samples) / RATE)
