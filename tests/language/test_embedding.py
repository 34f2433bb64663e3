"""Sentences that mean the same point the same way."""

from __future__ import annotations

import numpy as np
import pytest

from salespractice.language.embedding import WIDTH, MiniLM
from salespractice.places import shipped


@pytest.fixture(scope="module")
def embedder() -> MiniLM:
    return MiniLM(shipped("assets") / "language" / "vocab.txt")


def test_rows_have_length_one_and_the_order_of_the_texts(embedder: MiniLM) -> None:
    texts = ["What does it cost?", "", "Ünïcode — 日本 \N{PILE OF POO}", "word " * 2000]
    rows = embedder.embed(texts)
    assert rows.shape == (len(texts), WIDTH)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(embedder.embed(texts[2:3])[0], rows[2])


def test_meaning_beats_wording(embedder: MiniLM) -> None:
    ask, same, other = embedder.embed(
        [
            "How does the increase hit your budget?",
            "What does the higher price do to your finances?",
            "Our app has maps.",
        ]
    )
    assert ask @ same > 0.5 > 0.3 > ask @ other
