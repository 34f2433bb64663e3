"""What one answer shows of each construct that the feedback stands on, with how sure that is.

The constructs: questions and reflections (MITI 4.2); information or advice; emotional reaction, interpretation and
exploration (EPITOME, Sharma et al. 2020); uptake (Demszky et al. 2021); and the speech acts of `language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salespractice.language.act_reader import ActReader
from salespractice.language.embedding import Embedder
from salespractice.language.exchange_reader import ExchangeReader, Reading
from salespractice.language.sentences import sentences
from salespractice.language.uptake import Uptake, taken_up


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: its reading, how far it takes up what was said (z units), and how likely each act is.

    `surely` are the acts that are likely enough to be claimed.
    """

    reading: Reading
    uptake: float
    acts: Mapping[str, float]
    surely: frozenset[str]
    words: int


@dataclass(frozen=True, slots=True)
class Constructs:
    """Reads answers of a conversation without a scenario: for `acts`, `debrief --conversation` and their validation."""

    embedder: Embedder
    acts: ActReader
    exchanges: ExchangeReader
    uptake: Uptake

    def read(self, text: str, previous: str = "") -> Shown:
        """What an answer to `previous` shows."""
        parts = [one.text for one in sentences(text)]
        likely = [self.acts.probabilities(part, previous) for part in parts]
        acts = {act: max(one[act] for one in likely) for act in likely[0]} if likely else {}
        surely = frozenset(found.act for part in parts for found in self.acts.acts(part, previous))
        score = self.uptake.score(taken_up(self.embedder, text, previous))
        return Shown(self.exchanges.read(text, previous), score, acts, surely, len(text.split()))
