"""Every page opens, every place where the keyboard can stop has a name, and nothing says anything by colour alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from salespractice.desktop.practice.conversation_stage import Stage
from salespractice.problem import Problem
from tests.desktop.conftest import LISTENER, Program

CONTROL = Qt.KeyboardModifier.ControlModifier


def nameless(window: QWidget) -> list[str]:
    """The visible widgets that take the focus and have no name for a screen reader."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None and not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def pages(program: Program) -> Iterator[str]:
    """Walk through the whole program; yields the name of each page once it is shown."""
    window = program.window
    yield "scenarios"
    program.press(Qt.Key.Key_2, CONTROL)
    program.until(window.journal.isVisible)
    yield "empty journal"
    program.press(Qt.Key.Key_3, CONTROL)
    program.until(window.settings.isVisible)
    program.until(lambda: window.settings.sound.speakers.count() > 1)
    yield "settings"
    program.press(Qt.Key.Key_1, CONTROL)
    program.until(window.practice.list.isVisible)
    program.choose("Dana")
    yield "brief"
    program.until(window.practice.brief.start.hasFocus)
    program.press(Qt.Key.Key_Return)
    program.until(lambda: program.stage is Stage.YOUR_TURN)
    yield "conversation"
    program.type_answer(LISTENER[0])
    program.type_answer(LISTENER[1])
    window.practice.conversation.trouble.show_problem(Problem("The microphone is gone.", "Why.", "Way out."))
    yield "conversation in trouble"
    program.press(Qt.Key.Key_L, CONTROL)
    program.until(lambda: window.pages.currentWidget() is window.debrief)
    yield "debrief"
    program.press(Qt.Key.Key_2, CONTROL)
    program.until(lambda: window.journal.entries.rowCount() == 1)
    yield "journal"


def test_everything_that_takes_the_focus_has_a_name(program: Program) -> None:
    assert {page: missing for page in pages(program) if (missing := nameless(program.window))} == {}


def test_tab_reaches_every_button_and_comes_round(program: Program) -> None:
    program.choose("Dana")
    brief = program.window.practice.brief
    program.until(brief.start.hasFocus)
    seen: list[QWidget] = []
    for _ in range(40):
        program.press(Qt.Key.Key_Tab)
        if program.focus in seen:
            break
        seen.append(program.focus)
    assert brief.start in seen
    # The places are one group: Tab reaches the one that is shown, the arrow keys the others.
    assert program.window.navigation.buttons[0] in seen


@pytest.mark.parametrize("percent", [100, 200])
def test_no_page_is_wider_than_the_window(program: Program, percent: int) -> None:
    program.window.resize_text(percent)
    program.window.resize(1100, 760)
    for page in pages(program):
        assert program.window.width() == 1100, page
        for widget in program.window.findChildren(QWidget):
            # What a scroll area cuts off to the right could not be reached: there is no bar for it.
            if widget.isVisible() and isinstance(widget, (QLabel, QComboBox)) and widget.width() > 2:
                right = widget.mapTo(program.window, widget.rect().topRight()).x()
                assert right <= 1100, f"{page}: {type(widget).__name__} {widget.accessibleName()!r}"


def test_settings_hold_at_once_and_are_kept(program: Program) -> None:
    from salespractice.settings import read_settings

    program.press(Qt.Key.Key_3, CONTROL)
    settings = program.window.settings
    program.until(lambda: settings.sound.microphones.count() == 3)
    settings.scheme.setCurrentIndex(settings.scheme.findData("dark"))
    settings.scheme.activated.emit(settings.scheme.currentIndex())
    assert program.window.palette().window().color().lightness() < 128
    settings.sound.microphones.setCurrentIndex(2)
    settings.sound.microphones.activated.emit(2)
    path = program.equipment.places.settings
    program.until(lambda: read_settings(path).microphone == ("test", "Desk microphone"))
    program.until(lambda: read_settings(path).appearance == "dark")
    settings.text_size.setCurrentIndex(settings.text_size.findData(150))
    settings.text_size.activated.emit(settings.text_size.currentIndex())
    assert program.window.font().pointSizeF() > 14


def test_missing_model_is_told_with_the_way_out_and_typing_works(program: Program) -> None:
    program.choose("Dana")
    brief = program.window.practice.brief
    program.until(brief.banner.isVisible)
    assert "model" in brief.banner.words
    program.until(brief.start.hasFocus)
    program.press(Qt.Key.Key_Return)
    program.until(lambda: program.stage is Stage.YOUR_TURN)
    page = program.window.practice.conversation
    assert not page.talk.isEnabled()
    assert "type" in page.status.text()


def test_no_speaker_is_told_and_the_line_can_be_read(program: Program) -> None:
    program.sound.broken["speaker"] = Problem("No speaker was found on this machine.", "", "Connect one.")
    program.start("Dana")
    page = program.window.practice.conversation
    assert page.trouble.isVisible()
    assert "speaker" in page.trouble.words
    assert page.caption.text()


def test_no_microphone_is_told_in_the_brief(program: Program) -> None:
    program.sound.broken["microphone"] = Problem("No microphone was found on this machine.", "", "Connect a headset.")
    program.choose("Dana")
    program.until(lambda: "Connect a headset." in program.window.practice.brief.banner.words)
