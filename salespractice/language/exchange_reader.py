"""What an answer does with what was just said, each with a probability: learned from `assets/exchanges`.

Does it ask, and how; does it say back what was meant; does it inform or advise; how much warmth, understanding and
interest does it show? Softmax regressions on the embeddings of the answer and of its sentences, the speech acts of
these, what can be seen in them (`act_features`), and its phrases. Calibrated on exchanges that were left out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salespractice.language.act_features import counted, phrases, seen_in
from salespractice.language.act_reader import ActReader
from salespractice.language.embedding import Embedder, Vectors
from salespractice.language.labelled_exchanges import KINDS
from salespractice.language.sentences import sentences
from salespractice.problem import Problem

FORMAT = 1
# How much each kind of feature counts before the regression weighs them: the penalty is the same for all of them.
_EMBEDDING, _SENTENCE, _ACTS, _SEEN, _MARKS, _PHRASES = 1.4, 1.4, 1.0, 1.0, 6.0, 1.4


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely each label of each kind in `KINDS` is."""

    likely: Mapping[str, Mapping[str, float]]

    def label(self, kind: str) -> tuple[str, float]:
        """The likeliest label of a kind, and how likely it is."""
        held = self.likely[kind]
        best = max(held, key=lambda label: held[label])
        return best, held[best]

    def present(self, kind: str) -> float:
        """How likely there is any of it at all."""
        return 1.0 - self.likely[kind][KINDS[kind][0]]


@dataclass(frozen=True, slots=True, eq=False)
class ExchangeWeights:
    """What was learned: a row of `weights` and a `bias` for each label of each kind, in the order of `KINDS`."""

    vocabulary: tuple[str, ...]
    weights: Vectors
    bias: Vectors

    def save(self, path: Path) -> None:
        """Write a file that is the same, byte for byte, for the same weights."""
        np.savez_compressed(
            path,
            format=np.array(FORMAT),
            vocabulary=np.array("\n".join(self.vocabulary)),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )


def load_exchange_weights(path: Path) -> ExchangeWeights:
    """What `save` wrote. Raises `Problem` where the file is missing or of another version."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
            if int(held["format"]) != FORMAT:
                raise ValueError(f"format {int(held['format'])}, not {FORMAT}")
            vocabulary = tuple(str(held["vocabulary"]).split("\n"))
            return ExchangeWeights(vocabulary, held["weights"].astype(np.float32), held["bias"])
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise Problem(f"{path.name} cannot be read.", str(error), "Install the program again.") from error


class ExchangeReader:
    """Reads answers. May be shared between threads as far as its embedder may."""

    def __init__(self, embedder: Embedder, acts: ActReader, weights: ExchangeWeights) -> None:
        self._embedder = embedder
        self._acts = acts
        self._weights = weights
        self._vocabulary = {phrase: place for place, phrase in enumerate(weights.vocabulary)}

    def read(self, text: str, previous: str = "") -> Reading:
        """What an answer does with what was said before it."""
        row = features(self._embedder, self._acts, text, previous, self._vocabulary)
        worth = self._weights.weights @ row + self._weights.bias
        likely, first = {}, 0
        for kind, labels in KINDS.items():
            part = worth[first : first + len(labels)]
            part = np.exp(part - part.max())
            likely[kind] = dict(zip(labels, (part / part.sum()).tolist(), strict=True))
            first += len(labels)
        return Reading(likely)


def _marks(text: str, parts: Sequence[str], done: Vectors) -> Vectors:
    """What the marks between the words say, if there are any: a text without a single one says nothing by that."""
    marked, asked = any(mark in text for mark in ".,!?;"), "?" in text
    asking = [number for number, part in enumerate(parts) if part.rstrip(" \"')").endswith("?")]
    kinds = done[asking][:, :2] if asking else np.zeros((1, 2), dtype=np.float32)  # open, closed
    return np.array(
        (
            min(len(parts), 8) / 8,
            min(text.count("?"), 3) / 3,
            float(asked),
            float(marked and not asked),
            float(not marked),
            *kinds.max(axis=0),
            *kinds[-1],
            float(bool(asking) and asking[-1] == len(parts) - 1),
        ),
        dtype=np.float32,
    )


def features(embedder: Embedder, acts: ActReader, text: str, previous: str, vocabulary: Mapping[str, int]) -> Vectors:
    """All that an answer is read from, shape (n,)."""
    parts = [one.text for one in sentences(text)] or [text]
    texts: Sequence[str] = [text, *parts, *([previous] if previous else [])]
    vectors = embedder.embed(texts)
    whole, said = vectors[0], vectors[1 : 1 + len(parts)]
    before = vectors[-1] if previous else None
    done = np.array([list(acts.probabilities(part, previous).values()) for part in parts], dtype=np.float32)
    return np.concatenate(
        (
            whole * _EMBEDDING,
            said[-1] * _SENTENCE,
            done.max(axis=0) * _ACTS,
            done.mean(axis=0) * _ACTS,
            done[-1] * _ACTS,
            seen_in(text, previous, whole, before) * _SEEN,
            seen_in(parts[-1], previous, said[-1], before) * _SEEN,
            seen_in(parts[0], previous, said[0], before) * _SEEN,
            _marks(text, parts, done) * _MARKS,
            counted(phrases(text), dict(vocabulary)) * _PHRASES,
        ),
        dtype=np.float32,
    )
