from __future__ import annotations

import threading

import numpy as np
import pytest

from salespractice.audio.microphone import Device, ReplayMicrophone
from salespractice.audio.sound import Samples
from salespractice.problem import Problem
from tests.audio.test_sound import tone


class Listener:
    """Takes blocks from a microphone."""

    def __init__(self) -> None:
        self.blocks: list[Samples] = []
        self.problems: list[Problem] = []
        self.heard = threading.Event()

    def on_block(self, block: Samples, /, *, wait: bool = False) -> None:
        assert wait
        self.blocks.append(block)
        self.heard.set()


def test_a_device_is_remembered_by_host_and_name() -> None:
    assert Device("ALSA", "headset", 1, 48_000, is_default=True).key == ("ALSA", "headset")


def test_every_sample_is_said_once_and_in_order() -> None:
    listener, microphone, sound = Listener(), ReplayMicrophone(), tone(1.01)
    microphone.open(listener.on_block, listener.problems.append)
    microphone.say(sound)
    assert {len(block) for block in listener.blocks[:-1]} == {512}
    assert np.array_equal(np.concatenate(listener.blocks), sound.samples)
    assert not listener.problems


def test_another_rate_is_resampled() -> None:
    listener, microphone = Listener(), ReplayMicrophone(rate=16_000)
    microphone.open(listener.on_block, listener.problems.append)
    microphone.say(tone(1.0, 44_100))
    assert sum(map(len, listener.blocks)) == 16_000


def test_closing_interrupts_a_slow_voice() -> None:
    listener, microphone = Listener(), ReplayMicrophone(pace=1.0)
    microphone.open(listener.on_block, listener.problems.append)
    speaking = threading.Thread(target=microphone.say, args=(tone(600.0),))
    speaking.start()
    assert listener.heard.wait(10)
    microphone.close()
    speaking.join(10)
    assert not speaking.is_alive()
    assert len(listener.blocks) < 1000


def test_closed_it_says_nothing() -> None:
    with pytest.raises(ValueError, match="not open"):
        ReplayMicrophone().say(tone())


def test_unplugging_is_told() -> None:
    listener, microphone = Listener(), ReplayMicrophone(name="headset")
    microphone.open(listener.on_block, listener.problems.append)
    microphone.unplug()
    assert "headset" in listener.problems[0].what
