"""The sound devices as the window needs them: listed, chosen by what was remembered, opened."""

from __future__ import annotations

import threading
from typing import Protocol

from salespractice.audio.microphone import Device, Microphone
from salespractice.audio.speaker import Speaker
from salespractice.settings import Settings


class SoundSystem(Protocol):
    """Every method may take tenths of a second, so it is called behind the window, and raises `Problem`."""

    def microphones(self) -> list[Device]:
        """What can be chosen, the default one first."""

    def speakers(self) -> list[Device]:
        """What can be chosen, the default one first."""

    def microphone(self, settings: Settings) -> Microphone:
        """The chosen microphone, not opened yet."""

    def speaker(self, settings: Settings) -> Speaker:
        """The chosen speaker, opened."""


class RealSound:
    """This machine's devices, through PortAudio."""

    def __init__(self) -> None:
        # Looking for devices restarts PortAudio, and must not meet another thread that is looking one up.
        self._looking = threading.Lock()

    def microphones(self) -> list[Device]:
        """What is connected now."""
        from salespractice.audio.portaudio import microphones, refresh

        with self._looking:
            refresh()
            return microphones()

    def speakers(self) -> list[Device]:
        """What is connected now."""
        from salespractice.audio.portaudio import refresh, speakers

        with self._looking:
            refresh()
            return speakers()

    def microphone(self, settings: Settings) -> Microphone:
        """The remembered one where it is plugged in, else the system's."""
        from salespractice.rig import microphone_of

        with self._looking:
            return microphone_of(settings)

    def speaker(self, settings: Settings) -> Speaker:
        """Opened now, so that a machine without sound is known before the customer speaks."""
        from salespractice.audio.portaudio import PortAudioSpeaker
        from salespractice.rig import speaker_of

        with self._looking:
            speaker = speaker_of(settings)
            if isinstance(speaker, PortAudioSpeaker):
                speaker.open()
            return speaker
