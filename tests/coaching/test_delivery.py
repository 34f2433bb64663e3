"""Delivery: pauses from the voice, words by the time of speaking, and nothing where there is too little to go by."""

from __future__ import annotations

import pytest

from salespractice.audio.prosody import Prosody
from salespractice.audio.voice_activity import Span
from salespractice.coaching.delivery import Delivery, Pause, delivery_of
from salespractice.coaching.fillers import Filler
from salespractice.language.transcript import Transcript, Word

QUIET = Prosody(0.0)


def said(words: int, seconds: float, text: str = "word") -> Transcript:
    step = seconds / words
    return Transcript(" ".join([text] * words), tuple(Word(text, n * step, (n + 1) * step, 1.0) for n in range(words)))


def spoken(*spans: tuple[float, float], words: int = 12, seconds: float = 10.0) -> Delivery:
    return delivery_of(said(words, seconds), [Span(*span) for span in spans], QUIET, seconds)


def test_pauses_lie_between_stretches_of_voice() -> None:
    result = spoken((1.0, 3.0), (3.5, 5.0), (7.1, 9.0))
    assert result.pauses == 2
    assert result.pause_seconds == pytest.approx(2.6)
    assert result.longest_pause == Pause(5.0, 7.1)
    assert result.first_voice == 1.0
    assert result.voice == pytest.approx(5.4)
    assert result.seconds == 10.0


def test_a_short_silence_belongs_to_the_speaking() -> None:
    result = spoken((1.0, 3.0), (3.24, 5.0), (5.25, 6.0))
    assert result.pauses == 1
    assert result.longest_pause == Pause(5.0, 5.25)
    assert result.voice == pytest.approx(4.75)


def test_words_a_minute_leave_out_pauses_and_fillers() -> None:
    words = (*said(10, 5.0).words, Word("um,", 5.0, 5.2, 0.5), Word("–", 5.2, 5.3, 0.5), *said(2, 1.0).words)
    result = delivery_of(Transcript("", words), [Span(0.0, 2.0), Span(6.0, 8.0)], QUIET, 9.0)
    assert result.words == 12
    assert result.words_per_minute == pytest.approx(12 / 4 * 60)
    assert result.fillers == (Filler("um", 5.0, 5.2),)


def test_a_knock_is_neither_voice_nor_does_it_end_a_pause() -> None:
    result = spoken((0.0, 0.06), (2.0, 4.0), (5.0, 5.05), (6.0, 8.0), (9.0, 9.04))
    assert result.first_voice == 2.0
    assert result.longest_pause == Pause(4.0, 6.0)
    assert result.pauses == 1


def test_stretches_may_come_out_of_order_and_overlap() -> None:
    assert spoken((5.0, 8.0), (1.0, 4.0), (3.0, 4.4)) == spoken((1.0, 4.4), (5.0, 8.0))


@pytest.mark.parametrize(
    ("words", "span"),
    [(4, (0.0, 5.0)), (12, (0.0, 1.9)), (40, (0.0, 5.0)), (5, (0.0, 9.0))],
    ids=["few words", "little voice", "faster than anybody speaks", "slower than anybody speaks"],
)
def test_no_pace_where_it_would_be_chance_or_a_mistake(words: int, span: tuple[float, float]) -> None:
    assert spoken(span, words=words).words_per_minute is None


def test_silence_has_a_delivery_without_anything() -> None:
    result = delivery_of(Transcript(""), [], QUIET, 3.0)
    assert result == Delivery(3.0, 0.0, 0, 0, 0.0, None, None, (), QUIET)


def test_words_are_counted_where_their_times_are_missing() -> None:
    assert delivery_of(Transcript("Six words – and a 7th one."), [Span(0, 4)], QUIET, 4.0).words == 6


def test_fillers_are_looked_for_in_english_only() -> None:
    transcript = Transcript("um vier", (Word("um", 0, 1, 1), Word("vier", 1, 2, 1)))
    assert delivery_of(transcript, [Span(0, 2)], QUIET, 2.0, language="de").words == 2
    assert delivery_of(transcript, [Span(0, 2)], QUIET, 2.0).words == 1
