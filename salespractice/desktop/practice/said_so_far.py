"""The conversation so far: the customer's lines and the rep's words as they are heard, the newest at the bottom."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import XL, XS, M, S
from salespractice.desktop.parts.layout import clear
from salespractice.desktop.parts.text import body, small, text


class LiveWords(QLabel):
    """An answer while it is spoken: what is certain, and behind it, in quieter ink, the guess.

    Nothing is announced: a screen reader would talk into the rep's own words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.certain, self.guess = "", ""
        self.setProperty("kind", "body")
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self.setTextFormat(Qt.TextFormat.RichText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """All of them."""
        return " ".join(filter(None, (self.certain, self.guess)))

    def show_words(self, certain: str, guess: str) -> None:
        """Show these in place of what was there."""
        self.certain, self.guess = certain, guess
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Light and dark have inks of their own."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def _write(self) -> None:
        quiet = colours(self.palette()).quiet
        guess = f'<span style="color:{quiet}">{escape(self.guess)} …</span>'
        words = " ".join(filter(None, (escape(self.certain), guess)))
        if words != self.text():
            self.setText(words)


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
        self._line: QVBoxLayout | None = None
        self._live: tuple[QWidget, LiveWords] | None = None
        self._name = ""
        self.verticalScrollBar().rangeChanged.connect(self._to_bottom)

    def begin(self, name: str) -> None:
        """A new conversation, with the customer of this name."""
        clear(self._turns)
        self._answers = {}
        self._line = self._live = None
        self._name = name
        self._empty.show()

    def add_line(self, words: str) -> None:
        """The customer says something."""
        self._empty.hide()
        _, self._line = self._add("plain", self._name, body(words))

    def note_cut(self) -> None:
        """The last line was spoken over."""
        if self._line is not None:
            self._line.addWidget(small(self.tr("You cut in here.")))

    def show_caption(self, certain: str, guess: str) -> None:
        """What is heard of the answer that is being spoken."""
        if self._live is None:
            self._empty.hide()
            live = LiveWords()
            bubble, _ = self._add("accent", self.tr("You"), live)
            self._live = bubble, live
        self._live[1].show_words(certain, guess)

    def drop_caption(self) -> None:
        """The answer that was being spoken was none."""
        live, self._live = self._live, None
        if live is not None:
            live[0].hide()
            live[0].deleteLater()

    def set_answer(self, number: int, words: str) -> None:
        """The rep's words in turn `number`, at first or better understood. They stand where the caption was."""
        if number in self._answers:
            self._answers[number].setText(words)
            return
        self.drop_caption()
        self._empty.hide()
        said = self._answers[number] = body(words)
        self._add("accent", self.tr("You"), said)

    @property
    def answers(self) -> dict[int, str]:
        """The rep's words by turn."""
        return {number: label.text() for number, label in self._answers.items()}

    @property
    def caption(self) -> str:
        """The words of the answer that is being spoken."""
        return self._live[1].words if self._live is not None else ""

    def _add(self, kind: str, who: str, said: QLabel) -> tuple[QWidget, QVBoxLayout]:
        around = QWidget()
        bubble = QFrame()
        bubble.setProperty("card", kind)
        for widget in (around, bubble):
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            widget.setSizePolicy(policy)
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(M, S + 2, M, S + 2)
        inside.setSpacing(XS)
        inside.addWidget(text("label", who, wraps=False))
        inside.addWidget(said)
        line = QHBoxLayout(around)
        line.setContentsMargins(XL if kind == "accent" else 0, 0, 0 if kind == "accent" else XL, 0)
        line.addWidget(bubble)
        self._turns.addWidget(around)
        return around, inside

    @Slot(int, int)
    def _to_bottom(self, _: int, bottom: int) -> None:
        self.verticalScrollBar().setValue(bottom)
