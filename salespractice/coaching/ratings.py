"""A conversation as plain numbers, for comparison with experts' ratings alone: shown nowhere in the program.

Each is a mean over the rep's answers of how likely something is in them, weighed by hand and not learned: the rated
conversations are too few to learn from. Higher is more of what the name says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salespractice.coaching.constructs import Shown


@dataclass(frozen=True, slots=True)
class Ratings:
    """The constructs of Kumar et al. ("Lend an Ear"), and how good a conversation is in the sense of MITI 4.2."""

    validating: float
    elaboration: float
    understanding: float
    advice: float
    self_orientation: float
    conversation_quality: float


def rate(answers: Sequence[Shown]) -> Ratings:
    """Rate the answers of one conversation; all 0 where there are none."""
    validating = _mean([_validating(one) for one in answers])
    elaboration = _mean([_elaboration(one) for one in answers])
    understanding = _mean([_understanding(one) for one in answers])
    advice = _mean([_advice(one) for one in answers])
    self_orientation = _mean([one.acts.get("turns-to-self", 0.0) for one in answers])
    quality = _mean([one.reading.present("reflection") for one in answers]) - advice
    return Ratings(validating, elaboration, understanding, advice, self_orientation, quality)


def _validating(shown: Shown) -> float:
    warmth = shown.reading.present("emotional") + shown.reading.present("interpretation")
    return warmth / 2 + shown.acts.get("acknowledges-feeling", 0.0)


def _elaboration(shown: Shown) -> float:
    return shown.reading.present("exploration") + shown.reading.likely["question"]["open"]


def _understanding(shown: Shown) -> float:
    return shown.reading.present("reflection") + shown.reading.likely["interpretation"]["2"]


def _advice(shown: Shown) -> float:
    return shown.reading.present("input")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
