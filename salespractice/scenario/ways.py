"""Every way that a conversation can take: the beats, replies, routes and needs that a rep could ever come to.

Nothing is played. From the first beat on, each place gets what is known there over all ways that lead to it, until
nothing changes any more. What this calls out of reach can never be reached; what it calls reachable might still ask
for a lucky order. With `levels`, trust, patience and interest count as well, as the replies' effects move them;
without, every level may be anything. What a rep's manner does to any customer is left out: a level is only a hint.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from salespractice.scenario.conditions import Known, Levels, covers, never
from salespractice.scenario.model import Beat, Conditions, Effects, Reply, Scenario

LEAST, MOST = 0, 100
COMPARED = 50  # routes of one reply; who writes more has no use for the comparison, and it must come to an end


@dataclass(frozen=True, slots=True)
class Step:
    """One way on from a beat: by a route (its index) of a reply, or by `otherwise` (no reply). Points of patience."""

    beat: str
    to: str
    patience: int
    reply: str | None = None
    route: int = 0


@dataclass(frozen=True, slots=True)
class Barred:
    """What can never happen at a reachable beat, and why: a reply, one of its routes, or a need that it reveals."""

    beat: str
    reply: str
    why: str
    route: int | None = None
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """All that can happen. `places` are ids of beats and endings, `replies` are named `beat/reply`."""

    places: frozenset[str]
    replies: frozenset[str]
    needs: frozenset[str]
    steps: tuple[Step, ...]
    barred: tuple[Barred, ...]


@dataclass(frozen=True, slots=True)
class _From:
    """What can happen at one beat: the steps with what is known after each, the needs found, and what is barred."""

    steps: tuple[tuple[Step, Known], ...]
    replies: tuple[str, ...]
    needs: frozenset[str]
    barred: tuple[Barred, ...]


def explore(scenario: Scenario, *, levels: bool) -> Ways:
    """All ways through a scenario whose references have been checked."""
    start = scenario.customer.state_of_mind
    most = (start.trust, start.patience, start.interest) if levels else (MOST, MOST, MOST)
    beats = {beat.id: beat for beat in scenario.beats}
    explorer = _Explorer(scenario, levels)
    known = {scenario.start.id: Known(frozenset(), frozenset(), most)}
    ahead, waiting = deque(known), set(known)
    while ahead:
        here = ahead.popleft()
        waiting.discard(here)
        for step, after in explorer.on_from(beats[here], known[here]).steps:
            before = known.get(step.to)
            joined = after if before is None else before.joined(after)
            if step.to in beats and joined != before:
                known[step.to] = joined
                if step.to not in waiting:
                    waiting.add(step.to)
                    ahead.append(step.to)
    found = [explorer.on_from(beat, known[beat.id]) for beat in scenario.beats if beat.id in known]
    steps = tuple(step for one in found for step, _ in one.steps)
    return Ways(
        # Anybody can press a customer until their patience ends, whatever the replies do to it.
        frozenset({*known, *(step.to for step in steps), scenario.when_patience_ends}),
        frozenset(reply for one in found for reply in one.replies),
        frozenset(need for one in found for need in one.needs),
        steps,
        tuple(barred for one in found for barred in one.barred),
    )


class _Explorer:
    """Looks at one beat at a time."""

    def __init__(self, scenario: Scenario, levels: bool) -> None:
        self._scenario = scenario
        self._levels = levels
        self._needs = {need.id: need for need in scenario.needs}

    def on_from(self, beat: Beat, known: Known) -> _From:
        """What can happen at a beat when this is known."""
        barred: list[Barred] = []
        possible: list[Reply] = []
        for reply in beat.replies:
            why = never(reply.when, known)
            if why is None:
                possible.append(reply)
            else:
                barred.append(Barred(beat.id, reply.id, why))
        # One answer can be several replies, so a need of any of them may come to light beside the one that leads on.
        needs = frozenset(need for reply in possible for need in self._revealed(beat, reply, known, barred))
        steps = [one for reply in possible for one in self._by_reply(beat, reply, known, known.may | needs, barred)]
        steps.append(self._by_otherwise(beat, known))
        replies = tuple(f"{beat.id}/{reply.id}" for reply in possible)
        return _From(tuple(steps), replies, needs, tuple(barred))

    def _revealed(self, beat: Beat, reply: Reply, known: Known, barred: list[Barred]) -> Iterator[str]:
        # The customer decides whether they tell it after the reply has moved them.
        most = self._moved(known.most, reply.effects)
        for need in dict.fromkeys(reply.reveals):
            why = never(self._needs[need].when, Known(known.may, known.must, most))
            if why is None:
                yield need
            else:
                barred.append(Barred(beat.id, reply.id, why, need=need))

    def _by_reply(
        self, beat: Beat, reply: Reply, known: Known, may: frozenset[str], barred: list[Barred]
    ) -> Iterator[tuple[Step, Known]]:
        must = known.must.union(need for need in reply.reveals if self._needs[need].when == Conditions())
        after = Known(may, must, self._moved(known.most, reply.effects))
        patience = reply.effects.patience
        if after.most[1] <= LEAST:
            yield Step(beat.id, self._scenario.when_patience_ends, patience, reply.id), after
        for number, route in enumerate(reply.goes_to):
            why = never(route.when, after)
            if after.most[1] <= LEAST:
                why = "the customer has no patience left by then"
            elif any(covers(earlier.when, route.when) for earlier in reply.goes_to[: min(number, COMPARED)]):
                why = "a route above it applies first"
            if why is None:
                yield Step(beat.id, route.to, patience, reply.id, number), after
            else:
                barred.append(Barred(beat.id, reply.id, why, route=number))

    def _by_otherwise(self, beat: Beat, known: Known) -> tuple[Step, Known]:
        effects = beat.otherwise.effects
        after = Known(known.may, known.must, self._moved(known.most, effects))
        ends = after.most[1] <= LEAST
        to = self._scenario.when_patience_ends if ends else beat.otherwise.goes_to or beat.id
        return Step(beat.id, to, effects.patience), after

    def _moved(self, most: Levels, effects: Effects) -> Levels:
        """The highest levels after these effects, as a customer of the temperament that is written feels them."""
        if not self._levels:
            return most
        feels = self._scenario.customer.temperament
        points = (
            effects.trust * (feels.warms if effects.trust > 0 else feels.cools),
            effects.patience * (1.0 if effects.patience > 0 else feels.hurries),
            effects.interest * (feels.warms if effects.interest > 0 else feels.cools),
        )
        trust, patience, interest = (
            max(LEAST, min(MOST, round(level + point))) for level, point in zip(most, points, strict=True)
        )
        return trust, patience, interest
