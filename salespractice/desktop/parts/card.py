"""Cards: a quiet frame around things that belong together, and one that can be pressed as a whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import RADIUS, L, M, S


class Card(QFrame):
    """A frame with a column in it. `kind` is plain, accent or warm."""

    def __init__(self, kind: str = "plain", spacing: int = S, margins: int = L) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(spacing)
        self.column.setContentsMargins(margins, margins - 4, margins, margins - 4)


class PressableCard(QAbstractButton):
    """A card that is one button; give it a layout of labels. `chosen` carries what the card stands for."""

    chosen = Signal(object)

    def __init__(self, stands_for: object, name: str, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stands_for = stands_for
        self._framed = framed
        self._under_mouse = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._tell)

    def contents_column(self, spacing: int = S, margins: int = M) -> QVBoxLayout:
        """Make and return the card's column."""
        layout = QVBoxLayout(self)
        layout.setSpacing(spacing)
        layout.setContentsMargins(margins, margins, margins, margins)
        return layout

    def _tell(self) -> None:
        self.chosen.emit(self._stands_for)

    def sizeHint(self) -> QSize:
        """As large as what is in it."""
        layout = self.layout()
        return layout.totalSizeHint() if layout else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """As small as what is in it."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout else QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        """Its text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped text."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else self.sizeHint().height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self._under_mouse = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to rest."""
        self._under_mouse = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface, border, and a strong one with the focus."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isDown() or (self._under_mouse and self.isEnabled() and not self._framed):
            fill: str | None = scheme.accent_soft
        else:
            fill = scheme.surface if self._framed else None
        painter.setPen(Qt.PenStyle.NoPen)
        if fill is not None:
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(QColor(scheme.accent), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        elif self._framed:
            painter.setPen(QPen(QColor(scheme.accent if self._under_mouse else scheme.line), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
