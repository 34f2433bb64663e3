"""How far can I trust this? By keyboard, from the menu and back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from salespractice.coaching.validation import read_validation
from salespractice.places import shipped
from tests.desktop.conftest import Program


def test_the_page_tells_every_number_in_words_and_goes_back(program: Program) -> None:
    window = program.window
    before = window.pages.currentWidget()
    window.go_trust()
    program.until(lambda: window.pages.currentWidget() is window.trust)
    words = [label.text() for label in window.trust.findChildren(QLabel)]
    found = read_validation(shipped("assets") / "validation.json")
    for one in found.rows:
        low = round(one.low, 2) + 0  # never minus nothing
        assert any(f"{one.ours:.2f} ({low:.2f} to {one.high:.2f})" in line for line in words), one.construct
    assert not any("-0.00" in line for line in words)
    assert any(str(round(100 * found.right_when_sure)) in line for line in words)
    assert program.focus is window.trust.back
    program.press(Qt.Key.Key_Return)
    program.until(lambda: window.pages.currentWidget() is before)
