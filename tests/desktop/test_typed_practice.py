"""A whole practice by keyboard, with typed answers, on the real engine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel

from salespractice.desktop.practice.conversation_stage import Stage
from salespractice.desktop.wording import how_it_ended
from tests.desktop.conftest import LISTENER, Program


def test_whole_practice_by_keyboard(program: Program) -> None:
    program.start("Dana")
    for answer in LISTENER:
        program.type_answer(answer)
        if program.stage is Stage.OVER:
            break
    assert program.stage is Stage.OVER
    said = program.window.practice.conversation.said.answers
    assert [said[number] for number in sorted(said)] == list(LISTENER[: len(said)])

    program.press(Qt.Key.Key_Return)  # "See how it went" has the focus
    debrief = program.window.debrief
    program.until(lambda: program.window.pages.currentWidget() is debrief)
    assert debrief.look_back is not None
    result = debrief.look_back.debrief
    assert result is not None
    assert result.strength is not None
    shown = {label.text() for label in debrief.findChildren(QLabel) if label.isVisible()}
    assert result.summary in shown
    assert result.strength.what in shown
    assert all(verdict.question in shown for verdict in result.verdicts)
    assert all(check.question in shown for check in result.checks)
    assert all(need.title in shown for need in result.needs)
    assert set(said.values()) <= shown

    program.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    journal = program.window.journal
    program.until(lambda: journal.entries.rowCount() == 1)
    entry = journal.entries.entry(journal.entries.index(0, 0))
    assert entry.turns == len(said)
    assert entry.customer == "Dana Whitfield"
    assert how_it_ended(entry).startswith("Dana")

    program.until(journal.list.hasFocus)
    program.press(Qt.Key.Key_Return)
    program.until(lambda: program.window.pages.currentWidget() is debrief)
    assert debrief.look_back.practice == entry.practice
    assert debrief.look_back.debrief == result
    assert debrief.look_back.started is not None


def test_card_tells_how_it_went_last_time(program: Program) -> None:
    program.start("Dana")
    program.type_answer(LISTENER[0])
    program.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.window.pages.currentWidget() is program.window.debrief)
    assert program.window.debrief.look_back is not None
    assert program.window.debrief.look_back.debrief is not None
    program.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    card = next(one for one in program.window.practice.list.cards if "Dana" in one.accessibleName())
    program.until(lambda: any("You left early" in label.text() for label in card.findChildren(QLabel)))


def test_leaving_before_a_word_is_said_goes_back_to_the_list(program: Program) -> None:
    program.start("Dana")
    program.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.window.practice.currentWidget() is program.window.practice.list)
    assert program.window.pages.currentWidget() is program.window.practice
    assert program.window.navigation.isVisible()


def test_line_is_repeated(program: Program) -> None:
    program.start("Dana")
    program.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    speaker = program.sound.loudspeaker
    if speaker.played:  # a pack without recordings has nothing to play
        program.until(lambda: len(speaker.played) == 2)
        assert len(speaker.played[0].samples) == len(speaker.played[1].samples)
    program.until(lambda: program.stage is Stage.YOUR_TURN)


def test_practise_again_opens_the_brief_of_that_scenario(program: Program) -> None:
    program.start("Marcus")
    program.type_answer("Thanks for taking the call, Marcus. I would like to ask how your front desks work.")
    program.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    program.until(program.window.debrief.practise_again.hasFocus)
    program.press(Qt.Key.Key_Return)
    place = program.window.practice
    program.until(lambda: place.currentWidget() is place.brief)
    assert program.window.pages.currentWidget() is place
    assert any("Marcus" in label.text() for label in place.brief.findChildren(QLabel))


@pytest.mark.slow
def test_closing_in_the_middle_leaves_nothing_running_and_keeps_what_was_said(program: Program) -> None:
    program.start("Dana")
    program.type_answer(LISTENER[0])
    journal_path = program.equipment.places.journal
    program.window.close()
    assert program.equipment.journal is None
    from salespractice.journal.journal import RUNNING, Journal

    with Journal(journal_path) as journal:
        (entry,) = journal.entries()
    assert entry.status == RUNNING
    assert entry.turns == 1


@pytest.mark.slow
def test_practice_after_practice_leaves_no_widgets_or_threads_behind(program: Program) -> None:
    import threading

    counts = []
    for _ in range(4):
        program.window.go_practise()
        program.window.practice.list.cards[0].setFocus()
        program.start("Dana")
        program.type_answer(LISTENER[0])
        program.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        program.until(lambda: program.window.pages.currentWidget() is program.window.debrief)
        program.until(lambda: not program.equipment.background.busy)
        program.qtbot.waitUntil(lambda: threading.active_count() < 10)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        counts.append((len(QApplication.allWidgets()), threading.active_count()))
    # The first one or two still make what is kept, such as the sound of a list's scroll bar.
    assert max(counts[2:]) <= counts[1], counts
