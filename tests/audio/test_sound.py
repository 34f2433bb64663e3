from __future__ import annotations

import numpy as np
import pytest

from salespractice.audio.sound import Sound


def tone(seconds: float = 1.0, rate: int = 16_000, hertz: float = 440.0) -> Sound:
    moments = np.arange(round(seconds * rate)) / rate
    return Sound((0.5 * np.sin(2 * np.pi * hertz * moments)).astype(np.float32), rate)


def test_length_follows_the_rate() -> None:
    assert tone(1.5, 8000).seconds == 1.5


def test_resampling_keeps_length_and_loudness() -> None:
    there = tone(1.0, 44_100).resampled(16_000)
    assert there.rate == 16_000
    assert len(there.samples) == 16_000
    assert there.samples.dtype == np.float32
    middle = there.between(0.2, 0.8).samples
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=1e-3)


def test_resampling_to_its_own_rate_is_itself() -> None:
    sound = tone()
    assert sound.resampled(sound.rate) is sound


def test_resampling_nothing_gives_nothing() -> None:
    assert len(Sound(np.zeros(0, dtype=np.float32), 44_100).resampled(16_000).samples) == 0


def test_between_is_cut_to_what_there_is() -> None:
    sound = tone(1.0)
    assert sound.between(0.25, 0.5).seconds == 0.25
    assert sound.between(-1, 99).seconds == 1.0
    assert sound.between(0.75).seconds == 0.25
    assert sound.between(5, 6).seconds == 0.0
    assert sound.between(0.5, 0.25).seconds == 0.0


def test_anything_of_one_dimension_becomes_float32() -> None:
    assert Sound([0.0, 0.5], 8000).samples.dtype == np.float32  # type: ignore[arg-type]


def test_two_channels_and_no_rate_are_bugs() -> None:
    with pytest.raises(ValueError, match="mono"):
        Sound(np.zeros((2, 2), dtype=np.float32), 8000)
    with pytest.raises(ValueError, match="positive"):
        Sound(np.zeros(2, dtype=np.float32), 0)
