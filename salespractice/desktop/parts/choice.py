"""A box to choose one of a few things, with an arrow that the style sheet would leave out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import M, S, em
from salespractice.desktop.parts.glyphs import paint


class Choice(QComboBox):
    """Named for screen readers from the start. The mouse wheel scrolls the page over it instead of changing it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not ours."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, the choice cut with dots where it is too long, then the arrow."""
        scheme = colours(self.palette())
        side = em(self, 1)
        box = QRectF(self.width() - side - S, (self.height() - side) / 2, side, side)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = round(box.left()) - M - S
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        paint(painter, "down", box, QColor(scheme.text if self.isEnabled() else scheme.quiet), 2)
