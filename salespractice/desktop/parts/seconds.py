"""A box for a length in seconds, in steps of a tenth, with one choice that is no number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import S
from salespractice.desktop.parts.glyphs import paint

_STEP = 0.1
_ARROWS = 28
"""Pixels, as in the style sheet."""


class Seconds(QDoubleSpinBox):
    """`chosen` carries the seconds, or None for `otherwise`, which stands below the shortest.

    From `otherwise` the first step up goes to `usual`. The mouse wheel scrolls the page over it.
    """

    chosen = Signal(object)

    def __init__(self, name: str, shortest: float, longest: float, usual: float, otherwise: str) -> None:
        super().__init__()
        self._usual = usual
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDecimals(1)
        self.setSingleStep(_STEP)
        self.setRange(shortest - _STEP, longest)
        self.setSuffix(" s")
        self.setSpecialValueText(otherwise)
        self.lineEdit().setAccessibleName(name)
        self.lineEdit().setTextMargins(S, 0, 0, 0)
        # Half a number is no choice.
        self.setKeyboardTracking(False)
        self.valueChanged.connect(self._tell)

    @property
    def seconds(self) -> float | None:
        """What is chosen."""
        return None if self.value() <= self.minimum() else round(self.value(), 1)

    def show_seconds(self, seconds: float | None) -> None:
        """Show this as chosen, without telling."""
        self.blockSignals(True)
        self.setValue(self.minimum() if seconds is None else seconds)
        self.blockSignals(False)

    def stepBy(self, steps: int) -> None:
        """As the keyboard and the arrows do."""
        if self.seconds is None and steps > 0:
            self.setValue(self._usual)
        else:
            super().stepBy(steps)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the arrows that the style sheet leaves out."""
        super().paintEvent(event)
        scheme = colours(self.palette())
        painter = QPainter(self)
        side = self.height() * 0.4
        left = self.width() - _ARROWS / 2 - side / 2
        ink = QColor(scheme.text if self.isEnabled() else scheme.quiet)
        paint(painter, "up", QRectF(left, self.height() * 0.12, side, side), ink, 2)
        paint(painter, "down", QRectF(left, self.height() * 0.88 - side, side, side), ink, 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not ours."""
        event.ignore()

    @Slot(float)
    def _tell(self, _: float) -> None:
        self.chosen.emit(self.seconds)
