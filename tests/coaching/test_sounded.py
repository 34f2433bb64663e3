"""How it sounded: facts that can be heard, compared with oneself alone; a pause is told and never held against one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from salespractice.coaching.baseline import NO_BASELINE, Baseline, Usual
from salespractice.coaching.delivery import Delivery, Pause
from salespractice.coaching.fillers import Filler
from salespractice.coaching.sounded import NOT_HEARD, About, Fact, how_it_sounded
from tests.deliveries import delivery, turn

USUAL = Baseline(30, 600.0, Usual(156.6, 8.4), Usual(0.5, 0.4), Usual(7.0, 0.5), Usual(8.0, 1.0))


TURNS = [turn(1, "one two three um, four five six seven eight nine"), turn(2, "That is all I have for you today.")]


def facts(deliveries: Mapping[int, Delivery], baseline: Baseline = NO_BASELINE) -> dict[About, Fact]:
    return {fact.about: fact for fact in how_it_sounded(TURNS, deliveries, baseline).facts}


def test_pace_alone_while_nothing_is_usual() -> None:
    result = facts({1: delivery(words=40), 2: delivery(words=60)})
    pace = result[About.PACE]
    assert pace.what == "Pauses aside, you spoke 150 words a minute."
    assert (pace.value, pace.usual, pace.unusual) == (150, None, False)
    assert pace.cited_for == "the fastest, with 180"
    assert [(one.turn, one.quote, one.start, one.end) for one in pace.citations] == [
        (2, "That is all I have for you today.", 0.0, 8.0)
    ]


@pytest.mark.parametrize(
    ("words", "told", "unusual", "cited"),
    [
        (52, "156 words a minute, within your usual 148 to 165.", False, "the fastest, with 156"),
        (55, "165 words a minute, within your usual 148 to 165.", False, "the fastest, with 165"),
        (58, "174 words a minute, faster than your usual 148 to 165.", True, "the fastest, with 174"),
        (48, "144 words a minute, slower than your usual 148 to 165.", True, "the slowest, with 144"),
    ],
)
def test_pace_against_the_usual(words: int, told: str, unusual: bool, cited: str) -> None:
    pace = facts({1: delivery(words=words), 2: delivery(words=words)}, USUAL)[About.PACE]
    assert pace.what.endswith(told)
    assert (pace.unusual, pace.usual, pace.cited_for) == (unusual, (148, 165), cited)


def test_a_single_answer_is_no_extreme() -> None:
    assert facts({1: delivery()})[About.PACE].cited_for == ""


def test_pitch_and_loudness_point_at_the_answer_that_stands_out() -> None:
    flat = delivery(pitch_variation=4.0, loudness_variation=9.5)
    result = facts({1: delivery(pitch_variation=6.0, loudness_variation=9.5), 2: flat}, USUAL)
    assert result[About.PITCH].what == "Your pitch moved over 5.0 semitones, less than your usual 6.5 to 7.5."
    assert result[About.PITCH].cited_for == "the narrowest, with 4.0"
    assert result[About.PITCH].citations[0].turn == 2
    assert result[About.LOUDNESS].what == "Your loudness moved over 9.5 decibels, more than your usual 7.0 to 9.0."


def test_longest_pause_is_quoted_and_heard_with_what_is_around_it() -> None:
    result = facts({1: delivery(longest_pause=Pause(4.6, 6.7)), 2: delivery(longest_pause=Pause(1.0, 2.0))}, USUAL)
    pause = result[About.PAUSE]
    assert pause.what == "Your longest pause was 2.1 s, before “six seven eight nine”."
    assert (pause.usual, pause.unusual) == (None, False)
    assert pause.citations[0].quote == "three um, four five … six seven eight nine"
    assert (pause.citations[0].start, pause.citations[0].end) == (2.0, 10.0)


def test_pause_whose_neighbours_have_no_times() -> None:
    bare = [turn(1, "")]
    sounded = how_it_sounded(bare, {1: delivery(longest_pause=Pause(0.4, 3.0), fillers=())}, NO_BASELINE)
    pause = next(fact for fact in sounded.facts if fact.about is About.PAUSE)
    assert pause.what == "Your longest pause was 2.6 s."
    assert (pause.citations[0].start, pause.citations[0].end) == (0.0, 4.0)


def test_breath_is_no_pause_worth_telling() -> None:
    assert About.PAUSE not in facts({1: delivery(longest_pause=Pause(1.0, 1.4))})
    assert About.PAUSE not in facts({1: delivery(longest_pause=None)})


def test_fillers_say_at_least_and_quote_their_neighbours() -> None:
    um, uh = Filler("um", 3.0, 4.0), Filler("uh", 5.0, 5.5)
    result = facts({1: delivery(fillers=(um,)), 2: delivery(fillers=(um, uh))})
    fillers = result[About.FILLERS]
    assert fillers.what == "At least 3 fillers in 100 words: um twice, uh."
    assert [one.turn for one in fillers.citations] == [1, 2, 2]
    assert fillers.citations[0].quote == "one two three um, four five six seven eight"
    assert (fillers.citations[0].start, fillers.citations[0].end) == (0.0, 9.0)


@pytest.mark.parametrize(
    ("count", "told", "unusual"),
    [
        (1, "At least 1 filler in 50 words: um.", False),
        (2, "At least 2 fillers in 50 words: um twice.", False),
        (3, "That is 6.0 in 100 words, more than your usual 0.1 to 0.9.", True),
    ],
)
def test_fillers_against_the_usual(count: int, told: str, unusual: bool) -> None:
    um = Filler("um", 3.0, 4.0)
    fillers = facts({1: delivery(fillers=(um,) * count)}, USUAL)[About.FILLERS]
    assert fillers.what.endswith(told)
    assert fillers.unusual is unusual


def test_no_fillers_heard_is_not_told_as_none() -> None:
    assert About.FILLERS not in facts({1: delivery(fillers=())}, USUAL)


def test_the_unusual_comes_first_and_the_rest_in_one_order() -> None:
    ordinary = how_it_sounded(TURNS, {1: delivery(words=52)}, USUAL)
    assert [fact.about for fact in ordinary.facts] == [
        About.PACE,
        About.FILLERS,
        About.PAUSE,
        About.PITCH,
        About.LOUDNESS,
    ]
    flat = how_it_sounded(TURNS, {1: delivery(words=52, pitch_variation=3.0)}, USUAL)
    assert flat.facts[0].about is About.PITCH


def test_what_it_was_compared_with_is_said() -> None:
    assert how_it_sounded(TURNS, {1: delivery()}, USUAL).note == "Compared only with 30 earlier answers of your own."
    assert "8 answers and 2 minutes" in how_it_sounded(TURNS, {1: delivery()}, Baseline(7, 90.0)).note


def test_a_few_words_are_no_manner_of_speaking() -> None:
    short = delivery(voice=4.0, words=10, longest_pause=None, fillers=())
    assert how_it_sounded(TURNS, {1: short, 2: short}, USUAL) == NOT_HEARD


def test_typed_answers_have_no_delivery() -> None:
    assert how_it_sounded(TURNS, {}, USUAL) == NOT_HEARD


def test_every_fact_can_be_heard() -> None:
    for fact in how_it_sounded(TURNS, {1: delivery(), 2: delivery()}, USUAL).facts:
        assert fact.citations
        for citation in fact.citations:
            assert citation.start is not None
            assert citation.end is not None
            assert 0 <= citation.start < citation.end
