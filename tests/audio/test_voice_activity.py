from __future__ import annotations

import numpy as np
import pytest

from salespractice.audio.files import read_sound
from salespractice.audio.voice_activity import CHUNK, RATE, Span, VoiceDetector, speech_probabilities
from salespractice.places import shipped


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK * 100, CHUNK * 100 + 7])
def test_every_begun_chunk_has_a_probability(length: int) -> None:
    assert len(speech_probabilities(np.zeros(length, dtype=np.float32))) == -(-length // CHUNK)


def test_a_stream_in_pieces_is_the_same_stream() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, CHUNK * 20).astype(np.float32)
    detector = VoiceDetector()
    in_pieces = [one for piece in np.array_split(samples, 33) for one in detector.probabilities(piece)]
    assert np.allclose(in_pieces, speech_probabilities(samples), atol=1e-6)


def test_a_span_knows_its_length() -> None:
    assert Span(1.0, 2.5).seconds == 1.5


def test_a_spoken_answer_has_voice_and_the_noise_of_a_room_has_none() -> None:
    spoken = read_sound(shipped("assets") / "answers" / "listener" / "01.flac").resampled(RATE).samples
    assert (speech_probabilities(spoken) > 0.5).mean() > 0.6
    noise = np.random.default_rng(1).normal(0, 0.02, RATE * 3).astype(np.float32)
    assert speech_probabilities(noise).max() < 0.35
