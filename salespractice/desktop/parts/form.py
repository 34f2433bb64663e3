"""Rows of a label and what is chosen there: side by side where there is room, else one above the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from salespractice.desktop.look.scale import XS, S, em
from salespractice.desktop.parts.text import text

_LABELS, _NARROW = 8, 24
"""The width of the labels, and the width of the form below which they stand above, in lines' heights."""


class Form(QWidget):
    """Add rows; a field without an accessible name takes the label's."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S + XS)
        self._rows: list[tuple[QBoxLayout, QLabel]] = []

    def add(self, words: str, field: QWidget, *beside: QWidget) -> None:
        """A row with a label; `beside` stands to the right of the field."""
        label = text("body", words)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(words)
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(field, 1)
        for widget in beside:
            line.addWidget(widget)
        self._add_row(label, line)

    def add_under(self, widget: QWidget) -> None:
        """Something that belongs to the row above."""
        line = QHBoxLayout()
        line.addWidget(widget, 1)
        self._add_row(text("body"), line)

    def _add_row(self, label: QLabel, line: QHBoxLayout) -> None:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(XS)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(line, 1)
        self._column.addLayout(row)
        self._rows.append((row, label))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < em(self, _NARROW)
        for row, label in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
            label.setFixedWidth(em(self, _LABELS))
            label.setVisible(bool(label.text()) or not narrow)
