"""The first page: which customer to practise with, and what was not finished."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.scale import M, S
from salespractice.desktop.parts.layout import ReadingColumn, clear, column
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.desktop.parts.text import quiet, title
from salespractice.desktop.practice.scenario_card import ScenarioCard
from salespractice.desktop.practice.unfinished_offers import UnfinishedOffers
from salespractice.journal.journal import Entry
from salespractice.unfinished import Unfinished, find_unfinished


class ScenarioList(ReadingColumn):
    """All scenarios of all packs as cards. `chosen` carries the one to practise.

    `go_on` and `look_back_at` carry the `Unfinished` practice that is meant.
    """

    chosen = Signal(object)
    go_on = Signal(object)
    look_back_at = Signal(object)

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self._cards: dict[str, ScenarioCard] = {}
        self._filled = False
        self.content.addWidget(title(self.tr("Who would you like to talk to?")))
        self._hint = quiet(self.tr("Looking for scenarios …"))
        self.content.addWidget(self._hint)
        self.content.addSpacing(S)
        memory = QSettings(str(equipment.places.data / "window.ini"), QSettings.Format.IniFormat)
        self.unfinished = UnfinishedOffers(memory)
        self.unfinished.go_on.connect(self.go_on)
        self.unfinished.look_back_at.connect(self.look_back_at)
        self.unfinished.changed.connect(self._order_by_sight)
        self.content.addWidget(self.unfinished)
        self._list = column(M)
        self.content.addLayout(self._list)
        self._problems = column(S)
        self.content.addLayout(self._problems)
        self.content.addStretch(1)
        equipment.scenarios_read.connect(self.fill)
        equipment.journal_opened.connect(self.refresh)

    @property
    def cards(self) -> list[ScenarioCard]:
        """In the order shown."""
        return list(self._cards.values())

    @Slot()
    def fill(self) -> None:
        """Show the scenarios that were read, and the problems of those that could not be."""
        clear(self._list)
        clear(self._problems)
        self._cards = {}
        for staged in self._equipment.scenarios:
            card = ScenarioCard(staged)
            card.chosen.connect(self.chosen)
            self._list.addWidget(card)
            self._cards[staged.address] = card
        for problem in self._equipment.scenario_problems:
            banner = ProblemBanner()
            self._problems.addWidget(banner)
            banner.show_problem(problem)
        if self._cards:
            self._hint.setText(self.tr("Everything you say stays on this computer."))
        else:
            self._hint.setText(
                self.tr("There is no scenario yet. Put a pack into the folder {folder} and start again.").format(
                    folder=self._equipment.places.packs
                )
            )
        self._order_by_sight()
        self._filled = True
        self.refresh()
        if self.isVisible() and self._cards:
            self.cards[0].setFocus()

    @Slot()
    def refresh(self) -> None:
        """Ask the journal how each went last time, and what was cut off."""
        journal = self._equipment.journal
        if journal is None:
            return
        addresses = list(self._cards)

        def look() -> dict[str, Entry]:
            found = {address: journal.entries(1, address) for address in addresses}
            return {address: entries[0] for address, entries in found.items() if entries}

        background, trouble, places = self._equipment.background, self._equipment.trouble.emit, self._equipment.places
        background.run(look, self._show_last, trouble, "last times")
        # What can be gone on with is known once the scenarios are.
        if self._filled:
            background.run(lambda: find_unfinished(journal, places), self._show_unfinished, trouble, "unfinished")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from card to card."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        cards = self.cards
        focused = next((number for number, card in enumerate(cards) if card.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        card = cards[max(0, min(len(cards) - 1, focused + step))]
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(card)

    def _show_last(self, entries: dict[str, Entry]) -> None:
        for address, entry in entries.items():
            if address in self._cards:
                self._cards[address].show_last(entry)

    def _show_unfinished(self, found: list[Unfinished]) -> None:
        today = {staged.address: staged.scenario for staged in self._equipment.scenarios}
        startable = {one.entry.practice for one in found if today.get(one.entry.address) == one.scenario}
        self.unfinished.show_offers(found, startable)

    @Slot()
    def _order_by_sight(self) -> None:
        """The tabulator goes from top to bottom, though what was cut off is known last."""
        before: QWidget = self
        for widget in (*self.unfinished.buttons, *self.cards):
            self.setTabOrder(before, widget)
            before = widget
