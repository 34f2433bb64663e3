"""How likely somebody is speaking, 31 times a second, and where they spoke in a whole recording.

Silero VAD 6 (MIT) as ONNX, in the form that takes any number of chunks at once: 0.05 ms for one chunk, 0.03 ms for
each of many.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.sound import Samples
from salespractice.installed_model import InstalledModel

if TYPE_CHECKING:
    import onnxruntime

RATE = 16_000
CHUNK = 512
CHUNK_SECONDS = CHUNK / RATE

_CONTEXT = 64  # samples of the chunk before, which the model wants to see again
_MEMORY = (1, 1, 128)  # shape of each half of what it remembers
_MODEL = InstalledModel(
    "voice detector",
    "The program needs it to hear where an answer begins and ends.",
    package="silero_vad",
    file="data/silero_vad_16k_sequence.onnx",
    sha256="9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85",
)


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
        """Raises `Problem` where the model is missing or altered."""
        self._model = load()
        self._memory = np.zeros(_MEMORY, dtype=np.float32), np.zeros(_MEMORY, dtype=np.float32)
        self._heard = np.zeros(_CONTEXT, dtype=np.float32)  # the context, and what is no whole chunk yet

    def probabilities(self, samples: Samples) -> list[float]:
        """The probability of a voice, 0 to 1, in each 32 ms completed by `samples`, shape (n,)."""
        heard = np.concatenate((self._heard, samples), dtype=np.float32)
        whole = (len(heard) - _CONTEXT) // CHUNK
        self._heard = heard[whole * CHUNK :]
        if not whole:
            return []
        chunks = np.lib.stride_tricks.sliding_window_view(heard, _CONTEXT + CHUNK)[: whole * CHUNK : CHUNK]
        hidden, cell = self._memory
        found, *memory = self._model.run(None, {"input": np.ascontiguousarray(chunks), "h": hidden, "c": cell})
        self._memory = memory[0], memory[1]
        return [float(one) for one in found]


@cache
def load() -> onnxruntime.InferenceSession:
    """The model, which all streams share and any thread may run. Raises `Problem` where it is missing or altered."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(_MODEL.read(), options, providers=["CPUExecutionProvider"])


def speech_probabilities(samples: Samples) -> NDArray[np.float32]:
    """The probability of speech, 0 to 1, in each 32 ms of 16 kHz `samples`, the last of them filled up with silence."""
    filled = np.pad(samples, (0, -len(samples) % CHUNK))
    return np.array(VoiceDetector().probabilities(filled), dtype=np.float32)
