from __future__ import annotations

import pytest

from salespractice.language.glossary import Glossary
from salespractice.language.transcript import Transcript, Word

NAMES = (
    "RouteWise",
    "DockSync",
    "HaulPlan",
    "Northgate Freight",
    "Denise",
    "CFO",
    "Skipton",
    "Kieran Walsh",
    "Line Three",
)
ORDINARY = frozenset(
    "doc sync route wise dense the plan haul your and we hall skip was line these three freight".split()
)


@pytest.fixture
def glossary() -> Glossary:
    return Glossary(NAMES, ORDINARY.__contains__)


@pytest.mark.parametrize(
    ("heard", "spelled"),
    [
        ("We dropped doc sync, and route-wise stayed.", "We dropped DockSync, and RouteWise stayed."),
        ("Your Haul Plan's price", "Your HaulPlan's price"),
        ("at Northgate freight today", "at Northgate Freight today"),
        ("I asked Denisse.", "I asked Denise."),
        ("Docksink is off", "DockSync is off"),
        ("Skippton was fine", "Skipton was fine"),
        ("Kieran Welsh stood at line three", "Kieran Walsh stood at Line Three"),
    ],
)
def test_what_sounds_like_a_name_is_spelled_like_it(glossary: Glossary, heard: str, spelled: str) -> None:
    assert glossary.spelled(heard) == spelled


@pytest.mark.parametrize(
    "said",
    [
        "The fog was dense and we had to skip town.",
        "We sync the doc. Sync it again.",
        "Your CEO and your CFO agreed",
        "That is a wise route to take",
        "Kieran was there to line these up",
        "",
    ],
)
def test_what_is_something_else_stays(glossary: Glossary, said: str) -> None:
    assert glossary.spelled(said) == said


def test_what_the_scenario_writes_as_two_words_may_be_two_words() -> None:
    glossary = Glossary(["FrontDesk", "DockSync"], ORDINARY.__contains__, "How is the mood at the front desk?")
    assert glossary.spelled("The front desk of doc sync") == "The front desk of DockSync"
    assert glossary.spelled("We make Frontdesk.") == "We make FrontDesk."


def test_times_follow_the_spelling(glossary: Glossary) -> None:
    words = tuple(
        Word(text, start, start + 0.3, 0.9 - start / 10)
        for text, start in (("We", 0.0), ("dropped", 0.4), ("doc", 0.8), ("sync.", 1.2))
    )
    spelled = glossary.spelled_transcript(Transcript("We dropped doc sync.", words))
    assert spelled.text == "We dropped DockSync."
    assert [word.text for word in spelled.words] == spelled.text.split()
    assert (spelled.words[-1].start, spelled.words[-1].end) == (0.8, 1.5)
    assert spelled.words[-1].probability == words[-1].probability
