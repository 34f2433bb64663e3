"""One practice, from the customer's first word to the debrief. The window and the terminal both drive this.

All state belongs to one thread, which takes commands from a queue; the speaker, the transcriber and the front end only
put commands there. What happens is told as events (see `events`) from that thread; levels come from the recorder's.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum, auto
from pathlib import Path
from typing import TypeVar

from salespractice.audio.files import read_sound
from salespractice.audio.microphone import Microphone
from salespractice.audio.recorder import Recorder
from salespractice.audio.speaker import Playing
from salespractice.audio.take import Take
from salespractice.coaching.debrief import Debrief, debrief
from salespractice.events import (
    AnswerEnded,
    AnswerHeard,
    AnswerStarted,
    CustomerFinished,
    CustomerSpeaks,
    Event,
    LevelChanged,
    NothingHeard,
    PracticeEnded,
    PracticeStarted,
    TroubleMet,
    TurnTaken,
)
from salespractice.hearing import hear
from salespractice.language.transcript import Transcript
from salespractice.problem import Problem
from salespractice.rig import Rig
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.turn import Line
from salespractice.scenario.pack import Staged
from salespractice.transcription.transcriber import Transcription

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

SHORTEST = 0.4  # seconds; a shorter take without speech was a slip of the finger, not an answer


class _Stage(Enum):
    NEW = auto()
    SPEAKING = auto()
    WAITING = auto()
    RECORDING = auto()
    LISTENING = auto()
    ENDING = auto()
    OVER = auto()


class Practice:
    """Start it, then answer until `PracticeEnded`. Commands return at once and are ignored where they make no sense."""

    def __init__(self, staged: Staged, rig: Rig, on_event: Callable[[Event], None], seed: int | None = None) -> None:
        self.id = uuid.uuid4().hex
        self.staged = staged
        self.conversation = Conversation(
            staged.scenario, rig.matcher, secrets.randbelow(1 << 31) if seed is None else seed
        )
        self.debrief: Debrief | None = None
        self._rig = rig
        self._tell = on_event
        self._stage = _Stage.NEW
        self._commands: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._recorder: Recorder | None = None
        self._playing: Playing | None = None
        self._spoken = 0
        self._take: Take | None = None
        self._untimed: set[int] = set()
        self._saved = 0
        self._leaving = False
        self._thread = threading.Thread(target=self._run, name="practice", daemon=True)

    @property
    def takes(self) -> Path:
        """The folder of this practice's takes."""
        return self._rig.places.takes / self.id

    def start(self) -> None:
        """The customer says the first line."""
        self._thread.start()
        self._commands.put(self._start)

    def begin_answer(self) -> None:
        """Start to record; a line that is still being said is stopped."""
        self._commands.put(self._begin_answer)

    def end_answer(self) -> None:
        """The answer is complete."""
        self._commands.put(self._end_answer)

    def type_answer(self, text: str) -> None:
        """Answer with text instead of a take."""
        self._commands.put(lambda: self._type_answer(text))

    def repeat_line(self) -> None:
        """Say the last line again."""
        self._commands.put(self._repeat_line)

    def change_microphone(self, microphone: Microphone | None) -> None:
        """Go on with another microphone; None for typed answers only."""
        self._commands.put(lambda: self._open_microphone(microphone))

    def leave(self) -> None:
        """End the conversation here; what was said so far is kept and looked back at."""
        self._commands.put(self._leave)

    def close(self) -> None:
        """Stop everything, and wait for that. A practice that is not over stays unfinished in the journal."""
        self._commands.put(None)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    # --- the practice's own thread ---------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while (command := self._commands.get()) is not None:
                try:
                    command()
                except Problem as problem:
                    # What cannot even begin is over; everything later can be mended and goes on.
                    self._tell(TroubleMet(problem, fatal=self._stage is _Stage.NEW))
                    if self._stage is _Stage.NEW:
                        break
        except Exception as error:  # noqa: BLE001 - a mistake of ours must reach the rep, with the takes safe on disk
            _log.exception("practice %s failed", self.id)
            mistake = Problem("The practice stopped because of a mistake in the program.", repr(error))
            self._tell(TroubleMet(mistake, fatal=True))
        finally:
            self._stop_sound()
            self._stage = _Stage.OVER

    def _start(self) -> None:
        scenario, notes = self.staged.scenario, self.staged.pack.notes
        self._rig.journal.begin(self.id, scenario, self.staged.address, notes.version, self.conversation.seed)
        self._tell(PracticeStarted(self.id))
        if self._rig.microphone is not None:
            try:
                self._open_microphone(self._rig.microphone)
            except Problem as problem:
                # The practice can go on with typed answers, and with another microphone once one is chosen.
                self._tell(TroubleMet(problem))
        self._speak(self.conversation.open())
        self.conversation.prepare()

    def _open_microphone(self, microphone: Microphone | None) -> None:
        if self._stage is _Stage.RECORDING:
            self._end_answer()
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None
        if microphone is None:
            return
        recorder = Recorder(microphone, lambda level: self._tell(LevelChanged(level)), self._recorder_trouble)
        recorder.open()
        self._recorder = recorder

    def _recorder_trouble(self, problem: Problem) -> None:
        self._commands.put(lambda: self._interrupted(problem))

    def _interrupted(self, problem: Problem) -> None:
        """The microphone was lost or the disk refused: the take so far is kept, the rep may go on otherwise."""
        if self._stage is _Stage.RECORDING and self._recorder is not None:
            self._end_answer()
        self._tell(TroubleMet(problem))

    def _speak(self, line: Line) -> None:
        self._spoken += 1
        number, ticket = len(self.conversation.turns) + 1, self._spoken
        self._stage = _Stage.ENDING if line.ends else _Stage.SPEAKING
        path = self.staged.sound_of(line.place, line.wording, otherwise=line.otherwise)
        sound = None
        if path is not None:
            try:
                sound = read_sound(path)
            except Problem as problem:
                self._tell(TroubleMet(problem))
        self._tell(CustomerSpeaks(number, line, sound.seconds if sound else 0.0))
        if sound is None:
            self._commands.put(lambda: self._spoke(ticket))
        else:
            try:
                self._playing = self._rig.speaker.play(sound, lambda: self._commands.put(lambda: self._spoke(ticket)))
            except Problem as problem:
                # Without sound the line still stands on the screen.
                self._tell(TroubleMet(problem))
                self._commands.put(lambda: self._spoke(ticket))

    def _spoke(self, ticket: int) -> None:
        if ticket != self._spoken:
            return
        self._playing = None
        if self._stage is _Stage.SPEAKING:
            self._stage = _Stage.WAITING
            self._tell(CustomerFinished(len(self.conversation.turns) + 1))
        elif self._stage is _Stage.ENDING:
            self._finish_when_timed()

    def _cut_line(self) -> None:
        """Stop the line without waiting for its end: something else begins now."""
        self._stop_line()
        self._spoken += 1
        self._playing = None

    def _stop_line(self) -> None:
        if self._playing is not None:
            self._playing.stop()

    def _repeat_line(self) -> None:
        if self._stage is _Stage.WAITING:
            self._speak(self.conversation.line)

    def _begin_answer(self) -> None:
        if self._stage is _Stage.SPEAKING:
            self._cut_line()
        elif self._stage is not _Stage.WAITING:
            return
        self._stage = _Stage.WAITING
        if self._recorder is None:
            raise Problem(
                "No microphone is open.", way_out="Choose a microphone in the settings, or type the answer instead."
            )
        number = len(self.conversation.turns) + 1
        self._recorder.begin_take(self._take_path(number))
        self._stage = _Stage.RECORDING
        self._tell(AnswerStarted(number))

    def _take_path(self, number: int) -> Path:
        """A new file for each attempt: a take that was not understood is never written over."""
        path = self.takes / f"{number:02d}.wav"
        attempt = 2
        while path.exists():
            path = self.takes / f"{number:02d}-{attempt}.wav"
            attempt += 1
        return path

    def _end_answer(self) -> None:
        if self._stage is not _Stage.RECORDING or self._recorder is None:
            return
        take = self._recorder.end_take()
        number = len(self.conversation.turns) + 1
        self._stage, self._take = _Stage.LISTENING, take
        self._tell(AnswerEnded(number, take.seconds))
        scenario = self.staged.scenario
        try:
            heard = hear(take.sound16, self._rig.transcriber, language=scenario.language, glossary=scenario.glossary)
        except Problem:
            self._stage = _Stage.WAITING
            raise
        heard.text.add_done_callback(lambda text: self._commands.put(lambda: self._heard(number, take, heard, text)))

    def _heard(self, number: int, take: Take, heard: Transcription, text: Future[str]) -> None:
        if self._stage is not _Stage.LISTENING or take is not self._take:
            return
        self._stage = _Stage.WAITING
        try:
            self._understand(number, take, heard, _result(text))
        finally:
            if self._leaving:
                self._leave()

    def _understand(self, number: int, take: Take, heard: Transcription, said: str) -> None:
        if not said.strip() and (take.silent_input or take.seconds - take.preroll < SHORTEST):
            reason = (
                "The microphone gave no sound at all: is it muted?" if take.silent_input else "That was very short."
            )
            self._tell(NothingHeard(number, reason))
            return
        self._tell(AnswerHeard(number, said))
        self._untimed.add(number)
        # Only queued here, and done after the turn exists, whatever the journal says to it.
        heard.transcript.add_done_callback(lambda timed: self._commands.put(lambda: self._timed(number, timed)))
        self._react(Transcript(said), take.path.name, take.seconds)

    def _timed(self, number: int, timed: Future[Transcript]) -> None:
        """The words' times arrive behind the customer's next line; by then the next answer may be under way."""
        self._untimed.discard(number)
        try:
            self.conversation.add_words(number, _result(timed).words)
            if number <= self._saved:
                self._rig.journal.add_words(self.id, number, self.conversation.turns[number - 1].answer.words)
        except Problem as problem:
            what = f"Answer {number} was understood, but the times of its words are missing."
            self._tell(TroubleMet(Problem(what, problem.why or problem.what, "The practice goes on.")))
        if self._stage is _Stage.ENDING:
            self._finish_when_timed()

    def _type_answer(self, text: str) -> None:
        if self._stage is _Stage.SPEAKING:
            self._cut_line()
        elif self._stage is not _Stage.WAITING:
            return
        if text.strip():
            self._react(Transcript(text.strip()), None, 0.0)

    def _react(self, said: Transcript, take: str | None, seconds: float) -> None:
        line = self.conversation.answer(said, take, seconds, typed=take is None)
        turn = self.conversation.turns[-1]
        # The customer speaks first; the journal is written while they do.
        self._speak(line)
        self._tell(TurnTaken(turn))
        self._save()
        if not line.ends:
            self.conversation.prepare()

    def _save(self) -> None:
        """Store every turn that is not in the journal yet: those that a full disk refused get another chance."""
        for turn in self.conversation.turns[self._saved :]:
            self._rig.journal.add_turn(self.id, turn)
            self._saved += 1

    def _leave(self) -> None:
        if self._stage in (_Stage.ENDING, _Stage.OVER):
            return
        if self._stage is _Stage.LISTENING:
            self._leaving = True  # an answer that was completed still counts; `_heard` comes back here
            return
        self._cut_line()
        self._stage = _Stage.ENDING
        self._finish_when_timed()

    def _finish_when_timed(self) -> None:
        """The debrief cites seconds, so it waits for the words of the last answer."""
        if self._untimed or self._playing is not None:
            return
        self._stop_sound()
        ending = self.conversation.ending
        result = debrief(self.staged.scenario, self.conversation.turns, ending)
        self._stage, self.debrief = _Stage.OVER, result
        try:
            self._save()
            self._rig.journal.end(self.id, ending, result)
        except Problem as problem:
            # The rep gets the debrief even where the disk refused to keep it.
            self._tell(TroubleMet(problem))
        self._tell(PracticeEnded(self.id, ending, result))

    def _stop_sound(self) -> None:
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None
        if self._playing is not None:
            self._playing.stop()
            self._playing = None


def _result(future: Future[ResultT]) -> ResultT:
    """What transcription gave. Whatever went wrong there, the take is on disk and the answer can be said again."""
    try:
        return future.result()
    except Problem:
        raise
    except Exception as error:
        raise Problem(
            "This answer could not be transcribed.", repr(error), "Say it again, or type it. The recording is kept."
        ) from error
