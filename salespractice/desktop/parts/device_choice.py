"""A box to choose one of this machine's sound devices, by name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from salespractice.audio.microphone import Device
from salespractice.desktop.parts.choice import Choice

NONE = "none"
"""What stands for no device at all."""

Key = tuple[str, str]


class DeviceChoice(Choice):
    """`key_chosen` carries (sound system, name), None for the machine's default, or `NONE`."""

    key_chosen = Signal(object)

    def __init__(self, name: str, without: str = "") -> None:
        """`without` is the text of the choice for no device; empty: there is no such choice."""
        super().__init__(name)
        self.setMinimumContentsLength(18)
        self._without = without
        self.show_devices([], None)
        self.activated.connect(self._tell)

    @property
    def key(self) -> object:
        """What is chosen now."""
        return self.currentData()

    def show_devices(self, devices: Sequence[Device], chosen: Key | str | None) -> None:
        """Offer these. A chosen one that is not connected stays in the list and says so."""
        self.clear()
        default = next((device.name for device in devices if device.is_default), "")
        usual = (
            self.tr("The system's choice ({name})").format(name=default) if default else self.tr("The system's choice")
        )
        self.addItem(usual, None)
        hosts = {device.host for device in devices}
        for device in devices:
            label = f"{device.name} – {device.host}" if len(hosts) > 1 else device.name
            self.addItem(label, device.key)
        if isinstance(chosen, tuple) and all(device.key != chosen for device in devices):
            self.addItem(self.tr("{name} (not connected)").format(name=chosen[1]), chosen)
        if self._without:
            self.addItem(self._without, NONE)
        self.choose(chosen)

    def choose(self, key: Key | str | None) -> None:
        """Show this one as chosen, without telling."""
        for number in range(self.count()):
            if self.itemData(number) == key:
                self.setCurrentIndex(number)
                return
        self.setCurrentIndex(0)

    @Slot(int)
    def _tell(self, number: int) -> None:
        self.key_chosen.emit(self.itemData(number))
