"""The settings for sound and turns: a sentence said, heard and read; devices that come and go; patience by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from salespractice.audio.files import read_sound
from salespractice.audio.microphone import Device
from salespractice.audio.sound import Samples
from salespractice.audio.take import Take
from salespractice.desktop.practice.device_watch import DeviceWatch
from salespractice.desktop.practice.sentence import what_is_wrong
from salespractice.places import shipped
from salespractice.problem import Problem
from salespractice.settings import read_settings
from tests.desktop.conftest import Program

CONTROL = Qt.KeyboardModifier.ControlModifier
NEW = Device("test", "New headset", 1, 16_000)


def open_settings(program: Program) -> None:
    program.press(Qt.Key.Key_3, CONTROL)
    program.until(lambda: program.window.settings.sound.check._recorder is not None)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["settings", "brief"])
def test_sentence_is_heard_and_read(open_program: Callable[..., Program], place: str) -> None:
    program = open_program(model="tiny.en")
    if place == "settings":
        open_settings(program)
        sentence = program.window.settings.sound.sentence
    else:
        program.choose("Dana")
        program.until(lambda: program.window.practice.brief.check._recorder is not None)
        sentence = program.window.practice.brief.sentence
    sentence.start.setFocus()
    program.press(Qt.Key.Key_Return)
    program.until(lambda: sentence.state.text().startswith("Speak now"))
    said = read_sound(shipped("assets") / "answers" / "listener" / "01.flac").between(0, 4)
    program.sound.replay.say(said)
    sentence.start.click()
    program.until(sentence.heard.isVisible)
    assert "sorry" in sentence.heard.text()
    assert not sentence.remark.isVisible()
    heard = program.sound.loudspeaker.played[-1]
    assert heard.seconds >= said.seconds
    assert sentence._check._folder is None


@pytest.mark.slow
def test_sentence_without_words_says_what_to_do(open_program: Callable[..., Program]) -> None:
    program = open_program(model="tiny.en")
    open_settings(program)
    sentence = program.window.settings.sound.sentence
    sentence.start.click()
    program.until(lambda: sentence._recording)
    sentence.start.click()
    program.until(sentence.remark.isVisible)
    assert "very quiet" in sentence.remark.text()


def _take(samples: Samples, *, silent: bool = False) -> Take:
    return Take(Path("x.wav"), 16_000, 1.0, samples, 0, float(np.abs(samples).max()), silent)


def test_what_is_wrong_is_said_in_plain_words() -> None:
    tone = np.sin(np.linspace(0, 3000, 16_000, dtype=np.float32))
    assert what_is_wrong(_take(tone / 3)) == []
    assert "very quiet" in what_is_wrong(_take(tone / 100))[0]
    assert "too loud" in what_is_wrong(_take(np.clip(tone * 3, -1, 1)))[0]
    assert "muted" in what_is_wrong(_take(tone * 0, silent=True))[0]
    lost = replace(_take(tone / 3), problem=Problem("The microphone is gone.", "", "Connect it again."))
    assert what_is_wrong(lost) == ["The microphone is gone. Connect it again."]


def test_look_again_finds_what_was_plugged_in(program: Program) -> None:
    open_settings(program)
    sound = program.window.settings.sound
    program.sound.devices = [*program.sound.devices, NEW]
    sound.again.setFocus()
    program.press(Qt.Key.Key_Return)
    program.until(lambda: sound.microphones.findText("New headset") >= 0)
    program.until(lambda: sound.check._recorder is not None)


def test_lost_microphone_is_told_and_another_is_found_by_itself(program: Program) -> None:
    open_settings(program)
    settings = program.window.settings
    program.sound.replay.unplug()
    program.until(settings.banner.isVisible)
    assert "is gone" in settings.banner.words
    program.sound.devices = [NEW]
    program.until(lambda: settings.sound.microphones.findText("New headset") >= 0)
    program.until(lambda: settings.sound.check.busy)


def test_system_says_that_a_device_came(program: Program, tmp_path: Path) -> None:
    open_settings(program)
    sound = program.window.settings.sound
    watch = DeviceWatch(program.equipment, sound.check, sound, tmp_path)
    watch.start()
    with program.qtbot.waitSignal(watch.found, timeout=60_000):
        pass
    with program.qtbot.waitSignal(watch.found, timeout=60_000):
        (tmp_path / "pcmC1D0c").touch()
    watch.stop()


def test_no_microphone_at_all_is_told(program: Program) -> None:
    program.sound.broken["microphone"] = Problem("No microphone was found on this machine.", "", "Connect a headset.")
    program.press(Qt.Key.Key_3, CONTROL)
    program.until(lambda: "Connect a headset." in program.window.settings.banner.words)


def test_patience_by_keys_is_kept(program: Program) -> None:
    open_settings(program)
    turns = program.window.settings.turns
    path = program.equipment.places.settings
    assert turns.patience.text() == "As the scenario says"
    turns.patience.setFocus()
    program.press(Qt.Key.Key_Up)
    assert turns.patience.seconds == 1.5
    program.press(Qt.Key.Key_Up)
    program.until(lambda: read_settings(path).patience == 1.6)
    for _ in range(8):
        program.press(Qt.Key.Key_Down)
    assert turns.patience.seconds == 0.8
    program.press(Qt.Key.Key_Down)
    program.until(lambda: read_settings(path).patience is None)


def test_hands_free_and_interrupting_are_kept(program: Program) -> None:
    open_settings(program)
    turns = program.window.settings.turns
    path = program.equipment.places.settings
    turns.may_interrupt.setFocus()
    program.press(Qt.Key.Key_Space)
    program.until(lambda: not read_settings(path).may_interrupt)
    turns.hands_free.setFocus()
    program.press(Qt.Key.Key_Space)
    program.until(lambda: not read_settings(path).hands_free)
    assert not turns.patience.isEnabled()


@pytest.mark.slow
def test_costs_are_measured_once_and_shown(program: Program) -> None:
    open_settings(program)
    costs = program.window.settings.speech.costs
    program.until(lambda: costs.words and all("for each second" in words for words in costs.words))
    assert (program.equipment.places.data / "model-costs.json").is_file()
