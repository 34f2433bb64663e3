"""Which microphone and speaker, proven at once: a bar that moves, a line that is heard, a sentence that is read."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from salespractice.audio.files import read_sound
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.scale import M
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.device_choice import DeviceChoice
from salespractice.desktop.parts.form import Form
from salespractice.desktop.parts.picture import LevelMeter
from salespractice.desktop.parts.text import small, text
from salespractice.desktop.practice.device_watch import Devices, DeviceWatch
from salespractice.desktop.practice.microphone_check import HEARD, MicrophoneCheck
from salespractice.desktop.practice.sentence import SentenceTest
from salespractice.problem import Problem


class SoundCard(Card):
    """Listens while it is shown. `mended`: another device is tried, so that old trouble is over."""

    trouble = Signal(object)
    mended = Signal()

    def __init__(self, equipment: Equipment) -> None:
        super().__init__("plain", M)
        self._equipment = equipment
        self.check = MicrophoneCheck(equipment, self)
        self.microphones = DeviceChoice(self.tr("Microphone"))
        self.speakers = DeviceChoice(self.tr("Speaker"))
        self._meter = LevelMeter()
        self._heard = small(self.tr("Say a few words: the bar should move."))
        self.test = button(self.tr("Hear a line"))
        self.again = button(self.tr("Look again"))
        self.again.setAccessibleName(self.tr("Look again which devices are connected"))
        self.watch = DeviceWatch(equipment, self.check, self)
        self.sentence = SentenceTest(equipment, self.check)
        self.column.addWidget(text("lead", self.tr("Sound")))
        form = Form()
        form.add(self.tr("Microphone"), self.microphones, self.again)
        form.add_under(self._meter)
        form.add_under(self._heard)
        form.add(self.tr("Speaker"), self.speakers, self.test)
        form.add_under(self.sentence)
        self.column.addWidget(form)
        self.microphones.key_chosen.connect(self._choose_microphone)
        self.speakers.key_chosen.connect(self._choose_speaker)
        self.test.clicked.connect(self._play_line)
        self.check.level.connect(self._show_level)
        self.check.trouble.connect(self._lost)
        self.sentence.trouble.connect(self.trouble)
        self.again.clicked.connect(self.look_again)
        self.watch.found.connect(self._have_devices)
        self.watch.trouble.connect(self._lost)

    def enter(self) -> None:
        """Look for devices and listen."""
        self._heard.setText(self.tr("Looking for devices …"))
        self.sentence.reset()
        self.watch.start()

    def leave(self) -> None:
        """Stop listening."""
        self.watch.stop()
        self.check.stop()

    @Slot()
    def look_again(self) -> None:
        """For a device that was plugged in just now."""
        self.mended.emit()
        self._heard.setText(self.tr("Looking for devices …"))
        self.sentence.reset()
        self.watch.look()

    @Slot(object)
    def _have_devices(self, devices: Devices) -> None:
        settings = self._equipment.settings
        self.microphones.show_devices(devices[0], settings.microphone)
        self.speakers.show_devices(devices[1], settings.speaker)
        self.test.setEnabled(bool(devices[1]))
        self.sentence.setEnabled(bool(devices[0]))
        if not devices[0]:
            self._heard.setText(self.tr("No microphone was found. Connect one, or type your answers."))
        elif self.isVisible():
            self._listen()

    def _listen(self) -> None:
        self._heard.setText(self.tr("Say a few words: the bar should move."))
        self._meter.show_level(0)
        self.check.start(self._equipment.settings)

    @Slot(object)
    def _lost(self, problem: Problem) -> None:
        self._meter.show_level(0)
        self._heard.setText(self.tr("Nothing is listened to at the moment."))
        self.trouble.emit(problem)

    @Slot(object)
    def _choose_microphone(self, key: object) -> None:
        self.mended.emit()
        self._equipment.choose(microphone=key)
        self.sentence.reset()
        self._listen()

    @Slot(object)
    def _choose_speaker(self, key: object) -> None:
        self._equipment.choose(speaker=key)

    @Slot(float)
    def _show_level(self, level: float) -> None:
        self._meter.show_level(level)
        if level > HEARD:
            self._heard.setText(self.tr("You can be heard."))

    @Slot()
    def _play_line(self) -> None:
        """The first customer's first line, as in a practice."""
        equipment = self._equipment

        def play() -> None:
            for staged in equipment.scenarios:
                path = staged.sound_of(staged.scenario.start.id, 0)
                if path is not None:
                    equipment.speaker().play(read_sound(path), _nothing)
                    return
            raise Problem("There is no line to play.", "No scenario on this machine has recorded lines.")

        equipment.background.run(play, _ignore, self.trouble.emit, "line to hear")


def _nothing() -> None:
    """The line has been heard."""


def _ignore(_: object) -> None:
    """It plays."""
