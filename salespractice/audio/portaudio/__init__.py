"""The real sound devices of this machine, through PortAudio. Nothing outside this folder knows sounddevice."""

from salespractice.audio.portaudio.devices import microphones, refresh, speakers
from salespractice.audio.portaudio.microphone import PortAudioMicrophone
from salespractice.audio.portaudio.speaker import PortAudioSpeaker

__all__ = ["PortAudioMicrophone", "PortAudioSpeaker", "microphones", "refresh", "speakers"]
