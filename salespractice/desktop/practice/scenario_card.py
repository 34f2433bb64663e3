"""One scenario on the list: what it is, whom it is with, what it trains, how it went last time."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt

from salespractice.desktop import wording
from salespractice.desktop.look.scale import XS, L, M, S
from salespractice.desktop.parts.card import PressableCard
from salespractice.desktop.parts.layout import column, row
from salespractice.desktop.parts.picture import Portrait
from salespractice.desktop.parts.text import body, small, text
from salespractice.journal.journal import Entry
from salespractice.scenario.pack import Staged


def _tr(words: str) -> str:
    return QCoreApplication.translate("ScenarioCard", words)


class ScenarioCard(PressableCard):
    """Press it to read the brief."""

    def __init__(self, staged: Staged) -> None:
        scenario = staged.scenario
        customer = scenario.customer
        super().__init__(staged, _tr("{title}, with {name}").format(title=scenario.title, name=customer.name))
        self.setAccessibleDescription(scenario.summary)
        portrait = Portrait()
        portrait.show_person(customer.name)
        words = column(S)
        heading = text("heading", scenario.title)
        words.addWidget(heading)
        person = column(0)
        person.addWidget(text("quiet", f"{customer.name}, {customer.role}"))
        words.addLayout(person)
        words.addSpacing(XS)
        words.addWidget(body(scenario.summary))
        words.addSpacing(XS)
        trains = ", ".join(wording.dimension(one) for one in scenario.trains)
        words.addWidget(
            small(_tr("{minutes} · trains {trains}").format(minutes=wording.minutes(scenario.minutes), trains=trains))
        )
        self._last = text("label")
        words.addWidget(self._last)
        line = row(L)
        line.addWidget(portrait, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.contents_column(M, L).addLayout(line)
        self.show_last(None)

    def show_last(self, entry: Entry | None) -> None:
        """How it went last time; None: it was never practised."""
        if entry is None:
            self._last.setText(_tr("Not practised yet"))
            return
        ended = wording.how_it_ended(entry)
        ago = wording.days_ago(entry.started, datetime.now(UTC))
        self._last.setText(_tr("Last time, {ago}: {ended}").format(ago=ago, ended=ended))
