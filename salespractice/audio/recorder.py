"""From a microphone's callback to takes on disk, without losing a sample.

One thread owns the takes. Blocks and commands go to it through one queue, so "begin" and "end" stand at exact places
in the stream of samples: what the microphone gave before `end_take` was called is in the take, however busy the
machine is. The same thread looks for voices, so that a take can begin with the half second before one and speech can
be understood while it is still going on.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import numpy as np

from salespractice.audio.ear import REMEMBERED, Ear
from salespractice.audio.levels import Meter
from salespractice.audio.listener import Accept, Listener
from salespractice.audio.listening import Speech, TakeBegan, VoiceNews
from salespractice.audio.microphone import Microphone, muted
from salespractice.audio.sound import Samples
from salespractice.audio.take import SILENT_INPUT, OpenTake, Take
from salespractice.audio.tape import Tape
from salespractice.audio.voice_activity import load as load_voice_detector
from salespractice.problem import Problem

_log = logging.getLogger(__name__)

PREROLL = 0.5
LEVELS_PER_SECOND = 20

# With PortAudio's blocks of 10 to 40 ms this is 5 to 20 s: longer than any stall that the machine recovers from.
_QUEUED_BLOCKS = 512
# How much longer than `keep_after` to wait for a device that has stopped giving blocks.
_GRACE = 1.0
# Silence after which nobody needs to be listened to any longer.
_WORD_IS_OVER = 0.15

_T = TypeVar("_T")
_Command = Callable[[], None]


class Recorder:
    """Records takes from `microphone`.

    `on_level` gets the reading of a level meter, 0 to 1 (even in decibels, -60 dBFS is 0), 20 times for each second of
    sound; `on_problem` gets a Problem as soon as the microphone is lost or the disk refuses; `on_voice` gets the speech
    of a take as it comes. All are called from the recorder's thread, must return soon, and must not call the recorder.
    A take's Problem is also in `Take.problem`.

    `patience` is how many seconds of silence make `PatienceOver`; None means that only `end_take` ends a take.

    The methods may be called from any thread, one at a time; `patience` may be changed at any time.
    """

    def __init__(
        self,
        microphone: Microphone,
        on_level: Callable[[float], None] | None = None,
        on_problem: Callable[[Problem], None] | None = None,
        on_voice: Callable[[VoiceNews], None] | None = None,
        *,
        preroll: float = PREROLL,
    ) -> None:
        self.microphone = microphone
        self._on_voice = on_voice
        self._patience: float | None = None
        self._listener: Listener | None = None
        self._on_level = on_level
        self._on_problem = on_problem
        self._preroll = preroll
        self._queue: queue.Queue[Samples | _Command | None] = queue.Queue(_QUEUED_BLOCKS)
        self._thread: threading.Thread | None = None
        self._dropped_blocks = 0
        self._lost: Problem | None = None
        self._before = Tape()  # what no take has, at the microphone's rate
        self._take: OpenTake | None = None
        self._take_dropped = 0
        self._tail: tuple[int, Future[Take]] | None = None
        self._meter: Meter | None = None

    @property
    def dropped(self) -> int:
        """Blocks lost since opening, by this program or by the system before it. Normally 0."""
        return self._dropped_blocks + self.microphone.overflows

    @property
    def patience(self) -> float | None:
        """See above."""
        return self._patience

    @patience.setter
    def patience(self, seconds: float | None) -> None:
        self._patience = seconds
        if self._listener is not None:
            self._listener.patience = seconds

    @property
    def lost(self) -> Problem | None:
        """Why no more sound comes, once the microphone is lost."""
        return self._lost

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._thread is not None

    def open(self) -> None:
        """Start to listen; does nothing when it is open.

        Raises:
            Problem: the microphone cannot be opened, or the voice detector is not installed.
        """
        if self._thread is not None:
            return
        load_voice_detector()  # here rather than in the recorder's thread at the first word
        self._queue = queue.Queue(_QUEUED_BLOCKS)
        self._dropped_blocks = 0
        self._lost = None
        self._before = Tape()
        self._listener = self._meter = None
        self._thread = threading.Thread(target=self._run, args=(self._queue,), name="recorder", daemon=True)
        self._thread.start()
        try:
            self.microphone.open(self._on_block, self._on_lost)
        except BaseException:
            self._stop()
            raise

    def begin_take(self, path: Path) -> None:
        """Start to record into `path`, beginning with up to half a second from before that no earlier take has.

        Raises:
            Problem: the microphone was lost since opening, or the folder cannot be written to.
            ValueError: the recorder is not open, or a take is being recorded.
        """

        def begin() -> None:
            if self._take is not None:
                raise ValueError("a take is being recorded")
            if self._lost is not None:
                raise self._lost
            listener = self._listening()
            listener.stop()
            self._begin(path, listener.ear.seconds - self._preroll)

        self._ask(begin)

    def await_voice(self, path: Path, accept: Accept = lambda _: True) -> None:
        """Begin a take into `path` as soon as a voice is heard, from half a second before it; `TakeBegan` says so.

        `accept` is asked first, in the recorder's thread, with what was heard since the voice began. A voice that it
        does not accept is ignored until the next pause. Replaces an earlier wait; does nothing during a take.

        Raises:
            Problem: the microphone was lost since opening.
            ValueError: the recorder is not open.
        """

        def wait() -> None:
            if self._lost is not None:
                raise self._lost
            if self._take is None:
                self._listening().wait(path, accept)

        self._ask(wait)

    def stop_waiting(self) -> None:
        """Let no voice begin a take. Does nothing when none is waited for, or a take has begun."""

        def stop() -> None:
            if self._listening().waits:
                self._listening().stop()

        if self._thread is not None:
            self._ask(stop)

    def end_take(self, *, keep_after: float = 0.2, meanwhile: Callable[[Speech], None] | None = None) -> Take:
        """Stop recording, and return the take; a live microphone is listened to for `keep_after` seconds more.

        Blocks for that time, unless a voice has just ended. `meanwhile` gets, in the calling thread, the stretch that
        was being spoken as it would be if nothing more came, so that its transcription need not wait.
        Look at `Take.problem`: a take that ended early is returned with what was heard.

        Raises:
            ValueError: no take is being recorded.
        """
        ended: Future[Take] = Future()

        def end() -> Speech | None:
            take = self._take
            if take is None:
                raise ValueError("no take is being recorded")
            listener = self._listening()
            silence = listener.ear.silence
            over = not self.microphone.live or self._lost is not None or (silence or 0.0) >= _WORD_IS_OVER
            frames = 0 if over else round(keep_after * take.rate)
            self._tail = (frames, ended)
            if frames > 0:
                return listener.so_far(take)
            self._finish()
            return None

        so_far = self._ask(end)
        if so_far is not None and meanwhile is not None:
            meanwhile(so_far)
        try:
            return ended.result(timeout=keep_after + _GRACE)
        except TimeoutError:
            self._ask(self._finish)
            return ended.result()

    def abandon_take(self) -> None:
        """Stop recording and delete the file. Does nothing when no take is being recorded."""

        def abandon() -> None:
            take, self._take, self._tail = self._take, None, None
            if take is not None:
                self._listening().stop()
                take.close()
                take.path.unlink(missing_ok=True)

        if self._thread is not None:
            self._ask(abandon)

    def close(self) -> None:
        """Stop listening. A take that was being recorded is kept on disk. Closing twice does nothing."""
        if self._thread is None:
            return
        self.microphone.close()
        self._stop()
        if self._take is not None:
            self._take.close()
            self._take = None

    def _on_block(self, block: Samples, /, *, wait: bool = False) -> None:
        try:
            self._queue.put(block, block=wait)
        except queue.Full:
            self._dropped_blocks += 1

    def _on_lost(self, problem: Problem) -> None:
        self._queue.put(lambda: self._lose(problem))

    def _lose(self, problem: Problem) -> None:
        """No more sound comes. What was heard is kept."""
        self._lost = problem
        take = self._take
        if take is not None:
            take.problem = take.problem or problem
            take.close()
            if self._tail is not None:
                self._finish()
        else:
            self._listening().stop()
        self._tell(problem)

    def _ask(self, question: Callable[[], _T]) -> _T:
        """Have the recorder's thread do something, after all blocks that came before; its answer, or its exception."""
        if self._thread is None:
            raise ValueError("the recorder is not open")
        answer: Future[_T] = Future()

        def work() -> None:
            try:
                answer.set_result(question())
            except Exception as error:  # noqa: BLE001 - it belongs to the thread that asked
                answer.set_exception(error)

        self._queue.put(work)
        return answer.result()

    def _stop(self) -> None:
        thread, self._thread = self._thread, None
        self._queue.put(None)
        if thread is not None:
            thread.join()

    def _run(self, incoming: queue.Queue[Samples | _Command | None]) -> None:
        while (item := incoming.get()) is not None:
            try:
                if not isinstance(item, np.ndarray):
                    item()
                elif self._lost is None:
                    self._hear(item)
            except Exception as error:  # noqa: BLE001 - who waits for this thread would wait for ever
                _log.exception("the recorder failed")
                self._lose(Problem("The recording stopped because of a mistake in the program.", repr(error)))

    def _listening(self) -> Listener:
        """Made when first needed: the microphone's rate is known once that is open."""
        if self._listener is None:
            self._listener = Listener(Ear(self.microphone.rate), self._tell_voice)
            self._listener.patience = self._patience
        return self._listener

    def _hear(self, block: Samples) -> None:
        listener = self._listening()
        take = self._take
        begins = listener.hear(block, recording=take is not None)
        if take is None:
            self._remember(block)
        elif self._tail is None:
            self._record(take, block)
        else:
            frames, ended = self._tail
            self._record(take, block[:frames])
            self._tail = (frames - len(block), ended)
        if begins is not None:
            self._voice_begins(*begins)
        if self._take is not None:
            listener.tell(self._take)
        else:
            listener.ear.forget()
        if self._tail is not None and self._tail[0] <= 0:
            left = -self._tail[0]
            self._finish()
            if left:
                self._remember(block[-left:])
        self._publish_level(block)

    def _begin(self, path: Path, since: float) -> None:
        """Open a take that begins at the ear's second `since`, or where what is remembered begins."""
        listener = self._listening()
        ear = listener.ear
        heard = self._before.last(round((ear.seconds - max(0.0, since)) * ear.rate))
        take = OpenTake(path, ear, ear.seconds - len(heard) / ear.rate)
        self._take, self._take_dropped = take, self.dropped
        self._before = Tape()
        take.preroll = len(heard) / take.rate
        if len(heard):
            self._record(take, heard)
        listener.follow(take)

    def _voice_begins(self, path: Path, at: float) -> None:
        try:
            self._begin(path, at - self._preroll)
        except Problem as problem:
            self._listening().stop()
            self._tell(problem)
        else:
            self._tell_voice(TakeBegan(path))

    def _tell_voice(self, news: VoiceNews) -> None:
        if self._on_voice is not None:
            self._call(self._on_voice, news)

    def _record(self, take: OpenTake, block: Samples) -> None:
        silent_before = take.zero_seconds >= SILENT_INPUT
        try:
            take.add(block)
        except Problem as problem:
            self._tell(problem)
        muted_now = take.zero_seconds >= SILENT_INPUT and not silent_before
        if muted_now and self.microphone.live and not self._listening().gated:
            self._tell(muted(self.microphone.name))

    def _remember(self, block: Samples) -> None:
        """Keep the last two seconds for the beginning of the next take."""
        self._before.add(block)
        self._before.forget_before(self._before.end - round(max(self._preroll, REMEMBERED) * self.microphone.rate))

    def _finish(self) -> None:
        """Give the take to whoever waits for its end: the full tail, a loss or a timeout, whichever comes first."""
        if self._take is None or self._tail is None:
            return
        (_, ended), take = self._tail, self._take
        self._take = self._tail = None
        try:
            # Before the file is closed: what comes next need not wait until the disk has it.
            ended.set_result(take.finished(self.dropped - self._take_dropped))
        except Exception as error:  # noqa: BLE001 - it belongs to the thread that waits
            ended.set_exception(error)
        refused = take.problem
        take.close()
        if take.problem is not None and take.problem is not refused:
            self._tell(take.problem)

    def _publish_level(self, block: Samples) -> None:
        if self._on_level is None:
            return
        if self._meter is None:
            self._meter = Meter(self.microphone.rate, LEVELS_PER_SECOND)
        for reading in self._meter.readings(block):
            self._call(self._on_level, reading)

    def _tell(self, problem: Problem) -> None:
        if self._on_problem is not None:
            self._call(self._on_problem, problem)

    def _call(self, listener: Callable[[_T], None], news: _T) -> None:
        try:
            listener(news)
        except Exception:  # noqa: BLE001 - a meter that fails must not cost the recording
            _log.exception("a listener of the recorder failed")
