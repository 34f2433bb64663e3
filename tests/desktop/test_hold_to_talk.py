"""Answers by voice through the real recorder and the real Whisper: Space held, Enter pressed twice, the mouse held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from rapidfuzz import fuzz

from salespractice.audio.files import read_sound
from salespractice.desktop.debrief.quote import Quote
from salespractice.desktop.moment_player import AFTER, BEFORE
from salespractice.desktop.practice.conversation_stage import Stage
from salespractice.places import shipped
from tests.desktop.conftest import Program

pytestmark = pytest.mark.slow

ANSWERS = shipped("assets") / "answers" / "listener"


@pytest.fixture
def spoken(open_program: Callable[..., Program]) -> Program:
    program = open_program(model="tiny.en")
    program.start("Dana")
    return program


def _say(program: Program, number: int) -> str:
    """Speak one of the recorded answers; the words that it holds."""
    program.sound.replay.say(read_sound(ANSWERS / f"{number:02d}.flac"))
    script = (ANSWERS / "script.txt").read_text(encoding="utf-8").splitlines()
    return next(line[3:] for line in script if line.startswith(f"{number:02d} "))


def _heard(program: Program, number: int) -> str:
    program.until(lambda: number in program.window.practice.conversation.said.answers)
    program.until(lambda: program.stage in (Stage.YOUR_TURN, Stage.OVER))
    return program.window.practice.conversation.said.answers[number]


def test_three_ways_to_talk(spoken: Program) -> None:
    talk = spoken.window.practice.conversation.talk
    assert talk.hasFocus()
    spoken.qtbot.keyPress(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    words = _say(spoken, 1)
    spoken.qtbot.keyRelease(spoken.focus, Qt.Key.Key_Space)
    assert fuzz.ratio(_heard(spoken, 1).lower(), words.lower()) > 80

    spoken.press(Qt.Key.Key_Return)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    words = _say(spoken, 2)
    spoken.press(Qt.Key.Key_Return)
    assert fuzz.ratio(_heard(spoken, 2).lower(), words.lower()) > 80

    spoken.qtbot.mousePress(talk, Qt.MouseButton.LeftButton)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    words = _say(spoken, 3)
    spoken.qtbot.mouseRelease(talk, Qt.MouseButton.LeftButton)
    assert fuzz.ratio(_heard(spoken, 3).lower(), words.lower()) > 80

    spoken.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    debrief = spoken.window.debrief
    spoken.until(lambda: spoken.window.pages.currentWidget() is debrief)
    assert debrief.look_back is not None
    quotes = [quote for quote in debrief.findChildren(Quote) if quote.shortened]
    assert quotes
    played = spoken.sound.loudspeaker.played
    before = len(played)
    quote = quotes[0]
    quote.setFocus()
    spoken.press(Qt.Key.Key_Return)
    spoken.until(lambda: len(played) > before)
    citation = quote._citation
    assert citation.start is not None
    assert citation.end is not None
    take = read_sound(_take_of(spoken, citation.turn))
    wanted = take.between(max(0.0, citation.start - BEFORE), citation.end + AFTER)
    assert len(played[-1].samples) == len(wanted.samples)
    assert (played[-1].samples == wanted.samples).all()


def _take_of(program: Program, number: int) -> Path:
    look_back = program.window.debrief.look_back
    assert look_back is not None
    turn = look_back.turn(number)
    assert turn is not None
    assert turn.take is not None
    return look_back.takes / turn.take


def test_a_slip_of_the_finger_is_met_gently(spoken: Program) -> None:
    spoken.qtbot.keyPress(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    spoken.qtbot.keyRelease(spoken.focus, Qt.Key.Key_Space)
    page = spoken.window.practice.conversation
    spoken.until(page.hint.isVisible)
    assert "try again" in page.hint.text()
    assert spoken.stage is Stage.YOUR_TURN


def test_unplugged_microphone_offers_another(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    spoken.sound.replay.unplug()
    spoken.until(page.trouble.isVisible)
    assert "is gone" in page.trouble.words
    spoken.until(lambda: page.trouble.microphones.count() > 2)
    page.trouble.microphones.setCurrentIndex(page.trouble.microphones.findText("Desk microphone"))
    page.trouble.microphones.activated.emit(page.trouble.microphones.currentIndex())
    spoken.until(lambda: not page.trouble.isVisible())
    assert spoken.equipment.settings.microphone == ("test", "Desk microphone")
    spoken.until(lambda: spoken.sound.replay._on_block is not None)
    page.talk.setFocus()
    spoken.qtbot.keyPress(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    spoken.qtbot.keyRelease(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: spoken.stage is Stage.YOUR_TURN)


def test_brief_shows_that_one_is_heard(open_program: Callable[..., Program]) -> None:
    program = open_program(model="tiny.en")
    program.choose("Dana")
    brief = program.window.practice.brief
    program.until(lambda: program.sound.replay._on_block is not None)
    program.sound.replay.say(read_sound(ANSWERS / "01.flac"))
    program.until(lambda: any(label.text() == "You can be heard." for label in brief.findChildren(QLabel)))
