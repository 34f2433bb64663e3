"""Where sound comes from: what a recorder asks of a microphone, and a microphone that replays recordings."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from salespractice.audio.sound import Samples, Sound
from salespractice.problem import Problem


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or speaker of this machine, remembered by (`host`, `name`); its number changes with every plug.

    `host` is the sound system (PortAudio's host API), `channels` the most it has in this direction, `rate` its own
    rate in Hz.
    """

    host: str
    name: str
    channels: int
    rate: int
    is_default: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What to store in settings."""
        return (self.host, self.name)


class OnBlock(Protocol):
    """Takes one block of mono samples, shape (n,), float32, that nobody else will change.

    A source that can wait for room (a file) says `wait=True` and loses nothing. One that cannot (a sound card's
    callback) says nothing: the call returns at once, and where there is no room the block is dropped and counted.
    """

    def __call__(self, block: Samples, /, *, wait: bool = False) -> None: ...


OnLost = Callable[[Problem], None]
"""Told once, from a thread of the microphone's own, that no more blocks will come."""


class Microphone(Protocol):
    """A source of mono blocks between `open` and `close`. It may be opened again after it was closed."""

    @property
    def name(self) -> str:
        """What the person calls it."""

    @property
    def rate(self) -> int:
        """Samples per second; known once it is open."""

    @property
    def live(self) -> bool:
        """Whether blocks keep coming by themselves, so that it makes sense to wait for the end of a word."""

    @property
    def overflows(self) -> int:
        """How often the system said, since opening, that sound was lost before it reached this program."""

    def open(self, on_block: OnBlock, on_lost: OnLost) -> None:
        """Start; blocks may arrive before this returns. Raises a Problem when it cannot be opened."""

    def close(self) -> None:
        """Stop; no block arrives after this returns. Closing twice does nothing."""


class ReplayMicrophone:
    """A microphone that says recordings, block by block through the real callback, and is silent between them.

    Without `pace` it goes as fast as its listener takes the blocks, and loses none however slow that is. With
    `pace=1.0` it takes as long as a voice would (2.0: twice as long). Sounds of another rate are resampled to `rate`.
    """

    def __init__(
        self,
        rate: int = 16_000,
        *,
        block_seconds: float = 0.032,
        pace: float | None = None,
        live: bool = False,
        name: str = "recorded answers",
    ) -> None:
        """`live`: let it be listened to like somebody who may go on speaking."""
        self.name = name
        self.rate = rate
        self.live = live
        self.overflows = 0
        self._block = max(1, round(block_seconds * rate))
        self._pace = pace
        self._on_block: OnBlock | None = None
        self._on_lost: OnLost | None = None
        self._closed = threading.Event()

    def open(self, on_block: OnBlock, on_lost: OnLost) -> None:
        """Listen for `say`."""
        self._on_block, self._on_lost = on_block, on_lost
        self._closed.clear()

    def close(self) -> None:
        """End a `say` in another thread, too, after the block that it is at."""
        self._closed.set()
        self._on_block = None

    def say(self, sound: Sound) -> None:
        """Say the whole of `sound`; returns when the last block has been handed over, or the microphone was closed.

        Raises:
            ValueError: the microphone is not open.
        """
        on_block = self._on_block
        if on_block is None:
            raise ValueError("the microphone is not open")
        samples = sound.resampled(self.rate).samples
        for start in range(0, len(samples), self._block):
            block = samples[start : start + self._block].copy()
            if self._pace and self._closed.wait(self._pace * len(block) / self.rate):
                return
            if self._closed.is_set():
                return
            on_block(block, wait=True)

    def unplug(self) -> None:
        """Be lost, as when somebody pulls the plug."""
        on_lost = self._on_lost
        self.close()
        if on_lost is not None:
            on_lost(Problem(f"The microphone “{self.name}” is gone.", "It was unplugged.", "Plug it in again."))


def muted(name: str) -> Problem:
    """What exact silence means."""
    why = "What comes from it is exact silence, which even a quiet room is not."
    way_out = "Look for a mute switch on the headset, or choose another microphone. You can go on speaking."
    return Problem(f"The microphone “{name}” is muted.", why, way_out)
