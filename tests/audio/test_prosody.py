"""Pitch and loudness: known tones come out as they were made, real voices as Praat measures them, noise as nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salespractice.audio.files import read_sound
from salespractice.audio.prosody import Prosody, prosody_of
from salespractice.audio.sound import Samples
from salespractice.audio.voice_activity import Span
from salespractice.places import shipped

RATE = 16_000


def voice(pitch: np.ndarray, harmonics: int = 12, missing: int = 0) -> Samples:
    """A buzz with the given pitch in Hz at each sample; its lowest `missing` harmonics are left out."""
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    parts = (np.sin(number * phase) / number for number in range(1 + missing, harmonics + 1))
    return (0.1 * sum(parts)).astype(np.float32)


def steady(hertz: float, seconds: float = 4.0) -> np.ndarray:
    return np.full(round(seconds * RATE), hertz)


def heard(samples: Samples) -> Prosody:
    return prosody_of(samples, [Span(0.0, len(samples) / RATE)])


@given(hertz=st.floats(70, 450))
def test_steady_tone(hertz: float) -> None:
    result = heard(voice(steady(hertz, 2.5)))
    assert result.pitch == pytest.approx(hertz, rel=0.003)
    assert result.pitch_variation == pytest.approx(0, abs=0.05)
    assert result.loudness_variation == pytest.approx(0, abs=0.3)
    assert result.voiced > 0.99


@pytest.mark.parametrize("missing", [0, 1])
def test_octave_is_right_where_the_fundamental_is_missing(missing: int) -> None:
    assert heard(voice(steady(110), missing=missing)).pitch == pytest.approx(110, rel=0.005)


def test_octave_is_right_where_the_second_harmonic_is_the_strongest() -> None:
    phase = 2 * np.pi * 120 * np.arange(4 * RATE) / RATE
    samples = (0.1 * np.sin(phase) + 0.25 * np.sin(2 * phase) + 0.1 * np.sin(3 * phase)).astype(np.float32)
    assert heard(samples).pitch == pytest.approx(120, rel=0.005)


@pytest.mark.parametrize("semitones", [3.0, 7.0, 12.0])
def test_glide_has_four_fifths_of_its_way_as_variation(semitones: float) -> None:
    glide = 150 * 2 ** (np.linspace(-0.5, 0.5, 5 * RATE) * semitones / 12)
    result = heard(voice(glide))
    assert result.pitch == pytest.approx(150, rel=0.01)
    assert result.pitch_variation == pytest.approx(0.8 * semitones, abs=0.1)


def test_loudness_that_rises_evenly() -> None:
    rise = 10 ** (np.linspace(-10, 10, 5 * RATE) / 20)
    result = heard((voice(steady(200)[: len(rise)]) * rise[: 4 * RATE]).astype(np.float32))
    assert result.loudness_variation == pytest.approx(0.8 * 16, abs=0.3)
    assert result.pitch_variation == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("gain", [-40.0, 12.0])
def test_gain_of_the_microphone_changes_nothing(gain: float) -> None:
    glide = voice(180 * 2 ** (np.linspace(-0.3, 0.3, 3 * RATE)))
    plain, other = heard(glide), heard((glide * 10 ** (gain / 20)).astype(np.float32))
    assert other.pitch == pytest.approx(plain.pitch, rel=1e-3)
    assert other.pitch_variation == pytest.approx(plain.pitch_variation, abs=0.02)
    assert other.loudness_variation == pytest.approx(plain.loudness_variation, abs=0.02)


@pytest.mark.parametrize("kind", ["noise", "zeros", "offset", "nothing"])
def test_what_is_no_voice_has_no_pitch(kind: str) -> None:
    samples = {
        "noise": np.random.default_rng(3).standard_normal(4 * RATE) * 0.1,
        "zeros": np.zeros(4 * RATE),
        "offset": np.full(4 * RATE, 0.2),
        "nothing": np.zeros(0),
    }[kind].astype(np.float32)
    result = heard(samples)
    assert result.voiced < 0.05
    assert (result.pitch, result.pitch_variation, result.loudness_variation) == (None, None, None)


def test_too_little_voice_has_no_figures_but_a_share() -> None:
    result = heard(voice(steady(120, 1.5)))
    assert result == Prosody(result.voiced)
    assert result.voiced > 0.99


def test_only_the_spans_count() -> None:
    samples = np.concatenate([voice(steady(110, 3)), voice(steady(330, 3))])
    assert prosody_of(samples, [Span(0, 2.95)]).pitch == pytest.approx(110, rel=0.01)
    assert prosody_of(samples, [Span(3.05, 9.0)]).pitch == pytest.approx(330, rel=0.01)
    assert prosody_of(samples, []) == Prosody(0.0)
    assert prosody_of(samples, [Span(0.0, 0.03), Span(7.0, 8.0)]) == Prosody(0.0)


def test_long_answer_is_looked_at_less_densely() -> None:
    minutes = np.tile(voice(150 * 2 ** np.linspace(-0.25, 0.25, 10 * RATE)), 36)
    result = heard(minutes)
    assert result.pitch_variation == pytest.approx(0.8 * 6, abs=0.1)


# The median in Hz and the 80 % range in semitones by Praat 6.4 (autocorrelation, floor and ceiling from quartiles).
BY_PRAAT = {
    "LJ001-0001": (212, 10.1),
    "LJ001-0004": (246, 11.0),
    "LJ001-0006": (218, 13.6),
    "LJ001-0007": (225, 9.0),
    "librivox-0870": (101, 6.6),
    "librivox-0890": (91, 8.6),
    "harvard": (112, 10.6),
}


@pytest.mark.parametrize("name", BY_PRAAT)
@pytest.mark.parametrize("noise", [0.0, 0.1], ids=["as recorded", "with noise"])
def test_real_voices_as_praat_measures_them(shared_data: Path, name: str, noise: float) -> None:
    samples = read_sound(shared_data / "speech" / f"{name}.flac").resampled(RATE).samples
    level = np.sqrt(np.mean(np.square(samples)))
    hiss = np.random.default_rng(1).standard_normal(len(samples)) * noise * level
    result = heard((samples + hiss).astype(np.float32))
    hertz, semitones = BY_PRAAT[name]
    assert result.pitch == pytest.approx(hertz, rel=0.05)
    assert result.pitch_variation == pytest.approx(semitones, abs=1.2)
    assert result.loudness_variation is not None
    assert 5 < result.loudness_variation < 14


def test_hum_of_the_mains_is_no_voice() -> None:
    samples = read_sound(shipped("assets") / "answers" / "listener" / "05.flac").resampled(RATE).samples
    time = np.arange(len(samples)) / RATE
    level = 0.1 * np.sqrt(np.mean(np.square(samples)))
    hum = level * (np.sin(2 * np.pi * 50 * time) + np.sin(2 * np.pi * 100 * time))
    plain, hummed = heard(samples), heard((samples + hum).astype(np.float32))
    assert plain.pitch_variation is not None
    assert hummed.pitch == pytest.approx(plain.pitch, rel=0.02)
    assert hummed.pitch_variation == pytest.approx(plain.pitch_variation, abs=0.5)
