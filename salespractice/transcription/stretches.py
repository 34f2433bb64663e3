"""Where an answer is cut for decoding: Whisper hears at most half a minute at once, so long speech is cut at a lull."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
LONGEST = 28.0  # seconds; leaves room for the silence that Whisper needs at the end of its 30
_SEARCH = 8.0  # seconds before the limit in which the lull is looked for
_LULL = 0.2  # seconds; about the length of the shortest pause that does not lie inside a word

Span = tuple[float, float]


def stretches(samples: NDArray[np.float32], spans: Iterable[Span]) -> list[Span]:
    """`spans` (seconds) clipped to the recording, in order, with any longer than `LONGEST` cut where it is quietest."""
    length = len(samples) / SAMPLE_RATE
    clipped = ((max(0.0, start), min(length, end)) for start, end in sorted(spans))
    return [piece for start, end in clipped if end > start for piece in _cut(samples, start, end)]


def _cut(samples: NDArray[np.float32], start: float, end: float) -> Iterator[Span]:
    while end - start > LONGEST:
        lull = _quietest(samples, start + LONGEST - _SEARCH, start + LONGEST)
        yield (start, lull)
        start = lull
    yield (start, end)


def _quietest(samples: NDArray[np.float32], start: float, end: float) -> float:
    """The middle, in seconds, of the window of `_LULL` seconds with the least energy."""
    window = int(_LULL * SAMPLE_RATE)
    first = int(start * SAMPLE_RATE)
    energy = np.cumsum(np.square(samples[first : int(end * SAMPLE_RATE)], dtype=np.float64))
    quietest = int(np.argmin(energy[window:] - energy[:-window]))
    return (first + quietest + window / 2) / SAMPLE_RATE
