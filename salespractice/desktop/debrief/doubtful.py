"""An answer in which the words that may have been misheard are underlined with dots, each with how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from salespractice.desktop.look.colours import colours
from salespractice.language.transcript import Transcript, Word

DOUBTFUL = 0.5
"""Words that are less probable than this are as likely wrong as right."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Doubtful", words)


def doubtful_words(answer: Transcript) -> list[tuple[int, Word]]:
    """Where in the text each doubtful word begins. A word that the text spells otherwise is left out."""
    found, at = [], 0
    for word in answer.words:
        letters = word.text.strip()
        place = answer.text.find(letters, at) if letters else -1
        if place < 0:
            continue
        at = place + len(letters)
        if word.probability < DOUBTFUL:
            found.append((place, word))
    return found


def how_sure(word: Word) -> str:
    """How sure it is, as a person reads it."""
    return _tr("“{word}”: heard with {percent} % certainty").format(
        word=word.text.strip(" .,;:!?"), percent=round(100 * word.probability)
    )


class DoubtfulText(QWidget):
    """`text`, with the words at `doubtful` underlined; the mouse over one tells how sure it is.

    A label could not: its rich text knows no dotted lines.
    """

    def __init__(self, text: str, doubtful: Sequence[tuple[int, Word]]) -> None:
        super().__init__()
        self._doubtful = tuple(doubtful)
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setPlainText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(1)
        self.setAccessibleName(text)
        self.setAccessibleDescription(". ".join(how_sure(word) for _, word in doubtful))
        self._dress()

    def word_at(self, place: QPointF) -> Word | None:
        """The doubtful word at a place in this widget."""
        letter = self._document.documentLayout().hitTest(place, Qt.HitTestAccuracy.ExactHit)
        for start, word in self._doubtful:
            if start <= letter < start + len(word.text.strip()):
                return word
        return None

    def sizeHint(self) -> QSize:
        """In one line, unless that is very long."""
        return QSize(min(600, round(self._document.idealWidth())), self.heightForWidth(600))

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped text."""
        self._document.setTextWidth(width)
        height = round(self._document.size().height())
        self._document.setTextWidth(self.width())
        return height

    def event(self, event: QEvent) -> bool:
        """Tells how sure a word is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            word = self.word_at(QPointF(event.pos()))
            if word is not None:
                QToolTip.showText(event.globalPos(), how_sure(word), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another scheme or text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text in the ordinary ink."""
        self._document.setTextWidth(self.width())
        painter = QPainter(self)
        context = self._document.documentLayout().PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, self.palette().color(QPalette.ColorRole.WindowText))
        self._document.documentLayout().draw(painter, context)

    def _dress(self) -> None:
        self._document.setDefaultFont(self.font())
        dotted = QTextCharFormat()
        dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dotted.setUnderlineColor(colours(self.palette()).warm)
        for start, word in self._doubtful:
            cursor = QTextCursor(self._document)
            cursor.setPosition(start)
            cursor.setPosition(start + len(word.text.strip()), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(dotted)
        self.updateGeometry()
        self.update()
