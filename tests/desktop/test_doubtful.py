"""Words that may have been misheard are marked where they stand, and said to be so."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible, QFontMetricsF
from pytestqt.qtbot import QtBot

from salespractice.desktop.debrief.doubtful import DoubtfulText, doubtful_words, how_sure
from salespractice.language.transcript import Transcript, Word

SAID = Transcript(
    "The the Pythia plan, for Goole.",
    (
        Word(" The", 0, 1, 0.9),
        Word(" the", 1, 2, 0.4),
        Word(" Pythia", 2, 3, 0.31),
        Word(" plan,", 3, 4, 0.5),
        Word(" four", 4, 5, 0.1),
        Word(" Goole.", 5, 6, 0.2),
    ),
)


def test_found_in_order_and_where_they_stand() -> None:
    assert [(place, word.text.strip()) for place, word in doubtful_words(SAID)] == [
        (4, "the"),
        (8, "Pythia"),
        (25, "Goole."),  # "four" is spelled otherwise in the text
    ]
    assert doubtful_words(Transcript("typed")) == []


def test_mouse_and_screen_reader_learn_how_sure(qtbot: QtBot) -> None:
    doubtful = doubtful_words(SAID)
    widget = DoubtfulText(SAID.text, doubtful)
    qtbot.addWidget(widget)
    widget.resize(600, 40)
    widget.show()
    widget.grab()
    metrics = QFontMetricsF(widget.font())
    word = widget.word_at(QPointF(metrics.horizontalAdvance("The the Pyt"), metrics.height() / 2))
    assert word is not None
    assert how_sure(word) == "“Pythia”: heard with 31 % certainty"
    assert widget.word_at(QPointF(1, metrics.height() / 2)) is None
    spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)
    assert "“Goole”: heard with 20 % certainty" in spoken
