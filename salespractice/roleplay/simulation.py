"""Play a scenario thousands of times with simulated reps, and count where it leads.

The conversation and the matcher are those of a practice. A run is decided by its rep, seed and number alone.
"""

from __future__ import annotations

import math
import random
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from salespractice.language.speech_acts import ActFound
from salespractice.language.transcript import Transcript
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Match, Matcher, Understands
from salespractice.roleplay.simulated_reps import (
    LISTENER,
    PUSHER,
    THIRDS,
    Rep,
    hold_back,
    random_walker,
    simulated_reps,
)
from salespractice.roleplay.turn import FindActs
from salespractice.scenario.model import Outcome, Reply, Scenario

MOST_TURNS = 60
SEPARATED = 0.9
"""The share of its runs in which the listener must end well, and the pusher badly."""

BETTER = frozenset({Outcome.AGREES, Outcome.NEXT_STEP})
WORSE = frozenset({Outcome.THINKS_IT_OVER, Outcome.LEAVES})


class RememberingMatcher:
    """A matcher that finds once what is asked often: simulated reps say the same things again and again.

    For one scenario, as it never forgets. The results are those of the matcher that it asks.
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._matches: dict[tuple[str, tuple[int, ...]], tuple[tuple[Reply, ...], Match]] = {}
        self._acts: dict[tuple[str, str], tuple[ActFound, ...]] = {}
        self.acts: FindActs = self._acts_remembered

    def match(self, answer: str, replies: Sequence[Reply], lines: Sequence[str] = ()) -> Match:
        """What the matcher says, or said before."""
        # The replies stand for the beat, and for what is possible there now. They are kept with what was found, so that
        # no other ones can come to have the same ids.
        key = (answer, tuple(map(id, replies)))
        if key not in self._matches:
            self._matches[key] = (tuple(replies), self._matcher.match(answer, replies, lines))
        return self._matches[key][1]

    def prepare(self, replies: Sequence[Reply], lines: Sequence[str] = ()) -> None:
        """Have the matcher do ahead what the examples need."""
        self._matcher.prepare(replies, lines)

    def _acts_remembered(self, sentence: str, line: str) -> tuple[ActFound, ...]:
        acts = self._acts.get((sentence, line))
        if acts is None:
            acts = self._acts[sentence, line] = self._matcher.acts(sentence, line)
        return acts


@dataclass(frozen=True, slots=True)
class Run:
    """One run: where it ended (None: it did not), or what went wrong in the program, and what was met on the way.

    `stopped_at` is the last beat, `beats` all of them, `needs` those that were found; `trust` is that at the end.
    """

    rep: str
    number: int
    ending: str | None
    outcome: Outcome | None
    turns: int
    trust: int
    stopped_at: str
    beats: frozenset[str]
    needs: frozenset[str]
    mistake: str = ""

    @property
    def no_end(self) -> bool:
        """Whether it went on and on."""
        return self.ending is None and not self.mistake


@dataclass(frozen=True, slots=True)
class Played:
    """All the runs of one rep through one scenario; there is at least one."""

    rep: str
    runs: tuple[Run, ...]

    @property
    def endings(self) -> Counter[str]:
        """How often each ending was reached."""
        return Counter(run.ending for run in self.runs if run.ending is not None)

    def share(self, outcomes: Iterable[Outcome]) -> float:
        """The share of the runs that had one of these outcomes."""
        wanted = frozenset(outcomes)
        return sum(run.outcome in wanted for run in self.runs) / len(self.runs)

    @property
    def mean_turns(self) -> float:
        """Turns of a run, on average."""
        return sum(run.turns for run in self.runs) / len(self.runs)

    @property
    def turns_95(self) -> int:
        """How many turns 95 of 100 runs do not go beyond (nearest rank)."""
        return sorted(run.turns for run in self.runs)[math.ceil(0.95 * len(self.runs)) - 1]

    @property
    def longest(self) -> int:
        """The turns of the longest run."""
        return max(run.turns for run in self.runs)

    @property
    def mean_trust(self) -> float:
        """Trust at the end, on average."""
        return sum(run.trust for run in self.runs) / len(self.runs)


@dataclass(frozen=True, slots=True)
class Simulation:
    """A scenario, and what each rep came to in it."""

    scenario: Scenario
    played: tuple[Played, ...]

    @property
    def runs(self) -> list[Run]:
        """All the runs of all reps."""
        return [run for played in self.played for run in played.runs]

    @property
    def beats(self) -> dict[str, float]:
        """The share of all runs that reached each beat."""
        return _shares([beat.id for beat in self.scenario.beats], [run.beats for run in self.runs])

    @property
    def needs(self) -> dict[str, float]:
        """The share of all runs in which each need was found."""
        return _shares([need.id for need in self.scenario.needs], [run.needs for run in self.runs])

    @property
    def errors(self) -> list[Run]:
        """The runs without an end, and those in which the program made a mistake."""
        return [run for run in self.runs if run.ending is None]

    def of(self, rep: str) -> Played:
        """What one rep came to; `KeyError` where they did not play."""
        for played in self.played:
            if played.rep == rep:
                return played
        raise KeyError(rep)

    @property
    def separates(self) -> bool:
        """Whether who listens ends well and who pushes ends badly, nearly always."""
        return self.of(LISTENER).share(BETTER) >= SEPARATED and self.of(PUSHER).share(WORSE) >= SEPARATED


def simulate(scenario: Scenario, matcher: Matcher, runs: int, seed: int = 0) -> Simulation:
    """Let each simulated rep play a scenario `runs` times (1 or more), the thirds of its examples held back in turn."""
    remembering = RememberingMatcher(matcher)
    held = [hold_back(scenario, remembering.acts, third) for third in range(THIRDS)]
    return Simulation(
        scenario,
        tuple(
            Played(
                reps[0].name,
                tuple(
                    play(held[number % THIRDS].scenario, reps[number % THIRDS], remembering, seed, number)
                    for number in range(runs)
                ),
            )
            for reps in zip(*map(simulated_reps, held), strict=True)
        ),
    )


def walk(scenario: Scenario, matcher: Matcher, runs: int, seed: int = 0) -> Simulation:
    """Let somebody who says anything at all play a scenario `runs` times (1 or more)."""
    remembering, walker = RememberingMatcher(matcher), random_walker(scenario)
    played = tuple(play(scenario, walker, remembering, seed, number) for number in range(runs))
    return Simulation(scenario, (Played(walker.name, played),))


def play(scenario: Scenario, rep: Rep, matcher: Understands, seed: int, number: int) -> Run:
    """One run of a rep, to its end or for `MOST_TURNS`. A mistake of the program is part of the result, not raised."""
    chance = random.Random(f"{rep.name} {seed} {number}")  # noqa: S311 - variety, not secrecy
    conversation, mistake = Conversation(scenario, matcher, chance.getrandbits(32)), ""
    try:
        conversation.open()
        while conversation.ending is None and len(conversation.turns) < MOST_TURNS:
            conversation.answer(Transcript(rep.answer(conversation, chance)), typed=True)
    except Exception as error:  # noqa: BLE001 - to find mistakes is what a simulation is for
        mistake = _told(error)
    ending = None if mistake else conversation.ending
    return Run(
        rep.name,
        number,
        ending.id if ending else None,
        ending.outcome if ending else None,
        len(conversation.turns),
        conversation.state.trust,
        conversation.beat.id,
        frozenset(turn.beat for turn in conversation.turns) | {conversation.beat.id},
        frozenset(conversation.found),
        mistake,
    )


def _told(error: Exception) -> str:
    """What went wrong, and where: `IndexError: list index out of range (conversation.py:120)`."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _shares(names: Sequence[str], met: Sequence[frozenset[str]]) -> dict[str, float]:
    return {name: sum(name in one for one in met) / len(met) for name in names}
