"""One spacing scale in pixels and one type scale in shares of the text size, used everywhere."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

XS, S, M, L, XL = 4, 8, 16, 24, 40
"""Distances: within a thing, between its parts, around it, between things, around a page."""

RADIUS = 10
"""The rounding of cards; controls have less."""

SMALL, BODY, LEAD, HEADING, TITLE, SPOKEN = 0.88, 1.0, 1.15, 1.35, 1.9, 1.7
"""Text sizes: side remarks, reading, emphasised, a part's heading, a page's title, the customer's line."""

SMALLEST_BODY = 10.5
"""Points. Some systems' own size is meant for tool bars, and this is read."""

READING_WIDTH = 46
"""The widest column of text, in widths of a wide letter: about 760 pixels at the ordinary size."""


def em(widget: QWidget, count: float) -> int:
    """So many text heights in pixels, so that sizes follow the text size."""
    return round(QFontMetrics(widget.font()).height() * count)
