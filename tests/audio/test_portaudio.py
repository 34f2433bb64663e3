"""PortAudio as it is, on a sound server of the test's own. Each test is a process, because PortAudio and ALSA read the
environment once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from salespractice.audio.files import read_sound
from salespractice.audio.sound import Sound
from tests.virtual_sound import VirtualSound, run_python

pytestmark = pytest.mark.sound

_LIST = """
from salespractice.audio.portaudio import microphones, speakers, refresh
assert refresh()
for devices in (microphones(), speakers()):
    print([(device.host, device.name, device.is_default, device.channels > 0, device.rate) for device in devices])
"""

_RECORD = """
import json, subprocess, sys, threading
from pathlib import Path
from salespractice.audio.files import read_sound
from salespractice.audio.portaudio import PortAudioMicrophone, refresh
from salespractice.audio.recorder import Recorder
levels, told, flowing = [], [], threading.Event()
recorder = Recorder(PortAudioMicrophone(), lambda level: (levels.append(level), flowing.set()), told.append)
recorder.open()
assert flowing.wait(30)
assert not refresh()
recorder.begin_take(Path(sys.argv[2]))
subprocess.run(["paplay", "--device=mic", sys.argv[1]], check=True)
take = recorder.end_take(keep_after=0.5)
recorder.close()
assert refresh()
print(json.dumps({"rate": take.rate, "seconds": take.seconds, "dropped": take.dropped, "problem": str(take.problem),
                  "levels": len(levels), "loudest": max(levels), "told": len(told), "hearing": len(take.sound16)}))
"""

_LOSE = """
import json, sys, threading
from pathlib import Path
from salespractice.audio.portaudio import PortAudioMicrophone
from salespractice.audio.recorder import Recorder
heard, lost, told = threading.Event(), threading.Event(), []
recorder = Recorder(
    PortAudioMicrophone(), lambda level: heard.set(), lambda problem: (told.append(problem), lost.set())
)
recorder.open()
recorder.begin_take(Path(sys.argv[1]))
assert heard.wait(30)
print("recording", flush=True)
assert lost.wait(30)
take = recorder.end_take()
recorder.close()
print(json.dumps({"problem": str(take.problem), "told": len(told), "seconds": take.seconds}))
"""

_PLAY = """
import json, sys, threading
from pathlib import Path
from salespractice.audio.files import read_sound
from salespractice.audio.portaudio import PortAudioSpeaker
sound = read_sound(Path(sys.argv[1])).between(0, 2)
finished = threading.Semaphore(0)
speaker = PortAudioSpeaker()
playing = speaker.play(sound, finished.release)
assert finished.acquire(timeout=30)
assert not finished.acquire(blocking=False)
whole = playing.position
playing = speaker.play(sound, finished.release)
while playing.position == 0.0:
    assert not finished.acquire(timeout=0.005), "it finished before it was heard"
playing.stop()
assert finished.acquire(timeout=30)
stopped = playing.position
first = speaker.play(sound, finished.release)
second = speaker.play(sound.between(0, 0.3), finished.release)
assert finished.acquire(timeout=30) and finished.acquire(timeout=30)
third = speaker.play(sound, finished.release)
speaker.close()
speaker.close()
assert finished.acquire(timeout=30)
speaker.play(sound.between(0, 0.1), finished.release)
assert finished.acquire(timeout=30)
speaker.close()
assert not finished.acquire(blocking=False)
print(json.dumps({"whole": whole, "stopped": stopped, "rate": speaker.rate, "problem": str(playing.problem)}))
"""

_LOSE_SPEAKER = """
import json, sys, threading
import numpy as np
from salespractice.audio.portaudio import PortAudioSpeaker
from salespractice.audio.sound import Sound
from salespractice.problem import Problem
finished, speaker = threading.Event(), PortAudioSpeaker()
playing = speaker.play(Sound(np.zeros(44_100 * 600, dtype=np.float32), 44_100), finished.set)
print("playing", flush=True)
assert finished.wait(30)
try:
    speaker.play(Sound(np.zeros(100, dtype=np.float32), 44_100), finished.set)
except Problem as problem:
    print(json.dumps({"lost": str(playing.problem), "again": str(problem)}))
"""

_PROBLEM = """
import json
from salespractice.audio import portaudio
from salespractice.audio.microphone import Device
from salespractice.problem import Problem
def said(work):
    try:
        return str(work())
    except Problem as problem:
        return str(problem)
gone = Device("ALSA", "Blue Snowball", 1, 44_100)
print(json.dumps({
    "list": said(portaudio.microphones),
    "microphone": said(lambda: portaudio.PortAudioMicrophone().open(lambda block, wait=False: None, print)),
    "gone": said(lambda: portaudio.PortAudioMicrophone(gone).open(lambda block, wait=False: None, print)),
    "speaker": said(lambda: portaudio.PortAudioSpeaker().open()),
}))
"""


def answer(sound_card: VirtualSound, code: str, *arguments: object) -> dict[str, Any]:
    done = sound_card.run(code, *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds that sound like a voice to a correlation: no moment of it is like another."""
    rate = 16_000
    random = np.random.default_rng(5)
    syllables = np.repeat(random.uniform(0.05, 1.0, 40), 4 * rate // 40)
    noise = np.convolve(random.normal(0, 1, 4 * rate), np.hanning(12) / 6, mode="same")
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    soundfile.write(path, 0.2 * syllables * noise, rate)
    return path


def likeness(original: Sound, recorded: Sound) -> float:
    """The highest correlation, 0 to 1, of the original with any stretch of the recording."""
    first, second = original.resampled(16_000).samples, recorded.resampled(16_000).samples
    size = len(first) + len(second)
    spectrum = np.fft.rfft(second, size) * np.conj(np.fft.rfft(first, size))
    shift = int(np.argmax(np.fft.irfft(spectrum, size)[: len(second)]))
    stretch = second[shift : shift + len(first)]
    return float(np.dot(first[: len(stretch)], stretch) / (np.linalg.norm(first) * np.linalg.norm(stretch)))


def test_devices_are_listed(sound_card: VirtualSound) -> None:
    done = sound_card.run(_LIST)
    assert done.stdout.splitlines() == ["[('ALSA', 'default', True, True, 44100)]"] * 2, done.stderr


def test_a_voice_comes_through_the_device_whole(sound_card: VirtualSound, voice: Path, tmp_path: Path) -> None:
    found = answer(sound_card, _RECORD, voice, tmp_path / "a.wav")
    recorded = read_sound(tmp_path / "a.wav")
    assert likeness(read_sound(voice), recorded) > 0.95
    assert found["dropped"] == 0
    assert found["problem"] == "None"
    assert found["told"] == 0
    assert found["rate"] == recorded.rate == 44_100
    assert found["hearing"] == pytest.approx(recorded.seconds * 16_000, abs=2)
    assert found["seconds"] == pytest.approx(recorded.seconds)
    assert found["levels"] > 15 * found["seconds"]
    assert 0.5 < found["loudest"] <= 1.0


def test_real_speech_comes_through_the_device(sound_card: VirtualSound, shared_data: Path, tmp_path: Path) -> None:
    speech = shared_data / "speech" / "LJ001-0002.flac"
    assert answer(sound_card, _RECORD, speech, tmp_path / "a.wav")["dropped"] == 0
    assert likeness(read_sound(speech), read_sound(tmp_path / "a.wav")) > 0.95


def _until(process: Any, word: str) -> None:
    assert process.stdout.readline().strip() == word


def test_a_sound_server_that_dies_costs_nothing_recorded(sound_card: VirtualSound, tmp_path: Path) -> None:
    with sound_card.start(_LOSE, tmp_path / "a.wav") as process:
        _until(process, "recording")
        sound_card.kill()
        found = json.loads(process.communicate()[0])
    assert "is gone" in found["problem"]
    assert found["told"] == 1
    assert read_sound(tmp_path / "a.wav").seconds == pytest.approx(found["seconds"])


def test_a_speaker_plays_stops_and_closes(sound_card: VirtualSound, voice: Path) -> None:
    found = answer(sound_card, _PLAY, voice)
    assert found["whole"] == pytest.approx(2.0, abs=0.001)
    assert 0.0 < found["stopped"] < 1.0
    assert found["problem"] == "None"


def test_what_is_played_is_heard(sound_card: VirtualSound, voice: Path, tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    with sound_card.listen(heard):
        answer(sound_card, _PLAY, voice)
    assert likeness(read_sound(voice).between(0, 2), read_sound(heard)) > 0.9


def test_a_lost_speaker_finishes_its_sound_with_a_problem(sound_card: VirtualSound) -> None:
    with sound_card.start(_LOSE_SPEAKER) as process:
        _until(process, "playing")
        sound_card.kill()
        found = json.loads(process.communicate()[0])
    assert "The speaker “default” is gone." in found["lost"]
    assert "speaker" in found["again"]


def test_a_device_that_is_not_connected(sound_card: VirtualSound) -> None:
    gone = answer(sound_card, _PROBLEM)["gone"]
    assert "The microphone “Blue Snowball” is not connected." in gone
    assert "“default”" in gone


def test_a_machine_without_devices(tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text("pcm.default { type hw card 31 }\n", encoding="utf-8")
    done = run_python(_PROBLEM, environment={**os.environ, "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")})
    said = json.loads(done.stdout)
    assert said["list"] == "[]"
    assert "No microphone was found" in said["microphone"]
    assert "No microphone was found" in said["gone"]
    assert "No speaker was found" in said["speaker"]
    assert "Connect a microphone" in said["microphone"]


@pytest.mark.parametrize("content", [None, "", "# nothing\n", "pcm {", "pcm {}\n", "pcm.null { type null }\n"])
def test_a_machine_whose_sound_system_has_no_configuration(tmp_path: Path, content: str | None) -> None:
    # Left to itself, PortAudio ends the whole program here.
    alsa = tmp_path / "asound.conf"
    if content is not None:
        alsa.write_text(content, encoding="utf-8")
    done = run_python(_PROBLEM, environment={**os.environ, "ALSA_CONFIG_PATH": str(alsa)})
    assert done.returncode == 0, done.stderr
    for text in json.loads(done.stdout).values():
        assert "The sound system does not start." in text
        assert "ALSA" in text


def test_a_machine_without_the_library() -> None:
    # The loader looks for libportaudio by its name; here it finds none, as on a machine where nobody installed it.
    without = "import ctypes.util\nctypes.util.find_library = lambda name: None\n"
    said = json.loads(run_python(without + _PROBLEM, environment=dict(os.environ)).stdout)
    for text in said.values():
        assert "Sound is not available." in text
        assert "Install it: " in text
