"""What a speech model costs on this machine: measured once, with the real transcription process, and remembered."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import threading
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from salespractice.transcription.models import FoundModel
from salespractice.transcription.stretches import SAMPLE_RATE
from salespractice.transcription.transcriber import WhisperTranscriber

_ROUNDS = 3  # the first one also warms up
_LOWEST = 10  # of 19 steps of politeness towards other programs


@dataclass(frozen=True, slots=True)
class Cost:
    """`computing` is seconds for each second of speech, `loading` seconds until ready, `memory` bytes (0: unknown)."""

    computing: float
    loading: float
    memory: int


class Measurement:
    """Measures one model; `cancel` ends it at once, from any thread."""

    def __init__(self, model: FoundModel, threads: int = 2) -> None:
        self.model = model
        self._cancelled = False
        self._lock = threading.Lock()
        self._closing = threading.Lock()
        self._transcriber = WhisperTranscriber(model, threads=threads)

    def run(self, speech: NDArray[np.float32]) -> Cost | None:
        """Transcribe `speech`, mono at 16 kHz, shape (n,); None where it was cancelled. Waits for some seconds.

        Raises:
            Problem: the model is damaged, or does not fit into memory.
        """
        transcriber = self._transcriber
        with self._lock:
            if self._cancelled:
                return None
            transcriber.start()
        try:
            loading = _when_polite(transcriber)
            seconds = len(speech) / SAMPLE_RATE
            fastest = min(_time_of(transcriber, speech) for _ in range(_ROUNDS))
            return Cost(fastest / seconds, loading, _peak_memory(transcriber.child_pid))
        except CancelledError:
            return None
        finally:
            self._close()

    def cancel(self) -> None:
        """Stop measuring."""
        with self._lock:
            self._cancelled = True
        self._close()

    def _close(self) -> None:
        # One after the other: whoever cancels and whoever is cancelled both come here.
        with self._closing:
            self._transcriber.close()


def read_costs(path: Path) -> dict[str, Cost]:
    """The costs measured on this machine, by the model's SHA-256; none where nothing can be read."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {key: Cost(**cost) for key, cost in stored["costs"].items()} if stored["machine"] == machine() else {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_costs(path: Path, costs: Mapping[str, Cost]) -> None:
    """Remember the costs. A disk that refuses only means that they are measured again."""
    text = json.dumps({"machine": machine(), "costs": {key: asdict(cost) for key, cost in costs.items()}}, indent=2)
    beside = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def machine() -> str:
    """What the costs depend on: another processor, another measurement."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} × {_processor()}"


def _processor() -> str:
    with contextlib.suppress(OSError):
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
        if found:
            return found[1]
    return platform.processor()


def _when_polite(transcriber: WhisperTranscriber) -> float:
    """Let other programs go first, from before the process has threads of its own; wait until it is ready."""
    ready: Future[float] = transcriber.ready
    while (pid := transcriber.child_pid) is None:
        with contextlib.suppress(NotYet):
            return ready.result(timeout=0.01)
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, _LOWEST)
    return ready.result()


def _time_of(transcriber: WhisperTranscriber, speech: NDArray[np.float32]) -> float:
    started = time.monotonic()
    heard = transcriber.transcribe(speech, [(0.0, len(speech) / SAMPLE_RATE)])
    heard.text.result()
    seconds = time.monotonic() - started
    heard.transcript.result()  # so that the word times of this round do not slow down the next
    return seconds


def _peak_memory(pid: int | None) -> int:
    """The most memory that a process has used, in bytes; 0 where the system does not say it in a file."""
    with contextlib.suppress(OSError):
        found = re.search(r"^VmHWM:\s*(\d+) kB$", Path(f"/proc/{pid}/status").read_text(encoding="ascii"), re.M)
        if found:
            return int(found[1]) * 1024
    return 0
