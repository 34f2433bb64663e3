from __future__ import annotations

import numpy as np
import pytest

from salespractice.audio.voice_activity import CHUNK, Span, VoiceDetector, speech_probabilities


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
