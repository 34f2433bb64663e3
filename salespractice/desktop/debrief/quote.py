"""A quote that can be heard: press it, and that second of the take plays."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout

from salespractice.coaching.moment import Citation, clipped
from salespractice.desktop import wording
from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import XS, M, S
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.moment_player import MomentPlayer
from salespractice.desktop.parts.card import PressableCard
from salespractice.desktop.parts.glyphs import paint
from salespractice.desktop.parts.layout import column
from salespractice.desktop.parts.picture import Painted
from salespractice.desktop.parts.text import body, small


def _tr(words: str) -> str:
    return QCoreApplication.translate("Quote", words)


class PlayMark(Painted):
    """A triangle in a disc, a square while it plays."""

    def __init__(self, lines: float = 1.7) -> None:
        super().__init__(lines)
        self.plays = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the accent colour, because it can be pressed."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.accent if self.isEnabled() else scheme.line))
        box = QRectF(self.rect())
        painter.drawEllipse(box)
        ink = QColor(scheme.on_accent if self.isEnabled() else scheme.quiet)
        paint(painter, "stop" if self.plays else "play", box, ink)


class Hearable(PressableCard):
    """Something that was said and can be heard: a play mark and `words` beside it, a column that the caller fills.

    What was typed is shown and cannot be pressed.
    """

    def __init__(
        self,
        citation: Citation,
        look_back: LookBack,
        player: MomentPlayer,
        key: object,
        name: str,
        *,
        compact: bool = False,
    ) -> None:
        turn = look_back.turn(citation.turn)
        self._path = look_back.takes / turn.take if turn is not None and turn.take else None
        self._citation = citation
        self._player = player
        self._key = key
        super().__init__(citation, _tr("Play {what}").format(what=name) if self._path else name, framed=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(*((XS,) * 4 if compact else (S, S, M, S)))
        line.setSpacing(M)
        self._mark = PlayMark(1.2 if compact else 1.7)
        self.words = column(XS)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self.words, 1)
        if self._path is None:
            # Words that were typed are still meant to be read, so the card is not disabled but stands outside.
            self._mark.hide()
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self.play)
        player.playing.connect(self._show_playing)

    @property
    def playable(self) -> bool:
        """Whether there is a take to hear."""
        return self._path is not None

    @Slot()
    def play(self) -> None:
        """Hear it, or stop hearing it."""
        if self._path is not None:
            self._player.play(self._key, self._path, self._citation.start or 0.0, self._citation.end)

    @Slot(object)
    def _show_playing(self, key: object) -> None:
        plays = key is not None and key == self._key
        if plays != self._mark.plays:
            self._mark.plays = plays
            self._mark.update()


class Quote(Hearable):
    """The rep's words from one moment, with turn and second."""

    shortened = True

    def __init__(self, citation: Citation, look_back: LookBack, player: MomentPlayer, key: object) -> None:
        quoted = clipped(citation.quote) if self.shortened else citation.quote
        where = wording.place(citation)
        super().__init__(citation, look_back, player, key, f"“{quoted}”, {where}")
        self.words.addWidget(body(f"“{quoted}”" if self.shortened else quoted))
        if self.shortened:
            self.words.addWidget(small(where))
