"""From the practice's threads to the window's: every event becomes one Qt signal."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from salespractice.events import Event


class Bridge(QObject):
    """Give `tell` to a practice, connect to `told`. The signal arrives in the thread of whoever connected."""

    told = Signal(object)

    def __init__(self, also: Callable[[Event], None] | None = None, parent: QObject | None = None) -> None:
        """`also` is told first, in the practice's own thread."""
        super().__init__(parent)
        self._also = also

    def tell(self, event: Event) -> None:
        """Pass one event on; may be called from any thread."""
        if self._also is not None:
            self._also(event)
        self.told.emit(event)
