"""Which sound devices are connected: when asked, when the system says that one came or went, and while none is open.

PortAudio can only look while nothing is open, so the meter gives its microphone back for it. Nobody wants that every
few seconds; hence a look by itself only where nothing is listened to, or something has really happened.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from salespractice.audio.microphone import Device
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.practice.microphone_check import MicrophoneCheck
from salespractice.problem import Problem

_EVERY = 3000  # milliseconds
_SETTLING = 800  # milliseconds; a device comes in several steps

SOUND_NODES = Path("/dev/snd")
"""Where Linux shows the devices that are plugged in."""

Devices = tuple[list[Device], list[Device]]
"""Microphones and speakers."""


class DeviceWatch(QObject):
    """From `start` to `stop`. `found` carries `Devices`, on `look` always, else only where they are other ones."""

    found = Signal(object)
    trouble = Signal(object)

    def __init__(
        self, equipment: Equipment, check: MicrophoneCheck, parent: QObject, nodes: Path = SOUND_NODES
    ) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._check = check
        self._known: Devices | None = None
        self._looking = False
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._look_if_idle)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLING)
        self._settled.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        if nodes.is_dir():
            self._watcher.addPath(str(nodes))
        self._watcher.directoryChanged.connect(self._something_happened)

    def start(self) -> None:
        """Look now, and watch."""
        self._running = True
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Watch no more."""
        self._running = False
        self._timer.stop()
        self._settled.stop()

    @Slot()
    def look(self) -> None:
        """Look now; what is listened to or played is given back for it."""
        if self._looking or not self._running:
            return
        self._looking = True
        check, equipment = self._check, self._equipment
        check.no_more()

        def look() -> Devices:
            check.stop_now()
            return equipment.devices_anew()

        equipment.background.run(look, self._have_devices, self._no_devices, "devices")

    @Slot()
    def _look_if_idle(self) -> None:
        if self._looking or self._check.busy:
            return
        self._looking = True
        sound = self._equipment.sound
        self._equipment.background.run(
            lambda: (sound.microphones(), sound.speakers()), self._have_others, self._nothing_new, "devices"
        )

    @Slot(str)
    def _something_happened(self, _: str) -> None:
        if self._running:
            self._settled.start()

    def _have_devices(self, devices: Devices) -> None:
        self._looking = False
        self._known = devices
        if self._running:
            self.found.emit(devices)

    def _no_devices(self, problem: Problem) -> None:
        self._looking = False
        if self._running:
            self.trouble.emit(problem)

    def _have_others(self, devices: Devices) -> None:
        if devices != self._known:
            self._have_devices(devices)
        self._looking = False

    def _nothing_new(self, _: Problem) -> None:
        self._looking = False
