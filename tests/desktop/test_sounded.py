"""How it sounded, in the window: below what counts, by keyboard, and each fact plays the second that it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from salespractice.audio.files import read_sound
from salespractice.coaching.baseline import Baseline, Usual
from salespractice.coaching.delivery import Pause
from salespractice.coaching.fillers import Filler
from salespractice.desktop.debrief.quote import Hearable
from salespractice.desktop.debrief.sounded import FIRST, FactShown, ShortQuote
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.moment_player import AFTER, BEFORE
from salespractice.places import shipped
from tests.deliveries import delivery, turn
from tests.desktop.conftest import Program
from tests.desktop.test_pages import nameless
from tests.small_scenario import small_scenario

ANSWERS = shipped("assets") / "answers" / "listener"
UMS = tuple(Filler("um", float(at), at + 0.5) for at in range(2, 7))
USUAL = Baseline(12, 300.0, Usual(120.0, 10.0))


def look_back(*, spoken: bool = True) -> LookBack:
    turns = (turn(1, "one two three four five six seven eight", "01.flac"), turn(2, "Typed.", None))
    deliveries = {1: delivery(longest_pause=Pause(3.5, 5.6), fillers=UMS)} if spoken else {}
    return LookBack(
        "abc", small_scenario(), turns, None, ANSWERS, "mine/late-parcel", deliveries=deliveries, baseline=USUAL
    )


def words(program: Program) -> list[str]:
    return [label.text() for label in program.window.debrief.findChildren(QLabel) if label.isVisible()]


def test_facts_are_told_and_can_be_heard_by_keyboard(program: Program) -> None:
    program.window.look_back(look_back())
    debrief = program.window.debrief
    program.until(lambda: program.window.pages.currentWidget() is debrief)
    facts = debrief.findChildren(FactShown)
    assert [fact.accessibleName().split(".")[0] for fact in facts] == [
        "Play Pauses aside, you spoke 150 words a minute, faster than your usual 110 to 130",
        "Play Your longest pause was 2",
        "Play Your pitch moved over 7",
        "Play Your loudness moved over 8",
    ]
    shown = words(program)
    assert shown.index("How it sounded") < shown.index("The whole conversation")
    assert "Facts to listen to, no marks. Compared only with 12 earlier answers of your own." in shown
    assert nameless(program.window) == []
    played = program.sound.loudspeaker.played
    facts[1].setFocus()
    program.press(Qt.Key.Key_Return)
    program.until(lambda: played)
    citation = facts[1]._citation
    assert citation.start is not None
    assert citation.end is not None
    wanted = read_sound(ANSWERS / "01.flac").between(citation.start - BEFORE, citation.end + AFTER)
    assert len(played[-1].samples) == len(wanted.samples)
    assert (played[-1].samples == wanted.samples).all()


def test_the_first_fillers_are_quoted_and_the_others_are_said_to_be_there(program: Program) -> None:
    program.window.look_back(look_back())
    assert len(program.window.debrief.findChildren(ShortQuote)) == FIRST
    program.until(lambda: "More in turn 1." in words(program))
    assert "At least 5 fillers in 50 words: um 5 times." in words(program)


def test_a_typed_practice_has_no_such_part(program: Program) -> None:
    program.window.look_back(look_back(spoken=False))
    program.until(lambda: "The whole conversation" in words(program))
    assert "How it sounded" not in words(program)


def test_it_is_no_wider_than_the_window_with_large_text(program: Program) -> None:
    program.window.resize_text(200)
    program.window.resize(1100, 760)
    program.window.look_back(look_back())
    program.until(lambda: "How it sounded" in words(program))
    for widget in program.window.debrief.findChildren(Hearable):
        assert widget.mapTo(program.window, widget.rect().topRight()).x() <= 1100
    program.window.resize_text(100)  # the application outlives this window, and so does its font
