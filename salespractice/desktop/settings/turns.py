"""How turns change in a conversation: by voice or by key, how much silence ends an answer, who may interrupt."""

from __future__ import annotations

from PySide6.QtCore import Slot

from salespractice.answering import LONGEST_PATIENCE, PATIENCE, SHORTEST_PATIENCE
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.scale import XS, M
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.check import Check
from salespractice.desktop.parts.form import Form
from salespractice.desktop.parts.layout import column
from salespractice.desktop.parts.seconds import Seconds
from salespractice.desktop.parts.text import small, text


class TurnsCard(Card):
    """Every choice holds from the next practice on."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__("plain", M)
        self._equipment = equipment
        self.column.addWidget(text("lead", self.tr("Taking turns")))
        self.hands_free = self._choice(
            self.tr("Hands-free"),
            self.tr("Your voice begins an answer, and a silence ends it. The talk key works all the same."),
        )
        self.hands_free.clicked.connect(self._choose_hands_free)
        self.patience = Seconds(
            self.tr("Silence that ends an answer"),
            SHORTEST_PATIENCE,
            LONGEST_PATIENCE,
            PATIENCE,
            self.tr("As the scenario says"),
        )
        self.patience.chosen.connect(self._choose_patience)
        form = Form()
        form.add(self.tr("Patience"), self.patience)
        explained = self.tr(
            "Seconds of silence that end an answer: {usual} where neither you nor the scenario says otherwise. Give "
            "yourself time to think: a pause is never marked down."
        )
        form.add_under(small(explained.format(usual=PATIENCE)))
        self.column.addWidget(form)
        self.may_interrupt = self._choice(
            self.tr("You may interrupt the customer"),
            self.tr(
                "Speaking over a line fades it out. Best with a headset: loudspeakers may be taken for your voice."
            ),
        )
        self.may_interrupt.clicked.connect(self._choose_interrupting)
        equipment.settings_changed.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Show what is chosen."""
        settings = self._equipment.settings
        self.hands_free.setChecked(settings.hands_free)
        self.may_interrupt.setChecked(settings.may_interrupt)
        self.patience.show_seconds(settings.patience)
        for widget in (self.patience, self.may_interrupt):
            widget.setEnabled(settings.hands_free)

    def _choice(self, words: str, explained: str) -> Check:
        box = Check(words, explained)
        around = column(XS)
        around.addWidget(box)
        around.addWidget(small(explained))
        self.column.addLayout(around)
        return box

    @Slot(bool)
    def _choose_hands_free(self, chosen: bool) -> None:
        self._equipment.choose(hands_free=chosen)

    @Slot(bool)
    def _choose_interrupting(self, chosen: bool) -> None:
        self._equipment.choose(may_interrupt=chosen)

    @Slot(object)
    def _choose_patience(self, seconds: float | None) -> None:
        self._equipment.choose(patience=seconds)
