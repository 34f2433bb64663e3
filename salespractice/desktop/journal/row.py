"""How one practice looks in the journal: title and customer, how it ended, when it was."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from salespractice.desktop import wording
from salespractice.desktop.journal.entries import ENTRY
from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import RADIUS, SMALL, XS, L, M, S
from salespractice.journal.journal import Entry

_Index = QModelIndex | QPersistentModelIndex


class EntryRow(QStyledItemDelegate):
    """A card of three lines; text that does not fit ends in dots."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Grows with the text."""
        title, words, small = _fonts()
        height = sum(QFontMetrics(font).height() for font in (title, words, small))
        return QSize(200, height + 2 * M + 2 * XS + S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The card, its words, and the focus."""
        entry: Entry = index.data(ENTRY)
        scheme = colours(QApplication.palette())
        state = option.state
        box = QRect(option.rect).adjusted(2, 2, -2, -S)
        selected = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(scheme.accent if selected or hovered else scheme.line)
        painter.setPen(QPen(edge, 2 if selected else 1))
        painter.setBrush(QColor(scheme.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        title, words, small = _fonts()
        inner = box.adjusted(L, M, -L, -M)
        top = inner.top()
        date = wording.when(entry.started)
        width = QFontMetrics(small).horizontalAdvance(date)
        top = _line(painter, title, scheme.text, QRect(inner.left(), top, inner.width() - width - M, 0), entry.title)
        _line(painter, small, scheme.quiet, QRect(inner.right() - width, inner.top(), width + 1, 0), date)
        ended = wording.how_it_ended(entry)
        top = _line(painter, words, scheme.text, QRect(inner.left(), top + XS, inner.width(), 0), ended)
        whom = f"{entry.customer} · {wording.turns(entry.turns)}"
        _line(painter, small, scheme.quiet, QRect(inner.left(), top + XS, inner.width(), 0), whom)
        painter.restore()


def _fonts() -> tuple[QFont, QFont, QFont]:
    words = QFont(QApplication.font())
    title, small = QFont(words), QFont(words)
    title.setWeight(QFont.Weight.DemiBold)
    small.setPointSizeF(words.pointSizeF() * SMALL)
    return title, words, small


def _line(painter: QPainter, font: QFont, colour: str, box: QRect, words: str) -> int:
    """Write one line at the top of `box`; where the next one begins."""
    metrics = QFontMetrics(font)
    box.setHeight(metrics.height())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return box.bottom() + 1
