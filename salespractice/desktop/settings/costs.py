"""What each speech model costs on this machine, in words; what is not known yet is measured while one looks."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from salespractice.audio.files import read_sound
from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.look.scale import XS
from salespractice.desktop.parts.layout import clear, column
from salespractice.desktop.parts.text import small
from salespractice.places import shipped
from salespractice.problem import Problem
from salespractice.transcription.cost import Cost, Measurement, read_costs, write_costs
from salespractice.transcription.models import FoundModel

_SAMPLE = ("answers", "listener", "01.flac")


class ModelCosts(QWidget):
    """A line for each model. Measures from `start` to `stop` only, so that no practice is ever slowed down."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self._path = equipment.places.data / "model-costs.json"
        self._models: list[FoundModel] = []
        self._costs: dict[str, Cost] = {}
        self._failed: set[str] = set()
        self._measuring: Measurement | None = None
        self._running = False
        self._lines = column(XS)
        self.setLayout(self._lines)
        equipment.hearing_changed.connect(self._next)

    def show_models(self, models: list[FoundModel]) -> None:
        """These are on this machine."""
        self._models = models
        self._show()
        self._next()

    def start(self) -> None:
        """Measure what is not known yet."""
        self._running = True
        self._equipment.background.run(lambda: read_costs(self._path), self._have_costs, self._not_measured, "costs")

    def stop(self) -> None:
        """Measure no more, at once."""
        self._running = False
        if self._measuring is not None:
            self._measuring.cancel()

    @property
    def words(self) -> list[str]:
        """The line of each model."""
        return [self._words_of(model) for model in self._models]

    def _have_costs(self, costs: dict[str, Cost]) -> None:
        self._costs = {**costs, **self._costs}
        self._show()
        self._next()

    @Slot()
    def _next(self) -> None:
        """One after the other, and never while the program's own model is loading."""
        if not self._running or self._measuring is not None or self._equipment.hearing is Hearing.STARTING:
            return
        unknown = [one for one in self._models if one.sha256 not in self._costs and one.sha256 not in self._failed]
        if not unknown:
            return
        measurement = self._measuring = Measurement(unknown[0])

        def measure() -> Cost | None:
            sample = read_sound(shipped("assets").joinpath(*_SAMPLE)).resampled(16_000)
            return measurement.run(sample.samples)

        self._equipment.background.run(measure, self._measured, self._not_measured, "cost of a model")
        self._show()

    def _measured(self, cost: Cost | None) -> None:
        measurement, self._measuring = self._measuring, None
        if cost is not None and measurement is not None:
            self._costs[measurement.model.sha256] = cost
            costs, path = dict(self._costs), self._path
            self._equipment.background.run(
                lambda: write_costs(path, costs), self._kept, self._equipment.trouble.emit, "costs"
            )
        self._show()
        self._next()

    def _not_measured(self, _: Problem) -> None:
        """A model that cannot be used says so when it is chosen."""
        measurement, self._measuring = self._measuring, None
        if measurement is not None:
            self._failed.add(measurement.model.sha256)
        self._show()
        self._next()

    def _kept(self, _: None) -> None:
        """Known from now on."""

    def _show(self) -> None:
        clear(self._lines)
        for words in self.words:
            self._lines.addWidget(small(words))

    def _words_of(self, model: FoundModel) -> str:
        cost = self._costs.get(model.sha256)
        if cost is None:
            measuring = self._measuring is not None and self._measuring.model == model
            words = self.tr("{name}: measuring …") if measuring else self.tr("{name}: not measured yet")
            if model.sha256 in self._failed:
                words = self.tr("{name}: could not be measured")
            return words.format(name=f"Whisper {model.name}")
        words = self.tr("{name}: {computing:.2f} s for each second of speech, ready after {loading:.0f} s")
        if cost.memory:
            words = self.tr(
                "{name}: {computing:.2f} s for each second of speech, {memory:.1f} GB of memory, "
                "ready after {loading:.0f} s"
            )
        return words.format(
            name=f"Whisper {model.name}",
            computing=cost.computing,
            memory=cost.memory / 1e9,
            loading=max(1.0, cost.loading),
        )
