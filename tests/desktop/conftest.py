"""The real window on the real engine, with a data folder of its own. Only the sound devices are a test's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.look.appearance import Appearance
from salespractice.desktop.main_window import MainWindow
from salespractice.desktop.practice.conversation_stage import Stage
from salespractice.places import Places
from salespractice.settings import Settings, write_settings
from tests.desktop.sound_of_a_test import SoundOfATest

PATIENCE = 60_000  # milliseconds; a busy machine is no failure


@dataclass
class Program:
    """The running program, and how a person uses it."""

    window: MainWindow
    equipment: Equipment
    sound: SoundOfATest
    qtbot: QtBot

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is, as the keyboard does it."""
        self.qtbot.keyClick(self.focus, key, modifier)

    def write(self, words: str) -> None:
        self.qtbot.keyClicks(self.focus, words)

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    @property
    def stage(self) -> Stage:
        return self.window.practice.conversation.stage

    def choose(self, customer: str) -> None:
        """Go to this customer's card by the arrow keys, and open the brief."""
        cards = self.window.practice.list.cards
        for _ in cards:
            if customer in self.focus.accessibleName():
                break
            self.press(Qt.Key.Key_Down)
        assert customer in self.focus.accessibleName()
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.window.practice.currentWidget() is self.window.practice.brief)

    def start(self, customer: str = "Dana") -> None:
        """Into the conversation, by keys alone."""
        self.choose(customer)
        brief = self.window.practice.brief
        self.until(brief.start.hasFocus)
        self.press(Qt.Key.Key_Return)
        self.until(self.window.practice.conversation.isVisible)
        self.until(lambda: self.stage is Stage.YOUR_TURN)

    def type_answer(self, words: str) -> None:
        """Answer by typing; waits for the customer's reaction to be over."""
        turns = len(self.window.practice.conversation.said.answers)
        self.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        self.write(words)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: len(self.window.practice.conversation.said.answers) > turns)
        self.until(lambda: self.stage in (Stage.YOUR_TURN, Stage.OVER, Stage.STOPPED))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "person")


@pytest.fixture
def open_program(qtbot: QtBot, qapp: QApplication, places: Places) -> Iterator[Callable[..., Program]]:
    """Opens the program; `model` names a speech model, by default one that is not there, so that none is loaded."""
    opened: list[Program] = []
    font = qapp.font()

    def open_it(model: str | None = None, ready: bool = True) -> Program:
        missing = Settings(model_file=places.data / "no-such-model.pt")
        write_settings(places.settings, Settings(model=model) if model else missing)
        sound = SoundOfATest()
        equipment = Equipment(places, sound, qapp)
        equipment.read_settings()
        appearance = Appearance(qapp)
        appearance.choose("light")
        window = MainWindow(equipment, appearance)
        program = Program(window, equipment, sound, qtbot)
        opened.append(program)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
        equipment.open()
        if ready:
            program.until(lambda: equipment.journal and window.practice.list.cards)
            program.until(lambda: equipment.hearing is not Hearing.STARTING)
        return program

    yield open_it
    for program in opened:
        program.window.close()
        program.window.deleteLater()
        program.equipment.deleteLater()
    # Or the next program would take a large text for the system's own.
    qapp.setFont(font)


@pytest.fixture
def program(open_program: Callable[..., Program]) -> Program:
    """The program where answers are typed."""
    return open_program()


LISTENER = (
    "I'm sorry, Dana. You should not have had to learn about eighteen percent from an invoice. What does it do to you?",
    "You had told Martin three percent, and now you have to stand in front of him. That is an awful position.",
    "You said it has hardly been a happy year. What happened?",
    "I'm sorry about that morning in March, and that nobody called you. How are your dispatchers now?",
    "So they are exhausted and another change would be too much. Which depots really use RouteWise?",
    "So you pay for seats at Skipton and Goole that nobody uses. Did I get that right?",
    "Then let us renew only the seats that you use, and spread the increase over two years, below what Martin signed.",
    "Could we have a call with Martin on Thursday at ten? I send you the figures in writing before.",
    "I will send it to you tomorrow.",
    "Thank you, Dana. Let's talk on Thursday.",
    "What else do you need from me?",
    "That works for me.",
)
