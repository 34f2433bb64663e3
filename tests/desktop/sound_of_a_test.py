"""A machine whose microphone says what a test gives it, and whose speaker remembers what it was given."""

from __future__ import annotations

from salespractice.audio.microphone import Device, Microphone, ReplayMicrophone
from salespractice.audio.sound import Sound
from salespractice.audio.speaker import OnFinished, SilentPlaying, SilentSpeaker, Speaker
from salespractice.problem import Problem
from salespractice.settings import Settings

HEADSET = Device("test", "Headset", 1, 16_000, is_default=True)
DESK = Device("test", "Desk microphone", 1, 16_000)


class RememberingSpeaker(SilentSpeaker):
    """Silent, but knows what it would have played."""

    def __init__(self, pace: float = 0.0) -> None:
        super().__init__(pace)
        self.played: list[Sound] = []

    def play(self, sound: Sound, on_finished: OnFinished) -> SilentPlaying:
        self.played.append(sound)
        return super().play(sound, on_finished)


class SoundOfATest:
    """A `SoundSystem`. What is in `broken` is a machine's trouble with that part."""

    def __init__(self) -> None:
        self.replay = ReplayMicrophone()
        self.loudspeaker = RememberingSpeaker()
        self.devices = [HEADSET, DESK]
        self.broken: dict[str, Problem] = {}

    def microphones(self) -> list[Device]:
        self._refuse("microphone")
        return self.devices

    def speakers(self) -> list[Device]:
        self._refuse("speaker")
        return self.devices[:1]

    def microphone(self, settings: Settings) -> Microphone:
        self._refuse("microphone")
        return self.replay

    def speaker(self, settings: Settings) -> Speaker:
        self._refuse("speaker")
        return self.loudspeaker

    def _refuse(self, part: str) -> None:
        if part in self.broken:
            raise self.broken[part]
