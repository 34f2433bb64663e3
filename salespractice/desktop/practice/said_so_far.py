"""The conversation so far: the customer's lines and the rep's words as they were heard, the newest at the bottom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from salespractice.desktop.look.scale import XL, XS, M, S
from salespractice.desktop.parts.layout import clear
from salespractice.desktop.parts.text import body, text


class SaidSoFar(QScrollArea):
    """Lines are added as they are said; an answer may be put right once it is understood better."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("The conversation so far"))
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Window)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(XS, S, S, S)
        self._column.setSpacing(M)
        self._empty = text("quiet", self.tr("What you and the customer say will stand here."))
        self._turns = QVBoxLayout()
        self._turns.setSpacing(M)
        self._column.addWidget(self._empty)
        self._column.addLayout(self._turns)
        self._column.addStretch(1)
        self.setWidget(page)
        self._answers: dict[int, QLabel] = {}
        self._name = ""
        self.verticalScrollBar().rangeChanged.connect(self._to_bottom)

    def begin(self, name: str) -> None:
        """A new conversation, with the customer of this name."""
        clear(self._turns)
        self._answers = {}
        self._name = name
        self._empty.show()

    def add_line(self, words: str) -> None:
        """The customer says something."""
        self._empty.hide()
        self._add("plain", self._name, words)

    def set_answer(self, number: int, words: str) -> None:
        """The rep's words in turn `number`, at first or better understood."""
        if number in self._answers:
            self._answers[number].setText(words)
        else:
            self._empty.hide()
            self._answers[number] = self._add("accent", self.tr("You"), words)

    @property
    def answers(self) -> dict[int, str]:
        """The rep's words by turn."""
        return {number: label.text() for number, label in self._answers.items()}

    def _add(self, kind: str, who: str, words: str) -> QLabel:
        bubble = QFrame()
        bubble.setProperty("card", kind)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        bubble.setSizePolicy(policy)
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(M, S + 2, M, S + 2)
        inside.setSpacing(XS)
        inside.addWidget(text("label", who, wraps=False))
        said = body(words)
        inside.addWidget(said)
        line = QHBoxLayout()
        line.setSpacing(0)
        if kind == "accent":
            line.addSpacing(XL)
            line.addWidget(bubble)
        else:
            line.addWidget(bubble)
            line.addSpacing(XL)
        self._turns.addLayout(line)
        return said

    @Slot(int, int)
    def _to_bottom(self, _: int, bottom: int) -> None:
        self.verticalScrollBar().setValue(bottom)
