"""Small painted widgets that stand beside a word: a glyph, an answer's sign, a customer's initials, a level."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import em
from salespractice.desktop.parts.glyphs import paint

# Signs of answers: glyph, and whether they stand in accent, warm or quiet. The word always stands beside.
_SIGNS = {
    "yes": ("check", "accent"),
    "partly": ("half", "accent"),
    "no": ("dash", "warm"),
    "could not tell": ("question", "quiet"),
    "found": ("check", "accent"),
    "not found": ("ring", "quiet"),
    "strength": ("check", "accent"),
    "change": ("forward", "warm"),
    "notice": ("notice", "warm"),
    "typed": ("dot", "quiet"),
}


class Painted(QWidget):
    """A square as high as `lines` lines of text, hidden from screen readers because a word says the same."""

    def __init__(self, lines: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        side = em(self, self._lines)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()


class Sign(Painted):
    """An answer's sign in a disc."""

    def __init__(self, meaning: str, lines: float = 1.25) -> None:
        super().__init__(lines)
        self._meaning = meaning

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc, and the glyph in it."""
        scheme = colours(self.palette())
        glyph, tone = _SIGNS[self._meaning]
        ink = {"accent": scheme.accent, "warm": scheme.warm, "quiet": scheme.quiet}[tone]
        ground = {"accent": scheme.accent_soft, "warm": scheme.warm_soft, "quiet": scheme.window}[tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(ink) if tone == "quiet" else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawEllipse(box)
        paint(painter, glyph, box, QColor(ink), 2.4)


class Glyph(Painted):
    """One of the program's pictures in the text's colour."""

    def __init__(self, name: str, lines: float = 1.2) -> None:
        super().__init__(lines)
        self._name = name

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glyph alone."""
        paint(QPainter(self), self._name, QRectF(self.rect()), QColor(colours(self.palette()).quiet))


class Portrait(Painted):
    """The customer: initials on a disc whose hue belongs to the name."""

    def __init__(self, lines: float = 3.2) -> None:
        super().__init__(lines)
        self._initials = ""
        self._hue = 0

    def show_person(self, name: str) -> None:
        """Whose portrait it is."""
        words = name.split()
        self._initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
        self._hue = sum(name.encode()) * 47 % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Muted in both schemes, with initials that stand out at 4.5:1."""
        dark = colours(self.palette()).dark
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor.fromHsl(self._hue, 60, 70) if dark else QColor.fromHsl(self._hue, 90, 215))
        painter.drawEllipse(QRectF(self.rect()))
        font = QFont(self.font())
        font.setPixelSize(max(8, round(self.height() * 0.38)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor.fromHsl(self._hue, 90, 225) if dark else QColor.fromHsl(self._hue, 110, 55))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


class LevelMeter(QWidget):
    """How loud the microphone is, as a bar. Silent to screen readers: it would never stop talking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_level(self, level: float) -> None:
        """A level of 0 to 1. Falls slowly, so that the eye can follow."""
        self._level = max(level, self._level - 0.08) if level else 0.0
        self.update()

    def sizeHint(self) -> QSize:
        """A slim bar."""
        return QSize(120, max(8, em(self, 0.5)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The trough and the part that is filled; the last fifth is too loud."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        round_off = box.height() / 2
        painter.setBrush(QColor(scheme.line))
        painter.drawRoundedRect(box, round_off, round_off)
        if self._level > 0:
            painter.setBrush(QColor(scheme.warm if self._level > 0.95 else scheme.accent))
            filled = QRectF(box.left(), box.top(), max(box.height(), box.width() * min(1.0, self._level)), box.height())
            painter.drawRoundedRect(filled, round_off, round_off)
