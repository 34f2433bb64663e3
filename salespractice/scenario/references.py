"""Whether the parts of a scenario that name each other exist: beats, endings, needs, replies, and ids used once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salespractice.scenario.findings import Finding, clipped, did_you_mean
from salespractice.scenario.model import Beat, Conditions, Scenario
from salespractice.scenario.yaml_tree import Path_, Tree


def reference_findings(scenario: Scenario, tree: Tree) -> Iterator[Finding]:
    """Every reference that leads nowhere and every id that is used twice."""
    beats = [beat.id for beat in scenario.beats]
    endings = [ending.id for ending in scenario.endings]
    places = beats + endings
    needs = [need.id for need in scenario.needs]
    replies = [f"{beat.id}/{reply.id}" for beat in scenario.beats for reply in beat.replies]

    yield from _twice(tree, ("beats",), beats, "beat")
    yield from _twice(tree, ("endings",), endings, "ending", taken=beats)
    yield from _twice(tree, ("needs",), needs, "need")
    yield from _twice(tree, ("checks",), [check.id for check in scenario.checks], "check")
    for number, beat in enumerate(scenario.beats):
        yield from _beat(beat, ("beats", number), tree, places, needs)
    for number, check in enumerate(scenario.checks):
        for side, named in (("yes", check.yes), ("no", check.no)):
            for index, reply in enumerate(named):
                if reply not in replies:
                    path: Path_ = ("checks", number, side, index)
                    yield Finding(
                        tree.line(path),
                        f'check "{check.id}" names "{clipped(reply)}", which is no reply{did_you_mean(reply, replies)}',
                    )
    if scenario.when_patience_ends not in endings:
        wrong = scenario.when_patience_ends
        yield Finding(
            tree.line(("when_patience_ends",)),
            f'when_patience_ends names "{wrong}", which is no ending{did_you_mean(wrong, endings)}',
        )


def _beat(beat: Beat, path: Path_, tree: Tree, places: Sequence[str], needs: Sequence[str]) -> Iterator[Finding]:
    said = " ".join(line.text for line in beat.lines).casefold()
    for index, cue in enumerate(beat.cues):
        if cue.quote.casefold() not in said:
            yield Finding(
                tree.line((*path, "cues", index, "quote")),
                f'beat "{beat.id}": no line contains the cue "{clipped(cue.quote)}"',
            )
    yield from _twice(tree, (*path, "replies"), [reply.id for reply in beat.replies], f'reply of beat "{beat.id}"')
    for index, reply in enumerate(beat.replies):
        at = (*path, "replies", index)
        owner = f'reply "{reply.id}"'
        for number, route in enumerate(reply.goes_to):
            if route.to not in places:
                yield Finding(
                    tree.line((*at, "goes_to", number, "to")),
                    f'{owner} goes to "{route.to}", which is no beat{did_you_mean(route.to, places)}',
                )
            yield from _conditions(route.when, (*at, "goes_to", number, "when"), tree, needs, owner)
        if reply.goes_to[-1].when != Conditions():
            yield Finding(
                tree.line((*at, "goes_to", len(reply.goes_to) - 1)),
                f"{owner}: the last route must apply always, so it may have no `when`",
            )
        for number, need in enumerate(reply.reveals):
            if need not in needs:
                yield Finding(
                    tree.line((*at, "reveals", number)),
                    f'{owner} reveals "{need}", which is no need{did_you_mean(need, needs)}',
                )
        yield from _conditions(reply.when, (*at, "when"), tree, needs, owner)
    target = beat.otherwise.goes_to
    if target is not None and target not in places:
        yield Finding(
            tree.line((*path, "otherwise", "goes_to")),
            f'otherwise of beat "{beat.id}" goes to "{target}", which is no beat{did_you_mean(target, places)}',
        )


def _conditions(when: Conditions, path: Path_, tree: Tree, needs: Sequence[str], owner: str) -> Iterator[Finding]:
    for key, named in (("found", when.found), ("not_found", when.not_found)):
        for index, need in enumerate(named):
            if need not in needs:
                yield Finding(
                    tree.line((*path, key, index)),
                    f'{owner} asks for "{need}", which is no need{did_you_mean(need, needs)}',
                )


def _twice(tree: Tree, path: Path_, ids: Sequence[str], what: str, taken: Sequence[str] = ()) -> Iterator[Finding]:
    seen = set(taken)
    for index, one in enumerate(ids):
        if one in seen:
            yield Finding(tree.line((*path, index, "id")), f'{what} "{one}" has an id that is already used')
        seen.add(one)
