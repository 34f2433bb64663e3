"""Whether a scenario holds together: every place can be reached and left, every need found, every check answered.

The reader has made sure that all names exist. Here they are followed: what nobody can ever come to is an error, since
it was surely meant to happen; what only the customer's levels seem to forbid is a warning, since a rep's manner moves
those as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from salespractice.scenario.conditions import listed
from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.model import Beat, Ending, Reply, Scenario
from salespractice.scenario.pack import ASKS_BACK
from salespractice.scenario.ways import Barred, Ways, explore
from salespractice.scenario.yaml_tree import Path_, Tree

OTHERWISE = "-otherwise"


@dataclass(frozen=True, slots=True)
class _Checked:
    """A scenario, where its parts stand in the file, and every way through it: `ways` whatever the levels are."""

    scenario: Scenario
    tree: Tree
    ways: Ways
    by_levels: Ways

    def line(self, *path: str | int) -> int:
        return self.tree.line(path)

    @property
    def places(self) -> tuple[tuple[str, str, Sequence[Beat | Ending]], ...]:
        """What the places are called, the key they stand under, and the places."""
        return (("beat", "beats", self.scenario.beats), ("ending", "endings", self.scenario.endings))


def structure_findings(scenario: Scenario, tree: Tree) -> Iterator[Finding]:
    """Everything about the way the parts of a scenario lead to each other. The scenario is one that could be read."""
    checked = _Checked(scenario, tree, explore(scenario, levels=False), explore(scenario, levels=True))
    yield from _names(checked)
    yield from _places(checked)
    yield from _dead_ends(checked)
    yield from _patience(checked)
    yield from _barred(checked)
    yield from _needs(checked)
    yield from _checks(checked)


def _names(checked: _Checked) -> Iterator[Finding]:
    """Ids whose recordings would have the names of others."""
    beats = {beat.id for beat in checked.scenario.beats}
    for _, kind, places in checked.places:
        for number, place in enumerate(places):
            line = checked.line(kind, number, "id")
            if place.id == ASKS_BACK:
                message = f'the id "{ASKS_BACK}" is kept for the recordings of `asks_back`; choose another one'
                yield Finding(line, message, code="reserved-id")
            if place.id.endswith(OTHERWISE) and place.id.removesuffix(OTHERWISE) in beats:
                beat = place.id.removesuffix(OTHERWISE)
                message = (
                    f'the recordings of "{place.id}" would have the names of those of `otherwise` in beat "{beat}"'
                )
                yield Finding(line, f"{message}; choose another id", code="reserved-id")


def _places(checked: _Checked) -> Iterator[Finding]:
    """Beats and endings that nobody can come to."""
    lead = _leading_to(checked.scenario)
    for what, kind, places in checked.places:
        for number, place in enumerate(places):
            line, name = checked.line(kind, number, "id"), f'{what} "{place.id}"'
            if place.id not in checked.ways.places:
                yield Finding(
                    line, f"{name} cannot be reached: {_why_not(checked, lead[place.id])}", code="unreachable"
                )
            elif place.id not in checked.by_levels.places:
                message = f"{name} may be out of reach: the replies never bring trust, patience or interest that high"
                yield Finding(line, message, Severity.WARNING, "unreachable")


def _why_not(checked: _Checked, leading: Collection[str]) -> str:
    reachable = checked.ways.places.intersection(leading)
    if reachable:
        return f"what leads to it, in {listed(reachable)}, can never happen"
    return f"only {listed(leading)} leads to it, which cannot be reached" if leading else "nothing goes to it"


def _leading_to(scenario: Scenario) -> defaultdict[str, set[str]]:
    """For each place, the other beats that name it."""
    lead: defaultdict[str, set[str]] = defaultdict(set)
    for beat in scenario.beats:
        named = {route.to for reply in beat.replies for route in reply.goes_to} | {beat.otherwise.goes_to}
        for to in named - {None, beat.id}:
            lead[str(to)].add(beat.id)
    return lead


def _dead_ends(checked: _Checked) -> Iterator[Finding]:
    """Beats from which no ending follows, or none but the customer's leaving."""
    scenario, steps = checked.scenario, checked.ways.steps
    endings = {ending.id for ending in scenario.endings}
    goes = [(step.beat, step.to) for step in steps]
    loses_patience = [(step.beat, scenario.when_patience_ends) for step in steps if step.patience < 0]
    by_talking = _can_come_to(endings, goes)
    at_all = _can_come_to(endings, goes + loses_patience)
    leads: defaultdict[str, set[str]] = defaultdict(set)
    for here, to in goes:
        leads[here].add(to)
    for number, beat in enumerate(scenario.beats):
        if beat.id not in checked.ways.places or beat.id in by_talking:
            continue
        line, onwards = checked.line("beats", number, "id"), listed(leads[beat.id])
        if beat.id not in at_all:
            message = f"leads only to {onwards}, nothing there costs patience, and no ending can be reached"
            yield Finding(line, f'beat "{beat.id}": the conversation can go on for ever: it {message}', code="dead-end")
        else:
            message = f"only lost patience can end the conversation from here: it leads to {onwards}"
            yield Finding(line, f'beat "{beat.id}": {message}, and from there to no ending', Severity.WARNING, "trap")


def _can_come_to(goals: Iterable[str], steps: Iterable[tuple[str, str]]) -> set[str]:
    """All places from which one of the goals can be reached."""
    back: defaultdict[str, list[str]] = defaultdict(list)
    for beat, to in steps:
        back[to].append(beat)
    reached = set(goals)
    ahead = list(reached)
    while ahead:
        for beat in back[ahead.pop()]:
            if beat not in reached:
                reached.add(beat)
                ahead.append(beat)
    return reached


def _patience(checked: _Checked) -> Iterator[Finding]:
    """Beats that somebody who says nothing can stay at."""
    for number, beat in enumerate(checked.scenario.beats):
        if beat.otherwise.goes_to in (None, beat.id) and beat.otherwise.effects.patience >= 0:
            yield Finding(
                checked.line("beats", number, "otherwise", "effects"),
                f'otherwise of beat "{beat.id}" stays there and costs no patience: who says nothing can stay for ever',
                Severity.WARNING,
                "endless",
            )


def _barred(checked: _Checked) -> Iterator[Finding]:
    """Replies that can never be given, and routes that can never be taken, where the beat itself can be reached."""
    at: dict[tuple[str, str], tuple[Path_, Reply]] = {
        (beat.id, reply.id): (("beats", number, "replies", index), reply)
        for number, beat in enumerate(checked.scenario.beats)
        for index, reply in enumerate(beat.replies)
    }
    for one in _once(checked.ways.barred, checked.by_levels.barred):
        path, reply = at[one.beat, one.reply]
        name = f'reply "{one.reply}"'
        if one.need is not None:
            continue  # told where the need stands
        if one.route is None:
            line, message = checked.line(*path, "when"), f"{name} can never be given: {one.why}"
        else:
            line, to = checked.line(*path, "goes_to", one.route), reply.goes_to[one.route].to
            message = f'{name} never goes on to "{to}" by this route: {one.why}'
        yield Finding(line, message, Severity.WARNING, "never")


def _once(sure: Iterable[Barred], by_levels: Iterable[Barred]) -> Iterator[Barred]:
    """What is barred in any case, then what is barred by the levels alone."""
    seen = set()
    for one in (*sure, *by_levels):
        key = (one.beat, one.reply, one.route, one.need)
        if key not in seen:
            seen.add(key)
            yield one


def _needs(checked: _Checked) -> Iterator[Finding]:
    """Needs that nobody can find."""
    scenario = checked.scenario
    revealing: defaultdict[str, list[str]] = defaultdict(list)
    for beat in scenario.beats:
        for reply in beat.replies:
            for need in reply.reveals:
                revealing[need].append(f"{beat.id}/{reply.id}")

    def why_not(ways: Ways, need: str) -> str:
        if not revealing[need]:
            return "no reply reveals it"
        why = next((one.why for one in ways.barred if one.need == need), None)
        return why or f"nobody can give {listed(revealing[need])}"

    ids = [need.id for need in scenario.needs]
    yield from _out_of_reach(checked, "needs", ids, lambda ways, need: need in ways.needs, "need", "be found", why_not)


def _checks(checked: _Checked) -> Iterator[Finding]:
    """Checks that nobody can answer with yes."""
    yes = {check.id: check.yes for check in checked.scenario.checks}

    def reached(ways: Ways, check: str) -> bool:
        return not ways.replies.isdisjoint(yes[check])

    def why_not(ways: Ways, check: str) -> str:
        return f"nobody can give {listed(yes[check])}"

    yield from _out_of_reach(checked, "checks", list(yes), reached, "check", "be answered with yes", why_not)


def _out_of_reach(
    checked: _Checked,
    kind: str,
    ids: Iterable[str],
    reached: Callable[[Ways, str], bool],
    what: str,
    done: str,
    why_not: Callable[[Ways, str], str],
) -> Iterator[Finding]:
    """An error for each part that is out of reach in any case, a warning where it is so by the levels alone."""
    for number, one in enumerate(ids):
        for ways, severity in ((checked.ways, Severity.ERROR), (checked.by_levels, Severity.WARNING)):
            if not reached(ways, one):
                line = checked.line(kind, number, "id")
                cannot = "can never" if severity is Severity.ERROR else "may never"
                message = f'{what} "{one}" {cannot} {done}: {why_not(ways, one)}'
                yield Finding(line, message, severity, "out-of-reach")
                break
