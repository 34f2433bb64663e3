from __future__ import annotations

import threading

import pytest

from salespractice.audio.speaker import SilentSpeaker
from tests.audio.test_sound import tone


def test_without_pace_it_finishes_at_once_in_another_thread() -> None:
    finished, threads = threading.Event(), []

    def on_finished() -> None:
        threads.append(threading.current_thread())
        finished.set()

    playing = SilentSpeaker().play(tone(600.0), on_finished)
    assert finished.wait(10)
    assert threads != [threading.current_thread()]
    assert playing.position == 600.0
    assert playing.problem is None


def test_with_pace_it_lasts_until_stopped_and_finishes_once() -> None:
    finished = threading.Semaphore(0)
    speaker = SilentSpeaker(pace=1.0)
    playing = speaker.play(tone(600.0), finished.release)
    assert not finished.acquire(blocking=False)
    playing.stop()
    playing.stop()
    assert finished.acquire(timeout=10)
    assert not finished.acquire(blocking=False)
    assert playing.position < 300


def test_a_new_sound_ends_the_one_before() -> None:
    first, second = threading.Event(), threading.Event()
    speaker = SilentSpeaker(pace=1.0)
    speaker.play(tone(600.0), first.set)
    speaker.play(tone(0.001), second.set)
    assert first.wait(10)
    assert second.wait(10)
    speaker.close()


@pytest.mark.parametrize("pace", [0.0, 1.0])
def test_closing_finishes(pace: float) -> None:
    finished, speaker = threading.Event(), SilentSpeaker(pace)
    speaker.play(tone(600.0), finished.set)
    speaker.close()
    speaker.close()
    assert finished.wait(10)
