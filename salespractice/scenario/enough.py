"""Whether a scenario gives enough to practise: something to notice, good and bad answers, more than one ending."""

from __future__ import annotations

from collections.abc import Iterator

from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.model import Beat, Scenario
from salespractice.scenario.yaml_tree import Path_, Tree

BEATS, ENDINGS, EXAMPLES = 3, 2, 5
"""The least of each. Five examples and more are understood better than three: see `roleplay.matching`."""


def enough_findings(scenario: Scenario, tree: Tree) -> Iterator[Finding]:
    """A warning for each thing there is too little of, and a hint for what would make the customer livelier."""
    beats, endings = tree.line(("beats",)), tree.line(("endings",))
    if len(scenario.beats) < BEATS:
        yield _few(beats, f"{_counted(len(scenario.beats), 'beat')}; a conversation needs {BEATS} or more")
    if len(scenario.endings) < ENDINGS:
        yield _few(endings, f"{_counted(len(scenario.endings), 'ending')}: how one answers makes no difference")
    if not any(beat.cues for beat in scenario.beats):
        yield _few(beats, "no line has a cue: there is nothing to notice")
    worths = {reply.worth for beat in scenario.beats for reply in beat.replies}
    if "weak" not in worths:
        yield _few(beats, "no reply is weak: whatever one says is right")
    for number, beat in enumerate(scenario.beats):
        yield from _beat(beat, ("beats", number), tree, any_weak="weak" in worths)
    if not scenario.customer.asks_back:
        yield _hint(
            tree.line(("customer",)), "with `asks_back`, the customer could ask what an unclear answer was to mean"
        )
    if not any(beat.otherwise.impatient for beat in scenario.beats):
        yield _hint(
            beats, "with `impatient` lines in `otherwise`, the customer could lose their patience in words as well"
        )


def _beat(beat: Beat, path: Path_, tree: Tree, *, any_weak: bool) -> Iterator[Finding]:
    worths = {reply.worth for reply in beat.replies}
    line = tree.line((*path, "id"))
    if "strong" not in worths:
        yield _few(line, f'beat "{beat.id}" has no strong reply: nothing that is said there is good')
    if "weak" not in worths and any_weak:
        yield _few(line, f'beat "{beat.id}" has no weak reply: whatever is said there is right')
    for index, reply in enumerate(beat.replies):
        if len(reply.examples) < EXAMPLES:
            few = f'reply "{reply.id}" has only {len(reply.examples)} examples'
            line = tree.line((*path, "replies", index, "examples"))
            yield _few(line, f"{few}; it is understood better with {EXAMPLES} or more")


def _few(line: int, message: str) -> Finding:
    return Finding(line, message, Severity.WARNING, "too-little")


def _hint(line: int, message: str) -> Finding:
    return Finding(line, message, Severity.HINT, "livelier")


def _counted(count: int, thing: str) -> str:
    return f"only one {thing}" if count == 1 else f"only {count} {thing}s"
