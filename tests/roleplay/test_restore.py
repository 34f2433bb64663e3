"""A conversation that was cut off goes on as if it had not been: the same lines, the same state of mind."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest

from salespractice.language.transcript import Transcript
from salespractice.places import shipped
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.turn import Line
from salespractice.scenario.model import Scenario
from salespractice.scenario.pack import find_scenario
from tests.small_scenario import small_scenario

HELD_BACK = Path(__file__).parent / "held_back"
MOST_TURNS = 14
SCENARIOS = ["price-shock", "discovery-call"]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return open_matcher()


def answers_by_beat(scenario: str) -> dict[str, list[str]]:
    with (HELD_BACK / f"{scenario}.tsv").open(encoding="utf-8", newline="") as file:
        answers: dict[str, list[str]] = {}
        for row in csv.DictReader(file, delimiter="\t"):
            answers.setdefault(row["beat"], []).append(row["answer"])
    return answers


def practise(scenario: Scenario, matcher: Matcher, seed: int) -> tuple[Conversation, list[str], list[Line]]:
    """A whole conversation with answers by lot, some of which fit nothing; those answers, and all lines."""
    answers, chance = answers_by_beat(scenario.id), random.Random(seed)
    conversation = Conversation(scenario, matcher, seed)
    said, lines = [], [conversation.open()]
    while conversation.ending is None and len(said) < MOST_TURNS:
        fitting = chance.choice(answers.get(conversation.beat.id, [""]))
        said.append(chance.choice([fitting, fitting, fitting, "", "My grandmother plays the piano on Sundays."]))
        lines.append(conversation.answer(Transcript(said[-1])))
    return conversation, said, lines


def inner(conversation: Conversation) -> tuple[object, ...]:
    """All that the next reaction depends on."""
    wordings = {where: numbers for where, numbers in conversation._said.items() if numbers}
    return (
        conversation.beat,
        conversation.state,
        conversation.found,
        conversation.ending,
        conversation.line,
        conversation._unmatched,
        wordings,
        conversation._random.getstate(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("seed", range(6))
def test_it_goes_on_with_the_same_lines_and_states(name: str, seed: int, matcher: Matcher) -> None:
    scenario = find_scenario(name, [shipped("scenarios")]).scenario
    whole, said, lines = practise(scenario, matcher, seed)
    assert len(said) > 2
    for cut in range(len(said) + 1):
        restored = Conversation(scenario, matcher, seed)
        assert restored.restore(whole.turns[:cut]) == lines[cut] == restored.line
        for answer, line in zip(said[cut:], lines[cut + 1 :], strict=True):
            assert restored.answer(Transcript(answer)) == line
        assert restored.turns == whole.turns
        assert inner(restored) == inner(whole)


@pytest.mark.slow
def test_every_kind_of_way_on_was_walked(matcher: Matcher) -> None:
    replied, lost, closed = 0, 0, 0
    for name in SCENARIOS:
        scenario = find_scenario(name, [shipped("scenarios")]).scenario
        for seed in range(6):
            whole, _, _ = practise(scenario, matcher, seed)
            replied += sum(turn.reaction.reply is not None for turn in whole.turns)
            lost += sum(turn.line.otherwise for turn in whole.turns)
            closed += whole.ending is not None
    assert min(replied, lost, closed) > 3


def test_impatience_is_restored_too(matcher: Matcher) -> None:
    whole = Conversation(small_scenario(), matcher, seed=3)
    whole.open()
    for _ in range(2):
        whole.answer(Transcript(""))
    restored = Conversation(small_scenario(), matcher, seed=3)
    restored.restore(whole.turns)
    assert restored.answer(Transcript("")) == whole.answer(Transcript(""))
    assert restored.ending == whole.ending is not None


def test_nothing_said_yet(matcher: Matcher) -> None:
    whole, restored = (Conversation(small_scenario(), matcher, seed=8) for _ in range(2))
    assert restored.restore([]) == whole.open()
    assert restored.turns == []


def test_what_was_said_counts_where_another_version_drew_otherwise(matcher: Matcher) -> None:
    for seed in range(8):
        whole = Conversation(small_scenario(), matcher, seed)
        whole.open()
        whole.answer(Transcript("There was a lot of traffic on the motorway."))
        (turn,) = whole.turns
        said = 1 - turn.line.wording
        other = replace(turn.line, wording=said, text=whole.scenario.start.lines[said].text)
        restored = Conversation(small_scenario(), matcher, seed)
        restored.restore([replace(turn, line=other)])
        assert said in restored._said["complaint"]


def test_turns_of_another_scenario_are_refused(matcher: Matcher) -> None:
    whole = Conversation(small_scenario(), matcher, seed=3)
    whole.open()
    whole.answer(Transcript(""))
    stranger = Conversation(find_scenario("price-shock", [shipped("scenarios")]).scenario, matcher, seed=3)
    with pytest.raises(ValueError, match="does not follow"):
        stranger.restore(whole.turns)
    second = replace(whole.turns[0], number=2)
    with pytest.raises(ValueError, match="does not follow"):
        Conversation(small_scenario(), matcher, seed=3).restore([second])
    lost = replace(whole.turns[0], reaction=replace(whole.turns[0].reaction, goes_to="refund"))
    with pytest.raises(ValueError, match="and now to"):
        Conversation(small_scenario(), matcher, seed=3).restore([lost])
    with pytest.raises(ValueError, match="not begun"):
        whole.restore([])
