"""The whole conversation with its takes: the customer's line, the rep's words, and what they did to the customer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salespractice.coaching.moment import Citation
from salespractice.desktop import wording
from salespractice.desktop.debrief.doubtful import DoubtfulText, doubtful_words, how_sure
from salespractice.desktop.debrief.quote import Hearable
from salespractice.desktop.look.scale import XL, XS, M, S
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.moment_player import MomentPlayer
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import row
from salespractice.desktop.parts.picture import Sign
from salespractice.desktop.parts.text import body, quiet, small, text
from salespractice.roleplay.turn import Turn


def _tr(words: str) -> str:
    return QCoreApplication.translate("Transcript", words)


class WholeConversation(QWidget):
    """Every turn of a practice, and the customer's last words where they are known."""

    def __init__(self, look_back: LookBack, player: MomentPlayer) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(M)
        name = wording.first_name(look_back.scenario.customer.name)
        moments = look_back.debrief.moments if look_back.debrief else ()
        if any(doubtful_words(turn.answer) for turn in look_back.turns):
            layout.addWidget(small(_tr("Words with a dotted line may have been heard wrongly.")))
        for turn in look_back.turns:
            layout.addWidget(_bubble("plain", name, turn.line.text))
            layout.addLayout(self._answer(turn, look_back, player))
            # One and the same remark may count for several dimensions; here it is read once.
            here = {moment.what: moment for moment in moments if moment.citation.turn == turn.number}
            for moment in here.values():
                note = row(S)
                note.setContentsMargins(XL + M, 0, 0, S)
                note.addWidget(Sign("strength" if moment.helped else "change", 1.1), 0, Qt.AlignmentFlag.AlignTop)
                note.addWidget(quiet(moment.what), 1)
                layout.addLayout(note)
        if look_back.last_line:
            layout.addWidget(_bubble("plain", name, look_back.last_line))

    def _answer(self, turn: Turn, look_back: LookBack, player: MomentPlayer) -> QVBoxLayout:
        around = QVBoxLayout()
        around.setContentsMargins(XL, 0, 0, 0)
        card = Card("accent", XS, M)
        card.column.addWidget(text("label", _tr("You, turn {number}").format(number=turn.number)))
        if turn.take:
            whole = Citation(turn.number, turn.answer.text or _tr("(nothing was heard)"), 0.0, None)
            card.column.addWidget(WholeAnswer(whole, look_back, player, turn))
        else:
            card.column.addWidget(body(turn.answer.text or _tr("(nothing was heard)")))
        around.addWidget(card)
        return around


class WholeAnswer(Hearable):
    """A whole answer: all of its words, all of its take; the words that may be wrong are marked."""

    def __init__(self, citation: Citation, look_back: LookBack, player: MomentPlayer, turn: Turn) -> None:
        name = f"“{citation.quote}”, {wording.place(citation)}"
        super().__init__(citation, look_back, player, ("turn", turn.number), name)
        doubtful = doubtful_words(turn.answer)
        if doubtful:
            self.words.addWidget(DoubtfulText(citation.quote, doubtful))
            self.setAccessibleDescription(". ".join(how_sure(word) for _, word in doubtful))
        else:
            self.words.addWidget(body(citation.quote))


def _bubble(kind: str, who: str, words: str) -> QWidget:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(0, 0, XL, 0)
    card = Card(kind, XS, M)
    card.column.addWidget(text("label", who))
    card.column.addWidget(body(words))
    layout.addWidget(card)
    return around
