"""The banner of the conversation: what is wrong, and where it is the microphone, another one to choose."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from salespractice.audio.microphone import Device
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.parts.device_choice import DeviceChoice
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.problem import Problem


class MicrophoneTrouble(ProblemBanner):
    """`microphone_wanted` carries the key of the microphone to go on with, or `NONE`."""

    microphone_wanted = Signal(object)

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self.microphones = DeviceChoice(self.tr("Another microphone"), self.tr("No microphone – I will type"))
        self.microphones.key_chosen.connect(self.microphone_wanted)
        self.controls.addWidget(self.microphones)
        self.controls.addStretch(1)

    def show_problem(self, problem: Problem) -> None:
        """Show it; a problem says in words what it is about, so that is where the microphone is looked for."""
        super().show_problem(problem)
        about_microphone = "microphone" in problem.what.lower()
        self.microphones.setVisible(about_microphone)
        if about_microphone:
            self._look()

    @Slot()
    def offer(self) -> None:
        """Let another microphone be chosen although nothing is wrong."""
        super().show_problem(Problem(self.tr("Which microphone would you like to go on with?")))
        self.microphones.show()
        self.microphones.setFocus()
        self._look()

    def _look(self) -> None:
        self.microphones.show_devices([], self._equipment.settings.microphone)
        self._equipment.background.run(
            self._equipment.sound.microphones, self._have_microphones, self._no_microphones, "microphones"
        )

    def _have_microphones(self, devices: list[Device]) -> None:
        self.microphones.show_devices(devices, self._equipment.settings.microphone)

    def _no_microphones(self, _: Problem) -> None:
        """The banner says already that sound does not work."""
