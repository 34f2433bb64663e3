"""The parts of a debrief: one moment, one verdict, the checks, the needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salespractice.coaching.debrief import Answer, CheckAnswer, NeedSeen, Verdict
from salespractice.coaching.moment import Moment
from salespractice.desktop import wording
from salespractice.desktop.debrief.quote import Quote
from salespractice.desktop.look.scale import XS, M, S
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.moment_player import MomentPlayer
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import column, dividing_line, row
from salespractice.desktop.parts.picture import Sign
from salespractice.desktop.parts.text import body, quiet, small, text
from salespractice.roleplay.what_if import WhatIf
from salespractice.scenario.model import Outcome

FIRST = 3
"""Moments shown at once under a question; the rest one key away."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Debrief", words)


def answer_words(answer: Answer) -> str:
    """An answer as the rep reads it."""
    return {
        Answer.YES: _tr("Yes"),
        Answer.PARTLY: _tr("Partly"),
        Answer.NO: _tr("No"),
        Answer.COULD_NOT_TELL: _tr("Could not tell"),
    }[answer]


class MomentShown(QWidget):
    """What happened, the words it stands on, why it mattered to this customer."""

    def __init__(self, moment: Moment, look_back: LookBack, player: MomentPlayer, where: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(Quote(moment.citation, look_back, player, (where, moment)))
        sign = "strength" if moment.helped else "change"
        line = row(S + XS)
        line.setContentsMargins(S, 0, 0, 0)
        line.addWidget(Sign(sign, 1.15), 0, Qt.AlignmentFlag.AlignTop)
        words = column(XS)
        words.addWidget(text("strong", moment.what))
        words.addWidget(quiet(moment.why))
        line.addLayout(words, 1)
        layout.addLayout(line)


def first_card(kind: str, heading: str, moment: Moment, look_back: LookBack, player: MomentPlayer) -> Card:
    """The one strength, or the one change with the sentence to try."""
    card = Card("accent" if kind == "strength" else "warm", S)
    head = row(S)
    head.addWidget(Sign(kind, 1.3))
    head.addWidget(text("accent" if kind == "strength" else "warm", heading), 1)
    card.column.addLayout(head)
    card.column.addWidget(text("lead", moment.what))
    card.column.addWidget(Quote(moment.citation, look_back, player, (kind, moment)))
    card.column.addWidget(body(moment.why))
    if moment.try_saying:
        card.column.addSpacing(XS)
        card.column.addWidget(try_saying(moment.try_saying))
    return card


def try_saying(sentence: str, turn: int | None = None) -> QWidget:
    """One better thing to say."""
    box = Card("plain", XS, M)
    label = _tr("Try saying") if turn is None else _tr("Try saying, in turn {number}").format(number=turn)
    box.column.addWidget(text("label", label))
    box.column.addWidget(text("lead", f"“{sentence}”"))
    return box


def what_if(imagined: WhatIf, outcome: Outcome | None, customer: str) -> QWidget:
    """What the customer would have said then, and how it would have ended."""
    name = wording.first_name(customer)
    box = Card("plain", XS, M)
    box.column.addWidget(text("label", _tr("{name} would have answered").format(name=name)))
    box.column.addWidget(body(f"“{imagined.line}”"))
    if imagined.better_end(outcome) > 0 and imagined.outcome is not None:
        end = {
            Outcome.AGREES: _tr("With the rest as you said it, {name} would have agreed."),
            Outcome.NEXT_STEP: _tr("With the rest as you said it, {name} would have agreed to a next step."),
            Outcome.THINKS_IT_OVER: _tr("With the rest as you said it, {name} would have stayed and thought it over."),
            Outcome.LEAVES: "",
        }[imagined.outcome]
        box.column.addWidget(quiet(end.format(name=name)))
    return box


def answer_line(answer: Answer, question: str, kind: str = "body", where: str = "") -> QHBoxLayout:
    """A question with its answer: a sign, the question, the word, and `where` it shows."""
    line = row(M)
    line.addWidget(Sign(answer.value, 1.4), 0, Qt.AlignmentFlag.AlignTop)
    words = column(0)
    words.addWidget(text(kind, question))
    words.addWidget(text("label", f"{answer_words(answer)} · {where}" if where else answer_words(answer)))
    line.addLayout(words, 1)
    return line


class VerdictCard(Card):
    """One of the three headline questions with the moments that it stands on."""

    def __init__(self, verdict: Verdict, look_back: LookBack, player: MomentPlayer) -> None:
        super().__init__("plain", M)
        self.column.addLayout(answer_line(verdict.answer, verdict.question, "heading"))
        if not verdict.moments:
            self.column.addWidget(quiet(_tr("Nothing in this conversation shows it one way or the other.")))
        for moment in verdict.moments[:FIRST]:
            self.column.addWidget(dividing_line())
            self.column.addWidget(MomentShown(moment, look_back, player, verdict.dimension.value))
        if len(verdict.moments) > FIRST:
            more = len(verdict.moments) - FIRST
            self.column.addWidget(small(_tr("{count} more moments stand in the transcript.").format(count=more)))
        if verdict.try_saying:
            self.column.addWidget(try_saying(verdict.try_saying, verdict.try_at_turn))


def checks_card(checks: Sequence[CheckAnswer]) -> Card:
    """What was announced in the brief, answered."""
    card = Card("plain", M + XS)
    for check in checks:
        card.column.addLayout(answer_line(check.answer, check.question, where=_turns(check.moments)))
    return card


def _turns(moments: Sequence[Moment]) -> str:
    turns = sorted({moment.citation.turn for moment in moments})
    if not turns:
        return ""
    words = _tr("see turn {numbers}") if len(turns) == 1 else _tr("see turns {numbers}")
    return words.format(numbers=", ".join(map(str, turns)))


def needs_card(needs: Sequence[NeedSeen]) -> Card:
    """What lay behind it: the needs, found or not."""
    card = Card("plain", M + XS)
    for need in needs:
        line = row(M)
        line.addWidget(Sign("found" if need.found else "not found", 1.4), 0, Qt.AlignmentFlag.AlignTop)
        words = column(0)
        words.addWidget(text("strong", need.title))
        words.addWidget(text("label", _tr("You found it") if need.found else _tr("It stayed hidden")))
        words.addSpacing(XS)
        words.addWidget(quiet(need.detail))
        line.addLayout(words, 1)
        card.column.addLayout(line)
    return card
