"""How a voice moved: how far its pitch and its loudness went up and down during an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.pitch import FRAME, HOP, pitch_track
from salespractice.audio.sound import Samples
from salespractice.audio.voice_activity import RATE, Span

FEWEST_VOICED = 2.0
"""Seconds of voiced sound. With less, the range of one and the same voice came out anywhere within ±2 semitones."""

_LOW, _HIGH = 10, 90
_MOST_FRAMES = 30_000  # five minutes of voice; a longer answer is looked at less densely, not at more cost
_SYLLABLE = 3200  # samples, 0.2 s: vowels differ by 10 dB among themselves, syllables by what the speaker does
_SILENCE = 1e-12


@dataclass(frozen=True, slots=True)
class Prosody:
    """Pitch and loudness of one answer; None where too little voiced sound was heard for an honest figure.

    `voiced` is the share of the voice, 0 to 1, in which a pitch was heard. `pitch` is the median in Hz.

    `pitch_variation`, in semitones, and `loudness_variation`, in dB, reach from the 10th to the 90th percentile. Of
    the usual measures of a speaker's range this "80 % range" is the one that single wrong frames cannot move (Mennen,
    Schaeffler & Docherty 2012). A microphone that evens out loudness by itself flattens the latter.
    """

    voiced: float
    pitch: float | None = None
    pitch_variation: float | None = None
    loudness_variation: float | None = None


def prosody_of(samples: Samples, spans: Sequence[Span]) -> Prosody:
    """The pitch and loudness of the voice within `spans` (without air) of 16 kHz `samples`, shape (n,)."""
    frames = _frames(spans, len(samples))
    thinned = 1 + len(frames) // _MOST_FRAMES
    starts = frames[::thinned]
    pitch = pitch_track(samples, starts)
    voiced = np.isfinite(pitch)
    share = float(voiced.mean()) if len(voiced) else 0.0
    if voiced.sum() * thinned * HOP < FEWEST_VOICED * RATE:
        return Prosody(share)
    level = _levels(samples, starts[voiced] + FRAME // 2)
    return Prosody(share, float(np.median(pitch[voiced])), _range(12 * np.log2(pitch[voiced])), _range(level))


def _frames(spans: Sequence[Span], end: int) -> NDArray[np.intp]:
    """The first samples of the frames that lie within the spans, and before `end`."""
    ranges = [
        np.arange(max(0, round(span.start * RATE)), min(end, round(span.end * RATE)) - FRAME + 1, HOP) for span in spans
    ]
    return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.intp)


def _levels(samples: Samples, middles: NDArray[np.intp]) -> NDArray[np.float64]:
    """The level in dB of the syllable's length of sound around each of the samples `middles`."""
    squares = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    first = np.maximum(0, middles - _SYLLABLE // 2)
    last = np.minimum(len(samples), middles + _SYLLABLE // 2)
    return np.asarray(10 * np.log10((squares[last] - squares[first]) / (last - first) + _SILENCE))


def _range(values: NDArray[np.float64]) -> float:
    low, high = np.percentile(values, (_LOW, _HIGH))
    return float(high - low)
