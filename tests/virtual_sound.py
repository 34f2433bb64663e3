"""A sound card that exists for one test: PulseAudio on its own, with a microphone that says what a file says.

    paplay --device=mic  ->  sink "mic"  ->  its monitor, remapped as source "headset"  ->  PortAudio's default input
    PortAudio's default output  ->  sink "speakers"

Nothing of it touches the machine's own sound. A program sees it when it is started with `VirtualSound.environment`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent

_SCRIPT = """
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=mic rate=48000 channels=1
load-module module-remap-source master=mic.monitor source_name=headset
load-module module-null-sink sink_name=speakers rate=48000
set-default-sink speakers
set-default-source headset
"""

# Only what PortAudio needs to see one device. The system's alsa.conf would bring its own cards along.
_ALSA = """
pcm.!default { type pulse hint { show on description "Default" } }
ctl.!default { type pulse }
"""


class VirtualSound:
    """A sound server with the microphone "headset" and the speaker "speakers", in `folder`, which must be empty."""

    def __init__(self, folder: Path) -> None:
        # A socket's path must be short (107 bytes), and a test's own folder is not.
        self._runtime = Path(tempfile.mkdtemp(prefix="sound-"))
        socket = self._runtime / "native"
        script, alsa = folder / "sound.pa", folder / "asound.conf"
        script.write_text(_SCRIPT.format(socket=socket), encoding="utf-8")
        alsa.write_text(_ALSA, encoding="utf-8")
        self.environment = {
            **os.environ,
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(self._runtime),
            "PULSE_STATE_PATH": str(self._runtime),
            "PULSE_COOKIE": str(self._runtime / "cookie"),
            "XDG_RUNTIME_DIR": str(self._runtime),
            "ALSA_CONFIG_PATH": str(alsa),
        }
        command = ["pulseaudio", "-n", "-F", str(script), "-v", "--daemonize=no", "--exit-idle-time=-1"]
        command += ["--use-pid-file=no", "--disable-shm=yes", "--system=false", "--log-target=stderr"]
        self._server = subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE, text=True)
        self._log: list[str] = []
        ready = threading.Event()
        self._reader = threading.Thread(target=self._read_log, args=(ready,), daemon=True)
        self._reader.start()
        if not ready.wait(30) or self._server.poll() is not None:
            self.close()
            raise RuntimeError("pulseaudio did not start:\n" + "".join(self._log[-20:]))

    def say(self, path: Path) -> None:
        """Speak the sound file into the microphone; returns when it has been said."""
        self.start_saying(path).wait()

    def start_saying(self, path: Path) -> subprocess.Popen[bytes]:
        """Begin to speak the sound file into the microphone."""
        return subprocess.Popen(["paplay", "--device=mic", str(path)], env=self.environment)

    def unplug(self) -> None:
        """Take the microphone away while the server stays: streams go on, from elsewhere."""
        subprocess.run(["pactl", "unload-module", "module-remap-source"], env=self.environment, check=True)

    def kill(self) -> None:
        """Let the sound server die, as in a crash."""
        self._server.kill()
        self._server.wait()

    def close(self) -> None:
        """Stop the server. Closing twice does nothing."""
        if self._server.poll() is None:
            self._server.terminate()
        self._server.wait()
        self._reader.join()
        if self._server.stderr is not None:
            self._server.stderr.close()
        shutil.rmtree(self._runtime, ignore_errors=True)

    def run(self, code: str, *arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run Python `code` where this is the only sound; PortAudio reads its configuration once per process."""
        return run_python(code, *arguments, environment=self.environment, timeout=timeout)

    @contextmanager
    def start(self, code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
        """Python `code` running where this is the only sound; its output can be read as it comes."""
        command = [sys.executable, "-c", code, *map(str, arguments)]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
        try:
            with process:
                yield process
        finally:
            if process.poll() is None:
                process.kill()

    @contextmanager
    def listen(self, path: Path) -> Iterator[None]:
        """Record what the program plays into a WAV file."""
        # Raw and to a pipe, because its first bytes are the only reliable sign that it listens.
        command = ["parecord", "--device=speakers.monitor", "--raw", "--format=s16le", "--rate=48000", "--channels=1"]
        process = subprocess.Popen([*command, "--latency-msec=20"], env=self.environment, stdout=subprocess.PIPE)
        assert process.stdout is not None
        heard = [process.stdout.read(2 * 480)]
        reader = threading.Thread(target=lambda: heard.append(process.communicate()[0]))
        reader.start()
        try:
            yield
        finally:
            process.terminate()
            reader.join()
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 48_000, 0, "NONE", ""))
            file.writeframes(b"".join(heard))

    def _read_log(self, ready: threading.Event) -> None:
        assert self._server.stderr is not None
        for line in self._server.stderr:
            self._log.append(line)
            if "Daemon startup complete" in line:
                ready.set()
        ready.set()


def run_python(
    code: str, *arguments: object, environment: dict[str, str], timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run Python `code` with `arguments` in a process of its own, from the repository's root."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=timeout, cwd=_ROOT, check=False
    )


@contextmanager
def virtual_sound(folder: Path) -> Iterator[VirtualSound]:
    """A virtual sound card for the length of a `with`."""
    sound = VirtualSound(folder)
    try:
        yield sound
    finally:
        sound.close()


@pytest.fixture
def sound_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualSound]:
    """A virtual sound card for one test."""
    with virtual_sound(tmp_path_factory.mktemp("card")) as sound:
        yield sound
