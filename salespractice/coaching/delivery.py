"""Delivery: how an answer was spoken, as facts with their seconds. Never a score, and no pause is a fault.

Pauses come from the voice in the recording and not from the gaps between the transcript's words, which stretch into
the silence around them. Typed answers have no delivery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from salespractice.audio.prosody import Prosody
from salespractice.audio.voice_activity import Span
from salespractice.coaching.fillers import Filler, fillers
from salespractice.language.transcript import Transcript

PAUSE = 0.25
"""Seconds. A shorter silence belongs to the articulation, such as that of a "p"; the usual threshold since
Goldman-Eisler (1968), and the best one in De Jong & Bosker (2013)."""

_SHORTEST_VOICE = 0.1  # seconds between two pauses: a click or a knock, nothing that anybody says
_FEWEST_WORDS = 5
_LEAST_VOICE = 2.0  # seconds
_SPOKEN = (60.0, 350.0)  # words a minute; outside of them words and voice do not belong together


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside an answer, `start` to `end` in seconds of the take."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one answer was spoken. All seconds count from the start of its take, which lasted `seconds`.

    `voice`: seconds of speaking, its pauses taken out. `words`: without the fillers. `pauses` last 0.25 s or more, lie
    between first and last word, and take `pause_seconds` together. `first_voice` is when the rep began to speak, None
    when no voice was heard. `fillers` are a lower bound.
    """

    seconds: float
    voice: float
    words: int
    pauses: int
    pause_seconds: float
    longest_pause: Pause | None
    first_voice: float | None
    fillers: tuple[Filler, ...]
    prosody: Prosody

    @property
    def words_per_minute(self) -> float | None:
        """Words by the time of speaking without pauses; None for less than two seconds, five words, or sense.

        With syllables in place of words this is the articulation rate (De Jong & Wempe 2009): how fast somebody talks,
        and not how much they think between.
        """
        if self.words < _FEWEST_WORDS or self.voice < _LEAST_VOICE:
            return None
        rate = 60 * self.words / self.voice
        return rate if _SPOKEN[0] <= rate <= _SPOKEN[1] else None


def delivery_of(
    transcript: Transcript, voice: Sequence[Span], prosody: Prosody, seconds: float, *, language: str = "en"
) -> Delivery:
    """The delivery of an answer: its words with times, its stretches of `voice` without air, and its take's length."""
    stretches = _stretches(voice)
    silences = [Pause(before.end, after.start) for before, after in pairwise(stretches)]
    paused = sum(silence.seconds for silence in silences)
    found = fillers(transcript.words, language)
    return Delivery(
        seconds,
        stretches[-1].end - stretches[0].start - paused if stretches else 0.0,
        _words(transcript) - sum(len(filler.text.split()) for filler in found),
        len(silences),
        paused,
        max(silences, key=lambda silence: silence.seconds, default=None),
        stretches[0].start if stretches else None,
        found,
        prosody,
    )


def _stretches(voice: Sequence[Span]) -> list[Span]:
    """The voice in order, joined over what is no pause, without knocks."""
    joined: list[Span] = []
    for span in sorted(voice, key=lambda one: one.start):
        if joined and span.start - joined[-1].end < PAUSE:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return [span for span in joined if span.seconds >= _SHORTEST_VOICE]


def _words(transcript: Transcript) -> int:
    """How many words were said; a number in figures counts as one."""
    said = [word.text for word in transcript.words] or transcript.text.split()
    return sum(any(letter.isalnum() for letter in word) for word in said)
