"""How it sounded: facts about the delivery, each with the second where it can be heard. Lower down, and no marks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from salespractice.coaching.moment import Citation, clipped
from salespractice.coaching.sounded import Fact, Sounded
from salespractice.desktop import wording
from salespractice.desktop.debrief.quote import Hearable, PlayMark
from salespractice.desktop.look.scale import XS, M, S
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.moment_player import MomentPlayer
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import column, row
from salespractice.desktop.parts.text import body, quiet, small

FIRST = 3
"""Moments that can be heard of one fact; where the others are is told."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sounded", words)


class FactShown(Hearable):
    """A fact that has one moment: press it to hear that."""

    def __init__(self, fact: Fact, citation: Citation, look_back: LookBack, player: MomentPlayer) -> None:
        where = wording.place(citation)
        if fact.cited_for:
            where = f"{where} · {fact.cited_for}"
        super().__init__(citation, look_back, player, ("sounded", fact), f"{fact.what} {where}")
        self.words.addWidget(body(fact.what))
        self.words.addWidget(small(where))


class ShortQuote(Hearable):
    """A few words around a filler."""

    def __init__(self, citation: Citation, look_back: LookBack, player: MomentPlayer) -> None:
        quoted, where = clipped(citation.quote), wording.place(citation)
        super().__init__(citation, look_back, player, ("sounded", citation), f"“{quoted}”, {where}", compact=True)
        self.words.addWidget(small(f"“{quoted}” · {where}"))


def sounded_card(sounded: Sounded, look_back: LookBack, player: MomentPlayer) -> Card:
    """All facts of a practice in one card."""
    card = Card("plain", S)
    card.column.addWidget(quiet(f"{_tr('Facts to listen to, no marks.')} {sounded.note}"))
    for fact in sounded.facts:
        if len(fact.citations) == 1:
            card.column.addWidget(FactShown(fact, fact.citations[0], look_back, player))
        else:
            card.column.addLayout(_with_quotes(fact, look_back, player))
    return card


def _with_quotes(fact: Fact, look_back: LookBack, player: MomentPlayer) -> QHBoxLayout:
    """A fact with several moments, the first few of which are shown. Its words stand where those of the others do."""
    line = row(M - XS)
    line.setContentsMargins(S, S, M, S)
    room = PlayMark()
    room.setSizePolicy(_keeping_its_room(room))
    room.hide()
    line.addWidget(room, 0, Qt.AlignmentFlag.AlignTop)
    words = column(0)
    what = body(fact.what)
    what.setContentsMargins(XS, 0, 0, XS)
    words.addWidget(what)
    for citation in fact.citations[:FIRST]:
        words.addWidget(ShortQuote(citation, look_back, player))
    others = sorted({citation.turn for citation in fact.citations[FIRST:]})
    if others:
        more = small(_tr("More in turn {numbers}.").format(numbers=", ".join(map(str, others))))
        more.setContentsMargins(XS, 0, 0, 0)
        words.addWidget(more)
    line.addLayout(words, 1)
    return line


def _keeping_its_room(widget: QWidget) -> QSizePolicy:
    """The widget's policy, so that it takes its room while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    return policy
