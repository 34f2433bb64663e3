"""What any customer minds or likes about how they are spoken to."""

from __future__ import annotations

import pytest

from salespractice.language.speech_acts import ActFound
from salespractice.language.transcript import Transcript
from salespractice.roleplay.manners import LONG, Manner, manners
from salespractice.roleplay.state_of_mind import Change, StateOfMind, felt, todays_temperament
from salespractice.roleplay.turn import Line, Reaction, SentenceSaid, Turn
from salespractice.scenario.model import Temperament
from tests.small_scenario import small_scenario

BEAT = small_scenario().start
CALM = StateOfMind(50, 50, 50)


def said(*acts: str, words: int = 8) -> SentenceSaid:
    text = " ".join(["word"] * words)
    return SentenceSaid(text, 0, len(text), tuple(ActFound(act, "word") for act in acts))


def turn_with(*acts: str) -> Turn:
    line = Line("complaint", 0, "Two days.", "annoyed")
    return Turn(1, "complaint", line, Transcript("word"), (said(*acts),), Reaction(None, 0.0, "", "", CALM, CALM))


def changes(
    *spoken: SentenceSaid, earlier: tuple[Turn, ...] = (), cut_in: bool = False, line: str = "Two days in your van."
) -> dict[str, Change]:
    return {change.cause: change for change in manners(Manner(spoken, line, BEAT, earlier, cut_in))}


def test_a_named_feeling_warms() -> None:
    assert changes(said("acknowledges-feeling"))["named how the customer feels"].trust > 0


def test_not_in_the_same_breath_as_pressure() -> None:
    both = changes(said("acknowledges-feeling"), said("pressures"))
    assert "named how the customer feels" not in both
    assert both["pressed for a decision"].trust < 0


def test_only_the_second_pitch_in_a_row_costs_something() -> None:
    cause = "pitched once more"
    assert cause not in changes(said("pitches"))
    assert cause not in changes(said("pitches"), earlier=(turn_with("open-question"),))
    assert changes(said("pitches"), earlier=(turn_with("pitches"),))[cause].patience < 0


def test_a_cue_that_is_passed_over_costs_interest() -> None:
    cause = "passed over what the customer gave away"
    assert changes(said("informs"))[cause].interest < 0
    assert cause not in changes(said("open-question"))
    assert cause not in changes(said(words=2)), "a word is no answer that passes over anything"
    assert cause not in changes(said("informs"), line="Sorry, I do not follow."), "there was none"


def test_talking_for_long_and_over_the_customer() -> None:
    assert "talked for long" not in changes(said(words=LONG))
    assert changes(said(words=LONG + 1))["talked for long"].patience < 0
    assert changes(said(), cut_in=True)["spoke over the customer"].patience < 0


@pytest.mark.parametrize(("points", "expected"), [(10, 15), (-10, -5), (1, 2), (-1, -1), (0, 0)])
def test_a_temperament_scales_and_leaves_nothing_unfelt(points: int, expected: int) -> None:
    temperament = Temperament(warms=1.5, cools=0.5)
    assert felt(Change("a", trust=points), temperament).trust == expected


def test_no_two_days_are_the_same_but_a_seed_is() -> None:
    written = Temperament(warms=1.2)
    assert todays_temperament(written, 4) == todays_temperament(written, 4)
    drawn = {todays_temperament(written, seed).warms for seed in range(20)}
    assert len(drawn) == 20
    assert all(1.07 < one < 1.33 for one in drawn)
