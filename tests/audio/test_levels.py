from __future__ import annotations

import numpy as np
import pytest

from salespractice.audio.levels import SILENCE_DBFS, dbfs, levels, meter


def test_full_scale_square_wave_is_zero_decibels_and_clipped() -> None:
    found = levels(np.tile(np.array([1.0, -1.0], dtype=np.float32), 100))
    assert found.rms == pytest.approx(0.0)
    assert found.peak == 1.0
    assert found.clipped == 1.0
    assert found.too_loud
    assert not found.too_quiet


@pytest.mark.parametrize("samples", [np.zeros(0, dtype=np.float32), np.zeros(100, dtype=np.float32)])
def test_silence_is_a_number(samples: np.ndarray) -> None:
    assert levels(samples).rms == SILENCE_DBFS
    assert levels(samples).too_quiet


def test_the_meter_is_even_in_decibels() -> None:
    assert dbfs(0.1) == pytest.approx(-20)
    assert meter(1.0) == 1.0
    assert meter(0.1) == pytest.approx(2 / 3)
    assert meter(0.001) == pytest.approx(0.0, abs=1e-6)
    assert meter(0.0) == 0.0
    assert meter(2.0) == 1.0
