"""Say a sentence, hear it, read it: the microphone, the speaker and the transcription proven in one go."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from salespractice.audio.levels import levels
from salespractice.audio.sound import Sound
from salespractice.audio.take import Take
from salespractice.desktop.equipment import Equipment, Hearing
from salespractice.desktop.look.scale import S
from salespractice.desktop.parts.announce import announce
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.layout import column, row
from salespractice.desktop.parts.text import body, small, text
from salespractice.desktop.practice.microphone_check import MicrophoneCheck
from salespractice.hearing import hear
from salespractice.problem import Problem

LONGEST = 6000
"""Milliseconds."""

QUIET_VOICE = 0.05
"""The peak, 0 to 1, that an ordinary voice into an ordinary headset passes by far: 26 dB below full scale."""


class SentenceTest(QWidget):
    """A button, and under it what became of the sentence. Uses the microphone that `check` listens to."""

    trouble = Signal(object)
    _understood = Signal(int, object)

    def __init__(self, equipment: Equipment, check: MicrophoneCheck) -> None:
        super().__init__()
        self._equipment = equipment
        self._check = check
        self._recording = False
        self._ticket = 0
        self._remarks: list[str] = []
        layout = column(S)
        self.setLayout(layout)
        self.start = button(self.tr("Try it: say a sentence"))
        self.start.clicked.connect(self._start_or_end)
        explained = self.tr("You will hear it, and read what was understood")
        self.start.setToolTip(explained)
        self.start.setAccessibleDescription(explained)
        self.state = small()
        self.heard = body()
        self.heard.setAccessibleName(self.tr("What was understood"))
        self.remark = text("warm")
        self.buttons = row(S)
        self.buttons.addWidget(self.start)
        self.buttons.addStretch(1)
        layout.addLayout(self.buttons)
        for widget in (self.state, self.heard, self.remark):
            layout.addWidget(widget)
            widget.hide()
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(LONGEST)
        self._end.timeout.connect(self._enough)
        check.began.connect(self._began)
        check.spoken.connect(self._enough)
        check.trouble.connect(self._enough)
        check.recorded.connect(self._recorded)
        self._understood.connect(self._show_words)

    def reset(self) -> None:
        """Another microphone, or another page: what was heard before proves nothing."""
        self._ticket += 1
        self._end.stop()
        self._recording = False
        self.start.setEnabled(True)
        self.start.setText(self.tr("Try it: say a sentence"))
        for widget in (self.state, self.heard, self.remark):
            widget.hide()

    @Slot()
    def _start_or_end(self) -> None:
        if self._recording:
            self._enough()
            return
        self.reset()
        self.start.setEnabled(False)
        self._check.begin_sentence()

    @Slot()
    def _began(self) -> None:
        self._recording = True
        self._end.start()
        self.start.setEnabled(True)
        self.start.setText(self.tr("That was it"))
        self._say(self.tr("Speak now …"))

    @Slot()
    def _enough(self) -> None:
        if self._recording:
            self._recording = False
            self._end.stop()
            self.start.setEnabled(False)
            self._check.end_sentence()

    @Slot(object)
    def _recorded(self, take: Take | None) -> None:
        self.reset()
        if take is None:
            return
        ticket = self._ticket
        self._remarks = what_is_wrong(take)
        deaf = self._equipment.hearing is Hearing.MISSING
        self._say(self.tr("This is how you sound.") if deaf else self.tr("This is how you sound …"))
        self._show_remarks()
        equipment, sound = self._equipment, Sound(take.sound16, 16_000)
        equipment.background.run(
            lambda: equipment.speaker().play(sound, _nothing), self._ignore, self.trouble.emit, "sentence to hear"
        )
        if deaf:
            self._remarks.append(self.tr("Speech recognition is missing, so nothing can be read."))
            self._show_remarks()
            return
        text = hear(take.sound16, equipment.transcriber()).text
        text.add_done_callback(lambda done: self._understood.emit(ticket, done))

    @Slot(int, object)
    def _show_words(self, ticket: int, done: Future[str]) -> None:
        if ticket != self._ticket:
            return
        try:
            words = done.result()
        except CancelledError:
            return
        except Problem as problem:
            self.trouble.emit(problem)
            return
        if words:
            self.heard.setText(f"“{words}”")
            self.heard.show()
            self._say(self.tr("This was understood:"))
            announce(self, words)
        else:
            self.state.setText(self.tr("This is how you sound."))
            if not self._remarks:
                self._remarks.append(self.tr("No words were understood. Speak closer to the microphone and try again."))
            self._show_remarks()

    def _show_remarks(self) -> None:
        self.remark.setText("\n".join(self._remarks))
        self.remark.setVisible(bool(self._remarks))
        announce(self, self.remark.text())

    def _say(self, words: str) -> None:
        self.state.setText(words)
        self.state.show()
        announce(self, words)

    def _ignore(self, _: object) -> None:
        """It plays."""


def what_is_wrong(take: Take) -> list[str]:
    """What keeps a recording from being understood well, each with what to do; nothing where all is well."""
    loudness = levels(take.sound16)
    found = []
    if take.problem is not None:
        found.append(f"{take.problem.what} {take.problem.way_out}".strip())
    if take.silent_input:
        found.append(
            _tr("The microphone is muted: look for a switch on the headset, or in the system's sound settings.")
        )
    elif loudness.too_quiet or loudness.peak < QUIET_VOICE:
        found.append(
            _tr("That was very quiet: bring the microphone closer, or turn it up in the system's sound settings.")
        )
    if loudness.too_loud:
        found.append(_tr("That was too loud and is distorted: turn the microphone down, or move it further away."))
    return found


def _tr(words: str) -> str:
    return QCoreApplication.translate("SentenceTest", words)


def _nothing() -> None:
    """It has been heard."""
