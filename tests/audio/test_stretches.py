from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from salespractice.audio.files import read_sound
from salespractice.audio.stretches import (
    Stretch,
    StretchEnded,
    StretchFinder,
    StretchPaused,
    VoiceBegan,
    speech_stretches,
    stretches_of,
)
from salespractice.audio.voice_activity import CHUNK, CHUNK_SECONDS, RATE


def probabilities(*parts: tuple[float, float]) -> np.ndarray:
    """Chunks for (seconds, probability) after each other."""
    chunks = [np.full(round(seconds / CHUNK_SECONDS), value, dtype=np.float32) for seconds, value in parts]
    return np.concatenate(chunks)


def stretches(*parts: tuple[float, float]) -> list[tuple[Any, Any]]:
    chunks = probabilities(*parts)
    found = stretches_of(chunks, len(chunks) * CHUNK_SECONDS)
    return [(pytest.approx(stretch.start, abs=0.05), pytest.approx(stretch.end, abs=0.05)) for stretch in found]


def test_speech_gets_air_on_both_sides_and_stays_inside() -> None:
    assert stretches((1, 0), (2, 0.9), (1, 0)) == [(0.7, 3.3)]
    assert stretches((2, 0.9)) == [(0.0, 2.0)]


def test_a_doubtful_moment_does_not_end_speech_and_does_not_begin_it() -> None:
    assert stretches((1, 0), (1, 0.9), (1, 0.4), (1, 0.9), (1, 0)) == [(0.7, 4.3)]
    assert stretches((1, 0), (3, 0.4), (1, 0)) == []


def test_short_pauses_are_part_of_speech_and_long_ones_are_not() -> None:
    assert stretches((1, 0), (4, 0.9), (0.5, 0), (1, 0.9), (1, 0)) == [(0.7, 6.8)]
    assert stretches((1, 0), (4, 0.9), (0.8, 0), (1, 0.9), (1, 0)) == [(0.7, 5.3), (5.5, 7.1)]


def test_a_short_one_waits_longer_for_more() -> None:
    assert stretches((1, 0), (1, 0.9), (0.8, 0), (1, 0.9), (1, 0)) == [(0.7, 4.1)]
    assert stretches((1, 0), (1, 0.9), (1.5, 0), (1, 0.9), (1, 0)) == [(0.7, 2.3), (3.2, 4.8)]


def test_a_click_is_no_speech_but_a_short_yes_is() -> None:
    assert stretches((1, 0), (0.2, 0.9), (1, 0)) == []
    assert stretches((1, 0), (0.3, 0.9), (1, 0)) == [(0.7, 1.6)]


def test_long_speech_is_cut_at_its_deepest_pause() -> None:
    long = ((1, 0), (10, 0.9), (0.3, 0.2), (8, 0.9), (0.3, 0.01), (20, 0.9), (1, 0))
    assert stretches(*long)[0] == (0.7, 11.15)
    assert all(end.expected - start.expected <= 20.1 for start, end in stretches(*long))


def test_what_is_final_never_overlaps_and_leaves_no_voice_out() -> None:
    random = np.random.default_rng(5)
    for _ in range(50):
        parts = [(float(random.uniform(0.05, 9)), float(random.choice([0.0, 0.2, 0.9]))) for _ in range(20)]
        chunks = probabilities(*parts)
        found = stretches_of(chunks, len(chunks) * CHUNK_SECONDS)
        assert all(before.end <= after.start for before, after in pairwise(found))
        assert [one.number for one in found] == list(range(len(found)))
        finder = StretchFinder()
        for chunk in chunks:
            finder.feed(float(chunk))
        for voice in finder.voice:
            assert any(one.start <= voice.start and voice.end <= one.end + 0.001 for one in found)


def test_a_pause_is_told_before_the_stretch_is_final_and_is_the_same_then() -> None:
    finder = StretchFinder(origin=10.0)
    told = [one for chunk in probabilities((1, 0), (4, 0.9), (1, 0)) for one in finder.feed(float(chunk))]
    began, paused, ended = told
    assert isinstance(began, VoiceBegan)
    assert began.at == pytest.approx(11.0, abs=0.04)
    assert isinstance(paused, StretchPaused)
    assert isinstance(ended, StretchEnded)
    assert paused.stretch == ended.stretch == Stretch(0, pytest.approx(10.7, abs=0.04), pytest.approx(15.3, abs=0.04))
    assert finder.finish(16.0) == []
    assert finder.silence == pytest.approx(1.0, abs=0.04)


def test_an_end_in_a_pause_gives_what_was_told() -> None:
    finder = StretchFinder()
    told = [one for chunk in probabilities((1, 0.9), (0.4, 0)) for one in finder.feed(float(chunk))]
    assert isinstance(told[-1], StretchPaused)
    assert finder.finish(1.4) == [StretchEnded(told[-1].stretch)]


def test_before_anything_is_said_there_is_no_silence_to_lose_patience_over() -> None:
    finder = StretchFinder()
    for chunk in probabilities((5, 0), (0.2, 0.9), (3, 0)):
        assert finder.feed(float(chunk)) == []
    assert finder.silence is None
    assert finder.voice == ()


def test_speech_without_a_breath_is_cut_hard() -> None:
    found = stretches_of(probabilities((80, 0.9)), 80.0)
    assert found[0].start == 0.0
    assert found[-1].end == 80.0
    assert all(5.0 <= (stretch.end - stretch.start) <= 20.1 for stretch in found)
    assert [stretch.end for stretch in found[:-1]] == [stretch.start for stretch in found[1:]]


def test_just_over_the_limit_leaves_no_crumb() -> None:
    found = stretches_of(probabilities((25.5, 0.9)), 25.5)
    assert all((stretch.end - stretch.start) >= 5.0 for stretch in found)


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK * 100, CHUNK * 100 + 7])
def test_exact_silence_of_any_length_has_no_speech(length: int) -> None:
    silence = np.zeros(length, dtype=np.float32)
    assert speech_stretches(silence) == []


def test_hiss_and_hum_are_no_speech() -> None:
    random = np.random.default_rng(3)
    moments = np.arange(5 * RATE) / RATE
    assert speech_stretches(random.normal(0, 0.05, 5 * RATE).astype(np.float32)) == []
    assert speech_stretches((0.3 * np.sin(2 * np.pi * 50 * moments)).astype(np.float32)) == []


@pytest.mark.parametrize("name", ["noise1", "noise2"])
def test_real_noise_is_no_speech(shared_data: Path, name: str) -> None:
    sound = read_sound(shared_data / "speech" / f"{name}.flac").resampled(RATE)
    assert sum((stretch.end - stretch.start) for stretch in speech_stretches(sound.samples)) < 0.03 * sound.seconds


def test_real_speech_is_found_where_it_is(shared_data: Path) -> None:
    sound = read_sound(shared_data / "speech" / "LJ001-0004.flac").resampled(RATE)
    quiet = np.zeros(2 * RATE, dtype=np.float32)
    found = speech_stretches(np.concatenate([quiet, sound.samples, quiet]))
    assert 1.6 < found[0].start < 2.1
    assert abs(found[-1].end - (2 + sound.seconds)) < 0.5
    assert sum((stretch.end - stretch.start) for stretch in found) > 0.9 * sound.seconds


def test_sentences_are_apart(shared_data: Path) -> None:
    sound = read_sound(shared_data / "speech" / "harvard.flac").resampled(RATE)
    found = speech_stretches(sound.samples)
    assert len(found) >= 2
    assert all(before.end <= after.start for before, after in pairwise(found))
