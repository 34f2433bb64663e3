"""One recording of an answer: what it became, and the growing form of it while somebody speaks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salespractice.audio.ear import Ear
from salespractice.audio.sound import Samples, Sound
from salespractice.audio.stretches import Found, Stretch, StretchEnded
from salespractice.audio.voice_activity import Span
from salespractice.audio.wav import CrashSafeWav
from salespractice.problem import Problem

SILENT_INPUT = 1.0
"""Seconds of exact zeros after which a microphone is muted."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One recording, as 16-bit WAV in `path` at `rate` Hz and, for recognition, as `sound16` at 16 kHz, shape (n,).

    `preroll` seconds at its beginning are from before it was begun. `stretches` is the speech in it, `voice` when
    exactly there was a voice (what lies between is a pause), both in seconds from its beginning. `loudest` is the peak,
    0 to 1. `dropped` counts blocks that were lost on the way (0, unless the machine stood still for seconds).

    `silent_input`: for a second or more the samples were exactly zero, which no open microphone gives: it was muted, or
    pulled out. A reason to look for where little was understood, and no judgement by itself.

    `problem` says why the recording ended early: the microphone was lost, then file and `sound16` have all that was
    heard; or the disk refused, then the file holds what came before, and `sound16` everything.
    """

    path: Path
    rate: int
    seconds: float
    sound16: Samples
    dropped: int
    loudest: float
    silent_input: bool
    preroll: float = 0.0
    problem: Problem | None = None
    stretches: tuple[Stretch, ...] = ()
    voice: tuple[Span, ...] = ()

    def speech(self, stretch: Stretch) -> Samples:
        """The samples of one of its stretches, at 16 kHz."""
        return between(self.sound16, stretch)


class OpenTake:
    """A take being recorded. Belongs to the recorder's thread alone."""

    def __init__(self, path: Path, ear: Ear, begin: float) -> None:
        """`begin` is the ear's second at which it begins."""
        self.path = path
        self.rate = ear.rate
        self.frames = 0
        self.begin = begin
        self.preroll = 0.0
        self.problem: Problem | None = None
        self.stretches: list[Stretch] = []
        self._ear = ear
        self._loudest = 0.0
        self._zeros = 0
        self._longest_zeros = 0
        self._wav = CrashSafeWav(path, self.rate)

    @property
    def end(self) -> float:
        """The ear's second up to which it was recorded."""
        return self.begin + self.frames / self.rate

    def add(self, block: Samples) -> None:
        """Append samples, shape (n,), at the take's rate. A file that refuses does not stop the hearing.

        Raises:
            Problem: the disk refuses. Raised for the first block that it refuses, and not again.
        """
        self.frames += len(block)
        self._loudest = max(self._loudest, float(np.abs(block).max(initial=0.0)))
        self._count_zeros(block)
        if self.problem is None:
            try:
                self._wav.write(block)
            except Problem as problem:
                self.problem = problem
                raise

    @property
    def zero_seconds(self) -> float:
        """How long the samples have been exactly zero, up to now."""
        return self._zeros / self.rate

    def own(self, stretch: Stretch) -> Stretch:
        """A stretch of the ear's in seconds of this take."""
        start = max(0.0, stretch.start - self.begin)
        return Stretch(stretch.number, start, max(start, stretch.end - self.begin))

    def note(self, found: Found) -> None:
        """Keep what is final."""
        if isinstance(found, StretchEnded):
            self.stretches.append(self.own(found.stretch))

    def finished(self, dropped: int) -> Take:
        """What it became. The file is complete but still open: `close` asks the disk to keep it, which takes time."""
        ear = self._ear
        voice = ear.voice
        for found in ear.finish(self.end):
            self.note(found)
        return Take(
            self.path,
            self.rate,
            self.frames / self.rate,
            ear.samples(self.begin, self.end),
            dropped,
            self._loudest,
            self._longest_zeros >= SILENT_INPUT * self.rate,
            self.preroll,
            self.problem,
            tuple(self.stretches),
            tuple(self._inside(voice)),
        )

    def close(self) -> None:
        """Close the file, and keep it."""
        try:
            self._wav.close()
        except Problem as problem:
            self.problem = self.problem or problem

    def _inside(self, voice: tuple[Span, ...]) -> list[Span]:
        seconds = self.end - self.begin
        spans = (Span(max(0.0, span.start - self.begin), min(seconds, span.end - self.begin)) for span in voice)
        return [span for span in spans if span.end > span.start]

    def _count_zeros(self, block: Samples) -> None:
        sounding = np.flatnonzero(block)
        if not len(sounding):
            self._zeros += len(block)
        else:
            inside = int(np.diff(sounding).max(initial=1)) - 1
            self._longest_zeros = max(self._longest_zeros, self._zeros + int(sounding[0]), inside)
            self._zeros = len(block) - 1 - int(sounding[-1])
        self._longest_zeros = max(self._longest_zeros, self._zeros)


def read_take(path: Path) -> Take:
    """A recording that was cut off, as it would have been returned then. Raises `Problem` where it cannot be read."""
    from salespractice.audio.files import read_sound

    sound = read_sound(path)
    ear = Ear(sound.rate)
    found = ear.listen(0.0) + ear.hear(sound.samples)
    voice = ear.voice
    found += ear.finish(sound.seconds)
    stretches = tuple(one.stretch for one in found if isinstance(one, StretchEnded))
    samples = ear.samples(0.0, sound.seconds)
    loudest = float(np.abs(samples).max(initial=0.0))
    return Take(path, sound.rate, sound.seconds, samples, 0, loudest, False, stretches=stretches, voice=voice)


def spliced(first: Take, second: Take) -> Take:
    """Two takes of one answer as one, in the first's file; the second's file is deleted then.

    Raises:
        Problem: the disk refuses. Both files are as they were.
    """
    sounds = [Sound(_samples(take.path), take.rate).resampled(second.rate) for take in (first, second)]
    both = first.path.with_suffix(".both")
    try:
        with CrashSafeWav(both, second.rate) as wav:
            for sound in sounds:
                wav.write(sound.samples)
        both.replace(first.path)
    finally:
        both.unlink(missing_ok=True)
    with suppress(OSError):  # the recorder may not have closed it yet, which some systems mind
        second.path.unlink(missing_ok=True)
    later = len(sounds[0].samples) / second.rate
    stretches = (Stretch(one.number, one.start + later, one.end + later) for one in second.stretches)
    return Take(
        first.path,
        second.rate,
        later + len(sounds[1].samples) / second.rate,
        np.concatenate((first.sound16, second.sound16)),
        first.dropped + second.dropped,
        max(first.loudest, second.loudest),
        first.silent_input or second.silent_input,
        first.preroll,
        second.problem,
        (*first.stretches, *stretches),
        (*first.voice, *(Span(one.start + later, one.end + later) for one in second.voice)),
    )


def _samples(path: Path) -> Samples:
    from salespractice.audio.files import read_sound

    return read_sound(path).samples


def between(samples: Samples, stretch: Stretch, rate: int = 16_000) -> Samples:
    """The part of `samples` that a stretch names."""
    return samples[round(stretch.start * rate) : round(stretch.end * rate)]
