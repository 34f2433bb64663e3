"""The banner of the conversation: what is wrong, and where it is the microphone, another one to choose."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from salespractice.audio.microphone import Device
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.scale import S
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.device_choice import DeviceChoice
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.problem import Problem


class MicrophoneTrouble(ProblemBanner):
    """`microphone_wanted` carries the key of the microphone to go on with, or `NONE`."""

    microphone_wanted = Signal(object)

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self.microphone_is_lost = False
        self.microphones = DeviceChoice(self.tr("Another microphone"), self.tr("No microphone – I will type"))
        self.microphones.key_chosen.connect(self.microphone_wanted)
        self.use = button(self.tr("Use this one"), by_keyboard_only=True)
        self.use.setAccessibleName(self.tr("Go on with this microphone"))
        self.use.clicked.connect(self._use)
        self.again = button(self.tr("Look again"), by_keyboard_only=True)
        self.again.setAccessibleName(self.tr("Look again which microphones are connected"))
        self.again.clicked.connect(self._look_again)
        self.controls.setSpacing(S)
        self.controls.addWidget(self.microphones, 1)
        self.controls.addWidget(self.use)
        self.controls.addWidget(self.again)

    def show_problem(self, problem: Problem) -> None:
        """Show it; a problem says in words what it is about, so that is where the microphone is looked for."""
        super().show_problem(problem)
        what = problem.what.lower()
        # One that is muted is still listened to, and goes on by itself.
        self.microphone_is_lost = "microphone" in what and "muted" not in what
        self._offer("microphone" in what)

    @Slot()
    def offer(self) -> None:
        """Let another microphone be chosen although nothing is wrong."""
        super().show_problem(Problem(self.tr("Which microphone would you like to go on with?")))
        self._offer(True)
        self.microphones.setFocus()

    def _offer(self, about_microphone: bool) -> None:
        for widget in (self.microphones, self.use, self.again):
            widget.setVisible(about_microphone)
        if about_microphone:
            self._look()

    @Slot()
    def _use(self) -> None:
        self.microphone_wanted.emit(self.microphones.key)

    def _look(self) -> None:
        """What is known already. The customer may be speaking, so the speaker stays open."""
        self.microphones.show_devices([], self._equipment.settings.microphone)
        self._equipment.background.run(
            self._equipment.sound.microphones, self._have_microphones, self._no_microphones, "microphones"
        )

    @Slot()
    def _look_again(self) -> None:
        """What was plugged in since; that falls silent what is being said."""
        self.again.setEnabled(False)
        self._equipment.background.run(
            lambda: self._equipment.devices_anew()[0], self._have_microphones, self._no_microphones, "microphones"
        )

    def _have_microphones(self, devices: list[Device]) -> None:
        self.again.setEnabled(True)
        self.microphones.show_devices(devices, self._equipment.settings.microphone)

    def _no_microphones(self, _: Problem) -> None:
        """The banner says already that sound does not work."""
        self.again.setEnabled(True)
