"""The debrief: little first (how it ended, one strength, one change), everything else below in one column."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salespractice.coaching.debrief import Debrief
from salespractice.coaching.sounded import how_it_sounded
from salespractice.desktop import wording
from salespractice.desktop.debrief.parts import (
    VerdictCard,
    checks_card,
    first_card,
    needs_card,
    what_if,
)
from salespractice.desktop.debrief.sounded import sounded_card
from salespractice.desktop.debrief.transcript import WholeConversation
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.scale import M, S
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.moment_player import MomentPlayer
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.layout import Foot, ReadingColumn, column, part_heading, row
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.desktop.parts.text import quiet, text, title
from salespractice.problem import Problem


def _tr(words: str) -> str:
    return QCoreApplication.translate("Debrief", words)


class DebriefPage(QWidget):
    """`again` carries the address of the scenario to practise again; `closed` goes back to where one came from.

    `trust_asked`: how far the feedback can be trusted.
    """

    again = Signal(str)
    closed = Signal()
    trust_asked = Signal()

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self.player = MomentPlayer(equipment, self)
        self._look_back: LookBack | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._page: ReadingColumn | None = None
        self.banner = ProblemBanner()
        foot = Foot(M)
        foot.content.addWidget(self.banner)
        buttons = row(S)
        self.practise_again = button(self.tr("Practise again"), "primary")
        self.practise_again.clicked.connect(self._again)
        self.close_page = button(self.tr("Done"))
        self.close_page.clicked.connect(self.closed)
        self.trust = button(self.tr("How far can I trust this?"), "flat")
        self.trust.clicked.connect(self.trust_asked)
        buttons.addWidget(self.trust)
        buttons.addStretch(1)
        buttons.addWidget(self.close_page)
        buttons.addWidget(self.practise_again)
        foot.content.addLayout(buttons)
        self._layout.addWidget(foot)
        self.player.trouble.connect(self._trouble)

    @property
    def look_back(self) -> LookBack | None:
        """What is shown."""
        return self._look_back

    def show_practice(self, look_back: LookBack) -> None:
        """Show one practice, from the top."""
        self.player.stop()
        self._look_back = look_back
        self.banner.hide()
        if self._page is not None:
            self._layout.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page = ReadingColumn()
        page.setAccessibleName(self.tr("Debrief"))
        self._fill(page, look_back)
        self._layout.insertWidget(0, page, 1)
        self.practise_again.setFocus()

    def _fill(self, page: ReadingColumn, look_back: LookBack) -> None:
        content = page.content
        scenario = look_back.scenario
        name = wording.first_name(scenario.customer.name)
        with_whom = f"{scenario.title} · {scenario.customer.name}"
        content.addWidget(
            text("label", with_whom + (f" · {wording.when(look_back.started)}" if look_back.started else ""))
        )
        debrief = look_back.debrief
        if debrief is None:
            content.addWidget(title(_tr("This practice was not finished.")))
            content.addWidget(quiet(_tr("What was said is kept. There is no debrief for it.")))
        else:
            ended = wording.outcome(debrief.outcome, name) if debrief.outcome else _tr("You left early")
            content.addWidget(title(ended))
            if debrief.outcome is not None or debrief.summary:
                content.addWidget(text("body", debrief.summary))
            self._fill_debrief(content, debrief, look_back)
        sounded = how_it_sounded(look_back.turns, look_back.deliveries, look_back.baseline)
        if sounded.facts:
            content.addLayout(part_heading(_tr("How it sounded")))
            content.addWidget(sounded_card(sounded, look_back, self.player))
        if look_back.turns:
            content.addLayout(part_heading(_tr("The whole conversation")))
            content.addWidget(WholeConversation(look_back, self.player))
        elif debrief is None:
            content.addWidget(quiet(_tr("Nothing was said yet.")))
        content.addStretch(1)

    def _fill_debrief(self, content: QVBoxLayout, debrief: Debrief, look_back: LookBack) -> None:
        first = column(M)
        first.setContentsMargins(0, S, 0, 0)
        if debrief.strength:
            first.addWidget(first_card("strength", _tr("Keep this"), debrief.strength, look_back, self.player))
        if debrief.change:
            card = first_card("change", _tr("Change this"), debrief.change, look_back, self.player)
            if debrief.what_if:
                card.column.addWidget(what_if(debrief.what_if, debrief.outcome, look_back.scenario.customer.name))
            first.addWidget(card)
        if not debrief.strength and not debrief.change:
            first.addWidget(quiet(_tr("There was too little to go by. A longer conversation says more.")))
        content.addLayout(first)
        content.addLayout(part_heading(_tr("Three questions")))
        for verdict in debrief.verdicts:
            content.addWidget(VerdictCard(verdict, look_back, self.player))
        content.addLayout(part_heading(_tr("What was looked at")))
        content.addWidget(checks_card(debrief.checks))
        customer = wording.first_name(look_back.scenario.customer.name)
        content.addLayout(part_heading(_tr("What lay behind it for {name}").format(name=customer)))
        content.addWidget(needs_card(debrief.needs))

    @Slot(object)
    def _trouble(self, problem: Problem) -> None:
        self.banner.show_problem(problem)

    @Slot()
    def _again(self) -> None:
        if self._look_back is not None:
            self.player.stop()
            self.again.emit(self._look_back.address)
