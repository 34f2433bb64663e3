"""The course of one practice, step by step: who speaks, what follows on an answer, and how it ends.

Belongs to the practice's thread. What the recorder, the speaker and the transcriber tell is brought here by `run`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from typing import TypeVar

from salespractice.answering import Answer, Answering, TurnTaking
from salespractice.audio.microphone import Microphone
from salespractice.audio.prosody import prosody_of
from salespractice.audio.room import room_for_recording
from salespractice.coaching.baseline import NO_BASELINE, Baseline
from salespractice.coaching.debrief import Debrief, debrief_of
from salespractice.coaching.delivery import Delivery, delivery_of
from salespractice.customer_voice import CustomerVoice
from salespractice.events import (
    AnswerCaption,
    AnswerEnded,
    AnswerHeard,
    AnswerInterrupted,
    AnswerStarted,
    CustomerFinished,
    CustomerSpeaks,
    Event,
    LevelChanged,
    LineInterrupted,
    NothingHeard,
    PracticeEnded,
    PracticeStarted,
    TroubleMet,
    TurnHeld,
    TurnTaken,
)
from salespractice.hearing import Ears, in_voice
from salespractice.language.transcript import Transcript
from salespractice.practice_entry import PracticeEntry
from salespractice.problem import Problem
from salespractice.rig import Rig, spelling_of
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.turn import Line
from salespractice.scenario.pack import Staged
from salespractice.unfinished import Resumed

ResultT = TypeVar("ResultT")

SHORTEST = 0.4  # seconds; a shorter take without speech was a slip of the finger, not an answer


class Stage(Enum):
    """Whose turn it is."""

    NEW = auto()
    SPEAKING = auto()
    WAITING = auto()
    RECORDING = auto()
    LISTENING = auto()
    ENDING = auto()
    OVER = auto()


class Course:
    """Every method is a step, and is ignored where it makes no sense. Steps raise `Problem` for what can be mended."""

    def __init__(
        self,
        practice: str,
        staged: Staged,
        rig: Rig,
        tell: Callable[[Event], None],
        run: Callable[[Callable[[], None]], None],
        seed: int,
        turn_taking: TurnTaking,
        resumed: Resumed | None = None,
    ) -> None:
        self.stage = Stage.NEW
        self.conversation = resumed.conversation if resumed else Conversation(staged.scenario, rig.matcher, seed)
        self.debrief: Debrief | None = None
        self.deliveries: dict[int, Delivery] = dict(resumed.deliveries) if resumed else {}
        self._resumed = resumed
        self.baseline: Baseline = NO_BASELINE
        self._practice = practice
        self._staged = staged
        self._rig = rig
        self._tell = tell
        self._run = run
        self._turn_taking = turn_taking
        self._entry = PracticeEntry(rig.journal, practice, len(self.conversation.turns), self.deliveries)
        scenario = staged.scenario
        self._answering = Answering(
            Ears(rig.transcriber, scenario.language, tuple(scenario.glossary), spelling_of(scenario)),
            rig.places.takes / practice,
            self,
            run,
            lambda level: tell(LevelChanged(level)),
        )
        self._voice = CustomerVoice(staged, rig.speaker, run, lambda problem: tell(TroubleMet(problem)))
        self._cut_in: float | None = None
        self._answer: Answer | None = None
        self._untimed: set[int] = set()
        self._leaving = False

    def start(self) -> None:
        """The customer says the first line, or once more the one at which the practice was cut off."""
        if self._resumed is None:
            self._entry.begin(self._staged, self.conversation.seed)
        self._tell(PracticeStarted(self._practice))
        room = room_for_recording(self._rig.places.takes)
        if room.low:
            self._tell(TroubleMet(room.problem or Problem("There is little room on this disk.", room.remark)))
        self._answering.take_turns(self._turn_taking)
        if self._rig.microphone is not None:
            try:
                self.change_microphone(self._rig.microphone)
            except Problem as problem:
                # The practice can go on with typed answers, and with another microphone once one is chosen.
                self._tell(TroubleMet(problem))
        if self._resumed is None:
            self._speak(self.conversation.open())
        else:
            self._take_up(self._resumed)
            self._speak(self.conversation.line)
        if self.conversation.ending is None:
            self._prepare()

    def _take_up(self, resumed: Resumed) -> None:
        """Understand what was recorded and not understood when the practice was cut off."""
        for turn in self.conversation.turns:
            if turn.number in resumed.untimed and turn.take is not None:
                with suppress(Problem):  # the answer itself is known
                    answer = self._answering.hear(self._rig.places.takes / self._practice / turn.take)
                    self._untimed.add(turn.number)
                    self._when_timed(turn.number, answer)
        if resumed.cut_off is not None:
            try:
                self._answering.keep(self._answering.hear(resumed.cut_off.path))
            except Problem as problem:  # the answer can be given once more
                self._tell(TroubleMet(problem))

    def _prepare(self) -> None:
        """Do ahead what the next turn will need."""
        self.conversation.prepare()
        self._voice.prepare(self.conversation.may_follow())

    def hold_turn(self, *, held: bool) -> None:
        """The rep is still thinking, or no longer."""
        if held:
            self._answering.hold(until_voice=True)
        else:
            self._answering.release()

    def change_microphone(self, microphone: Microphone | None) -> None:
        """Go on with another microphone; None for typed answers only."""
        if self.stage is Stage.RECORDING:
            self.end_answer()
        if microphone is None:
            self._answering.close()
            return
        self._answering.open(microphone)
        self._await_voice()

    def take_turns(self, turn_taking: TurnTaking) -> None:
        """How turns change from now on."""
        self._turn_taking = turn_taking
        self._answering.take_turns(turn_taking)
        self._await_voice()

    def _await_voice(self) -> None:
        """Let the rep begin with their voice, where turns change that way."""
        number = len(self.conversation.turns) + 1
        if self.stage is Stage.WAITING:
            self._answering.await_voice(number)
        elif self.stage is Stage.SPEAKING and self._turn_taking.may_interrupt:
            self._answering.await_voice(number, self._voice.is_somebody_else)
        else:
            self._answering.await_nobody()

    def _speak(self, line: Line) -> None:
        self._cut_in = None
        self.stage = Stage.ENDING if line.ends else Stage.SPEAKING
        seconds = self._voice.say(line, self._spoke)
        self._tell(CustomerSpeaks(len(self.conversation.turns) + 1, line, seconds))
        self._await_voice()

    def _spoke(self) -> None:
        if self.stage is Stage.SPEAKING:
            self.stage = Stage.WAITING
            number = len(self.conversation.turns) + 1
            self._tell(CustomerFinished(number))
            if self._answering.interrupted:
                self._tell(AnswerInterrupted(number, self._answering.kept_seconds))
            self._await_voice()
        elif self.stage is Stage.ENDING:
            self._finish_when_timed()

    def repeat_line(self) -> None:
        """Say the last line again."""
        if self.stage is Stage.WAITING:
            self._speak(self.conversation.line)

    def begin_answer(self) -> None:
        """The rep presses the key."""
        if self.stage is Stage.RECORDING:
            self._answering.hold(until_voice=False)
            return
        if self.stage not in (Stage.SPEAKING, Stage.WAITING):
            return
        if self.stage is Stage.SPEAKING:
            self._interrupt_line()
        self.stage = Stage.WAITING
        if not self._answering.possible:
            raise Problem(
                "No microphone is open.", way_out="Choose a microphone in the settings, or type the answer instead."
            )
        number = len(self.conversation.turns) + 1
        if self._answering.begin(number):
            self.stage = Stage.RECORDING
            self._tell(AnswerStarted(number))

    def answer_began(self) -> None:
        """A voice has begun an answer."""
        if self.stage not in (Stage.SPEAKING, Stage.WAITING):
            self._answering.end()  # too late: the customer speaks already, or is being left
            return
        if self.stage is Stage.SPEAKING:
            self._interrupt_line()
        self.stage = Stage.RECORDING
        self._tell(AnswerStarted(len(self.conversation.turns) + 1, by_voice=True))

    def _interrupt_line(self) -> None:
        """The rep speaks over the line: it fades, and it is remembered where."""
        self._cut_in = self._voice.cut()
        if self._cut_in is not None:
            self._tell(LineInterrupted(len(self.conversation.turns) + 1, self._cut_in))

    def captioned(self, certain: str, guess: str) -> None:
        """Something is heard of an answer that may still go on."""
        if self.stage is Stage.RECORDING:
            self._tell(AnswerCaption(len(self.conversation.turns) + 1, certain, guess))
            if certain and not guess:
                self.conversation.consider(certain)

    def hold_changed(self, held: bool) -> None:
        """The rep is still thinking, or goes on."""
        self._tell(TurnHeld(held))

    def microphone_trouble(self, problem: Problem, *, lost: bool) -> None:
        """The rep may go on: with the same microphone, with another one, or typing."""
        if lost and self.stage is Stage.RECORDING:
            self.stage = Stage.WAITING
            self._tell(AnswerInterrupted(len(self.conversation.turns) + 1, self._answering.kept_seconds))
        self._tell(TroubleMet(problem))
        if not lost and self.stage is Stage.WAITING:
            self._await_voice()

    def end_answer(self) -> None:
        """The rep lets it go, or has finished."""
        recording = self.stage is Stage.RECORDING
        if recording or (self.stage is Stage.WAITING and self._answering.interrupted):
            self.stage = Stage.WAITING  # should the disk refuse
            answer = self._answering.end()
            if answer is not None:
                self.answer_ended(answer)

    def answer_ended(self, answer: Answer) -> None:
        """The rep has finished."""
        number = len(self.conversation.turns) + 1
        self.stage, self._answer = Stage.LISTENING, answer
        self._tell(AnswerEnded(number, answer.take.seconds))
        answer.heard.text.add_done_callback(lambda text: self._run(lambda: self._heard(number, answer, text)))

    def _heard(self, number: int, answer: Answer, text: Future[str]) -> None:
        if self.stage is not Stage.LISTENING or answer is not self._answer:
            return
        self.stage = Stage.WAITING
        try:
            self._understand(number, answer, _result(text))
        finally:
            if self._leaving:
                self.leave()
            elif self.stage is Stage.WAITING:
                self._await_voice()

    def _understand(self, number: int, answer: Answer, said: str) -> None:
        take = answer.take
        if not said.strip() and (answer.by_voice or take.silent_input or take.seconds - take.preroll < SHORTEST):
            self._tell(NothingHeard(number, _why_nothing(answer)))
            return
        self._tell(AnswerHeard(number, said))
        self._untimed.add(number)
        # Only queued here, and done after the turn exists, whatever the journal says to it.
        self._when_timed(number, answer)
        self._react(Transcript(said), take.path.name, take.seconds)

    def _when_timed(self, number: int, answer: Answer) -> None:
        answer.heard.transcript.add_done_callback(lambda timed: self._run(lambda: self._timed(number, answer, timed)))

    def _timed(self, number: int, answer: Answer, timed: Future[Transcript]) -> None:
        """The words' times arrive behind the customer's next line; by then the next answer may be under way."""
        self._untimed.discard(number)
        try:
            transcript, take = _result(timed), answer.take
            transcript = replace(transcript, words=in_voice(transcript.words, take.voice))
            self.conversation.add_words(number, transcript.words)
            self.deliveries[number] = delivery_of(
                transcript,
                take.voice,
                prosody_of(take.sound16, take.voice),
                take.seconds,
                language=self._staged.scenario.language,
            )
            self._entry.add_words(self.conversation.turns[number - 1])
            self._save()
        except Problem as problem:
            what = f"Answer {number} was understood, but the times of its words are missing."
            self._tell(TroubleMet(Problem(what, problem.why or problem.what, "The practice goes on.")))
        if self.stage is Stage.ENDING:
            self._finish_when_timed()

    def type_answer(self, text: str) -> None:
        """Answer with text."""
        if self.stage is Stage.SPEAKING:
            self._voice.cut()
            self.stage = Stage.WAITING
        elif self.stage is not Stage.WAITING:
            return
        if text.strip():
            self._answering.await_nobody()
            self._answering.forget()
            self._react(Transcript(text.strip()), None, 0.0)

    def _react(self, said: Transcript, take: str | None, seconds: float) -> None:
        line = self.conversation.answer(said, take, seconds, typed=take is None, cut_in=self._cut_in)
        turn = self.conversation.turns[-1]
        # The customer speaks first; the journal is written while they do.
        self._speak(line)
        self._tell(TurnTaken(turn))
        self._save()
        if not line.ends:
            self._prepare()

    def _save(self) -> None:
        self._entry.save(self.conversation.turns, self.deliveries)

    def leave(self) -> None:
        """End here; what was said is looked back at."""
        if self.stage in (Stage.ENDING, Stage.OVER):
            return
        if self.stage is Stage.LISTENING:
            self._leaving = True  # an answer that was completed still counts; `_heard` comes back here
            return
        self._answering.close()
        self._voice.cut()
        self.stage = Stage.ENDING
        self._finish_when_timed()

    def _finish_when_timed(self) -> None:
        """The debrief cites seconds, so it waits for the words of the last answer."""
        if self._untimed or self._voice.speaking:
            return
        self.stop_sound()
        ending = self.conversation.ending
        result = debrief_of(self.conversation, self._rig.matcher.acts)
        self.stage, self.debrief, self.baseline = Stage.OVER, result, self._entry.baseline()
        try:
            self._save()
            self._entry.end(ending, result)
        except Problem as problem:
            # The rep gets the debrief even where the disk refused to keep it.
            self._tell(TroubleMet(problem))
        self._tell(PracticeEnded(self._practice, ending, result))

    def stop_sound(self) -> None:
        """Give the microphone back, and be silent."""
        self._answering.close()
        self._voice.cut()


def _why_nothing(answer: Answer) -> str:
    if answer.take.silent_input:
        return "The microphone gave no sound at all: is it muted?"
    return "No words were heard." if answer.by_voice else "That was very short."


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
