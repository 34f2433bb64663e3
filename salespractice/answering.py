"""The rep's side of a turn: the microphone, when an answer begins and ends, and what is heard of it on the way.

Belongs to the practice's thread, to which `run` brings everything that the recorder's and the transcriber's threads
tell.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from salespractice.audio.listener import Accept
from salespractice.audio.listening import Progress, Speech, TakeBegan, VoiceNews
from salespractice.audio.microphone import Microphone
from salespractice.audio.recorder import Recorder
from salespractice.audio.take import Take, read_take, spliced
from salespractice.hearing import AnswerHearing, Ears, hear_take
from salespractice.problem import Problem
from salespractice.transcription.transcribed import Transcription, joined

_log = logging.getLogger(__name__)

SHORTEST_PATIENCE, PATIENCE, LONGEST_PATIENCE = 0.8, 1.5, 5.0
"""Seconds of silence that end an answer: strong sellers wait 1.5 s after an objection before they say a word."""


@dataclass(frozen=True, slots=True)
class TurnTaking:
    """How turns change. Hands-free, a voice begins an answer and `patience` seconds of silence end it.

    `may_interrupt`: a voice ends the customer's line as well. A key may begin and end an answer at any time.
    """

    hands_free: bool = False
    patience: float = PATIENCE
    may_interrupt: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A complete answer: its take, and its transcription, most of which is done. `by_voice`: no key was used."""

    take: Take
    heard: Transcription
    by_voice: bool


class Told(Protocol):
    """What the practice wants to know, in its own thread."""

    def answer_began(self) -> None:
        """A voice has begun an answer."""

    def answer_ended(self, answer: Answer) -> None:
        """The rep has finished, by the patience."""

    def captioned(self, certain: str, guess: str) -> None:
        """What is heard so far."""

    def hold_changed(self, held: bool) -> None:
        """Whether silence ends the answer."""

    def microphone_trouble(self, problem: Problem, *, lost: bool) -> None:
        """The microphone is lost or muted, or the disk refuses. What was said before is kept."""


class Answering:
    """One answer after the other, each with a number, through a microphone that may change."""

    def __init__(
        self,
        ears: Ears,
        takes: Path,
        told: Told,
        run: Callable[[Callable[[], None]], None],
        on_level: Callable[[float], None],
    ) -> None:
        self._ears = ears
        self._takes = takes
        self._told = told
        self._run = run
        self._on_level = on_level
        self._turn_taking = TurnTaking()
        self._recorder: Recorder | None = None
        self._path: Path | None = None  # of the take that is being recorded
        self._hearing: AnswerHearing | None = None
        self._by_voice = False
        self._held = False
        self._held_at = self._number = 0  # stretches of this answer
        self._kept: tuple[Take, Transcription] | None = None

    @property
    def possible(self) -> bool:
        """Whether there is a microphone."""
        return self._recorder is not None

    @property
    def recording(self) -> bool:
        """Whether an answer is being recorded."""
        return self._path is not None

    @property
    def kept_seconds(self) -> float:
        """How much of an interrupted answer is kept."""
        return self._kept[0].seconds if self._kept is not None else 0.0

    @property
    def interrupted(self) -> bool:
        """Whether the beginning of an answer is kept whose end is missing."""
        return self._kept is not None

    def open(self, microphone: Microphone) -> None:
        """Use this microphone from now on. Raises its Problem when it cannot be opened."""
        self.close()
        recorder = Recorder(
            microphone,
            self._on_level,
            lambda problem: self._run(lambda: self._trouble(recorder, problem)),
            lambda news: self._run(lambda: self._voice(recorder, news)),
        )
        recorder.open()
        self._recorder = recorder

    def close(self) -> None:
        """Give the microphone back. A take that is being recorded is kept on disk."""
        recorder, self._recorder, self._path = self._recorder, None, None
        if recorder is not None:
            recorder.close()

    def take_turns(self, turn_taking: TurnTaking) -> None:
        """How turns change from now on; an answer that is being recorded goes on as it began."""
        self._turn_taking = turn_taking
        if self._recorder is not None and not self.recording:
            self._recorder.stop_waiting()

    def await_voice(self, number: int, accept: Accept = lambda _: True) -> None:
        """Let a voice begin answer `number`, where turns change that way. `accept` is asked in another thread."""
        if self._recorder is not None and self._turn_taking.hands_free and not self.recording:
            self._recorder.patience = self._turn_taking.patience
            # A microphone that was just lost is told on another way.
            with contextlib.suppress(Problem):
                self._recorder.await_voice(self._new_path(number), accept)

    def await_nobody(self) -> None:
        """No voice begins an answer now."""
        if self._recorder is not None and not self.recording:
            self._recorder.stop_waiting()

    def begin(self, number: int) -> bool:
        """Begin answer `number` by a key; False where a voice has begun it already. Raises the microphone's Problem."""
        assert self._recorder is not None
        self._recorder.patience = None
        path = self._new_path(number)
        try:
            self._recorder.begin_take(path)
        except ValueError:
            # The news of a voice is on its way here.
            self._recorder.patience = self._turn_taking.patience
            return False
        self._begun(path, by_voice=False)
        return True

    def hold(self, *, until_voice: bool) -> None:
        """Let no silence end this answer: until somebody speaks again, or until `end`."""
        if self._recorder is not None and self.recording and self._by_voice:
            self._recorder.patience = None
            self._held, self._held_at = until_voice, self._number
            self._told.hold_changed(True)

    def release(self) -> None:
        """Let silence end the answer again."""
        if self._held and self._recorder is not None:
            self._held = False
            self._recorder.patience = self._turn_taking.patience
            self._told.hold_changed(False)

    def end(self) -> Answer | None:
        """The answer is complete; None where nothing is being recorded, and nothing is kept."""
        if self._recorder is not None and self.recording:
            assert self._hearing is not None
            take = self._recorder.end_take(meanwhile=self._hearing.take_in)
            return self._complete(take)
        if self._kept is not None:
            (take, heard), self._kept = self._kept, None
            return Answer(take, heard, self._by_voice)
        return None

    def hear(self, path: Path) -> Answer:
        """An answer that was recorded before. Raises `Problem` where the file cannot be read."""
        take = read_take(path)
        return Answer(take, hear_take(take, self._ears), by_voice=False)

    def keep(self, answer: Answer) -> None:
        """This answer was cut off; what comes next continues it."""
        self._kept = answer.take, answer.heard

    def forget(self) -> None:
        """What was kept of an interrupted answer does not belong to any; its file stays."""
        self._kept = None

    # --- what others tell, brought into this thread -----------------------------------------------------------------

    def _voice(self, recorder: Recorder, news: VoiceNews) -> None:
        if recorder is not self._recorder:
            return  # of a microphone that was changed meanwhile
        if isinstance(news, TakeBegan):
            self._begun(news.path, by_voice=True)
            self._told.answer_began()
            return
        if news.path != self._path or self._hearing is None:
            return
        if isinstance(news, Speech):
            # A pause is told as well, and is what the holding is for: only new words end that.
            if self._held and (news.progress is Progress.SPEAKING or news.stretch.number > self._held_at):
                self.release()
            self._number = news.stretch.number
            self._hearing.take_in(news)
        elif self._by_voice and recorder.patience is not None and (answer := self.end()) is not None:
            self._told.answer_ended(answer)

    def _trouble(self, recorder: Recorder, problem: Problem) -> None:
        if recorder is not self._recorder:
            return
        lost = recorder.lost is problem
        if lost:
            answer = self.end() if self.recording else None
            if answer is not None:
                self._kept = answer.take, answer.heard
            self.close()
        self._told.microphone_trouble(problem, lost=lost)

    def _begun(self, path: Path, *, by_voice: bool) -> None:
        before = self._kept[0].seconds if self._kept is not None else 0.0
        self._path, self._by_voice, self._held, self._number = path, by_voice, False, 0
        live = self._recorder is not None and self._recorder.microphone.live
        self._hearing = AnswerHearing(
            self._ears, self._run, self._told.captioned, key=str(path), start=before, live=live
        )

    def _complete(self, take: Take) -> Answer:
        hearing, self._path, self._hearing = self._hearing, None, None
        assert hearing is not None
        heard = hearing.finish(take)
        if self._kept is not None:
            (before, said), self._kept = self._kept, None
            heard = joined([said, heard])
            try:
                take = spliced(before, take)
            except (Problem, OSError):
                # Both files stay as they are; what was said counts all the same.
                _log.exception("%s and %s cannot be put together", before.path, take.path)
        return Answer(take, heard, self._by_voice)

    def _new_path(self, number: int) -> Path:
        """A new file for each attempt: a take that was not understood is never written over."""
        path = self._takes / f"{number:02d}.wav"
        attempt = 2
        while path.exists():
            path = self._takes / f"{number:02d}-{attempt}.wav"
            attempt += 1
        return path
