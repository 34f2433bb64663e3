"""Characters that nobody can see are refused by name; what people write anywhere in the world is not."""

from __future__ import annotations

import pytest

from salespractice.problem import Problem
from salespractice.scenario.characters import refused_character
from salespractice.scenario.reader import parse_scenario
from tests.small_scenario import TEXT

LINE = TEXT[: TEXT.index("A shop owner")].count("\n") + 1


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\ufffd", "U+FFFD REPLACEMENT CHARACTER"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x85", "U+0085"),
        ("\ue000", "U+E000"),
        ("\udc80", "U+DC80"),
    ],
)
def test_it_is_named_with_its_line(character: str, name: str) -> None:
    with pytest.raises(Problem) as told:
        parse_scenario(TEXT.replace("A shop owner", f"A shop{character} owner"), "small.yaml")
    assert told.value.what.startswith(f"small.yaml:{LINE}: {name}")
    assert told.value.way_out


@pytest.mark.parametrize("escape", ["\\u202e", "\\0", "\\e", "\\x85", "\\uFEFF"])
def test_an_escape_hides_it_no_better(escape: str) -> None:
    with pytest.raises(Problem, match=rf"small\.yaml:{LINE}: U\+"):
        parse_scenario(
            TEXT.replace("summary: A shop owner", f'summary: "A shop {escape} owner').replace(
                "annoyed about a delivery.", 'annoyed about a delivery."'
            ),
            "small.yaml",
        )


@pytest.mark.parametrize(("old", "new"), [("id: wedding", "id: wed\u202eding"), ("minutes:", "min\u200butes:")])
def test_ids_and_keys_are_looked_at_too(old: str, new: str) -> None:
    with pytest.raises(Problem, match=r"U\+20"):
        parse_scenario(TEXT.replace(old, new))


def test_a_key_that_is_written_with_an_escape() -> None:
    with pytest.raises(Problem, match=r"U\+202E"):
        parse_scenario(TEXT.replace("minutes:", '"minutes\\u202e":'))


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń",
        "“£84,000” – 9 %…",
        "שלום\u200f!",
        "می\u200cخواهم",
        "👩\u200d🌾",
        "日本語",
        "a\tb\r\nc\u00a0d",
    ],
)
def test_what_people_write_is_fine(text: str) -> None:
    assert refused_character(text) is None
