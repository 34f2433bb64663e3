"""Hands-free turns through the real recorder and the real Whisper: a voice begins an answer, a silence ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt

from salespractice.audio.files import read_sound
from salespractice.audio.microphone import ReplayMicrophone
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


class Rep:
    """Says things into a microphone that is live, and four times as fast as a voice."""

    def __init__(self, program: Program) -> None:
        self.microphone = program.sound.replay = ReplayMicrophone(pace=0.25)
        self.microphone.live = True
        self._saying: threading.Thread | None = None

    def say(self, *sounds: Sound) -> None:
        """Begin to say these, after what is being said."""
        self.be_done()
        self._saying = threading.Thread(target=lambda: [self.microphone.say(sound) for sound in sounds])
        self._saying.start()

    def be_done(self) -> None:
        if self._saying is not None:
            self._saying.join()


@pytest.fixture
def spoken(open_program: Callable[..., Program]) -> Program:
    return open_program(model="tiny.en")


@pytest.fixture
def rep(spoken: Program) -> Iterator[Rep]:
    """In front of the first line."""
    rep = Rep(spoken)
    spoken.start("Dana")
    spoken.until(lambda: rep.microphone._on_block is not None)
    yield rep
    rep.be_done()


def begin_by_voice(program: Program, rep: Rep) -> None:
    """Speak until the page shows that it listens and what it hears."""
    page = program.window.practice.conversation
    rep.say(silence(1.0), answer(1))
    program.until(lambda: program.stage is Stage.RECORDING)
    program.until(lambda: page.said.caption)


def test_voice_begins_and_silence_ends(spoken: Program, rep: Rep) -> None:
    page = spoken.window.practice.conversation
    assert page.turns.hands_free.isChecked()
    assert "just speak" in page.status.text()
    assert not page.turns.thinking.isEnabled()
    begin_by_voice(spoken, rep)
    assert page.turns.thinking.isEnabled()
    rep.say(silence(3.0))
    spoken.until(lambda: 1 in page.said.answers)
    assert "four years" in page.said.answers[1]
    assert not page.said.caption
    spoken.until(lambda: spoken.stage is Stage.YOUR_TURN)


def test_still_thinking_gives_time_until_the_next_word(spoken: Program, rep: Rep) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken, rep)
    rep.be_done()  # or the rest of these words would end the thinking at once
    spoken.press(Qt.Key.Key_T)
    spoken.until(page.turns.thinking.isChecked)
    assert "Take your time" in page.status.text()
    rep.say(silence(8.0))
    rep.be_done()
    assert spoken.stage is Stage.RECORDING
    rep.say(answer(3))
    spoken.until(lambda: not page.turns.thinking.isChecked())
    rep.say(silence(3.0))
    spoken.until(lambda: 1 in page.said.answers)


def test_space_keeps_an_answer_begun_by_a_voice_open(spoken: Program, rep: Rep) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken, rep)
    spoken.qtbot.keyPress(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: "let go" in page.status.text())
    rep.say(silence(6.0))
    rep.be_done()
    assert spoken.stage is Stage.RECORDING
    spoken.qtbot.keyRelease(spoken.focus, Qt.Key.Key_Space)
    spoken.until(lambda: 1 in page.said.answers)


def test_changing_to_keys_in_the_middle_is_kept(spoken: Program, rep: Rep) -> None:
    page = spoken.window.practice.conversation
    spoken.press(Qt.Key.Key_F, CONTROL)
    assert not page.turns.hands_free.isChecked()
    assert "hold Space" in page.status.text()
    spoken.until(lambda: not read_settings(spoken.equipment.places.settings).hands_free)
    practice = spoken.window.practice.practice
    assert practice is not None
    # Its thread may still be preparing the next line; commands are done in their order.
    done = threading.Event()
    practice._commands.put(done.set)
    spoken.until(done.is_set)
    rep.say(silence(1.0), answer(1), silence(3.0))
    rep.be_done()
    assert spoken.stage is Stage.YOUR_TURN
    spoken.press(Qt.Key.Key_Return)
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    assert not page.turns.thinking.isEnabled()


def test_microphone_lost_in_the_middle_keeps_the_words(spoken: Program, rep: Rep) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken, rep)
    rep.microphone.unplug()
    spoken.until(page.trouble.isVisible)
    spoken.until(page.turns.send.isVisible)
    assert "is kept" in page.hint.text()
    assert "Choose a microphone" in page.status.text()
    assert not page.talk.isEnabled()
    heard = page.said.caption
    assert heard

    spoken.until(lambda: page.trouble.microphones.count() > 2)
    page.trouble.use.click()
    spoken.until(page.talk.isEnabled)
    assert "Go on with your answer" in page.status.text()
    spoken.until(lambda: rep.microphone._on_block is not None)
    rep.say(silence(1.0), answer(3), silence(3.0))
    spoken.until(lambda: spoken.stage is Stage.RECORDING)
    spoken.until(lambda: page.said.caption != heard)
    assert page.said.caption.startswith(heard)
    spoken.until(lambda: 1 in page.said.answers)
    words = page.said.answers[1].lower()
    assert "sorry" in words
    assert "happy" in words


def test_what_was_heard_before_the_loss_can_be_sent(spoken: Program, rep: Rep) -> None:
    page = spoken.window.practice.conversation
    begin_by_voice(spoken, rep)
    rep.microphone.unplug()
    spoken.until(page.turns.send.isVisible)
    page.turns.send.click()
    spoken.until(lambda: 1 in page.said.answers)
    assert "sorry" in page.said.answers[1].lower()
