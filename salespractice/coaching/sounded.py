"""How a practice sounded: the deliveries of its answers as a few plain facts, each with a moment to hear.

Facts and no marks. They are compared with what is usual for the same person (see `baseline`) and with nothing else; a
pause is told and never counted against anybody; fillers are told as "at least", because the transcription drops many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salespractice.coaching.baseline import (
    FEWEST_ANSWERS,
    LEAST_VOICE,
    Baseline,
    Measure,
    Usual,
    filler_rate,
    loudness_variation,
    mean,
    pace,
    pitch_variation,
)
from salespractice.coaching.delivery import Delivery, Pause
from salespractice.coaching.fillers import Filler
from salespractice.coaching.moment import Citation
from salespractice.language.transcript import Word
from salespractice.roleplay.turn import Turn

_LEAST_SPOKEN = 10.0  # seconds of voice in all; less is no manner of speaking
_FEWEST_FILLERS = 3  # fewer are not compared: one "um" in a short practice is a high rate of nothing
_SHORTEST_TOLD = 0.5  # seconds of the longest pause
_BEFORE, _AFTER = 4, 5  # words quoted around a pause or a filler
_AROUND = 1.0  # seconds heard around one whose words have no times


class About(StrEnum):
    """What a fact is about."""

    PACE = "pace"
    FILLERS = "fillers"
    PAUSE = "pause"
    PITCH = "pitch"
    LOUDNESS = "loudness"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know about the delivery, in words and as a number, with the moments where it can be heard.

    `value` and `usual` (its lower and upper end; None while nothing is known) are words a minute, fillers in 100 words,
    seconds, semitones or decibels. `unusual`: outside of what is usual for this person, which is neither good nor bad.
    `cited_for` says why this answer of several is cited, where that is not plain.
    """

    about: About
    what: str
    value: float
    usual: tuple[float, float] | None
    unusual: bool
    citations: tuple[Citation, ...]
    cited_for: str = ""


@dataclass(frozen=True, slots=True)
class Sounded:
    """The facts of one practice, the unusual ones first, and a sentence that says what they were compared with."""

    facts: tuple[Fact, ...] = ()
    note: str = ""


NOT_HEARD = Sounded()
"""Of a practice in which nothing was spoken."""


def how_it_sounded(turns: Iterable[Turn], deliveries: Mapping[int, Delivery], baseline: Baseline) -> Sounded:
    """The facts of a practice from the delivery of its turns (by their number), compared with the person's `baseline`.

    The mean of a practice is held against the spread of single answers, so that it takes a lot to be unusual.
    """
    answers = [(turn, deliveries[turn.number]) for turn in turns if turn.number in deliveries]
    facts: list[Fact | None] = [_fillers(answers, baseline.fillers), _longest_pause(answers)]
    if sum(delivery.voice for _, delivery in answers) >= _LEAST_SPOKEN:
        facts += (_moved(scale, answers, usual) for scale, usual in zip(_SCALES, _usual_of(baseline), strict=True))
    order = list(About)
    told = sorted((fact for fact in facts if fact), key=lambda fact: (not fact.unusual, order.index(fact.about)))
    return Sounded(tuple(told), _note(baseline)) if told else NOT_HEARD


@dataclass(frozen=True, slots=True)
class _Scale:
    """How a measure that has a more and a less is told."""

    about: About
    measure: Measure
    sentence: str
    alone: str
    more: str
    less: str
    most: str
    least: str
    decimals: int


_SCALES = (
    _Scale(
        About.PACE,
        pace,
        "Pauses aside, you spoke {} words a minute",
        "",
        "faster than",
        "slower than",
        "the fastest",
        "the slowest",
        0,
    ),
    _Scale(
        About.PITCH,
        pitch_variation,
        "Your pitch moved over {} semitones",
        " (an octave has 12)",
        "more than",
        "less than",
        "the widest",
        "the narrowest",
        1,
    ),
    _Scale(
        About.LOUDNESS,
        loudness_variation,
        "Your loudness moved over {} decibels",
        "",
        "more than",
        "less than",
        "the widest",
        "the narrowest",
        1,
    ),
)


def _usual_of(baseline: Baseline) -> tuple[Usual | None, ...]:
    return baseline.pace, baseline.pitch_variation, baseline.loudness_variation


_Answers = Sequence[tuple[Turn, Delivery]]


def _moved(scale: _Scale, answers: _Answers, usual: Usual | None) -> Fact | None:
    """The mean of a measure, and the answer that lies furthest out: on the unusual side, else on the upper one."""
    value = mean((delivery for _, delivery in answers), scale.measure)
    if value is None:
        return None
    shown = round(value, scale.decimals)
    ends = _ends(usual, scale.decimals)
    below, above = ends is not None and shown < ends[0], ends is not None and shown > ends[1]
    sentence = scale.sentence.format(_number(shown, scale.decimals))
    if ends is None:
        sentence += scale.alone
    else:
        sentence += (
            f", {scale.less if below else scale.more if above else 'within'} your usual {_reach(ends, scale.decimals)}"
        )
    measured = [(one, turn, delivery) for turn, delivery in answers if (one := scale.measure(delivery)[0]) is not None]
    furthest, turn, delivery = (min if below else max)(measured, key=lambda one: one[0])
    extreme = f"{scale.least if below else scale.most}, with {_number(furthest, scale.decimals)}"
    citation = _whole(turn, delivery)
    return Fact(
        scale.about, f"{sentence}.", shown, ends, below or above, (citation,), extreme if len(measured) > 1 else ""
    )


def _fillers(answers: _Answers, usual: Usual | None) -> Fact | None:
    found = [(turn, filler) for turn, delivery in answers for filler in delivery.fillers]
    rate = mean((delivery for _, delivery in answers), filler_rate)
    if not found or rate is None:
        return None
    counts = Counter(filler.text for _, filler in found)
    list_of = ", ".join(f"{text}{_times(count)}" for text, count in counts.most_common())
    words = sum(delivery.words for _, delivery in answers)
    count = f"At least {len(found)} filler{'s' if len(found) > 1 else ''}"
    sentence = f"{count} in {words} words: {list_of}."
    shown, ends, unusual = round(rate, 1), _ends(usual, 1), False
    if ends is not None and len(found) >= _FEWEST_FILLERS:
        unusual = shown > ends[1]
        than = "more than" if unusual else "fewer than" if shown < ends[0] else "within"
        sentence += f" That is {shown:.1f} in 100 words, {than} your usual {_reach(ends, 1)}."
    return Fact(About.FILLERS, sentence, shown, ends, unusual, tuple(_around_filler(*one) for one in found))


def _longest_pause(answers: _Answers) -> Fact | None:
    pauses = [(turn, delivery.longest_pause) for turn, delivery in answers if delivery.longest_pause]
    if not pauses:
        return None
    turn, pause = max(pauses, key=lambda one: one[1].seconds)
    if pause.seconds < _SHORTEST_TOLD:
        return None
    sentence = f"Your longest pause was {pause.seconds:.1f} s"
    words = turn.answer.words
    after = words[_first_after(words, pause) :][:_AFTER]
    sentence += f", before “{_joined(after)}”." if after else "."
    return Fact(About.PAUSE, sentence, round(pause.seconds, 1), None, False, (_around_pause(turn, pause),))


def _around_pause(turn: Turn, pause: Pause) -> Citation:
    words = turn.answer.words
    at = _first_after(words, pause)
    before, after = words[max(0, at - _BEFORE) : at], words[at : at + _AFTER]
    start = min(before[0].start if before else pause.start, pause.start - _AROUND)
    end = max(after[-1].end if after else pause.end, pause.end + _AROUND)
    return Citation(turn.number, f"{_joined(before)} … {_joined(after)}".strip(), round(max(0.0, start), 3), end)


def _first_after(words: Sequence[Word], pause: Pause) -> int:
    """Where the words after a pause begin. Word times stretch into the silence, but their middles tell the side."""
    middle = (pause.start + pause.end) / 2
    return next((at for at, word in enumerate(words) if (word.start + word.end) / 2 > middle), len(words))


def _around_filler(turn: Turn, filler: Filler) -> Citation:
    words = turn.answer.words
    first = next((at for at, word in enumerate(words) if word.start >= filler.start), 0)
    last = next((at for at, word in enumerate(words) if word.end >= filler.end), len(words) - 1)
    around = words[max(0, first - _BEFORE) : last + 1 + _AFTER]
    if not around:
        return Citation(turn.number, filler.text, filler.start, filler.end)
    return Citation(turn.number, _joined(around), around[0].start, around[-1].end)


def _whole(turn: Turn, delivery: Delivery) -> Citation:
    words = turn.answer.words
    start = words[0].start if words else delivery.first_voice or 0.0
    return Citation(turn.number, turn.answer.text, start, words[-1].end if words else delivery.seconds)


def _note(baseline: Baseline) -> str:
    if _usual_of(baseline) == (None, None, None):
        minutes = round(LEAST_VOICE / 60)
        return f"What is usual for you is known after {FEWEST_ANSWERS} answers and {minutes} minutes of speaking."
    return f"Compared only with {baseline.answers} earlier answers of your own."


def _ends(usual: Usual | None, decimals: int) -> tuple[float, float] | None:
    return (round(usual.low, decimals), round(usual.high, decimals)) if usual else None


def _reach(ends: tuple[float, float], decimals: int) -> str:
    low, high = (_number(end, decimals) for end in ends)
    if low == high:
        return low
    return f"{low} to {high}" if ends[0] else f"of up to {high}"


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


def _times(count: int) -> str:
    return {1: "", 2: " twice"}.get(count, f" {count} times")


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.text.strip() for word in words)
