"""A real speaker: sounds are ready in memory, and its stream runs on between them, so that each starts at once."""

from __future__ import annotations

import queue
import threading
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.microphone import Device
from salespractice.audio.portaudio.devices import close_stream, find, open_stream, sounddevice
from salespractice.audio.sound import Samples, Sound
from salespractice.audio.speaker import OnFinished
from salespractice.problem import Problem

# A compromise. Two minutes on PulseAudio, a load of 9 to 13 on two cores and another thread hogging the interpreter
# lock: 0.06 s ran dry 35 times, 0.12 s 10 times. Without that thread, neither did in 12 s.
_LATENCY = 0.12
_FADE = 0.05
# A stream that ran dry may stand still for 2 s (a PulseAudio null sink does), and that is no loss.
_SILENT_FOR = 6.0
_LOOK_EVERY = 0.25


class PortAudioPlaying:
    """One sound on its way to the device. The callback alone moves it on; other threads ask and stop."""

    def __init__(self, samples: Samples, rate: int, latency: float, on_finished: OnFinished) -> None:
        self.problem: Problem | None = None
        self.first_callback: float | None = None
        self.on_finished = on_finished
        self._samples = samples
        self._rate = rate
        self.latency = latency
        self._at = 0
        self._stopping = False
        self._faded = 0

    @property
    def position(self) -> float:
        """Seconds of the sound that have been heard: what the device was given, less what it has not played yet."""
        if self._at >= len(self._samples):
            return len(self._samples) / self._rate
        return max(0.0, self._at / self._rate - self.latency)

    def stop(self) -> None:
        """Fade out within 50 ms."""
        self._stopping = True

    def mix_into(self, out: NDArray[np.float32]) -> bool:
        """Add the next samples to `out`, shape (frames, channels); whether the sound is at its end. In the callback."""
        if self.first_callback is None:
            self.first_callback = time.monotonic()
        piece = self._samples[self._at : self._at + len(out)]
        self._at += len(piece)
        frames = round(_FADE * self._rate)
        if self._stopping:
            fade = 1.0 - (self._faded + np.arange(1, len(piece) + 1, dtype=np.float32)) / frames
            piece = piece * np.maximum(fade, 0.0)
            self._faded += len(piece)
        out[: len(piece)] += piece[:, np.newaxis]
        return self._at >= len(self._samples) or self._faded >= frames


class PortAudioSpeaker:
    """The speaker `device` (None: the default one) at its own rate.

    The device is opened by `open`, or by the first `play`, and stays open until `close`. When it is lost, the sound
    that was being played finishes with a Problem, and the next `play` opens it again. `underflows` counts crackles.
    """

    def __init__(self, device: Device | None = None) -> None:
        self._key = device.key if device else None
        self.name = device.name if device else "the default speaker"
        self.rate = 0
        self.underflows = 0
        self._stream: Any = None
        self._thread: threading.Thread | None = None
        self._current: PortAudioPlaying | None = None
        # A tuple that is replaced, never changed: the callback reads it without a lock.
        self._voices: tuple[PortAudioPlaying, ...] = ()
        self._voices_change = threading.Lock()
        self._finished: queue.SimpleQueue[PortAudioPlaying | None] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._last_callback = 0.0

    def open(self) -> None:
        """Open the device ahead of the first sound. Raises a Problem when it is not there or refuses."""
        if self._stream is not None and not self._ended.is_set():
            return
        self.close()
        number, device = find("output", self._key)
        self._ended = ended = threading.Event()

        def callback(out: NDArray[np.float32], frames: int, moment: Any, status: Any) -> None:
            self._last_callback = time.monotonic()
            self.underflows += bool(status.output_underflow)
            out.fill(0.0)
            for voice in self._voices:
                if voice.mix_into(out):
                    self._finished.put(voice)
                    self._remove(voice)

        def make(rate: int, channels: int) -> Any:
            return sounddevice().OutputStream(
                device=number,
                samplerate=rate,
                channels=channels,
                dtype="float32",
                latency=_LATENCY,
                callback=callback,
                finished_callback=ended.set,
            )

        self._last_callback = time.monotonic()
        channels = (2, 1) if device.channels > 1 else (1,)
        self._stream, self.rate, _ = open_stream("output", device, make, channels)
        self.name = device.name
        self._finished = queue.SimpleQueue()
        arguments = (self._finished, ended)
        self._thread = threading.Thread(target=self._finish_sounds, args=arguments, name="speaker", daemon=True)
        self._thread.start()

    def play(self, sound: Sound, on_finished: OnFinished) -> PortAudioPlaying:
        """Start at once, in the next callback; a sound that is being played fades out under it."""
        self.open()
        stream = self._stream
        if stream is None:  # closed at this very moment, to look for devices
            raise _gone(self.name)
        playing = PortAudioPlaying(sound.resampled(self.rate).samples, self.rate, float(stream.latency), on_finished)
        if self._current is not None:
            self._current.stop()
        self._current = playing
        with self._voices_change:
            self._voices = (*self._voices, playing)
        return playing

    def close(self) -> None:
        """Stop what is played, without a fade, and give the device back. Closing twice does nothing."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        close_stream(stream)
        self._finished.put(None)
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        self._finish_all(None)

    def _remove(self, voice: PortAudioPlaying) -> bool:
        with self._voices_change:
            present = voice in self._voices
            self._voices = tuple(other for other in self._voices if other is not voice)
        return present

    def _finish_all(self, problem: Problem | None) -> None:
        for voice in self._voices:
            if self._remove(voice):
                voice.problem = problem
                voice.on_finished()

    def _finish_sounds(self, finished: queue.SimpleQueue[PortAudioPlaying | None], ended: threading.Event) -> None:
        """Tell that a sound has ended, once its last sample has been heard; and notice when the device is lost."""
        while True:
            try:
                voice = finished.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                if time.monotonic() - self._last_callback > _SILENT_FOR:
                    ended.set()
                if ended.is_set():
                    self._finish_all(_gone(self.name))
                continue
            if voice is None:
                return
            ended.wait(voice.latency)
            voice.on_finished()


def _gone(name: str) -> Problem:
    why = "It was unplugged, or the sound system was stopped."
    return Problem(f"The speaker “{name}” is gone.", why, "Connect it again, or choose another speaker.")
