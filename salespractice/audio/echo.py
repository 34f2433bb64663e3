"""Whether the microphone hears the customer's line from the speaker, rather than somebody who speaks over it."""

from __future__ import annotations

import numpy as np

from salespractice.audio.sound import Samples, Sound
from salespractice.audio.voice_activity import RATE

LATEST = 0.6
"""Seconds that a line may take from the speaker's position through the air and both sound systems."""

ALIKE = 0.25
"""Correlation from which what is heard contains the line. Unrelated voices stay below .15 over a quarter second."""


def is_echo(heard: Samples, line: Sound, position: float) -> bool:
    """Whether `heard`, 16 kHz samples up to now of shape (n,), is the line, of which `position` seconds were played.

    Takes the largest normalised cross-correlation over every delay up to `LATEST` seconds.
    """
    return likeness(heard, line, position) >= ALIKE


def likeness(heard: Samples, line: Sound, position: float) -> float:
    """The largest correlation, 0 to 1, of `heard` with the line as it was played within the last `LATEST` seconds."""
    seconds = len(heard) / RATE
    played = line.between(max(0.0, position - seconds - LATEST), position + 0.1).resampled(RATE).samples
    if len(played) < len(heard) or not len(heard):
        played = np.pad(played, (max(0, len(heard) - len(played)), 0))
    if not len(heard) or not np.any(heard) or not np.any(played):
        return 0.0
    heard, played = _without_rumble(heard), _without_rumble(played)
    size = 1 << (len(heard) + len(played)).bit_length()
    products = np.fft.irfft(np.fft.rfft(played, size) * np.conj(np.fft.rfft(heard, size)), size)
    lags = len(played) - len(heard) + 1
    energy = np.cumsum(np.concatenate(([0.0], np.square(played, dtype=np.float64))))
    windows = energy[len(heard) :] - energy[: len(energy) - len(heard)]
    norm = np.sqrt(np.maximum(windows, 1e-9) * max(float(np.square(heard, dtype=np.float64).sum()), 1e-9))
    return float(np.max(np.abs(products[:lags]) / norm[:lags], initial=0.0))


def _without_rumble(samples: Samples) -> Samples:
    """The difference of neighbours: speech's energy sits low, where every voice resembles every other."""
    return np.diff(samples, prepend=samples[:1])
