"""The brief: what the rep knows before the customer speaks, what will be looked at, whether the microphone works."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from salespractice.desktop import wording
from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.look.scale import XS, L, M, S, em
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.device_choice import NONE, DeviceChoice
from salespractice.desktop.parts.layout import Foot, ReadingColumn, clear, column, row
from salespractice.desktop.parts.picture import LevelMeter, Portrait
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.desktop.parts.text import body, quiet, small, text, title
from salespractice.desktop.practice.device_watch import Devices, DeviceWatch
from salespractice.desktop.practice.microphone_check import HEARD, MicrophoneCheck
from salespractice.desktop.practice.sentence import SentenceTest
from salespractice.problem import Problem
from salespractice.scenario.pack import Staged

_NARROW = 38
"""In lines' heights."""


class BriefPage(QWidget):
    """`started` carries the scenario and whether to use the microphone; `left` goes back to the list."""

    started = Signal(object, bool)
    left = Signal()

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self._staged: Staged | None = None
        self._starting = False
        self._rather_types = False
        self.check = MicrophoneCheck(equipment, self)
        self.watch = DeviceWatch(equipment, self.check, self)
        self._page = ReadingColumn()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self._page, 1)
        around.addWidget(self._foot())

        back = button(self.tr("‹ All scenarios"), "flat")
        back.setAccessibleName(self.tr("Back to all scenarios"))
        back.clicked.connect(self.left)
        self._page.content.addWidget(back)
        self._portrait = Portrait()
        self._title, self._person, self._about = title(), text("quiet"), body()
        words = column(XS)
        words.addWidget(self._title)
        words.addWidget(self._person)
        head = row(L)
        head.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._page.content.addLayout(head)
        self._page.content.addSpacing(S)
        self._parts = column(L)
        self._page.content.addLayout(self._parts)
        self._page.content.addStretch(1)

        self.check.level.connect(self._show_level)
        self.check.listening.connect(self._listening)
        self.check.trouble.connect(self._trouble)
        self.sentence.trouble.connect(self._trouble)
        self.watch.found.connect(self._have_devices)
        self.watch.trouble.connect(self._no_microphones)
        equipment.hearing_changed.connect(self._show_hearing)

    def _foot(self) -> QWidget:
        """Always in sight: the microphone and the way on."""
        foot = Foot()
        layout = foot.content
        self.banner = ProblemBanner()
        layout.addWidget(self.banner)
        self.microphones = DeviceChoice(self.tr("Microphone"), self.tr("No microphone – I will type"))
        self.microphones.key_chosen.connect(self._choose)
        self._meter = LevelMeter()
        self._heard = small(self.tr("Opening the microphone …"))
        self.start = button(self.tr("Start the conversation"), "primary")
        self.start.clicked.connect(self._start)
        label = text("label", self.tr("Microphone"), wraps=False)
        label.setBuddy(self.microphones)
        self.again = button(self.tr("Look again"), "flat")
        self.again.setAccessibleName(self.tr("Look again which microphones are connected"))
        self.again.clicked.connect(self._look_for_microphones)
        self.sentence = SentenceTest(self._equipment, self.check)
        tries = row(S)
        tries.addWidget(self.sentence, 1)
        tries.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        line = row(M)
        line.addWidget(label)
        line.addWidget(self.microphones, 3)
        line.addWidget(self._meter, 2)
        words = column(S)
        words.addLayout(line)
        words.addWidget(self._heard)
        words.addLayout(tries)
        self._foot_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot_row.setSpacing(M)
        self._foot_row.addLayout(words, 1)
        self._foot_row.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._foot_row)
        return foot

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_brief(self, staged: Staged) -> None:
        """Show a scenario's brief and begin to listen."""
        self._staged = staged
        scenario = staged.scenario
        self._portrait.show_person(scenario.customer.name)
        self._title.setText(scenario.title)
        self._person.setText(
            f"{scenario.customer.name}, {scenario.customer.role} · {wording.minutes(scenario.minutes)}"
        )
        clear(self._parts)
        self._parts.addWidget(_card(self.tr("The situation"), [body(scenario.brief.situation)]))
        self._parts.addWidget(_card(self.tr("Your goal"), [body(scenario.brief.goal)], "accent"))
        if scenario.brief.facts:
            self._parts.addWidget(_card(self.tr("What you may use"), [_point(fact) for fact in scenario.brief.facts]))
        self._parts.addWidget(
            _card(
                self.tr("What will be looked at afterwards"),
                [*(_point(check.question) for check in scenario.checks)],
            )
        )
        about = column(XS)
        about.addWidget(text("lead", self.tr("About {name}").format(name=wording.first_name(scenario.customer.name))))
        about.addWidget(quiet(scenario.customer.about))
        self._parts.addLayout(about)
        self._page.to_top()
        self.banner.hide()
        self.set_starting(False)
        self._look_for_microphones()
        self._show_hearing()
        self.start.setFocus()

    def shows(self, staged: Staged) -> bool:
        """Whether this is the scenario whose brief stands here."""
        return self._staged is staged

    def set_starting(self, starting: bool) -> None:
        """While the practice is being put together."""
        self._starting = starting
        if starting:
            self.watch.stop()
            self.check.no_more()
            self.sentence.reset()
        self.start.setEnabled(not starting)
        self.start.setText(self.tr("Getting ready …") if starting else self.tr("Start the conversation"))

    def show_problem(self, problem: Problem) -> None:
        """Why it could not start."""
        self.set_starting(False)
        self.watch.start()
        self.banner.show_problem(problem)

    def rest(self) -> None:
        """Another page is shown: the microphone is given back."""
        self.watch.stop()
        self.check.stop()
        self.sentence.reset()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The way on stands beside the microphone where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < em(self, _NARROW)
        self._foot_row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # --- the microphone --------------------------------------------------------------------------------------------

    @Slot()
    def _look_for_microphones(self) -> None:
        self.banner.hide()
        self._meter.show_level(0)
        self.sentence.reset()
        if self.microphones.count() < 3:
            self.microphones.show_devices([], self._equipment.settings.microphone)
        self.watch.start()

    @Slot(object)
    def _have_devices(self, devices: Devices) -> None:
        if not self._waits:
            return
        if not devices[0]:
            self._no_microphones(
                Problem(
                    self.tr("No microphone was found."), way_out=self.tr("Connect a headset, or type your answers.")
                )
            )
            return
        self.microphones.show_devices(devices[0], NONE if self._rather_types else self._equipment.settings.microphone)
        self._listen()

    @Slot(object)
    def _no_microphones(self, problem: Problem) -> None:
        if not self._waits:
            return
        self.microphones.show_devices([], NONE)
        self._trouble(problem)

    @Slot(object)
    def _choose(self, key: object) -> None:
        self.banner.hide()
        self._rather_types = key == NONE
        if key != NONE:
            self._equipment.choose(microphone=key)
        self.sentence.reset()
        self._listen()

    @property
    def _waits(self) -> bool:
        """Whether the rep is here and has not started: only then is there something to listen for."""
        return self.isVisible() and not self._starting

    def _listen(self) -> None:
        self._meter.show_level(0)
        types = self.microphones.key == NONE or not self._can_hear
        self.sentence.setVisible(not types)
        if types:
            self.check.stop()
            self._meter.hide()
            self._heard.setText(self.tr("You will type your answers."))
        else:
            self._meter.show()
            self._heard.setText(self.tr("Opening the microphone …"))
            self.check.start(self._equipment.settings)

    @Slot(str)
    def _listening(self, name: str) -> None:
        self._heard.setText(self.tr("Say a few words: the bar should move."))

    @Slot(float)
    def _show_level(self, level: float) -> None:
        self._meter.show_level(level)
        if level > HEARD:
            self._heard.setText(self.tr("You can be heard."))

    @Slot(object)
    def _trouble(self, problem: Problem) -> None:
        if self.isVisible():
            self._meter.hide()
            self.sentence.hide()
            self._heard.setText(self.tr("You can type your answers."))
            self.banner.show_problem(problem)

    # --- hearing ---------------------------------------------------------------------------------------------------

    @property
    def _can_hear(self) -> bool:
        return self._equipment.hearing is not Hearing.MISSING

    @Slot()
    def _show_hearing(self) -> None:
        self.microphones.setEnabled(self._can_hear)
        if not self._can_hear and self._waits:
            self.microphones.choose(NONE)
            self._listen()
            if self._equipment.hearing_problem is not None:
                self.banner.show_problem(self._equipment.hearing_problem)

    @Slot()
    def _start(self) -> None:
        if self._staged is not None:
            self.set_starting(True)
            self.started.emit(self._staged, self._can_hear and self.microphones.key != NONE)


def _card(heading: str, rows: list[QWidget], kind: str = "plain") -> Card:
    card = Card(kind)
    card.column.addWidget(text("lead", heading))
    for one in rows:
        card.column.addWidget(one)
    return card


def _point(words: str) -> QWidget:
    """One point of a list, hanging behind its dot."""
    point = QWidget()
    line = row(S)
    point.setLayout(line)
    dot = text("accent", "•", wraps=False)
    line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(body(words), 1)
    return point
