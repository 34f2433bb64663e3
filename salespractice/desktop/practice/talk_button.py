"""The button one talks with: held down, or pressed once to begin and once to end. Its ring shows the level."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from salespractice.desktop.look.colours import colours
from salespractice.desktop.look.scale import em
from salespractice.desktop.parts.glyphs import paint

LINES = 6.4
"""Its height in lines of text, ring included."""

_SMALLEST, _SHARE = 72, 0.16
"""Pixels, and the most that it takes of the window's height."""

_REPEATS = 60
"""Milliseconds. Some screens (X without detectable repeat, remote ones) say of a key that is held that it comes up and
goes down again, some 30 times a second."""

_RING = 0.13  # of the whole: the room around the disc


class TalkButton(QAbstractButton):
    """`talk_began` and `talk_ended` follow mouse and keys; what is really recorded is told by `show_recording`."""

    talk_began = Signal()
    talk_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self._recording = False
        self._by_voice = False
        self._listens = False
        self._waiting = False
        self._level = 0.0
        self._key_up = QTimer(self)
        self._key_up.setSingleShot(True)
        self._key_up.setInterval(_REPEATS)
        self._key_up.timeout.connect(self.let_go)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Talk"))
        self.setAccessibleDescription(
            self.tr("Hold Space while you talk. Enter begins and ends an answer without holding.")
        )
        # Only an assistive program or `click` presses it as a whole; that is as good as Enter.
        self.clicked.connect(self.begin_or_end)

    @property
    def recording(self) -> bool:
        """Whether an answer is being recorded."""
        return self._recording

    @property
    def held(self) -> bool:
        """Whether the key or the mouse is down."""
        return self._held

    def begin_or_end(self) -> None:
        """Begin to talk, or end it, without holding anything."""
        if not self.isEnabled():
            return
        if self._recording:
            self._held = False
            self.talk_ended.emit()
        else:
            self.talk_began.emit()

    def hold(self) -> None:
        """The key or the mouse goes down. That ends an answer begun by Enter, and keeps one begun by a voice open."""
        if not self.isEnabled() or self._held:
            return
        if self._recording and not self._by_voice:
            self.talk_ended.emit()
            return
        self._held = True
        self.update()
        self.talk_began.emit()

    def key_down(self, *, repeated: bool) -> None:
        """Space goes down, or is said to by a key that repeats while it is held."""
        self._key_up.stop()
        if not repeated:
            self.hold()

    def key_up(self) -> None:
        """Space comes up, unless it goes down again at once."""
        self._key_up.start()

    @Slot()
    def let_go(self) -> None:
        """The mouse or, for good, the key comes up, or the window goes away under it."""
        self._key_up.stop()
        if self._held:
            self._held = False
            self.update()
            self.talk_ended.emit()

    def show_recording(
        self, recording: bool, *, by_voice: bool = False, listens: bool = False, waiting: bool = False
    ) -> None:
        """What the practice says.

        `by_voice`: silence ends the answer; `listens`: a voice would begin one; `waiting`: it keeps the focus, but
        there is nothing to press it for.
        """
        self._recording = recording
        self._by_voice = by_voice
        self._listens = listens
        self._waiting = waiting
        self._level = 0.0
        self.update()

    def show_level(self, level: float) -> None:
        """A level of 0 to 1; falls slowly, so that the eye can follow."""
        self._level = max(level, self._level - 0.06)
        self.update()

    # --- mouse and keys --------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.hold()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go, wherever the mouse is by now."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space holds, Enter toggles."""
        if event.key() == Qt.Key.Key_Space:
            self.key_down(repeated=event.isAutoRepeat())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.begin_or_end()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space lets go."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.key_up()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that comes up elsewhere is never seen here."""
        self.let_go()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Disabled while held: the answer ends."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self._held = False

    # --- the picture -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """A square that grows with the text, but leaves the line its room in a small window."""
        side = min(em(self, LINES), max(_SMALLEST, round(self.window().height() * _SHARE)))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A disc with a microphone; while it records or listens, a ring that follows the voice."""
        scheme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        room = whole.width() * _RING
        disc = whole.adjusted(room, room, -room, -room)
        pressed = self._held or self._recording
        painter.setPen(Qt.PenStyle.NoPen)
        if self._recording or self._listens:
            spread = room * (1 - 0.15 - 0.85 * min(1.0, self._level))
            if self._recording:
                painter.setBrush(QColor(scheme.accent_soft))
                painter.drawEllipse(whole)
            ring = QColor(scheme.accent)
            ring.setAlphaF(0.35)
            painter.setBrush(ring)
            painter.drawEllipse(whole.adjusted(spread, spread, -spread, -spread))
        if self._waiting and self.isEnabled():
            painter.setBrush(QColor(scheme.accent_soft))
            ink = QColor(scheme.accent)
        elif self.isEnabled():
            painter.setBrush(QColor(scheme.accent_hover if pressed or self.underMouse() else scheme.accent))
            ink = QColor(scheme.on_accent)
        else:
            painter.setBrush(QColor(scheme.line))
            ink = QColor(scheme.quiet)
        painter.drawEllipse(disc)
        if self.hasFocus():
            gap = room * 0.45
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(scheme.accent), 2.5))
            painter.drawEllipse(disc.adjusted(-gap, -gap, gap, gap))
        inset = disc.width() * 0.27
        paint(painter, "microphone", disc.adjusted(inset, inset, -inset, -inset), ink, 1.7)
