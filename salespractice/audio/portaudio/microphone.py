"""A real microphone, which hands each block on from PortAudio's callback and does nothing else there."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np

from salespractice.audio.microphone import Device, OnBlock, OnLost
from salespractice.audio.portaudio.devices import close_stream, find, open_stream, sounddevice
from salespractice.problem import Problem

_BLOCKS_PER_SECOND = 50
# A killed sound server may only show in callbacks that no longer come. The longest gap in two runs of two minutes on a
# busy machine: 0.22 s.
_SILENT_FOR = 2.0
# The first block may take longer than any gap later: a sound server that has just been idle gave it after 2.05 s.
_STARTS_WITHIN = 6.0
_LOOK_EVERY = 0.25


class PortAudioMicrophone:
    """The microphone `device` (None: the default one) at its own rate, mono.

    A device that has no mono gives the mean of its first two channels. When the device is lost (its stream ends, or no
    callback came for two seconds, six for the first) that is told once; `close` and `open` then try it again.
    """

    live = True

    def __init__(self, device: Device | None = None) -> None:
        self._key = device.key if device else None
        self.name = device.name if device else "the default microphone"
        self.rate = device.rate if device else 0
        self.overflows = 0
        self._stream: Any = None
        self._watch: threading.Thread | None = None
        self._ended = threading.Event()
        self._closing = threading.Event()
        self._last_callback = 0.0
        self._silent_at_most = _STARTS_WITHIN

    def open(self, on_block: OnBlock, on_lost: OnLost) -> None:
        """Start to listen. Raises a Problem when it is not connected, busy, forbidden, or there is no sound library."""
        if self._stream is not None:
            raise ValueError("the microphone is open")
        number, device = find("input", self._key)
        self.overflows = 0
        # Of this opening alone: a stream that was given up may still call back once.
        self._ended, self._closing = ended, _ = threading.Event(), threading.Event()

        def callback(block: Any, frames: int, moment: Any, status: Any) -> None:
            self._last_callback, self._silent_at_most = time.monotonic(), _SILENT_FOR
            if status.input_overflow:
                self.overflows += 1
            on_block(block[:, 0].copy() if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32))

        def make(rate: int, channels: int) -> Any:
            # Before the stream starts, because its first block may come before this thread runs again.
            self.rate = rate
            return sounddevice().InputStream(
                device=number,
                samplerate=rate,
                channels=channels,
                dtype="float32",
                blocksize=rate // _BLOCKS_PER_SECOND,
                latency="high",
                callback=callback,
                finished_callback=ended.set,
            )

        self._last_callback, self._silent_at_most = time.monotonic(), _STARTS_WITHIN
        self._stream, self.rate, _ = open_stream("input", device, make, (1, 2))
        self.name = device.name
        self._watch = threading.Thread(target=self._watch_over, args=(on_lost,), name="microphone watch", daemon=True)
        self._watch.start()

    def close(self) -> None:
        """Stop listening. Closing twice does nothing."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        self._closing.set()
        close_stream(stream)
        watch, self._watch = self._watch, None
        if watch is not None and watch is not threading.current_thread():
            watch.join()

    def _watch_over(self, on_lost: OnLost) -> None:
        while not self._closing.wait(_LOOK_EVERY):
            if self._ended.is_set():
                why = "It was unplugged, or the sound system was stopped."
            elif time.monotonic() - self._last_callback > self._silent_at_most:
                why = f"It has sent no sound for {self._silent_at_most:.0f} seconds."
            else:
                continue
            way_out = "Connect it again, or choose another microphone."
            on_lost(Problem(f"The microphone “{self.name}” is gone.", why, way_out))
            return
