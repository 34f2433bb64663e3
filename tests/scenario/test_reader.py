"""A scenario is read whole, or every mistake in it is told with its line."""

from __future__ import annotations

import pytest

from salespractice.problem import Problem
from salespractice.scenario.model import Dimension
from salespractice.scenario.reader import parse_scenario
from tests.small_scenario import TEXT, small_scenario


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_small_scenario() -> None:
    scenario = small_scenario()
    assert scenario.start.id == "complaint"
    assert scenario.trains[0] is Dimension.EMPATHY
    assert scenario.beats[0].replies[0].effects.trust == 10
    assert scenario.beats[0].lines[1].text.startswith("Two days")
    assert scenario.beats[1].replies[0].goes_to[0].when.found == ("wedding",)
    assert scenario.beats[0].replies[0].goes_to[0].to == "refund"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "goes_to: refund",
            "goes_to: refnud",
            'reply "ask" goes to "refnud", which is no beat (did you mean "refund"?)',
        ),
        ("reveals: [wedding]", "reveals: [weding]", 'reveals "weding", which is no need (did you mean "wedding"?)'),
        ("yes: [complaint/ask]", "yes: [complaint/asks]", 'names "complaint/asks", which is no reply (did you mean'),
        ("patience_ends: gone", "patience_ends: gon", 'names "gon", which is no ending (did you mean "gone"?)'),
        ("quote: two days", "quote: three weeks", 'no line contains the cue "three weeks"'),
        (
            "      - to: thinking",
            "      - {to: thinking, when: {trust_at_least: 9}}",
            "the last route must apply always",
        ),
        ("  - id: refund\n", "  - id: complaint\n", 'beat "complaint" has an id that is already used'),
        ("minutes: 3", "minutes: soon", "minutes: should be a valid integer"),
        ("reveals: [wedding]", "reveals: wedding", "reveals: should be a valid list"),
        ("[complaint/ask, refund/offer]", "[]", "yes: should have at least 1 item, not 0"),
        ("minutes: 3", "minuets: 3", '"minuets" is no key of the file (did you mean "minutes"?)'),
        ("worth: strong", "worth: superb", "should be 'strong', 'fair' or 'weak'"),
        ("  goal: Find out", "  gaol: Find out", '"gaol" is no key of brief (did you mean "goal"?)'),
        ("id: late-parcel", "id: Late Parcel", '"Late Parcel" is no id'),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_way_out(old: str, new: str, says: str) -> None:
    broken = TEXT.replace(old, new, 1)
    with pytest.raises(Problem) as told:
        parse_scenario(broken, "small.yaml")
    rows = f"{told.value.what}\n{told.value.why}".splitlines()
    row = next(row for row in rows if says in row)
    wrong = line_of(TEXT, old.strip())
    number = int(row.split(":")[1])
    assert wrong <= number <= wrong + new.strip().count("\n") + 1, row
    assert told.value.way_out


def test_too_few_examples_are_counted() -> None:
    with pytest.raises(Problem, match=r"examples: should have at least 3 items, not 2"):
        parse_scenario(TEXT.replace("          - Our driver had an accident on the road.\n", ""))


def test_a_mistake_repeats_no_more_of_the_file_than_one_can_read() -> None:
    long = "x" * 5000
    for broken in (TEXT.replace("minutes: 3", f"{long}: 3"), TEXT.replace("id: wedding", f"id: {long}")):
        with pytest.raises(Problem) as told:
            parse_scenario(broken, "small.yaml")
        assert len(told.value.what) < 300


def test_all_mistakes_are_told_at_once_in_order() -> None:
    broken = (
        TEXT.replace("minutes: 3", "minutes: x").replace("worth: strong", "worth: great").replace("role: ", "rloe: ")
    )
    with pytest.raises(Problem) as told:
        parse_scenario(broken, "small.yaml")
    rows = f"{told.value.what}\n{told.value.why}".splitlines()
    assert len(rows) == 5  # the key that is not known makes another one missing
    assert [int(row.split(":")[1]) for row in rows] == sorted(int(row.split(":")[1]) for row in rows)


def test_a_missing_key_is_told_where_it_belongs() -> None:
    with pytest.raises(Problem, match=r'"goal" is missing in brief'):
        parse_scenario(TEXT.replace("  goal: Find out what it cost her.\n", ""))


@pytest.mark.parametrize("text", ["", "- a list\n", "just words"])
def test_what_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="a scenario begins with keys"):
        parse_scenario(text)


def test_a_newer_format_is_refused_plainly() -> None:
    with pytest.raises(Problem, match="format 2; this program reads up to format 1"):
        parse_scenario(TEXT.replace("format: 1", "format: 2"))
