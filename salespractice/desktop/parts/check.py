"""A box to tick, as large as the text beside it and seen in both schemes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import S, em
from salespractice.desktop.parts.glyphs import paint

_BOX = 1.1
"""In lines' heights."""


class Check(QCheckBox):
    """Space ticks it; Enter is left to the page."""

    def __init__(self, words: str, explained: str) -> None:
        """`explained` is for screen readers and the mouse."""
        super().__init__(words)
        self.setAccessibleDescription(explained)
        self.setToolTip(explained)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The box, the words, and room for the focus around them."""
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(words.width() + em(self, _BOX) + 3 * S, max(words.height(), em(self, _BOX)) + S)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is not ours."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame, filled and with a tick in it when it is chosen."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = em(self, _BOX)
        box = QRectF(S / 2, (self.height() - side) / 2, side, side).adjusted(1, 1, -1, -1)
        chosen, strong = self.isChecked(), scheme.accent if self.isEnabled() else scheme.quiet
        painter.setPen(QPen(QColor(strong if chosen or self.underMouse() else scheme.border), 1.2))
        painter.setBrush(QColor(strong if chosen else scheme.surface))
        painter.drawRoundedRect(box, 4, 4)
        if chosen:
            paint(painter, "check", box, QColor(scheme.on_accent if self.isEnabled() else scheme.window), 3)
        painter.setPen(QColor(scheme.text if self.isEnabled() else scheme.quiet))
        words = self.rect().adjusted(side + S + S // 2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(scheme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
