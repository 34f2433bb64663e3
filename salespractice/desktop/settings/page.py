"""The settings: sound, taking turns, speech recognition, looks, and what works on this machine."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look.appearance import Appearance
from salespractice.desktop.look.scale import M, S
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.choice import Choice
from salespractice.desktop.parts.form import Form
from salespractice.desktop.parts.layout import ReadingColumn, row
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.desktop.parts.text import quiet, small, text, title
from salespractice.desktop.settings.machine import MachineCard
from salespractice.desktop.settings.sound import SoundCard
from salespractice.desktop.settings.speech import SpeechCard
from salespractice.desktop.settings.turns import TurnsCard
from salespractice.problem import Problem

TEXT_SIZES = (100, 110, 125, 150, 175, 200)


class SettingsPage(ReadingColumn):
    """Every choice holds at once, and is kept."""

    text_size_chosen = Signal(int)

    def __init__(self, equipment: Equipment, appearance: Appearance) -> None:
        super().__init__()
        self._equipment = equipment
        self._appearance = appearance
        self.content.addWidget(title(self.tr("Settings")))
        self.banner = ProblemBanner()
        self.content.addWidget(self.banner)
        self.sound = SoundCard(equipment)
        self.sound.trouble.connect(self._trouble)
        self.sound.mended.connect(self.banner.hide)
        self.content.addWidget(self.sound)
        self.turns = TurnsCard(equipment)
        self.content.addWidget(self.turns)
        self.speech = SpeechCard(equipment)
        self.speech.trouble.connect(self._trouble)
        self.content.addWidget(self.speech)
        self.content.addWidget(self._looks())
        self.machine = MachineCard(equipment)
        self.content.addWidget(self.machine)
        self.content.addWidget(self._privacy())
        self.content.addStretch(1)

    def enter(self) -> None:
        """The page is shown."""
        self.banner.hide()
        self.sound.enter()
        self.speech.fill()
        self.speech.costs.start()
        index = self.text_size.findData(self._appearance.text_size)
        self.text_size.setCurrentIndex(max(0, index))
        self.sound.microphones.setFocus()

    def leave(self) -> None:
        """Another page is shown: the microphone is given back, and nothing is measured."""
        self.sound.leave()
        self.speech.costs.stop()

    def _looks(self) -> Card:
        card = Card("plain", M)
        card.column.addWidget(text("lead", self.tr("Looks")))
        form = Form()
        self.scheme = Choice(self.tr("Light and dark"))
        for name, words in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.scheme.addItem(words, name)
        self.scheme.setCurrentIndex(max(0, self.scheme.findData(self._equipment.settings.appearance)))
        self.scheme.activated.connect(self._choose_scheme)
        self.text_size = Choice(self.tr("Text size"))
        for size in TEXT_SIZES:
            self.text_size.addItem(f"{size} %", size)
        self.text_size.activated.connect(self._choose_text_size)
        form.add(self.tr("Light and dark"), self.scheme)
        form.add(self.tr("Text size"), self.text_size)
        card.column.addWidget(form)
        return card

    def _privacy(self) -> Card:
        card = Card("plain", S)
        card.column.addWidget(text("lead", self.tr("Your recordings")))
        card.column.addWidget(
            quiet(self.tr("Everything stays in one folder on this computer. Delete the folder, and it is gone."))
        )
        line = row(M)
        line.addWidget(small(str(self._equipment.places.data)), 1)
        open_folder = button(self.tr("Open the folder"))
        open_folder.clicked.connect(self._open_folder)
        line.addWidget(open_folder)
        card.column.addLayout(line)
        return card

    @Slot(int)
    def _choose_scheme(self, number: int) -> None:
        choice = self.scheme.itemData(number)
        self._appearance.choose(choice)
        self._equipment.choose(appearance=choice)

    @Slot(int)
    def _choose_text_size(self, number: int) -> None:
        self.text_size_chosen.emit(self.text_size.itemData(number))

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._equipment.places.data)))

    @Slot(object)
    def _trouble(self, problem: Problem) -> None:
        self.banner.show_problem(problem)
        self.to_top()
