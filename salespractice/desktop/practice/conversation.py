"""The conversation itself: the customer's line, whose turn it is, and the ways to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from salespractice.desktop.look.scale import XL, XS, L, M, S, em
from salespractice.desktop.parts.announce import announce
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.layout import column, row
from salespractice.desktop.parts.picture import Portrait
from salespractice.desktop.parts.text import quiet, small, text
from salespractice.desktop.practice.conversation_stage import Stage, Talk, status
from salespractice.desktop.practice.microphone_trouble import MicrophoneTrouble
from salespractice.desktop.practice.said_so_far import SaidSoFar
from salespractice.desktop.practice.talk_button import TalkButton
from salespractice.desktop.practice.turn_bar import TurnBar
from salespractice.desktop.wording import first_name
from salespractice.problem import Problem
from salespractice.scenario.model import Scenario

NARROW = 56
"""Below so many lines' heights of width the conversation so far is hidden at first, and stands under the stage."""

_LIVE = 90
"""Letters of the answer that stand under the line while what was said is hidden."""


class ConversationPage(QWidget):
    """Shows what it is told, and tells what the rep wants; it knows no practice."""

    talk_began = Signal()
    talk_ended = Signal()
    hold_wanted = Signal(bool)
    hands_free_chosen = Signal(bool)
    typed = Signal(str)
    repeat_wanted = Signal()
    leave_wanted = Signal()
    debrief_wanted = Signal()

    def __init__(self, trouble: MicrophoneTrouble) -> None:
        super().__init__()
        self.stage = Stage.OPENING
        self._talk = Talk()
        self._number = 0
        self._ends = False
        self._before_loss = ""
        self._settled = False
        self._narrow = False
        self._name = ""
        self._why_no_voice = ""
        self.trouble = trouble

        around = QVBoxLayout(self)
        around.setContentsMargins(XL, L, XL, L)
        around.setSpacing(M)
        around.addLayout(self._head())
        around.addWidget(self.trouble)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(XL)
        self._halves.addLayout(self._make_stage(), 8)
        self.said = SaidSoFar()
        self.side = QWidget()
        said = QVBoxLayout(self.side)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(S)
        said.addWidget(text("label", self.tr("So far"), wraps=False))
        said.addWidget(self.said, 1)
        self._halves.addWidget(self.side, 5)
        around.addLayout(self._halves, 1)

    def _head(self) -> QBoxLayout:
        self._portrait = Portrait(2.8)
        self._who, self._role = text("lead"), quiet()
        person = column(0)
        person.addWidget(self._who)
        person.addWidget(self._role)
        self.repeat = button(self.tr("Repeat the line"), by_keyboard_only=True)
        self.repeat.clicked.connect(self.repeat_wanted)
        self.leave = button(self.tr("Leave"), by_keyboard_only=True)
        self.leave.setToolTip(self.tr("End here and look back at what was said so far"))
        self.leave.clicked.connect(self.leave_wanted)
        head = row(M)
        head.addWidget(self._portrait)
        head.addLayout(person, 1)
        head.addWidget(self.repeat)
        head.addWidget(self.leave)
        return head

    def _make_stage(self) -> QVBoxLayout:
        """The caption scrolls where it is long; what one answers with is always in sight."""
        layout = column(M)
        self.caption = text("spoken")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption_area = QScrollArea()
        self._caption_area.setWidgetResizable(True)
        self._caption_area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._caption_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Window)
        middle = QVBoxLayout(page)
        middle.setContentsMargins(S, 0, S, 0)
        middle.addStretch(1)
        middle.addWidget(self.caption)
        middle.addStretch(1)
        self._caption_area.setWidget(page)
        self.status = text("accent")
        self.status.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint = quiet()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.live = small()
        self.live.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.talk = TalkButton()
        self.talk.talk_began.connect(self.talk_began)
        self.talk.talk_ended.connect(self._end)
        self.debrief = button(self.tr("See how it went"), "primary")
        self.debrief.clicked.connect(self.debrief_wanted)
        self.turns = TurnBar()
        self.turns.hands_free_chosen.connect(self.hands_free_chosen)
        self.turns.hold_wanted.connect(self.hold_wanted)
        self.turns.send_wanted.connect(self._end)
        self._keys = small()
        self._keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Or type your answer"))
        self.field.setAccessibleName(self.tr("Type your answer"))
        self.field.setMaxLength(4000)
        self.field.returnPressed.connect(self._send)
        self.send = button(self.tr("Say it"))
        self.send.setAccessibleName(self.tr("Say what was typed"))
        self.send.clicked.connect(self._send)
        typing = row(S)
        typing.addWidget(self.field, 1)
        typing.addWidget(self.send)

        layout.addWidget(self._caption_area, 1)
        layout.addWidget(self.status)
        layout.addWidget(self.hint)
        layout.addWidget(self.live)
        layout.addWidget(self.talk, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.debrief, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._keys)
        layout.addWidget(self.turns)
        layout.addSpacing(S)
        layout.addLayout(typing)
        layout.addSpacing(XS)
        return layout

    # --- what it is told -------------------------------------------------------------------------------------------

    def begin(self, scenario: Scenario, *, by_voice: bool, hands_free: bool = False, why_not: str = "") -> None:
        """A new conversation. `by_voice`: there is a microphone; `why_not` says why there is no talking by voice."""
        customer = scenario.customer
        self._name, self._number = first_name(customer.name), 0
        self._portrait.show_person(customer.name)
        self._who.setText(customer.name)
        self._caption_area.setAccessibleName(self.tr("What {name} says").format(name=self._name))
        self._role.setText(customer.role)
        self.said.begin(self._name)
        self.caption.setText("")
        self.field.clear()
        self.trouble.hide()
        self.show_hint("")
        self._why_no_voice = why_not
        self._settled = self._ends = False
        self._talk = Talk(microphone=by_voice, hands_free=hands_free)
        self._go(Stage.OPENING)

    def set_voice(self, by_voice: bool) -> None:
        """Whether there is a microphone that is listened to."""
        was_lost = self._talk.lost
        self._change(microphone=by_voice, lost=False)
        if was_lost:
            (self.talk if by_voice else self.field).setFocus()

    def set_hands_free(self, hands_free: bool) -> None:
        """Whether a voice begins an answer."""
        self._change(hands_free=hands_free)

    def started(self) -> None:
        """The practice stands in the journal."""
        self._go(Stage.STARTED)

    def customer_speaks(self, number: int, words: str, *, last: bool) -> None:
        """A line begins."""
        self._number = number
        self.show_hint("")
        self.caption.setText(f"“{words}”")
        self.said.add_line(words)
        self._go(Stage.CLOSING if last else Stage.SPEAKING, by_voice=False, held=False, kept=None)
        self._caption_area.verticalScrollBar().setValue(0)
        announce(self.caption, f"{self._name}: {words}")

    def your_turn(self) -> None:
        """The line has been said."""
        self._go(Stage.YOUR_TURN)
        announce(self.status, self.tr("Your turn"))

    def line_interrupted(self) -> None:
        """The rep spoke over the line."""
        self.said.note_cut()

    def listening(self, *, by_voice: bool = False) -> None:
        """An answer is being recorded. `by_voice`: silence ends it."""
        self.show_hint("")
        self._ends = False
        self._before_loss = self.said.caption
        self._go(Stage.RECORDING, by_voice=by_voice, held=False, kept=None)
        if by_voice and self.talk.held:
            # The key went down just when the voice was noticed: it holds this answer open.
            self.talk_began.emit()

    def show_caption(self, certain: str, guess: str) -> None:
        """What is heard so far."""
        if self.stage is Stage.RECORDING:
            self.said.show_caption(" ".join(filter(None, (self._before_loss, certain))), guess)
            self.live.setText(_last_words(self.said.caption))
            self.live.setVisible(self.side.isHidden() and bool(self.live.text()))

    def turn_held(self, held: bool) -> None:
        """Whether the rep is given time."""
        self._change(held=held and not self.talk.held)
        if self._talk.held:
            announce(self.status, self.status.text())

    def answer_interrupted(self, seconds: float) -> None:
        """The microphone was lost in the middle."""
        self._go(Stage.YOUR_TURN, lost=True, microphone=False, by_voice=False, held=False, kept=seconds)
        hint = self.tr("Your answer so far ({seconds:.0f} s) is kept: speak on, or send what was heard.")
        self.show_hint(hint.format(seconds=max(1.0, seconds)))
        announce(self.hint, self.hint.text())

    def thinking(self) -> None:
        """The answer is complete."""
        self._go(Stage.THINKING, by_voice=False, held=False, kept=None)

    def nothing_heard(self, reason: str) -> None:
        """The customer goes on waiting."""
        self.said.drop_caption()
        self._go(Stage.YOUR_TURN)
        hint = self.tr("{reason} {name} is still listening: try again, or type it.")
        self.show_hint(hint.format(reason=reason, name=self._name))
        announce(self.hint, self.hint.text())

    def answer_heard(self, number: int, words: str) -> None:
        """What was understood."""
        self.said.set_answer(number, words or self.tr("(nothing was heard)"))

    def show_level(self, level: float) -> None:
        """The microphone's level, 0 to 1."""
        if self._talk.listens(self.stage):
            self.talk.show_level(level)

    def show_trouble(self, problem: Problem, *, fatal: bool) -> None:
        """Something to mend; the conversation waits, unless it cannot go on."""
        self.trouble.show_problem(problem)
        if self.trouble.microphone_is_lost:
            self._talk = replace(self._talk, microphone=False, lost=True)
        ended = self.stage is Stage.THINKING or (self.stage is Stage.RECORDING and self._ends)
        if fatal or self.stage is Stage.OPENING:
            self._go(Stage.STOPPED)
        else:
            # An answer that is being recorded goes on in spite of a mute switch, or of a full disk.
            self._go(Stage.YOUR_TURN if ended else self.stage)

    def over(self) -> None:
        """The debrief is ready."""
        self._go(Stage.OVER)
        self.debrief.setFocus()

    def show_hint(self, words: str) -> None:
        """A gentle remark under the status line."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    # --- what the rep wants ----------------------------------------------------------------------------------------

    @Slot()
    def begin_typing(self) -> None:
        """Go to the field for a typed answer."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def think_longer(self) -> None:
        """The rep is still thinking, or is not any more."""
        if self._talk.may_hold(self.stage):
            self.hold_wanted.emit(not self._talk.held)

    @Slot()
    def _end(self) -> None:
        self._ends = True
        self.talk_ended.emit()

    @Slot()
    def _send(self) -> None:
        words = self.field.text().strip()
        if words and self.stage.may_answer:
            self.field.clear()
            self.answer_heard(self._number, words)
            self.typed.emit(words)
            self._go(Stage.THINKING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space talks wherever the focus is, unless what has it takes the key for itself."""
        if event.key() == Qt.Key.Key_Space and self.talk.isVisible():
            self.talk.key_down(repeated=event.isAutoRepeat())
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.talk.key_up()
        super().keyReleaseEvent(event)

    @Slot()
    def show_or_hide_side(self) -> None:
        """What was said so far takes room that a large text needs for the line."""
        self.side.setVisible(self.side.isHidden())

    # --- looks -----------------------------------------------------------------------------------------------------

    def _change(self, **talk: Any) -> None:
        """The rep answers in another way from now on; `talk` names fields of `Talk`."""
        self._go(self.stage, **talk)

    def _go(self, stage: Stage, **talk: Any) -> None:
        self.stage = stage
        self._talk = now = replace(self._talk, **talk)
        ended = stage in (Stage.OVER, Stage.STOPPED)
        recording = stage is Stage.RECORDING
        self.status.setText(status(stage, self._name, now, key_held=self.talk.held))
        if now.lost and self.talk.hasFocus():
            self.trouble.use.setFocus()
        self.talk.setVisible(not ended and not now.lost)
        self.talk.setEnabled(now.microphone and (stage.may_answer or recording or stage is Stage.THINKING))
        self.talk.show_recording(
            recording, by_voice=now.by_voice, listens=now.listens(stage), waiting=stage is Stage.THINKING
        )
        self.turns.show_talk(stage, now)
        self.turns.setVisible(not ended)
        self._keys.setText(self._key_help())
        self._keys.setVisible(not ended and bool(self._keys.text()))
        if not recording:
            self.live.hide()
        self.debrief.setVisible(stage is Stage.OVER)
        for widget in (self.field, self.send):
            widget.setEnabled(stage is not Stage.CLOSING)
            widget.setVisible(not ended)
        self.repeat.setEnabled(stage is Stage.YOUR_TURN)
        self.repeat.setVisible(not ended)
        self.leave.setText(self.tr("Close") if stage is Stage.STOPPED else self.tr("Leave"))
        self.leave.setVisible(stage is not Stage.OVER)
        if stage.may_answer and self.isVisible() and not (self._settled and self._focus_is_in_use()):
            self._settled = True
            (self.talk if now.microphone else self.field).setFocus()

    def _focus_is_in_use(self) -> bool:
        """Whether the rep is somewhere on this page, from where the focus must not be taken."""
        # Qt's type hints leave out that it may be nothing.
        focus = cast("QWidget | None", self.window().focusWidget())
        return focus is not None and focus.isEnabled() and focus.isVisible() and self.isAncestorOf(focus)

    def _key_help(self) -> str:
        if self._talk.microphone and self._talk.hands_free:
            return self.tr("Or hold Space; Enter begins and ends")
        if self._talk.microphone:
            return self.tr("Enter begins and ends without holding")
        return self._why_no_voice

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self.talk.updateGeometry()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text needs more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < em(self, NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.setVisible(not narrow)
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def _last_words(words: str) -> str:
    """What fits in a line or two."""
    return words if len(words) <= _LIVE else f"… {words[-_LIVE:].partition(' ')[2]}"
