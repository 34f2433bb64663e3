"""Names are spelled as the glossary has them, and the glossary has no name that nobody uses."""

from __future__ import annotations

import pytest

from salespractice.rig import spelling_of
from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.reader import scenario_of
from salespractice.scenario.spelling import prose, spelling_findings
from salespractice.scenario.yaml_tree import parse_tree
from tests.small_scenario import TEXT

SITUATION = "A parcel was two days late."
BIRD = TEXT.replace(SITUATION, "A parcel that ParcelBird carried was two days late.")


def check(text: str) -> list[Finding]:
    tree = parse_tree(text, "small.yaml")
    scenario = scenario_of(tree, "small.yaml")
    return list(spelling_findings(scenario, tree, spelling_of(scenario).spelled))


def test_a_name_that_nobody_uses() -> None:
    (unused,) = check(TEXT)
    assert unused.message == 'the glossary has "ParcelBird", which nobody says or reads in this scenario'
    assert (unused.severity, unused.code) == (Severity.WARNING, "unused-name")
    assert TEXT.splitlines()[unused.line - 1] == "glossary: [ParcelBird]"
    assert check(BIRD) == []


@pytest.mark.parametrize(
    "old",
    [
        "Find out what it cost her.",
        "There was a strike at the depot, so nothing moved.",
        "Two days in your van, that is what killed the flowers.",
        "I do not follow.",
        "She heard an excuse.",
    ],
    ids=["brief", "example", "line", "otherwise", "why"],
)
@pytest.mark.parametrize("written", ["Parcelbird", "ParcelBrid", "parcel-bird", "Parcelbird's"])
def test_a_name_spelled_another_way(old: str, written: str) -> None:
    text = BIRD.replace(old, f"{old} {written} knows.")
    (found,) = check(text)
    assert found.message == f'"{written.removesuffix(chr(39) + "s")}" is "ParcelBird" in the glossary; spell it alike'
    assert found.severity is Severity.WARNING
    assert written in text.splitlines()[found.line - 1]


@pytest.mark.parametrize(
    "fine", ["ParcelBird's van", "a ParcelBird-like service", "the parcel, a bird", "(ParcelBird)"]
)
def test_what_is_spelled_well(fine: str) -> None:
    assert check(BIRD.replace("Find out what it cost her.", f'"Find out what {fine} cost her."')) == []


def test_an_ordinary_word_beside_a_name_is_no_misspelled_name() -> None:
    text = BIRD.replace("[ParcelBird]", "[ParcelBird, Ines Walsh, Line Three]")
    text = text.replace("Find out what it cost her.", "Ines Walsh was on Line Three. Ines was near line these days.")
    assert check(text) == []


def test_a_glossary_beyond_all_measure_is_not_compared() -> None:
    many = ", ".join(f"Parcel{number}bird" for number in range(5000))
    (found,) = check(BIRD.replace("[ParcelBird]", f"[ParcelBird, {many}]"))
    assert "a glossary of 5001 names" in found.message


def test_a_word_without_end_is_passed_over() -> None:
    assert check(BIRD.replace("I do not follow.", "a" + "!" * 3000 + "a")) == []


def test_prose_is_what_people_read() -> None:
    texts = [text for _, text in prose(parse_tree(TEXT, "small.yaml"))]
    assert {"Ines Marlow", "The wedding order", "Pardon?", "It is the waiting that hurt."} <= set(texts)
    assert not {"late-parcel", "ParcelBird", "empathy", "strong", "complaint/ask"} & set(texts)
