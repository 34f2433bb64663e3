"""Which model turns speech into text: one that is installed, or a file that the person chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog

from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.look.scale import M, S
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.choice import Choice
from salespractice.desktop.parts.form import Form
from salespractice.desktop.parts.layout import row
from salespractice.desktop.parts.text import quiet, text
from salespractice.desktop.settings.costs import ModelCosts
from salespractice.problem import Problem
from salespractice.transcription.models import FoundModel, available_models, identify

KNOWN = ("base", "tiny.en")
"""What the installation brings; offered even where it is missing, because the way to get it is told then."""


class SpeechCard(Card):
    """A new choice starts at once, in the background."""

    trouble = Signal(object)

    def __init__(self, equipment: Equipment) -> None:
        super().__init__("plain", M)
        self._equipment = equipment
        self.column.addWidget(text("lead", self.tr("Speech recognition")))
        self._state = quiet()
        self.column.addWidget(self._state)
        self.models = Choice(self.tr("Model"))
        self.models.activated.connect(self._choose)
        form = Form()
        form.add(self.tr("Model"), self.models)
        self.costs = ModelCosts(equipment)
        form.add_under(self.costs)
        self.column.addWidget(form)
        self.file = button(self.tr("Use a model file …"))
        self.file.clicked.connect(self._choose_file)
        self.installed = button(self.tr("Use the installed one"))
        self.installed.clicked.connect(self._use_installed)
        line = row(S)
        line.addWidget(self.file)
        line.addWidget(self.installed)
        line.addStretch(1)
        self.column.addLayout(line)
        equipment.hearing_changed.connect(self.fill)
        equipment.settings_changed.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Show what is chosen and how it fares."""
        settings = self._equipment.settings
        self._equipment.background.run(available_models, self._have_models, self.trouble.emit, "models")
        self.models.setEnabled(settings.model_file is None)
        self.installed.setVisible(settings.model_file is not None)
        name = settings.model_file.name if settings.model_file else f"Whisper {settings.model}"
        problem = self._equipment.hearing_problem
        self._state.setText(
            {
                Hearing.STARTING: self.tr("{name} is getting ready …").format(name=name),
                Hearing.READY: self.tr("{name} is ready. It works without a network.").format(name=name),
                Hearing.MISSING: str(problem) if problem else "",
            }[self._equipment.hearing]
        )

    def _have_models(self, found: list[FoundModel]) -> None:
        self.costs.show_models(found)
        here = [model.name for model in found]
        names = list(dict.fromkeys((*KNOWN, *here, self._equipment.settings.model)))
        self.models.clear()
        for name in names:
            label = f"Whisper {name}" if name in here else self.tr("Whisper {name} (not installed)").format(name=name)
            self.models.addItem(label, name)
        self.models.setCurrentIndex(max(0, self.models.findData(self._equipment.settings.model)))

    @Slot(int)
    def _choose(self, number: int) -> None:
        self._equipment.choose(model=self.models.itemData(number))

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a Whisper model"), "", self.tr("Whisper models (*.pt *.bin);;All files (*)")
        )
        if path:
            self.use_file(Path(path))

    def use_file(self, path: Path) -> None:
        """Use this file, once it has proven to be a model that is known."""
        self._state.setText(self.tr("Looking at {name} …").format(name=path.name))
        self._equipment.background.run(lambda: identify(path), self._identified, self._refused, "model file")

    def _identified(self, model: FoundModel) -> None:
        self._equipment.choose(model_file=model.sources[0])

    def _refused(self, problem: Problem) -> None:
        self.fill()
        self.trouble.emit(problem)

    @Slot()
    def _use_installed(self) -> None:
        self._equipment.choose(model_file=None)
