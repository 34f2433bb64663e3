"""Hands-free turns through the real recorder and the real Whisper: a voice begins an answer, a silence ends it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt

from salespractice.audio.files import read_sound
from salespractice.audio.sound import Sound
from salespractice.desktop.practice.conversation_stage import Stage
from salespractice.places import shipped
from salespractice.settings import read_settings
from tests.desktop.conftest import Program

pytestmark = pytest.mark.slow

CONTROL = Qt.KeyboardModifier.ControlModifier


def silence(seconds: float) -> Sound:
    """A quiet room, which is never exactly zero."""
    noise = np.random.default_rng(1).normal(0, 1e-4, round(seconds * 16_000))
    return Sound(noise.astype(np.float32), 16_000)


def answer(number: int) -> Sound:
    return read_sound(shipped("assets") / "answers" / "listener" / f"{number:02d}.flac")


@pytest.fixture
def spoken(open_program: Callable[..., Program]) -> Program:
    program = open_program(model="tiny.en")
    program.start("Dana")
    program.sound.replay.say(silence(1.0))
    return program


def begin_by_voice(program: Program) -> None:
    """Speak until the page shows that it listens and what it hears."""
    page = program.window.practice.conversation
    program.sound.replay.say(answer(1))
    program.until(lambda: program.stage is Stage.RECORDING)
    program.until(lambda: page.said.caption)


def test_voice_begins_and_silence_ends(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    assert page.turns.hands_free.isChecked()
    assert "just speak" in page.status.text()
    assert not page.turns.thinking.isEnabled()
    begin_by_voice(spoken)
    assert page.turns.thinking.isEnabled()
    spoken.sound.replay.say(silence(3.0))
    spoken.until(lambda: 1 in page.said.answers)
    assert "eighteen" in page.said.answers[1] or "18" in page.said.answers[1]
    assert not page.said.caption
    spoken.until(lambda: spoken.stage is Stage.YOUR_TURN)


def test_still_thinking_gives_time_until_the_next_word(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken)
    spoken.press(Qt.Key.Key_T)
    spoken.until(page.turns.thinking.isChecked)
    assert "Take your time" in page.status.text()
    spoken.sound.replay.say(silence(8.0))
    assert spoken.stage is Stage.RECORDING
    spoken.sound.replay.say(answer(3))
    spoken.until(lambda: not page.turns.thinking.isChecked())
    spoken.sound.replay.say(silence(3.0))
    spoken.until(lambda: 1 in page.said.answers)


def test_space_keeps_an_answer_begun_by_a_voice_open(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken)
    spoken.qtbot.keyPress(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: "let go" in page.status.text())
    spoken.sound.replay.say(silence(6.0))
    assert spoken.stage is Stage.RECORDING
    spoken.qtbot.keyRelease(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: 1 in page.said.answers)


def test_changing_to_keys_in_the_middle_is_kept(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    spoken.press(Qt.Key.Key_F, CONTROL)
    assert not page.turns.hands_free.isChecked()
    assert "hold Space" in page.status.text()
    spoken.until(lambda: not read_settings(spoken.equipment.places.settings).hands_free)
    spoken.sound.replay.say(answer(1))
    spoken.sound.replay.say(silence(3.0))
    assert spoken.stage is Stage.YOUR_TURN
    spoken.press(Qt.Key.Key_Return)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    assert not page.turns.thinking.isEnabled()


def test_microphone_lost_in_the_middle_keeps_the_words(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken)
    heard = page.said.caption
    spoken.sound.replay.unplug()
    spoken.until(page.trouble.isVisible)
    spoken.until(page.turns.send.isVisible)
    assert "is kept" in page.hint.text()
    assert "Choose a microphone" in page.status.text()
    assert not page.talk.isEnabled()
    assert page.said.caption == heard

    spoken.until(lambda: page.trouble.microphones.count() > 2)
    page.trouble.use.click()
    spoken.until(page.talk.isEnabled)
    assert "Go on with your answer" in page.status.text()
    spoken.until(lambda: spoken.sound.replay._on_block is not None)
    spoken.sound.replay.say(silence(1.0))
    spoken.sound.replay.say(answer(3))
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    spoken.sound.replay.say(silence(3.0))
    spoken.until(lambda: 1 in page.said.answers)
    words = page.said.answers[1].lower()
    assert "sorry" in words
    assert "happy" in words


def test_what_was_heard_before_the_loss_can_be_sent(spoken: Program) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken)
    spoken.sound.replay.unplug()
    spoken.until(page.turns.send.isVisible)
    page.turns.send.click()
    spoken.until(lambda: 1 in page.said.answers)
    assert "sorry" in page.said.answers[1].lower()
