"""How it sounded, in the terminal, in JSON and on the page: told with its seconds, and absent where all was typed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from salespractice.coaching.baseline import NO_BASELINE, Baseline, Usual
from salespractice.coaching.debrief import debrief
from salespractice.coaching.delivery import Pause
from salespractice.coaching.fillers import Filler
from salespractice.coaching.sounded import how_it_sounded
from salespractice.formats.debrief_page import Told, debrief_page
from salespractice.formats.debrief_text import WIDTH, debrief_text
from salespractice.formats.practice_json import practice_json
from salespractice.journal.journal import LEFT, Entry, PastPractice
from tests.deliveries import delivery, turn
from tests.small_scenario import small_scenario

ENTRY = Entry("abc", "mine/late-parcel", "A parcel", "Ines", datetime(2026, 5, 3, tzinfo=UTC), None, LEFT, None, "", 2)
TURNS = (turn(1, "one two um, three four <b>five</b> six seven"), turn(2, "Typed, you know.", None))
UM = Filler("um", 2.0, 3.0)
SPOKEN = {1: delivery(longest_pause=Pause(4.5, 6.4), fillers=(UM,) * 4)}
USUAL = Baseline(12, 300.0, Usual(120.0, 10.0))


def past(baseline: Baseline = USUAL, *, spoken: bool = True) -> PastPractice:
    scenario = small_scenario()
    found = debrief(scenario, TURNS, None)
    return PastPractice(ENTRY, scenario, TURNS, found, 1, SPOKEN if spoken else {}, baseline)


def text_of(one: PastPractice) -> str:
    assert one.debrief is not None
    return debrief_text(one.debrief, how_it_sounded(one.turns, one.deliveries, one.baseline))


def test_text_comes_last_with_turns_and_seconds() -> None:
    text = text_of(past())
    sounded = text[text.index("HOW IT SOUNDED") :]
    assert "WHAT LAY BEHIND IT" not in sounded
    told = " ".join(sounded.split())
    assert "150 words a minute, faster than your usual 110 to 130. [turn 1, 0:00.0–0:08.0]" in told
    assert "Your longest pause was 1.9 s, before" in told
    assert told.count("turn 1, 0:00.0–0:08.0; ") == 3  # four fillers, the places of three
    assert "; and 1 more]" in told
    assert max(map(len, text.splitlines())) <= WIDTH


def test_text_of_a_typed_practice_says_nothing_of_it() -> None:
    assert "SOUNDED" not in text_of(past(spoken=False))
    one = past()
    assert one.debrief is not None
    assert "SOUNDED" not in debrief_text(one.debrief)


def test_json_has_each_delivery_and_the_facts() -> None:
    told = json.loads(json.dumps(practice_json(past())))
    spoken, typed = told["turns"]
    assert typed["delivery"] is None
    assert spoken["delivery"] == {
        "seconds": 24.0,
        "voice": 20.0,
        "first_voice": 0.8,
        "words": 50,
        "words_per_minute": 150.0,
        "pauses": 3,
        "pause_seconds": 2.5,
        "longest_pause": {"start": 4.5, "end": 6.4},
        "fillers_at_least": [{"text": "um", "start": 2.0, "end": 3.0}] * 4,
        "voiced": 0.6,
        "pitch": 118.0,
        "pitch_variation": 7.0,
        "loudness_variation": 8.0,
    }
    facts = {fact["about"]: fact for fact in told["sounded"]["facts"]}
    assert list(facts) == ["pace", "fillers", "pause", "pitch", "loudness"]
    assert (facts["pace"]["value"], facts["pace"]["usual"], facts["pace"]["unusual"]) == (150, [110, 130], True)
    assert facts["pause"]["citations"][0]["turn"] == 1
    assert "12 earlier answers" in told["sounded"]["note"]


def test_json_of_a_typed_practice() -> None:
    told = practice_json(past(NO_BASELINE, spoken=False))
    assert told["sounded"] == {"facts": [], "note": ""}


def test_delivery_without_pause_pace_and_pitch_is_json() -> None:
    bare = delivery(
        words=1, longest_pause=None, first_voice=None, pitch=None, pitch_variation=None, loudness_variation=None
    )
    one = PastPractice(ENTRY, small_scenario(), TURNS, None, 1, {1: bare})
    told = practice_json(one)["turns"][0]["delivery"]
    assert (told["words_per_minute"], told["longest_pause"], told["pitch"]) == (None, None, None)


@pytest.mark.parametrize("sound", [b"flac", None], ids=["with the take", "without it"])
def test_page_plays_each_moment_where_the_take_is_there(sound: bytes | None) -> None:
    page = debrief_page("Page", [Told("A rep", past(), lambda turn: sound)])
    section = page[page.index("<h3>How it sounded</h3>") : page.index("The whole conversation")]
    assert "faster than your usual 110 to 130." in section
    assert "Compared only with 12 earlier answers of your own." in section
    assert section.count('class="play"') == (8 if sound else 0)  # four fillers, and four facts of one moment
    assert "&lt;b&gt;five&lt;/b&gt;" in section
    assert "<b>" not in section


def test_page_of_a_typed_practice_has_no_such_section() -> None:
    assert "How it sounded" not in debrief_page("Page", [Told("A rep", past(spoken=False), lambda turn: None)])
