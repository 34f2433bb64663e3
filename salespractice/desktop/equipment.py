"""What the window practises with: journal, scenarios, understanding, hearing, sound. Opened behind the first picture.

Nothing here delays the window: every part is opened in the background and announces itself by a signal.
"""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from salespractice.audio.microphone import Device, Microphone
from salespractice.audio.speaker import SilentSpeaker, Speaker
from salespractice.desktop.absent_transcriber import AbsentTranscriber
from salespractice.desktop.background import Background
from salespractice.desktop.sound_system import SoundSystem
from salespractice.journal.journal import Journal
from salespractice.places import Places
from salespractice.problem import Problem
from salespractice.rig import Rig, open_matcher, open_transcriber
from salespractice.roleplay.matching import Matcher
from salespractice.scenario.pack import Staged, open_packs, staged_scenarios
from salespractice.settings import Settings, read_settings, write_settings
from salespractice.transcription.transcriber import Transcriber


class Hearing(Enum):
    """How far speech recognition is."""

    STARTING = auto()
    READY = auto()
    MISSING = auto()


class Equipment(QObject):
    """Owns every part, from `open` to `close`. Signals come in the window's thread."""

    journal_opened = Signal()
    scenarios_read = Signal()
    hearing_changed = Signal()
    settings_changed = Signal()
    trouble = Signal(object)
    _hearing_settled = Signal(object, object)

    def __init__(self, places: Places, sound: SoundSystem, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places = places
        self.sound = sound
        self.background = Background(self)
        self.settings = Settings()
        self.journal: Journal | None = None
        self.journal_problem: Problem | None = None
        self.scenarios: list[Staged] = []
        self.scenario_problems: list[Problem] = []
        self.hearing = Hearing.STARTING
        self.hearing_problem: Problem | None = None
        self._matcher: Matcher | None = None
        self._transcriber: Transcriber | None = None
        self._speaker: Speaker | None = None
        self._speaker_problem: Problem | None = None
        self._opening = threading.RLock()
        self._keeping = threading.Lock()
        self._hearing_settled.connect(self._settle_hearing)

    # --- opening and closing ---------------------------------------------------------------------------------------

    def read_settings(self) -> None:
        """Needed before the first picture, because they say how it looks."""
        try:
            self.settings = read_settings(self.places.settings)
        except Problem as problem:
            self.trouble.emit(problem)

    def open(self) -> None:
        """Start to open everything; returns at once."""
        self.open_journal()
        self.background.run(self._read_scenarios, self._have_scenarios, self.trouble.emit, "scenarios")
        self.background.run(self._open_understanding, self._nothing, self.trouble.emit, "understanding")
        self.open_hearing()

    def open_journal(self) -> None:
        """Open the journal; also to try again."""
        self.background.run(lambda: Journal(self.places.journal), self._have_journal, self._no_journal, "journal file")

    def open_hearing(self) -> None:
        """Start speech recognition with the model that the settings name, in place of the one that was there."""
        self.hearing, self.hearing_problem = Hearing.STARTING, None
        self.hearing_changed.emit()
        settings = self.settings
        self.background.run(lambda: self._start_hearing(settings), self._nothing, self._no_hearing, "hearing")

    def close(self) -> None:
        """Close everything, and wait for it. May be called twice."""
        self.background.close()
        with self._opening:
            if self._transcriber is not None:
                self._transcriber.close()
                self._transcriber = None
            if self._speaker is not None:
                self._speaker.close()
                self._speaker = None
        if self.journal is not None:
            self.journal.close()
            self.journal = None

    # --- settings --------------------------------------------------------------------------------------------------

    def choose(self, **choices: Any) -> None:
        """Change some settings, keep them, and replace the parts that they concern."""
        before = self.settings
        self.settings = settings = before.model_copy(update=choices)
        if settings == before:
            return
        self.background.run(self._keep_settings, self._nothing, self.trouble.emit, "settings")
        if settings.speaker != before.speaker:
            self.background.run(self._forget_speaker, self._nothing, self.trouble.emit, "speaker")
        if (settings.model, settings.model_file) != (before.model, before.model_file):
            self.open_hearing()
        self.settings_changed.emit()

    def _keep_settings(self) -> None:
        """Write those of now: of two threads, either may come last."""
        with self._keeping:
            write_settings(self.places.settings, self.settings)

    # --- for a practice; these wait, so call them in the background --------------------------------------------------

    def rig(self, microphone: Microphone | None) -> Rig:
        """Everything a practice needs. Raises `Problem` where it cannot be held at all."""
        if self.journal is None:
            raise self.journal_problem or Problem("The journal is not open yet.", way_out="Try again in a moment.")
        matcher = self._understanding()
        matcher.load()
        speaker = self.speaker_or_silence()
        return Rig(matcher, self.transcriber(), speaker, self.journal, self.places, microphone)

    def transcriber(self) -> Transcriber:
        """The one that is there, or one that says why there is none."""
        with self._opening:
            return self._transcriber or AbsentTranscriber(self.hearing_problem or _NOT_YET)

    def speaker(self) -> Speaker:
        """The chosen speaker, opened. Raises `Problem` where there is none."""
        with self._opening:
            if self._speaker is None:
                self._speaker = self.sound.speaker(self.settings)
            return self._speaker

    def speaker_or_silence(self) -> Speaker:
        """For a practice: without a speaker the lines can still be read."""
        try:
            return self.speaker()
        except Problem as problem:
            self._speaker_problem = problem
            return SilentSpeaker()

    def devices_anew(self) -> tuple[list[Device], list[Device]]:
        """The microphones and speakers that are connected now. The speaker is given back for it: the next sound opens
        it again. A microphone that is open hides what was plugged in since: give it back before."""
        with self._opening:
            if self._speaker is not None:
                self._speaker.close()
        return self.sound.microphones(), self.sound.speakers()

    @property
    def silence(self) -> Problem | None:
        """Why the last practice had to start without sound."""
        problem, self._speaker_problem = self._speaker_problem, None
        return problem

    # --- in the background -------------------------------------------------------------------------------------------

    def _understanding(self) -> Matcher:
        with self._opening:
            if self._matcher is None:
                self._matcher = open_matcher()
            return self._matcher

    def _open_understanding(self) -> None:
        self._understanding().load()

    def _read_scenarios(self) -> list[Staged | Problem]:
        return list(staged_scenarios(open_packs(self.places.pack_folders)))

    def _start_hearing(self, settings: Settings) -> None:
        with self._opening:
            before, self._transcriber = self._transcriber, None
            if before is not None:
                before.close()
            transcriber = open_transcriber(settings)
            self._transcriber = transcriber
        transcriber.ready.add_done_callback(lambda ready: self._tell_hearing(transcriber, ready))

    def _tell_hearing(self, transcriber: Transcriber, ready: Future[float]) -> None:
        if not ready.cancelled():
            self._hearing_settled.emit(transcriber, ready)

    def _forget_speaker(self) -> None:
        with self._opening:
            speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.close()

    # --- in the window's thread --------------------------------------------------------------------------------------

    def _have_journal(self, journal: Journal) -> None:
        self.journal, self.journal_problem = journal, None
        self.journal_opened.emit()

    def _no_journal(self, problem: Problem) -> None:
        self.journal_problem = problem
        self.journal_opened.emit()

    def _have_scenarios(self, found: list[Staged | Problem]) -> None:
        self.scenarios = [one for one in found if isinstance(one, Staged)]
        self.scenario_problems = [one for one in found if isinstance(one, Problem)]
        self.scenarios_read.emit()

    def _no_hearing(self, problem: Problem) -> None:
        self.hearing, self.hearing_problem = Hearing.MISSING, problem
        self.hearing_changed.emit()

    @Slot(object, object)
    def _settle_hearing(self, transcriber: Transcriber, ready: Future[float]) -> None:
        if transcriber is not self._transcriber:
            return
        try:
            ready.result()
        except CancelledError:
            return
        except Problem as problem:
            self._no_hearing(problem)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, answers can be typed
            self._no_hearing(replace(_NO_REASON, why=repr(error)))
        else:
            self.hearing, self.hearing_problem = Hearing.READY, None
            self.hearing_changed.emit()

    def _nothing(self, _: object) -> None:
        """What follows on work that is its own result."""


_NOT_YET = Problem("Speech recognition has not started yet.", way_out="Try again in a moment, or type the answer.")
_NO_REASON = Problem(
    "Speech recognition does not start.", way_out="Type your answers, or choose another model in the settings."
)
