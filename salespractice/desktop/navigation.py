"""The way between the places: three buttons at the side, and how far speech recognition is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import XS, L, M, S, em
from salespractice.desktop.parts.glyphs import paint
from salespractice.desktop.parts.text import small, text

WIDTH = 11
"""Of the side, in lines' heights."""


class PlaceButton(QAbstractButton):
    """A picture and a word; checked while its place is shown."""

    def __init__(self, glyph: str, words: str) -> None:
        super().__init__()
        self._glyph = glyph
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the word and the picture."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + em(self, 2.2) + 2 * M, em(self, 1) + 2 * S + XS)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint with the mouse over it."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft ground and a bar when checked: not by colour alone."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(scheme.accent_soft))
            painter.drawRoundedRect(box, 8, 8)
        if self.isChecked():
            painter.setBrush(QColor(scheme.accent))
            painter.drawRoundedRect(QRectF(box.left() + 3, box.top() + S, 3, box.height() - 2 * S), 1.5, 1.5)
        ink = QColor(scheme.accent if self.isChecked() else scheme.text)
        side = em(self, 1.15)
        top = (self.height() - side) / 2
        paint(painter, self._glyph, QRectF(M, top, side, side), ink)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(ink)
        words = self.rect().adjusted(M + side + S + XS, 0, -S, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(scheme.accent), 2))
            painter.drawRoundedRect(box, 8, 8)


class Navigation(QWidget):
    """`went` carries the number of the place."""

    went = Signal(int)

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, L, M, L)
        layout.setSpacing(XS)
        name = text("lead", "SalesPractice", wraps=False)
        name.setContentsMargins(M, 0, 0, M)
        layout.addWidget(name)
        self._group = QButtonGroup(self)
        self.buttons: list[PlaceButton] = []
        for number, (glyph, words) in enumerate(
            (
                ("practise", self.tr("Practise")),
                ("journal", self.tr("Journal")),
                ("settings", self.tr("Settings")),
            )
        ):
            place = PlaceButton(glyph, words)
            self._group.addButton(place, number)
            self.buttons.append(place)
            layout.addWidget(place)
        self._group.idClicked.connect(self.went)
        layout.addStretch(1)
        self._hearing = small()
        self._hearing.setContentsMargins(M, 0, 0, 0)
        layout.addWidget(self._hearing)
        equipment.hearing_changed.connect(self._show_hearing)
        self._show_hearing()
        self._fit()

    def show_place(self, number: int) -> None:
        """Check the button of the place that is shown."""
        self.buttons[number].setChecked(True)

    @Slot()
    def _show_hearing(self) -> None:
        self._hearing.setText(
            {
                Hearing.STARTING: self.tr("Speech recognition is getting ready …"),
                Hearing.READY: self.tr("Ready to listen. Nothing leaves this computer."),
                Hearing.MISSING: self.tr("Speech recognition is missing; answers can be typed. See Settings."),
            }[self._equipment.hearing]
        )

    def changeEvent(self, event: QEvent) -> None:
        """A larger text needs a wider side."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(em(self, WIDTH))
