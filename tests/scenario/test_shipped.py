"""The scenarios that ship are whole: large enough, voiced, and no line without its recording."""

from __future__ import annotations

import pytest

from salespractice.audio.files import read_sound
from salespractice.places import shipped
from salespractice.problem import Problem
from salespractice.scenario.model import Dimension
from salespractice.scenario.pack import Staged, open_packs, staged_scenarios

STAGED = list(staged_scenarios(open_packs([shipped("scenarios")])))


def test_all_can_be_read() -> None:
    assert [one.what for one in STAGED if isinstance(one, Problem)] == []
    assert {one.scenario.id for one in STAGED if isinstance(one, Staged)} == {
        "price-shock",
        "discovery-call",
        "failed-delivery",
        "only-the-price",
        "prove-it",
        "happy-customer",
    }


def test_every_customer_has_a_voice_of_their_own() -> None:
    voices = [one.scenario.customer.voice for one in STAGED if isinstance(one, Staged)]
    assert len(set(voices)) == len(voices)


@pytest.mark.parametrize("staged", [one for one in STAGED if isinstance(one, Staged)], ids=lambda one: one.address)
class TestScenario:
    def test_is_large_enough(self, staged: Staged) -> None:
        scenario = staged.scenario
        assert len(scenario.beats) >= 8
        assert len(scenario.needs) >= 3
        assert len(scenario.endings) >= 2
        assert {check.dimension for check in scenario.checks} >= {
            Dimension.ADAPTABILITY,
            Dimension.EMPATHY,
            Dimension.PROBLEM_SOLVING,
        }

    def test_every_need_can_be_revealed(self, staged: Staged) -> None:
        revealed = {need for beat in staged.scenario.beats for reply in beat.replies for need in reply.reveals}
        assert revealed == {need.id for need in staged.scenario.needs}

    def test_every_place_can_be_reached(self, staged: Staged) -> None:
        scenario = staged.scenario
        reached, ahead = {scenario.when_patience_ends}, [scenario.start.id]
        beats = {beat.id: beat for beat in scenario.beats}
        while ahead:
            place = ahead.pop()
            if place in reached:
                continue
            reached.add(place)
            if place in beats:
                beat = beats[place]
                ahead += [route.to for reply in beat.replies for route in reply.goes_to]
                ahead += [beat.otherwise.goes_to] if beat.otherwise.goes_to else []
        assert reached == {place.id for place in (*scenario.beats, *scenario.endings)}

    def test_every_line_is_voiced_and_as_long_as_its_words(self, staged: Staged) -> None:
        scenario = staged.scenario
        lines = [
            (place.id, number, False, line.text)
            for place in (*scenario.beats, *scenario.endings)
            for number, line in enumerate(place.lines)
        ]
        lines += [
            (beat.id, number, True, line.text)
            for beat in scenario.beats
            for number, line in enumerate(scenario.otherwise_of(beat))
        ]
        for place, number, otherwise, text in lines:
            path = staged.sound_of(place, number, otherwise=otherwise)
            assert path is not None, f"{place} wording {number + 1} has no recording"
            words = len(text.split())
            assert 0.15 * words < read_sound(path).seconds < 1.0 * words + 1.5, f"{path.name} for: {text}"
