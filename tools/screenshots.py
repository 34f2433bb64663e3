#!/usr/bin/env python3
"""Renders every page of the window, light and dark, without a screen: `python tools/screenshots.py [DIR]`.

Nothing is made up: the shipped price-shock scenario is practised with the recorded answers of the listening rep, on
the real recorder, Whisper, conversation, coaching and journal. Only the speaker is silent.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from salespractice.audio.microphone import Device, ReplayMicrophone
    from salespractice.audio.speaker import SilentSpeaker
    from salespractice.desktop.main_window import MainWindow
    from salespractice.settings import Settings

SCHEMES = ("light", "dark")
PATIENCE = 120.0


class Silence:
    """A machine with one headset, whose microphone says the recorded answers."""

    def __init__(self) -> None:
        from salespractice.audio.microphone import ReplayMicrophone
        from salespractice.audio.speaker import SilentSpeaker

        self.voice = ReplayMicrophone()
        self._ears = SilentSpeaker()

    def microphones(self) -> list[Device]:
        """The headset."""
        from salespractice.audio.microphone import Device

        return [Device("ALSA", "Headset", 1, 48_000, is_default=True)]

    speakers = microphones

    def microphone(self, settings: Settings) -> ReplayMicrophone:
        """The voice of the recorded rep."""
        return self.voice

    def speaker(self, settings: Settings) -> SilentSpeaker:
        """Nobody listens."""
        return self._ears


class Photographer:
    """Walks through the program and takes the pictures."""

    def __init__(
        self, application: QApplication, folder: Path, data: Path, size: tuple[int, int], percent: int
    ) -> None:
        from salespractice.desktop.equipment import Equipment
        from salespractice.desktop.look.appearance import Appearance
        from salespractice.desktop.main_window import MainWindow
        from salespractice.places import Places

        self._application = application
        self._folder = folder
        self.sound = Silence()
        self.equipment = Equipment(Places(data), self.sound, application)
        self._appearance = Appearance(application)
        self._appearance.choose("light")
        self.window: MainWindow = MainWindow(self.equipment, self._appearance)
        self.window.resize_text(percent)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.equipment.open()

    def until(self, condition: Callable[[], object]) -> None:
        """Let the program run until something has happened."""
        last = time.monotonic() + PATIENCE
        while not condition():
            self._application.processEvents()
            if time.monotonic() > last:
                raise TimeoutError(f"waited in vain, near {sys._getframe(1).f_lineno}")
            time.sleep(0.005)

    def picture(self, name: str) -> None:
        """One page in every scheme."""
        for scheme in SCHEMES:
            self._appearance.choose(scheme)
            self.until(lambda: not self.equipment.background.busy)
            for _ in range(5):
                self._application.processEvents()
            path = self._folder / f"{name}-{scheme}.png"
            self.window.grab().save(str(path))
            print(path)
        self._appearance.choose("light")

    def walk(self) -> None:
        """Every page, in the order in which a rep comes to them."""
        from salespractice.desktop.equipment import Hearing

        window = self.window
        self.until(lambda: self.equipment.journal and window.practice.list.cards)
        self.until(lambda: self.equipment.hearing is Hearing.READY)
        window.go_journal()
        self.picture("journal-empty")
        window.go_settings()
        self.until(lambda: window.settings.sound.speakers.count() > 1)
        self.picture("settings")
        window.go_practise()
        self.picture("scenarios")
        window.practice.open_address("starter/price-shock")
        self.until(lambda: window.practice.brief.microphones.count() > 2)
        self.picture("brief")
        self.practise()
        self.debrief()
        window.go_practise()
        self.picture("scenarios-practised")
        window.go_journal()
        self.until(lambda: window.journal.entries.rowCount() == 1)
        self.picture("journal")

    def practise(self) -> None:
        """The listening rep's conversation."""
        from salespractice.audio.files import read_sound
        from salespractice.desktop.practice.conversation_stage import Stage

        page = self.window.practice.conversation
        self.window.practice.brief.start.click()
        self.until(lambda: page.stage is Stage.YOUR_TURN)
        self.picture("conversation-your-turn")
        for number, path in enumerate(sorted((ROOT / "assets" / "answers" / "listener").glob("*.flac")), start=1):
            page.talk.begin_or_end()
            self.until(lambda: page.stage is Stage.RECORDING)
            answer = read_sound(path)
            if number == 3:
                middle = answer.seconds / 2
                self.sound.voice.say(answer.between(0, middle))
                self._application.processEvents()
                page.show_level(0.7)
                self.picture("conversation-listening")
                answer = answer.between(middle)
            self.sound.voice.say(answer)
            page.talk.begin_or_end()
            self.until(lambda: page.stage is not Stage.RECORDING)
            self.until(lambda: page.stage in (Stage.YOUR_TURN, Stage.OVER))
            if page.stage is Stage.OVER:
                break
        self.picture("conversation-over")
        page.debrief.click()

    def debrief(self) -> None:
        """From the top, and further down."""
        from salespractice.desktop.parts.layout import ReadingColumn

        page = self.window.debrief
        self.until(lambda: self.window.pages.currentWidget() is page)
        self.picture("debrief")
        bar = page.findChild(ReadingColumn).verticalScrollBar()
        for part, share in (("evidence", 0.14), ("needs", 0.52), ("transcript", 0.7)):
            bar.setValue(round(bar.maximum() * share))
            self.picture(f"debrief-{part}")


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--size", default="1180x800", help="of the window, in pixels")
    parser.add_argument("--text", type=int, default=100, help="size of the text in percent")
    arguments = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    arguments.folder.mkdir(parents=True, exist_ok=True)
    width, height = map(int, arguments.size.split("x"))
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as data:
        photographer = Photographer(application, arguments.folder, Path(data), (width, height), arguments.text)
        try:
            photographer.walk()
        finally:
            photographer.window.close()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
