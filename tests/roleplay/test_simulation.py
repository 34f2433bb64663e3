"""Simulated reps: what they say is new to the customer, who listens ends better, and what never ends is seen."""

from __future__ import annotations

import random

import pytest

from salespractice.language.sentences import sentences
from salespractice.language.transcript import Transcript
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.simulated_reps import (
    LISTENER,
    PUSHER,
    THIRDS,
    HeldBack,
    Rep,
    hold_back,
    random_walker,
    simulated_reps,
)
from salespractice.roleplay.simulation import (
    BETTER,
    MOST_TURNS,
    WORSE,
    Played,
    RememberingMatcher,
    Run,
    Simulation,
    play,
    simulate,
    walk,
)
from salespractice.roleplay.small_talk import OFF_TOPIC
from salespractice.scenario.model import Effects, Outcome, Scenario
from tests.separating_scenario import separating_scenario
from tests.small_scenario import small_scenario

RUNS = 30


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return open_matcher()


@pytest.fixture(scope="module")
def simulation(matcher: Matcher) -> Simulation:
    return simulate(separating_scenario(), matcher, RUNS, seed=1)


def rep_named(name: str, held: HeldBack) -> Rep:
    return next(rep for rep in simulated_reps(held) if rep.name == name)


def conversation_with(rep: Rep, scenario: Scenario, matcher: Matcher, seed: int) -> Conversation:
    conversation, chance = Conversation(scenario, matcher, seed), random.Random(seed)
    conversation.open()
    while conversation.ending is None and len(conversation.turns) < MOST_TURNS:
        conversation.answer(Transcript(rep.answer(conversation, chance)))
    return conversation


def without_loss(scenario: Scenario) -> Scenario:
    """A customer whom nothing can hurt: the excuses of the first beat go on for ever."""
    beats = []
    for beat in scenario.beats:
        replies = tuple(reply.model_copy(update={"effects": Effects()}) for reply in beat.replies)
        otherwise = beat.otherwise.model_copy(update={"effects": Effects()})
        beats.append(beat.model_copy(update={"replies": replies, "otherwise": otherwise}))
    return scenario.model_copy(update={"beats": tuple(beats)})


class TestHoldingBack:
    @pytest.mark.parametrize("scenario", [small_scenario(), separating_scenario()], ids=["three examples", "nine"])
    def test_what_is_spoken_is_not_known_and_nothing_is_lost(self, scenario: Scenario, matcher: Matcher) -> None:
        spoken: dict[tuple[str, str], list[str]] = {}
        for third in range(THIRDS):
            held = hold_back(scenario, matcher.acts, third)
            assert [beat.id for beat in held.scenario.beats] == [beat.id for beat in scenario.beats]
            for known, whole in zip(held.scenario.beats, scenario.beats, strict=True):
                for reply, original, way in zip(known.replies, whole.replies, held.ways[whole.id], strict=True):
                    assert way.reply is original
                    assert way.sentences
                    assert sorted(reply.examples + way.sentences) == sorted(original.examples)
                    assert len(reply.examples) == (6 if len(original.examples) == 9 else 2)
                    spoken.setdefault((whole.id, reply.id), []).extend(way.sentences)
        for (beat, name), texts in spoken.items():
            (original,) = [
                one for place in scenario.beats if place.id == beat for one in place.replies if one.id == name
            ]
            assert sorted(texts) == sorted(original.examples)

    @pytest.mark.parametrize(("examples", "left"), [(3, 2), (4, 3), (5, 3), (8, 5), (9, 6)])
    def test_three_examples_stay_where_there_are_more(self, examples: int, left: int, matcher: Matcher) -> None:
        scenario = separating_scenario()
        beat = scenario.start
        reply = beat.replies[0].model_copy(update={"examples": beat.replies[0].examples[:examples]})
        beat = beat.model_copy(update={"replies": (reply,)})
        held = hold_back(scenario.model_copy(update={"beats": (beat,)}), matcher.acts)
        assert len(held.scenario.start.replies[0].examples) == left

    def test_what_asks_is_told_from_what_does_not(self, matcher: Matcher) -> None:
        held = hold_back(separating_scenario(), matcher.acts)
        asks = {way.reply.id: way.asks for ways in held.ways.values() for way in ways}
        assert asks == {"ask": True, "explain": False, "offer": False, "sell": False}


class TestReps:
    def test_the_reps_speak_what_was_held_back(self, matcher: Matcher) -> None:
        held = hold_back(separating_scenario(), matcher.acts)
        for name in (LISTENER, PUSHER, "improver"):
            for seed in range(5):
                conversation = conversation_with(rep_named(name, held), held.scenario, matcher, seed)
                for turn in conversation.turns:
                    mine = {text for way in held.ways[turn.beat] for text in way.sentences}
                    assert turn.answer.text in mine

    def test_nobody_repeats_a_sentence_before_all_were_said(self, matcher: Matcher) -> None:
        held = hold_back(without_loss(separating_scenario()), matcher.acts)
        excuses = next(way.sentences for way in held.ways["complaint"] if way.reply.id == "explain")
        for seed in range(5):
            conversation = conversation_with(rep_named(PUSHER, held), held.scenario, matcher, seed)
            said = [turn.answer.text for turn in conversation.turns if turn.answer.text in excuses]
            first = said[: len(excuses)]
            assert len(set(first)) == len(first)

    def test_the_improver_pushes_until_the_customer_turns_sharp(self, matcher: Matcher) -> None:
        held = hold_back(separating_scenario(), matcher.acts)
        weak_before, weak_after, before, after = 0, 0, 0, 0
        for seed in range(RUNS):
            conversation = conversation_with(rep_named("improver", held), held.scenario, matcher, seed)
            warned = False
            for turn in conversation.turns:
                (way,) = [way for way in held.ways[turn.beat] if turn.answer.text in way.sentences]
                weak = way.reply.worth == "weak"
                if warned:
                    weak_after, after = weak_after + weak, after + 1
                else:
                    weak_before, before = weak_before + weak, before + 1
                lost = turn.reaction.before.patience - turn.reaction.after.patience
                warned = warned or lost >= 8 or turn.reaction.before.trust - turn.reaction.after.trust >= 8
        assert weak_before > 0.7 * before
        assert weak_after < 0.3 * after

    def test_the_rambler_buries_the_point(self, matcher: Matcher) -> None:
        held = hold_back(separating_scenario(), matcher.acts)
        conversation = conversation_with(rep_named("rambler", held), held.scenario, matcher, seed=2)
        for turn in conversation.turns:
            assert len(sentences(turn.answer.text)) >= 3
            points = [text for way in held.ways[turn.beat] for text in way.sentences if text in turn.answer.text]
            assert len(points) == 1
            assert not turn.answer.text.startswith(points[0])

    def test_nobody_asks_for_what_they_were_told(self, matcher: Matcher) -> None:
        scenario = without_loss(small_scenario())
        beat = scenario.start
        once = beat.replies[0].when.model_copy(update={"not_found": ("wedding",)})
        ask = beat.replies[0].model_copy(update={"when": once})
        beat = beat.model_copy(update={"replies": (ask, *beat.replies[1:])})
        held = hold_back(scenario.model_copy(update={"beats": (beat, *scenario.beats[1:])}), matcher.acts)
        (asking,) = [way for way in held.ways["complaint"] if way.reply.id == "ask"]
        conversation, chance = Conversation(held.scenario, matcher), random.Random(1)
        conversation.open()
        answers = {rep_named(LISTENER, held).answer(conversation, chance) for _ in range(20)}
        assert answers & set(asking.sentences)
        conversation.found.add("wedding")
        answers = {rep_named(LISTENER, held).answer(conversation, chance) for _ in range(20)}
        assert not answers & set(asking.sentences)

    def test_a_random_walk_says_anything(self, matcher: Matcher) -> None:
        scenario = small_scenario()
        conversation, chance, walker = Conversation(scenario, matcher), random.Random(1), random_walker(scenario)
        conversation.open()
        said = {walker.answer(conversation, chance) for _ in range(1500)}
        assert said >= {text for beat in scenario.beats for reply in beat.replies for text in reply.examples}
        assert said >= {"", *OFF_TOPIC}


class TestRemembering:
    def test_it_says_what_the_matcher_says_and_asks_once(self, matcher: Matcher) -> None:
        remembering, beat = RememberingMatcher(matcher), small_scenario().start
        answer, line = "What has that late delivery done to your shop?", beat.lines[0].text
        match, acts = remembering.match(answer, beat.replies), remembering.acts(answer, line)
        assert match == matcher.match(answer, beat.replies)
        assert acts == matcher.acts(answer, line)
        assert acts != ()
        # The very same objects, where the matcher would make new ones.
        assert remembering.match(answer, beat.replies) is match
        assert remembering.acts(answer, line) is acts

    def test_what_is_possible_matters(self, matcher: Matcher) -> None:
        remembering, beat = RememberingMatcher(matcher), small_scenario().start
        answer = "What has that late delivery done to your shop?"
        whole = remembering.match(answer, beat.replies).chosen
        assert whole is not None
        assert whole.reply.id == "ask"
        without = remembering.match(answer, beat.replies[1:])
        assert [one.reply.id for one in without.candidates] == ["explain"]


class TestSimulation:
    def test_who_listens_ends_well_and_who_pushes_badly(self, simulation: Simulation) -> None:
        assert simulation.separates
        assert simulation.errors == []
        assert simulation.of(LISTENER).mean_trust > simulation.of(PUSHER).mean_trust + 20
        for rep in ("silent", "off-topic"):
            assert simulation.of(rep).share([Outcome.LEAVES]) == 1
        assert simulation.of("improver").share(BETTER) > simulation.of(PUSHER).share(BETTER)

    def test_each_rep_has_all_its_runs_and_each_run_one_ending(self, simulation: Simulation) -> None:
        assert len({played.rep for played in simulation.played}) == 6
        for played in simulation.played:
            assert [run.number for run in played.runs] == list(range(RUNS))
            assert sum(played.endings.values()) == RUNS
            assert played.share(BETTER) + played.share(WORSE) == pytest.approx(1)

    def test_beats_and_needs_are_counted_over_all_runs(self, simulation: Simulation) -> None:
        assert simulation.beats["complaint"] == 1
        assert 0 < simulation.needs["wedding"] < 1
        assert 0 < simulation.beats["refund"] < 1

    def test_a_seed_repeats_it_and_another_one_does_not(self, simulation: Simulation, matcher: Matcher) -> None:
        assert simulate(separating_scenario(), matcher, 6, seed=1).runs == [
            run for run in simulation.runs if run.number < 6
        ]
        other = simulate(separating_scenario(), matcher, RUNS, seed=2)
        assert other.runs != simulation.runs

    def test_a_scenario_in_which_listening_does_not_pay(self, matcher: Matcher) -> None:
        scenario = separating_scenario()
        refund = scenario.beats[1]
        replies = tuple(reply.model_copy(update={"goes_to": refund.replies[0].goes_to[1:]}) for reply in refund.replies)
        beats = (scenario.start, refund.model_copy(update={"replies": replies}))
        simulation = simulate(scenario.model_copy(update={"beats": beats}), matcher, 6)
        assert not simulation.separates
        assert simulation.of(LISTENER).share(BETTER) == 0

    def test_a_run_that_never_ends_is_an_error(self, matcher: Matcher) -> None:
        simulation = simulate(without_loss(separating_scenario()), matcher, 3)
        silent = simulation.of("silent")
        assert all(run.no_end and run.turns == MOST_TURNS and run.ending is None for run in silent.runs)
        assert set(silent.runs) <= set(simulation.errors)
        assert silent.longest == silent.turns_95 == MOST_TURNS
        assert silent.endings == {}

    def test_a_mistake_of_the_program_is_told_with_its_place(self, matcher: Matcher) -> None:
        broken = small_scenario().model_copy(update={"when_patience_ends": "nowhere"})
        simulation = simulate(broken, matcher, 2)
        for run in simulation.of("silent").runs:
            assert run.mistake.startswith("KeyError: 'nowhere' (model.py:")
            assert not run.no_end
            assert run.ending is None
            assert run in simulation.errors

    def test_one_run_can_be_played_again(self, simulation: Simulation, matcher: Matcher) -> None:
        held = hold_back(separating_scenario(), matcher.acts, 7 % THIRDS)
        assert play(held.scenario, rep_named(LISTENER, held), matcher, 1, 7) == simulation.of(LISTENER).runs[7]


def test_random_walks_come_to_an_end(matcher: Matcher) -> None:
    (played,) = walk(small_scenario(), matcher, 100).played
    assert sum(played.endings.values()) == 100
    assert set(played.endings) == {"agreed", "thinking", "gone"}


def run_of(turns: int, trust: int = 0) -> Run:
    return Run("one", 0, "gone", Outcome.LEAVES, turns, trust, "complaint", frozenset(), frozenset())


def test_turns_and_trust_over_all_runs() -> None:
    hundred = Played("one", tuple(run_of(turns, trust=turns % 2) for turns in range(1, 101)))
    assert (hundred.mean_turns, hundred.turns_95, hundred.longest, hundred.mean_trust) == (50.5, 95, 100, 0.5)
    single = Played("one", (run_of(4, 30),))
    assert (single.mean_turns, single.turns_95, single.longest, single.mean_trust) == (4, 4, 4, 30)
