"""Buttons in the program's three kinds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy


def button(words: str, kind: str = "plain", *, by_keyboard_only: bool = False) -> QPushButton:
    """A push button: plain, primary (one a page) or flat. `by_keyboard_only`: a mouse click does not take the focus."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    # Enter presses the button that has the focus, on every system.
    made.setAutoDefault(True)
    if by_keyboard_only:
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
