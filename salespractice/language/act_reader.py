"""The speech acts of a sentence, each with a probability, learned from the labelled sentences in `assets/acts`.

One logistic regression an act, on the sentence's embedding, what can be seen in it (`act_features`) and its phrases;
calibrated on sentences that it was not trained on. Where it is not sure it says nothing: an act is found from the
probability on at which four of five such claims were right.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salespractice.language.act_features import counted, phrases, seen_in
from salespractice.language.denial import affirmed, refuses
from salespractice.language.embedding import Embedder, Vectors
from salespractice.language.speech_acts import TAKEN_UP, ActFound
from salespractice.language.words import plain, shared_words, substance
from salespractice.problem import Problem

FORMAT = 1
TAKES_UP = "takes-up-words"
# What is not done when somebody says that they will not do it.
_DONE_BY_SAYING = frozenset({"concedes-price", "pitches", "pressures", "promises"})
# "Sorry, I won't press you again" is an apology all the same.
_NO_APOLOGY = re.compile(
    r"\b(?:won't|not going to|not here to|don't want to|refuse to|no intention of) (?:apologi|say sorry)"
)
_REMEMBERED = 20_000  # sentences


@dataclass(frozen=True, slots=True, eq=False)
class ActWeights:
    """What was learned. `weights` has a row an act and a column a feature; `bias`, `sure` have one number an act.

    The columns are the embedding's, those of `act_features.NAMES`, and one a phrase of `vocabulary`. `sure` is the
    probability from which on an act counts as found.
    """

    acts: tuple[str, ...]
    vocabulary: tuple[str, ...]
    weights: Vectors
    bias: Vectors
    sure: Vectors

    def save(self, path: Path) -> None:
        """Write a file that is the same, byte for byte, for the same weights."""
        np.savez_compressed(
            path,
            format=np.array(FORMAT),
            acts=np.array("\n".join(self.acts)),
            vocabulary=np.array("\n".join(self.vocabulary)),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
            sure=self.sure.astype(np.float32),
        )


def load_weights(path: Path) -> ActWeights:
    """What `save` wrote. Raises `Problem` where the file is missing or of another version."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
            if int(held["format"]) != FORMAT:
                raise ValueError(f"format {int(held['format'])}, not {FORMAT}")
            return ActWeights(
                tuple(str(held["acts"]).split("\n")),
                tuple(str(held["vocabulary"]).split("\n")),
                held["weights"].astype(np.float32),
                held["bias"],
                held["sure"],
            )
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise Problem(f"{path.name} cannot be read.", str(error), "Install the program again.") from error


class ActReader:
    """Reads the acts of sentences. May be shared between threads as far as its embedder may."""

    def __init__(self, embedder: Embedder, weights: ActWeights) -> None:
        self._embedder = embedder
        self._weights = weights
        self._profiles: dict[str, Vectors] = {}
        self._vocabulary = {phrase: place for place, phrase in enumerate(weights.vocabulary)}

    def acts(self, sentence: str, previous: str = "") -> tuple[ActFound, ...]:
        """The acts that are surely there, surest first. `previous` is the customer's line that the sentence answers."""
        row, likely = self._likely(sentence, previous)
        refused = refuses(affirmed(sentence))
        found = [
            ActFound(act, self._because(number, row, sentence), round(float(likely[number]), 2))
            for number, act in enumerate(self._weights.acts)
            if likely[number] >= self._weights.sure[number] and not (refused and self._is_refused(act, sentence))
        ]
        found.sort(key=lambda one: -one.probability)
        shared = shared_words(sentence, previous)
        if len(shared) >= TAKEN_UP:
            found.append(ActFound(TAKES_UP, ", ".join(shared)))
        return tuple(found)

    def probabilities(self, sentence: str, previous: str = "") -> dict[str, float]:
        """How likely each act is."""
        _, likely = self._likely(sentence, previous)
        return dict(zip(self._weights.acts, likely.tolist(), strict=True))

    def profile(self, sentence: str) -> Vectors:
        """How likely each act is in a sentence by itself, as a direction: shape (acts,), of length 1."""
        known = self._profiles.get(sentence)
        if known is None:
            _, likely = self._likely(sentence, "")
            known = likely / np.linalg.norm(likely)
            if len(self._profiles) >= _REMEMBERED:
                self._profiles.clear()
            self._profiles[sentence] = known
        return known

    def _likely(self, sentence: str, previous: str) -> tuple[Vectors, Vectors]:
        row = features(self._embedder, sentence, previous, self._vocabulary)
        return row, 1 / (1 + np.exp(-(self._weights.weights @ row + self._weights.bias)))

    def _is_refused(self, act: str, sentence: str) -> bool:
        """Whether this act is what the speaker says they will not do."""
        return act in _DONE_BY_SAYING or (act == "apologises" and bool(_NO_APOLOGY.search(plain(sentence).lower())))

    def _because(self, act: int, row: Vectors, sentence: str) -> str:
        """The phrase in the sentence that speaks most for the act."""
        first = len(row) - len(self._vocabulary)
        speaks = {
            phrase: float(self._weights.weights[act, first + place])
            for phrase in phrases(sentence)
            if substance(phrase) and (place := self._vocabulary.get(phrase)) is not None
        }
        best = max(speaks, key=lambda phrase: speaks[phrase], default="")
        return best.strip("<> ") if best and speaks[best] > 0 else sentence


def features(embedder: Embedder, sentence: str, previous: str, vocabulary: dict[str, int]) -> Vectors:
    """All that an act is recognised from, shape (n,): embedding, what can be seen, phrases."""
    texts: Sequence[str] = [sentence, previous] if previous else [sentence]
    vectors = embedder.embed(texts)
    seen = seen_in(sentence, previous, vectors[0], vectors[1] if previous else None)
    return np.concatenate((vectors[0] * _EMBEDDING, seen * _SEEN, counted(phrases(sentence), vocabulary) * _PHRASES))


# How much each kind of feature counts before the regression weighs them: the penalty is the same for all of them.
_EMBEDDING, _SEEN, _PHRASES = 3.0, 1.0, 2.0
