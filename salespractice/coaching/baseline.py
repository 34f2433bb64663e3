"""What is usual for one person: their own earlier answers, against which a delivery is compared. There is no norm."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from salespractice.coaching.delivery import Delivery

FEWEST_ANSWERS = 8
LEAST_VOICE = 120.0
"""Fewer answers, or seconds of speaking in all, make no habit."""


Measure = Callable[[Delivery], tuple[float | None, float]]
"""Something measured of an answer, None where it could not be, and the weight of that answer in a mean."""


@dataclass(frozen=True, slots=True)
class Usual:
    """One measure over a person's earlier answers: mean and standard deviation, longer answers counting for more."""

    mean: float
    spread: float

    @property
    def low(self) -> float:
        """One standard deviation below the mean, and never less than nothing."""
        return max(0.0, self.mean - self.spread)

    @property
    def high(self) -> float:
        """One standard deviation above the mean."""
        return self.mean + self.spread


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual for this person; None for what too few earlier answers tell.

    `pace` is in words a minute, `fillers` in 100 words, `pitch_variation` in semitones, `loudness_variation` in dB.
    `answers` were looked at, with `voice` seconds of speaking.
    """

    answers: int = 0
    voice: float = 0.0
    pace: Usual | None = None
    fillers: Usual | None = None
    pitch_variation: Usual | None = None
    loudness_variation: Usual | None = None


NO_BASELINE = Baseline()
"""Nothing is known of this person yet."""


def baseline_of(deliveries: Iterable[Delivery]) -> Baseline:
    """What is usual in these answers. Those without a voice or without words tell nothing."""
    spoken = [one for one in deliveries if one.voice > 0 and one.words > 0]
    return Baseline(
        len(spoken),
        sum(one.voice for one in spoken),
        *(_usual(spoken, measure) for measure in (pace, filler_rate, pitch_variation, loudness_variation)),
    )


def pace(delivery: Delivery) -> tuple[float | None, float]:
    """Words a minute."""
    return delivery.words_per_minute, delivery.voice


def filler_rate(delivery: Delivery) -> tuple[float | None, float]:
    """Fillers in 100 words; a lower bound, for an earlier answer as much as for this one."""
    return (100 * len(delivery.fillers) / delivery.words if delivery.words else None), delivery.words


def pitch_variation(delivery: Delivery) -> tuple[float | None, float]:
    """Semitones."""
    return delivery.prosody.pitch_variation, delivery.voice


def loudness_variation(delivery: Delivery) -> tuple[float | None, float]:
    """Decibels."""
    return delivery.prosody.loudness_variation, delivery.voice


def mean(deliveries: Iterable[Delivery], measure: Measure) -> float | None:
    """The weighted mean of a measure over the answers in which it is known; None where it is in none."""
    known = _known(deliveries, measure)
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None


def _usual(deliveries: list[Delivery], measure: Measure) -> Usual | None:
    telling = [one for one in deliveries if measure(one)[0] is not None]
    middle = mean(telling, measure)
    if middle is None or len(telling) < FEWEST_ANSWERS or sum(one.voice for one in telling) < LEAST_VOICE:
        return None
    known = _known(telling, measure)
    variance = sum(weight * (value - middle) ** 2 for value, weight in known) / sum(weight for _, weight in known)
    return Usual(middle, math.sqrt(variance * len(known) / (len(known) - 1)))


def _known(deliveries: Iterable[Delivery], measure: Measure) -> list[tuple[float, float]]:
    return [(value, weight) for value, weight in map(measure, deliveries) if value is not None]
