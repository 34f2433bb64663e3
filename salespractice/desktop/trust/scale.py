"""A bar from 0 to 1 with what is known beside it: what a rule reaches, what a person reaches, how sure the bar is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from salespractice.coaching.validation import Row
from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import em

_HEIGHT = 1.1
"""In lines' heights."""


class Compared(QWidget):
    """The picture of a row; the numbers stand under it in words, so it has no name of its own."""

    def __init__(self, one: Row) -> None:
        super().__init__()
        self._one = one
        self._human = float(one.human) if one.human.replace(".", "").isdigit() else None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(em(self, _HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar and its marks."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, middle = self.height() * 0.5, self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.line))
        painter.drawRoundedRect(QRectF(0, middle - height / 2, self.width(), height), height / 2, height / 2)
        painter.setBrush(QColor(scheme.accent))
        painter.drawRoundedRect(
            QRectF(0, middle - height / 2, self._at(self._one.ours), height), height / 2, height / 2
        )
        # Pale around it, so that it shows on the bar and beside it.
        for colour, width in ((scheme.surface, 4.0), (scheme.text, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(self._at(self._one.low), middle), QPointF(self._at(self._one.high), middle))
        for value, style in ((self._one.floor, Qt.PenStyle.DotLine), (self._human, Qt.PenStyle.SolidLine)):
            if value is not None:
                painter.setPen(QPen(QColor(scheme.text), 2, style))
                painter.drawLine(QPointF(self._at(value), 0), QPointF(self._at(value), self.height()))

    def _at(self, value: float) -> float:
        return max(0.0, min(1.0, value)) * self.width()
