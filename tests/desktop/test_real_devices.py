"""The settings on real PortAudio and PulseAudio: the meter gives its microphone back, devices are looked for, and it
goes on; a sound server that dies is told. A process of its own, because PortAudio reads its configuration once."""

from __future__ import annotations

from pathlib import Path

import pytest

from salespractice.places import shipped
from tests.virtual_sound import VirtualSound, sound_card  # noqa: F401 - a fixture

pytestmark = [pytest.mark.sound, pytest.mark.slow]

_SETTINGS = """
import subprocess, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from salespractice.audio import portaudio
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.appearance import Appearance
from salespractice.desktop.main_window import MainWindow
from salespractice.desktop.sound_system import RealSound
from salespractice.places import Places
from salespractice.settings import Settings

application = QApplication([])
equipment = Equipment(Places(Path(sys.argv[1])), RealSound(), application)
equipment.settings = Settings(model="tiny.en")
window = MainWindow(equipment, Appearance(application))
window.show()
levels = []

def until(condition):
    last = time.monotonic() + 60
    while not condition():
        application.processEvents()
        assert time.monotonic() < last, "waited in vain"

equipment.open()
until(lambda: equipment.journal and window.practice.list.cards)
window.go_settings()
sound = window.settings.sound
sound.check.level.connect(levels.append)
until(lambda: levels)
print("listening to", sound.check._recorder.microphone.name, flush=True)
looked, refresh = [], portaudio.refresh
portaudio.refresh = lambda: looked.append(refresh()) or looked[-1]
sound.again.click()
until(lambda: looked)
levels.clear()
until(lambda: levels)
print("looked", all(looked), flush=True)

sound.sentence.start.click()
until(lambda: sound.sentence._recording)
subprocess.Popen(["paplay", "--device=mic", sys.argv[2]])
until(lambda: sound.sentence.heard.isVisible())
print("read", sound.sentence.heard.text(), flush=True)
print("wrong", sound.sentence.remark.text(), flush=True)
print("kill", flush=True)
until(lambda: window.settings.banner.isVisible())
print("told", window.settings.banner.words.splitlines()[0], flush=True)
window.close()
"""


def test_settings_on_a_real_sound_server(sound_card: VirtualSound, tmp_path: Path) -> None:  # noqa: F811
    sound_card.environment["QT_QPA_PLATFORM"] = "offscreen"
    answer = shipped("assets") / "answers" / "listener" / "01.flac"
    with sound_card.start(_SETTINGS, tmp_path / "person", answer) as process:
        assert process.stdout is not None
        told: dict[str, str] = {}
        for line in process.stdout:
            key, _, rest = line.strip().partition(" ")
            told[key] = rest
            if key == "kill":
                sound_card.kill()
    assert told["looked"] == "True"
    assert "sorry" in told["read"]
    assert told["wrong"] == ""
    assert "is gone" in told["told"]
