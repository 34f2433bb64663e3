from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from salespractice.audio.files import read_sound
from salespractice.audio.voice_activity import CHUNK, RATE, Span, spans_of, speech_probabilities, speech_spans

_CHUNK_SECONDS = CHUNK / RATE


def probabilities(*parts: tuple[float, float]) -> np.ndarray:
    """Chunks for (seconds, probability) after each other."""
    chunks = [np.full(round(seconds / _CHUNK_SECONDS), value, dtype=np.float32) for seconds, value in parts]
    return np.concatenate(chunks)


def spans(*parts: tuple[float, float]) -> list[tuple[Any, Any]]:
    chunks = probabilities(*parts)
    found = spans_of(chunks, len(chunks) * _CHUNK_SECONDS)
    return [(pytest.approx(span.start, abs=0.05), pytest.approx(span.end, abs=0.05)) for span in found]


def test_speech_gets_air_on_both_sides_and_stays_inside() -> None:
    assert spans((1, 0), (2, 0.9), (1, 0)) == [(0.7, 3.3)]
    assert spans((2, 0.9)) == [(0.0, 2.0)]


def test_a_doubtful_moment_does_not_end_speech_and_does_not_begin_it() -> None:
    assert spans((1, 0), (1, 0.9), (1, 0.4), (1, 0.9), (1, 0)) == [(0.7, 4.3)]
    assert spans((1, 0), (3, 0.4), (1, 0)) == []


def test_short_pauses_are_part_of_speech_and_long_ones_are_not() -> None:
    assert spans((1, 0), (1, 0.9), (0.5, 0), (1, 0.9), (1, 0)) == [(0.7, 3.8)]
    assert spans((1, 0), (1, 0.9), (1.0, 0), (1, 0.9), (1, 0)) == [(0.7, 2.3), (2.7, 4.3)]


def test_a_click_is_no_speech_but_a_short_yes_is() -> None:
    assert spans((1, 0), (0.2, 0.9), (1, 0)) == []
    assert spans((1, 0), (0.3, 0.9), (1, 0)) == [(0.7, 1.6)]


def test_long_speech_is_cut_at_its_deepest_pause() -> None:
    long = ((1, 0), (10, 0.9), (0.3, 0.2), (8, 0.9), (0.3, 0.01), (20, 0.9), (1, 0))
    assert spans(*long) == [(0.7, 19.4), (19.4, 39.85)]


def test_speech_without_a_breath_is_cut_hard() -> None:
    found = spans_of(probabilities((80, 0.9)), 80.0)
    assert found[0].start == 0.0
    assert found[-1].end == 80.0
    assert all(5.0 <= span.seconds <= 25.0 for span in found)
    assert [span.end for span in found[:-1]] == [span.start for span in found[1:]]


def test_just_over_the_limit_leaves_no_crumb() -> None:
    found = spans_of(probabilities((25.5, 0.9)), 25.5)
    assert all(span.seconds >= 5.0 for span in found)


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK * 100, CHUNK * 100 + 7])
def test_exact_silence_of_any_length_has_no_speech(length: int) -> None:
    silence = np.zeros(length, dtype=np.float32)
    assert speech_spans(silence) == []
    assert len(speech_probabilities(silence)) == -(-length // CHUNK)


def test_hiss_and_hum_are_no_speech() -> None:
    random = np.random.default_rng(3)
    moments = np.arange(5 * RATE) / RATE
    assert speech_spans(random.normal(0, 0.05, 5 * RATE).astype(np.float32)) == []
    assert speech_spans((0.3 * np.sin(2 * np.pi * 50 * moments)).astype(np.float32)) == []


@pytest.mark.parametrize("name", ["noise1", "noise2"])
def test_real_noise_is_no_speech(shared_data: Path, name: str) -> None:
    sound = read_sound(shared_data / "speech" / f"{name}.flac").resampled(RATE)
    assert sum(span.seconds for span in speech_spans(sound.samples)) < 0.03 * sound.seconds


def test_real_speech_is_found_where_it_is(shared_data: Path) -> None:
    sound = read_sound(shared_data / "speech" / "LJ001-0004.flac").resampled(RATE)
    quiet = np.zeros(2 * RATE, dtype=np.float32)
    found = speech_spans(np.concatenate([quiet, sound.samples, quiet]))
    assert 1.6 < found[0].start < 2.1
    assert abs(found[-1].end - (2 + sound.seconds)) < 0.5
    assert sum(span.seconds for span in found) > 0.9 * sound.seconds


def test_sentences_are_apart(shared_data: Path) -> None:
    sound = read_sound(shared_data / "speech" / "harvard.flac").resampled(RATE)
    found = speech_spans(sound.samples)
    assert len(found) >= 2
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_span_knows_its_length() -> None:
    assert Span(1.0, 2.5).seconds == 1.5
