"""Under the talk button: hands-free or by key, time to think, and what to do with an answer that was cut off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from salespractice.desktop.look.scale import M, S, em
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.check import Check
from salespractice.desktop.practice.conversation_stage import Stage, Talk

STILL_THINKING = "T"
"""The key for it, anywhere but in a field for text."""

_NARROW = 24
"""In lines' heights; below, the parts stand one above the other."""


class TurnBar(QWidget):
    """Tells what the rep wants; what holds is told by `show_talk`."""

    hands_free_chosen = Signal(bool)
    hold_wanted = Signal(bool)
    send_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hands_free = Check(self.tr("Hands-free"), self.tr("Your voice begins an answer, and a silence ends it"))
        self.hands_free.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hands_free.clicked.connect(self.hands_free_chosen)
        self.thinking = button(self.tr("I am still thinking ({key})").format(key=STILL_THINKING), by_keyboard_only=True)
        self.thinking.setCheckable(True)
        self.thinking.setToolTip(self.tr("A silence does not end your answer until you speak again"))
        self.thinking.clicked.connect(self._hold)
        self.send = button(self.tr("Send what was heard"), by_keyboard_only=True)
        self.send.clicked.connect(self.send_wanted)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(M)
        self._line.addStretch(1)
        for widget in (self.hands_free, self.thinking, self.send):
            self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
        self._line.addStretch(1)

    def show_talk(self, stage: Stage, talk: Talk) -> None:
        """What can be chosen now."""
        self.hands_free.setChecked(talk.hands_free)
        self.hands_free.setVisible(talk.microphone)
        self.send.setVisible(stage is Stage.YOUR_TURN and talk.kept is not None)
        self.thinking.setVisible(not self.send.isVisibleTo(self) and talk.microphone and talk.hands_free)
        may_hold = talk.may_hold(stage)
        if not may_hold and self.thinking.hasFocus():
            # Disabled, it would give the focus to whatever comes next.
            self.focusPreviousChild()
        self.thinking.setEnabled(may_hold)
        self.thinking.setChecked(may_hold and talk.held)

    @Slot(bool)
    def _hold(self, held: bool) -> None:
        self.hold_wanted.emit(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One above the other where a large text leaves no room."""
        super().resizeEvent(event)
        narrow = self.width() < em(self, _NARROW)
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(S if narrow else M)
