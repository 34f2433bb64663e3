"""What works on this machine: the doctor's rows, asked for when they are wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot

from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.scale import XS, M
from salespractice.desktop.parts.announce import announce
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import clear, column, row
from salespractice.desktop.parts.picture import Sign
from salespractice.desktop.parts.text import quiet, small, text
from salespractice.doctor import Row, State, examine

_SIGNS = {State.WORKS: "yes", State.LIMITED: "partly", State.MISSING: "no"}


class MachineCard(Card):
    """A button, and under it what it found."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__("plain", M)
        self._equipment = equipment
        self.column.addWidget(text("lead", self.tr("This machine")))
        self._words = quiet(self.tr("Try every part that a practice needs, and see how to mend what does not work."))
        self.column.addWidget(self._words)
        self._rows = column(M)
        self.column.addLayout(self._rows)
        self.look = button(self.tr("Look what works"))
        self.look.clicked.connect(self.examine)
        self.column.addWidget(self.look)

    @Slot()
    def examine(self) -> None:
        """Try every part; takes a few seconds."""
        self.look.setEnabled(False)
        self._words.setText(self.tr("Looking …"))
        places, settings = self._equipment.places, self._equipment.settings
        self._equipment.background.run(
            lambda: list(examine(places, settings)), self._show, self._equipment.trouble.emit, "doctor"
        )

    def _show(self, rows: list[Row]) -> None:
        self.look.setEnabled(True)
        clear(self._rows)
        words = {State.WORKS: self.tr("works"), State.LIMITED: self.tr("limited"), State.MISSING: self.tr("missing")}
        for one in rows:
            line = row(M)
            line.addWidget(Sign(_SIGNS[one.state], 1.3), 0, Qt.AlignmentFlag.AlignTop)
            found = column(XS)
            found.addWidget(text("strong", f"{one.part}: {words[one.state]}"))
            found.addWidget(small(one.found))
            if one.way_out and one.state is not State.WORKS:
                found.addWidget(text("body", one.way_out))
            line.addLayout(found, 1)
            self._rows.addLayout(line)
        wrong = sum(one.state is not State.WORKS for one in rows)
        summary = (
            self.tr("Everything works.") if not wrong else self.tr("{count} parts could be better.").format(count=wrong)
        )
        self._words.setText(summary)
        announce(self, summary)
