"""The baseline: nothing until there is a habit to speak of, and long answers say more about it than short ones."""

from __future__ import annotations

import pytest

from salespractice.coaching.baseline import FEWEST_ANSWERS, NO_BASELINE, Usual, baseline_of
from salespractice.coaching.fillers import Filler
from tests.deliveries import delivery

UM = Filler("um", 1.0, 1.2)


def test_nothing_is_usual_before_the_first_answer() -> None:
    assert baseline_of([]) == NO_BASELINE


@pytest.mark.parametrize(
    ("answers", "voice"), [(FEWEST_ANSWERS - 1, 60.0), (FEWEST_ANSWERS, 10.0)], ids=["few answers", "little voice"]
)
def test_too_little_makes_no_habit(answers: int, voice: float) -> None:
    result = baseline_of([delivery(voice=voice, words=round(2.5 * voice))] * answers)
    assert (result.pace, result.fillers, result.pitch_variation, result.loudness_variation) == (None,) * 4
    assert result.answers == answers


def test_mean_and_spread() -> None:
    slow, fast = delivery(voice=20.0, words=40), delivery(voice=20.0, words=60)
    result = baseline_of([slow, fast] * 8)
    assert result.answers == 16
    assert result.voice == pytest.approx(320)
    assert result.pace is not None
    assert result.pace.mean == pytest.approx(150)
    assert result.pace.spread == pytest.approx(30 * (16 / 15) ** 0.5)
    assert (result.pace.low, result.pace.high) == (result.pace.mean - result.pace.spread, 150 + result.pace.spread)
    assert result.pitch_variation == Usual(7.0, 0.0)
    assert result.loudness_variation == Usual(8.0, 0.0)


def test_longer_answers_count_for_more() -> None:
    result = baseline_of([delivery(voice=30.0, words=60), delivery(voice=10.0, words=40)] * 4)
    assert result.pace is not None
    assert result.pace.mean == pytest.approx(60 * 400 / 160)


def test_fillers_are_counted_by_words() -> None:
    result = baseline_of([delivery(words=90, fillers=(UM,)), delivery(words=10, fillers=(UM,))] * 5)
    assert result.fillers is not None
    assert result.fillers.mean == pytest.approx(2.0)
    assert result.fillers.low == 0.0


def test_a_measure_that_is_missing_in_some_answers_needs_enough_others() -> None:
    known, unknown = delivery(), delivery(pitch=None, pitch_variation=None, loudness_variation=None)
    result = baseline_of([known] * (FEWEST_ANSWERS - 1) + [unknown] * 20)
    assert result.pitch_variation is None
    assert result.pace is not None


def test_answers_without_voice_or_words_tell_nothing() -> None:
    assert baseline_of([delivery(voice=0.0), delivery(words=0)] * 10) == NO_BASELINE
