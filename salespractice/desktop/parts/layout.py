"""How pages are laid out: stacks with the right distances, and one centred column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from salespractice.desktop.look.scale import READING_WIDTH, XL, L, M, S, em
from salespractice.desktop.parts.text import heading


def column(spacing: int = M, margins: int = 0) -> QVBoxLayout:
    """A vertical layout."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    return layout


def row(spacing: int = S) -> QHBoxLayout:
    """A horizontal layout without margins."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    return layout


def dividing_line() -> QFrame:
    """A thin horizontal line."""
    line = QFrame()
    line.setProperty("line", "true")
    line.setFixedHeight(1)
    return line


def part_heading(words: str) -> QVBoxLayout:
    """The heading of a part further down."""
    layout = column(0)
    layout.addSpacing(L)
    layout.addWidget(heading(words))
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Foot(QWidget):
    """What stays in sight under a `ReadingColumn`, as wide as that and behind a thin line."""

    def __init__(self, spacing: int = S) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(dividing_line())
        middle = QHBoxLayout()
        middle.setContentsMargins(XL, M, XL, M)
        self._column = QWidget()
        middle.addStretch(1)
        middle.addWidget(self._column, 1000)
        middle.addStretch(1)
        around.addLayout(middle)
        self.content = QVBoxLayout(self._column)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(spacing)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text has a wider column."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(em(self, READING_WIDTH))


class ReadingColumn(QScrollArea):
    """A page that scrolls: its `content` is a column no wider than one likes to read, in the middle."""

    def __init__(self, width: float = READING_WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Window)
        around = QHBoxLayout(page)
        around.setContentsMargins(XL, L, XL, XL)
        self._column = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._column.setSizePolicy(policy)
        around.addStretch(1)
        around.addWidget(self._column, 1000)
        around.addStretch(1)
        self.content = QVBoxLayout(self._column)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(M)
        self.setWidget(page)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text has a wider column."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        self._column.setMaximumWidth(em(self, self._width))
