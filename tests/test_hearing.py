"""What of an answer is transcribed, and what need not be again."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from salespractice.audio.listening import Progress, Speech
from salespractice.audio.sound import Samples
from salespractice.audio.stretches import Stretch
from salespractice.audio.take import Take
from salespractice.audio.voice_activity import RATE, Span
from salespractice.hearing import AnswerHearing, Ears
from salespractice.transcription.transcribed import Transcription


class Written:
    """A transcriber that notes how many seconds it is asked for, and answers nothing yet."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    def transcribe(
        self,
        samples: Samples,
        spans: Iterable[tuple[float, float]],
        *,
        language: str = "en",
        prompt: str = "",
        start: float = 0.0,
        stretch: str = "",
    ) -> Transcription:
        self.asked.append(round(len(samples) / RATE, 2))
        return Transcription()

    def caption(self, samples: Samples, *, stretch: str, language: str = "en", prompt: str = "") -> Future[str]:
        return Future()


@pytest.mark.parametrize(
    ("voice_until", "asked"),
    [
        pytest.param(1.9, [2.0], id="the voice had ended"),
        pytest.param(2.05, [2.0], id="the detector was late to see the end"),
        pytest.param(2.15, [2.0, 2.2], id="the last word went on"),
    ],
)
def test_what_came_after_the_key_is_heard_again_only_if_it_was_voice(voice_until: float, asked: list[float]) -> None:
    transcriber = Written()
    hearing = AnswerHearing(Ears(transcriber), lambda work: work(), lambda certain, guess: None, key="a")
    silence = np.zeros(round(2.2 * RATE), dtype=np.float32)
    path = Path("a.wav")
    hearing.take_in(Speech(path, Stretch(0, 0.0, 2.0), Progress.PAUSED, silence[: 2 * RATE]))
    whole = (Stretch(0, 0.0, 2.2),)
    hearing.finish(Take(path, RATE, 2.2, silence, 0, 0.5, False, stretches=whole, voice=(Span(0.3, voice_until),)))
    assert transcriber.asked == asked
