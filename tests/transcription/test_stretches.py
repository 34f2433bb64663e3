from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from salespractice.transcription.stretches import LONGEST, SAMPLE_RATE, stretches


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.1, int(seconds * SAMPLE_RATE)).astype(np.float32)


def test_short_spans_stay_as_they_are() -> None:
    assert stretches(noise(10), [(0.5, 3.0), (4.0, 9.5)]) == [(0.5, 3.0), (4.0, 9.5)]


def test_spans_are_ordered_and_clipped_to_the_recording() -> None:
    assert stretches(noise(5), [(4.0, 9.0), (-1.0, 2.0), (7.0, 8.0)]) == [(0.0, 2.0), (4.0, 5.0)]


def test_long_speech_is_cut_at_the_lull() -> None:
    samples = noise(40)
    samples[int(23.0 * SAMPLE_RATE) : int(23.3 * SAMPLE_RATE)] = 0
    first, second = stretches(samples, [(0.0, 40.0)])
    assert first[0] == 0.0
    assert first[1] == second[0] == pytest.approx(23.15, abs=0.1)
    assert second[1] == 40.0


def test_no_piece_is_longer_than_whisper_hears() -> None:
    pieces = stretches(noise(200), [(1.0, 199.0)])
    assert all(0 < end - start <= LONGEST for start, end in pieces)
    assert all(before[1] == after[0] for before, after in pairwise(pieces))
