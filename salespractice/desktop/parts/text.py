"""Text in the program's sizes. The style sheet knows each by the property `kind`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy


def text(kind: str, words: str = "", *, wraps: bool = True) -> QLabel:
    """A label of one kind: small, quiet, label, body, strong, lead, heading, title, spoken, accent, warm."""
    label = QLabel(words)
    label.setProperty("kind", kind)
    # Scenario texts and answers may hold anything; none of it is markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    if wraps:
        label.setWordWrap(True)
        # So that a narrow column wraps the text instead of growing as wide as its longest line.
        label.setMinimumWidth(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


def title(words: str = "") -> QLabel:
    """A page's title."""
    return text("title", words)


def heading(words: str = "") -> QLabel:
    """The heading of a part of a page."""
    return text("heading", words)


def body(words: str = "") -> QLabel:
    """Reading text."""
    return text("body", words)


def quiet(words: str = "") -> QLabel:
    """Text that may be passed over."""
    return text("quiet", words)


def small(words: str = "") -> QLabel:
    """A side remark."""
    return text("small", words)
