"""A scenario with too little to practise is told what it lacks."""

from __future__ import annotations

import re

import pytest

from salespractice.places import shipped
from salespractice.scenario.enough import enough_findings
from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.reader import scenario_of
from salespractice.scenario.yaml_tree import parse_tree, read_tree
from tests.small_scenario import TEXT


def check(text: str) -> list[Finding]:
    tree = parse_tree(text, "small.yaml")
    return list(enough_findings(scenario_of(tree, "small.yaml"), tree))


def warnings(text: str) -> str:
    return "\n".join(one.message for one in check(text) if one.severity is Severity.WARNING)


def without_endings(text: str) -> str:
    """Only the ending `gone` is left."""
    text = re.sub(r"  - \{id: (agreed|thinking),.*\n", "", text)
    return text.replace("{to: agreed,", "{to: gone,").replace("to: thinking", "to: gone")


def test_a_scenario_that_ships_has_enough() -> None:
    path = shipped("scenarios") / "starter" / "price-shock.yaml"
    tree = read_tree(path, path.name)
    assert not [one for one in enough_findings(scenario_of(tree, path.name), tree) if one.severity is Severity.WARNING]


def test_the_small_scenario_is_small() -> None:
    assert "only 2 beats; a conversation needs 3 or more" in warnings(TEXT)
    assert 'reply "sell" has only 3 examples; it is understood better with 5 or more' in warnings(TEXT)


def test_examples_are_counted_where_they_stand() -> None:
    (few,) = [one for one in check(TEXT) if '"explain"' in one.message]
    assert TEXT.splitlines()[few.line - 1].strip() == "examples:"
    assert few.line > TEXT[: TEXT.index("id: explain")].count("\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            TEXT.replace("    cues:\n      - quote: two days\n        notice: It is the waiting that hurt.\n", ""),
            "no line has a cue",
        ),
        (TEXT.replace("worth: weak", "worth: fair"), "no reply is weak"),
        (TEXT.replace("worth: weak", "worth: fair", 1), 'beat "complaint" has no weak reply'),
        (TEXT.replace("worth: strong", "worth: fair", 1), 'beat "complaint" has no strong reply'),
        (without_endings(TEXT), "only one ending"),
    ],
    ids=["cue", "weak", "weak beat", "strong beat", "ending"],
)
def test_what_is_missing_is_told(text: str, says: str) -> None:
    assert says not in warnings(TEXT)
    assert says in warnings(text)


def test_a_scenario_without_weak_replies_is_told_once() -> None:
    assert "has no weak reply" not in warnings(TEXT.replace("worth: weak", "worth: fair"))


def test_what_would_be_livelier_is_only_a_hint() -> None:
    hints = [one.message for one in check(TEXT) if one.severity is Severity.HINT]
    assert len(hints) == 2
    assert "asks_back" in hints[0]
    assert "impatient" in hints[1]
    livelier = TEXT.replace("      lines: [Pardon?]", "      lines: [Pardon?]\n      impatient: [PARDON?]")
    livelier = livelier.replace("  state_of_mind:", "  asks_back: [How do you mean?]\n  state_of_mind:")
    assert not [one for one in check(livelier) if one.severity is Severity.HINT]
