"""A practice that was cut off is offered on the first page: by keys alone, with names, and without nagging."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from salespractice.audio.wav import CrashSafeWav
from salespractice.desktop.practice.unfinished_offers import UnfinishedCard, UnfinishedOffers, what_is_kept
from salespractice.journal.journal import LEFT, RUNNING, Journal
from salespractice.journal.lock import PracticeLock
from salespractice.language.transcript import Transcript
from salespractice.places import Places, shipped
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.scenario.pack import find_scenario
from salespractice.unfinished import Unfinished, find_unfinished
from tests.desktop.conftest import Program
from tests.desktop.test_pages import nameless


def take(places: Places, practice: str, name: str, seconds: float) -> None:
    with CrashSafeWav(places.takes / practice / name, 8_000) as wav:
        wav.write(np.zeros(round(8_000 * seconds), dtype=np.float32))


def cut_off(places: Places, *practices: str) -> list[Unfinished]:
    """Practices of one answer each, killed while the second one was being given; the newest first."""
    staged = find_scenario("price-shock", [shipped("scenarios")])
    with Journal(places.journal) as journal:
        for practice in practices:
            conversation = Conversation(staged.scenario, open_matcher(), seed=4)
            journal.begin(practice, staged.scenario, staged.address, "1", 4)
            conversation.open()
            take(places, practice, "01.wav", 75)
            take(places, practice, "02.wav", 12)
            conversation.answer(Transcript(""), "01.wav", 75.0)
            journal.add_turn(practice, conversation.turns[-1])
        return find_unfinished(journal, places)


def words(card: UnfinishedCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


@pytest.fixture
def make_offers(qtbot: QtBot, places: Places) -> Callable[[], UnfinishedOffers]:
    """Makes the widget as the next start of the program would."""

    def make() -> UnfinishedOffers:
        shown = UnfinishedOffers(QSettings(str(places.data / "window.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(shown)
        return shown

    return make


@pytest.fixture
def offers(make_offers: Callable[[], UnfinishedOffers]) -> UnfinishedOffers:
    return make_offers()


def test_nothing_is_offered_where_nothing_was_cut_off(offers: UnfinishedOffers) -> None:
    offers.show_offers([], set())
    assert offers.isHidden()


def test_whom_when_and_what_is_kept(offers: UnfinishedOffers, places: Places) -> None:
    offers.show_offers(cut_off(places, "one"), {"one"})
    (card,) = offers.cards
    assert "Dana" in words(card)
    assert str(card.one.entry.started.astimezone().year) in words(card)
    assert "1 answer and 1:27 of your voice are kept. Your last answer (0:12) was not understood yet." in words(card)
    assert offers.others.isHidden()


def test_going_on_is_told_once_and_offered_again_where_it_failed(
    offers: UnfinishedOffers, places: Places, qtbot: QtBot
) -> None:
    found = cut_off(places, "one")
    offers.show_offers(found, {"one"})
    (card,) = offers.cards
    with qtbot.waitSignal(offers.go_on) as told:
        qtbot.keyClick(card.first_button, Qt.Key.Key_Return)
    assert told.args == found
    assert not card.isEnabled()
    offers.show_offers(found, {"one"})
    (card,) = offers.cards
    assert card.isEnabled()
    offers.show_offers(found, {"one"})
    assert offers.cards == [card]  # with the focus that it may have


def test_not_now_keeps_it_quietly_on_the_next_start_too(
    make_offers: Callable[[], UnfinishedOffers], places: Places, qtbot: QtBot
) -> None:
    found = cut_off(places, "one")
    for _ in range(2):
        offers = make_offers()
        offers.show_offers(found, {"one"})
        if offers.cards:
            qtbot.keyClick(offers.cards[0].not_now_button, Qt.Key.Key_Return)
        assert offers.cards == []
        assert not offers.others.isHidden()
        assert offers.others.text() == "1 unfinished practice"
    qtbot.keyClick(offers.others, Qt.Key.Key_Return)
    assert len(offers.cards) == 1
    # Once it is over, nothing of it is remembered.
    offers.show_offers([], set())
    assert offers.isHidden()
    offers = make_offers()
    offers.show_offers(found, {"one"})
    assert len(offers.cards) == 1


def test_several_show_the_newest_and_a_line(offers: UnfinishedOffers, places: Places, qtbot: QtBot) -> None:
    found = cut_off(places, "one", "two", "three")
    offers.show_offers(found, {"one", "two", "three"})
    assert [card.one.entry.practice for card in offers.cards] == ["three"]
    assert offers.others.text() == "2 more unfinished practices"
    qtbot.keyClick(offers.others, Qt.Key.Key_Return)
    assert [card.one.entry.practice for card in offers.cards] == ["three", "two", "one"]
    assert offers.others.isHidden()
    for _ in range(2):
        qtbot.keyClick(offers.cards[0].not_now_button, Qt.Key.Key_Return)
    assert [card.one.entry.practice for card in offers.cards] == ["one"]
    assert offers.others.text() == "2 more unfinished practices"


def test_a_changed_scenario_is_only_looked_back_at(offers: UnfinishedOffers, places: Places) -> None:
    offers.show_offers(cut_off(places, "one"), set())
    (card,) = offers.cards
    assert card.go_on_button is None
    assert card.first_button is card.look_back_button
    assert "has changed or is gone" in words(card)


def test_the_sentence_about_what_is_kept(places: Places) -> None:
    (one,) = cut_off(places, "one")
    first = replace(one.loose_takes[0], number=1)
    assert what_is_kept(replace(one, turns=(), loose_takes=(first,))) == (
        "0:12 of your voice is kept. Your last answer (0:12) was not understood yet."
    )
    typed = replace(one.turns[0], seconds=0.0, take=None)
    assert what_is_kept(replace(one, turns=(typed,), loose_takes=())) == "1 answer is kept."
    assert what_is_kept(replace(one, turns=(typed, typed), loose_takes=())) == "2 answers are kept."


# --- in the window -------------------------------------------------------------------------------------------------


def go_to(program: Program, name: str) -> None:
    """To the button of this name, by the tabulator key."""
    for _ in range(30):
        focus = program.focus
        if (focus.accessibleName() or (focus.text() if isinstance(focus, QPushButton) else "")).startswith(name):
            return
        program.press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached")


def at_rest(program: Program) -> UnfinishedOffers:
    """The offers, once the page has asked for them."""
    program.until(lambda: not program.equipment.background.busy)
    return program.window.practice.list.unfinished


def test_not_now_then_looking_back_by_keys(open_program: Callable[..., Program], places: Places) -> None:
    cut_off(places, "one")
    program = open_program()
    window, offers = program.window, at_rest(program)
    assert nameless(window) == []
    assert program.focus is window.practice.list.cards[0]
    program.press(Qt.Key.Key_Backtab)
    assert program.focus is offers.cards[0].not_now_button  # what stands above the first scenario
    program.press(Qt.Key.Key_Return)
    assert program.focus is offers.others
    assert nameless(window) == []
    program.press(Qt.Key.Key_Return)
    assert program.focus is offers.cards[0].go_on_button
    assert program.equipment.journal is not None
    assert program.equipment.journal.open("one").entry.status == RUNNING
    go_to(program, "Look back")
    program.press(Qt.Key.Key_Return)
    program.until(lambda: window.pages.currentWidget() is window.debrief)
    shown = "\n".join(label.text() for label in window.debrief.findChildren(QLabel))
    assert "cut off after one answer" in shown
    assert "02.wav (12 s)" in shown
    assert program.equipment.journal.open("one").entry.status == LEFT
    window.debrief.close_page.click()
    program.until(window.practice.list.isVisible)
    program.until(lambda: not offers.isVisible())


def test_what_another_program_has_is_not_offered_or_told(open_program: Callable[..., Program], places: Places) -> None:
    cut_off(places, "one")
    with PracticeLock(places.takes / "one") as lock:
        program = open_program()
        assert not at_rest(program).isVisible()
        lock.release()
        program.window.practice.list.refresh()
        assert at_rest(program).isVisible()
        lock.acquire()
        go_to(program, "Look back")
        program.press(Qt.Key.Key_Return)
        program.until(program.window.banner.isVisible)
        assert "running already" in program.window.banner.words
        program.until(lambda: not at_rest(program).isVisible())


def test_it_fits_the_window_with_large_text(open_program: Callable[..., Program], places: Places) -> None:
    cut_off(places, "one")
    program = open_program()
    program.window.resize_text(200)
    program.window.resize(1100, 760)
    (card,) = at_rest(program).cards
    for widget in [*card.findChildren(QLabel), *card.all_buttons]:
        assert widget.mapTo(program.window, widget.rect().topRight()).x() <= 1100
    assert program.window.width() == 1100
