"""The customer's side of a turn: the line is said aloud, and what may come next is decoded before it is needed.

Belongs to the practice's thread, to which `run` brings what the speaker's threads tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from salespractice.audio.echo import is_echo
from salespractice.audio.files import read_sound
from salespractice.audio.sound import Samples, Sound
from salespractice.audio.speaker import Playing, Speaker
from salespractice.problem import Problem
from salespractice.roleplay.turn import Line
from salespractice.scenario.pack import Staged

_AS_GOOD_AS_OVER = 0.5
"""Seconds before the end of a line in which people begin to answer without anybody minding."""


class CustomerVoice:
    """Says one line at a time. A line without a recording, or without a speaker, is said in no time."""

    def __init__(
        self,
        staged: Staged,
        speaker: Speaker,
        run: Callable[[Callable[[], None]], None],
        on_problem: Callable[[Problem], None],
    ) -> None:
        self._staged = staged
        self._speaker = speaker
        self._run = run
        self._on_problem = on_problem
        self._ready: dict[Path, Sound] = {}
        self._heard: tuple[Playing, Sound] | None = None  # replaced, never changed: another thread reads it
        self._said = 0

    @property
    def speaking(self) -> bool:
        """Whether a line can be heard."""
        return self._heard is not None

    def say(self, line: Line, on_said: Callable[[], None]) -> float:
        """Begin a line; `on_said` follows once it was said, unless it is cut. Returns its length in seconds."""
        self._said += 1
        ticket = self._said

        def said() -> None:
            if ticket == self._said:
                self._heard = None
                on_said()

        sound = self._sound_of(line)
        if sound is not None:
            try:
                self._heard = self._speaker.play(sound, lambda: self._run(said)), sound
            except Problem as problem:
                # Without sound the line still stands on the screen.
                self._on_problem(problem)
        if self._heard is None:
            self._run(said)
        return sound.seconds if sound else 0.0

    def cut(self) -> float | None:
        """Fade the line out. At which second of it; None when none could be heard, or it was as good as over."""
        self._said += 1
        heard, self._heard = self._heard, None
        if heard is None:
            return None
        at = heard[0].position
        heard[0].stop()
        return at if heard[1].seconds - at > _AS_GOOD_AS_OVER else None

    def is_somebody_else(self, voice: Samples) -> bool:
        """Whether a voice in the microphone, 16 kHz samples of shape (n,), is not this line. From any thread."""
        heard = self._heard
        return heard is None or not is_echo(voice, heard[1], heard[0].position)

    def prepare(self, lines: Iterable[Line]) -> None:
        """Get these lines ready, and forget others; in small pieces, so that other work can come in between."""
        paths = dict.fromkeys(path for line in lines if (path := self._path(line)) is not None)
        self._ready = {path: sound for path, sound in self._ready.items() if path in paths}
        for path in paths:
            if path not in self._ready:
                self._run(partial(self._decode, path))

    def _decode(self, path: Path) -> None:
        rate = self._speaker.rate
        try:
            sound = read_sound(path)
        except Problem:
            return  # told when it is this line's turn
        self._ready[path] = sound.resampled(rate) if rate else sound

    def _sound_of(self, line: Line) -> Sound | None:
        path = self._path(line)
        if path is None:
            return None
        if path in self._ready:
            return self._ready[path]
        try:
            return read_sound(path)
        except Problem as problem:
            self._on_problem(problem)
            return None

    def _path(self, line: Line) -> Path | None:
        return self._staged.sound_of(line.place, line.wording, otherwise=line.otherwise)
