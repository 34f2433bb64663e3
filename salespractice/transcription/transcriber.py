"""Transcription as the program sees it: give it samples, get the text and, a moment later, the words with their times.

The work is done in a process of its own (child.py), so that neither torch nor a crash ever reaches the window. One
thread here owns that process: it starts it, feeds it, settles the futures, and starts it again when it dies.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import queue
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from salespractice.language.transcript import Transcript
from salespractice.problem import Problem
from salespractice.transcription import child
from salespractice.transcription.messages import Dropped, Ready, Reply, Request, Text, Words
from salespractice.transcription.models import FoundModel
from salespractice.transcription.stretches import SAMPLE_RATE, Span, stretches
from salespractice.transcription.transcribed import Transcription, fail, futures, nothing_said, settle, settle_error

_TRIES = 2  # a request that took its process down twice would do so for ever
_FRUITLESS = 3  # so many processes in a row that died before they had answered anything


class Transcriber(Protocol):
    """Turns speech into text, in the background."""

    @property
    def ready(self) -> Future[float]:
        """Done when the first answer would come without a wait; carries the `Problem` when none ever will."""

    def start(self) -> None:
        """Begin to get ready; returns at once."""

    def transcribe(
        self,
        samples: NDArray[np.float32],
        spans: Iterable[Span],
        *,
        language: str = "en",
        prompt: str = "",
        start: float = 0.0,
        stretch: str = "",
    ) -> Transcription:
        """Transcribe the `spans` of speech, in seconds, of mono 16 kHz `samples`; returns at once.

        `start` is where in the take the samples begin, in seconds; all times that come back count from the take's
        beginning. `stretch` names speech that grows from request to request: each one replaces the ones before it
        (whose transcripts are cancelled) and gains from what they found.
        """

    def caption(
        self, samples: NDArray[np.float32], *, stretch: str, language: str = "en", prompt: str = ""
    ) -> Future[str]:
        """A first guess at a stretch that is not finished; cancelled as soon as anything else is asked for."""

    def close(self) -> None:
        """Stop, at once; unfinished transcriptions are cancelled."""


@dataclass(slots=True)
class _Pending:
    request: Request
    transcription: Transcription
    tries: int = 0
    text: str = ""


class WhisperTranscriber:
    """Whisper in a spawned process. `ready` gives the seconds that loading the model took."""

    def __init__(self, model: FoundModel, *, threads: int = 2) -> None:
        self.ready: Future[float] = Future()
        self._model = model
        self._threads = threads
        self._numbers = itertools.count()
        self._lock = threading.Lock()  # guards what follows, except where only the owner thread goes
        self._pending: dict[int, _Pending] = {}
        self._outbox: queue.SimpleQueue[_Pending] = queue.SimpleQueue()
        self._pid: int | None = None
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._failure: Exception | None = None
        self._closing = False
        self._owner: threading.Thread | None = None
        self._woken: Connection
        self._waker: Connection

    @property
    def child_pid(self) -> int | None:
        """The process that does the work, None before it runs and after `close`."""
        return self._pid

    def start(self) -> None:
        """Spawn the process; returns at once. A second call does nothing."""
        with self._lock:
            if self._owner is not None or self._closing:
                return
            _occupy_standard_streams()
            self._woken, self._waker = multiprocessing.Pipe(duplex=False)
            # A daemon, so that a program which forgets to close us can still end; the child then sees its pipe close.
            self._owner = threading.Thread(target=self._own, name="transcriber", daemon=True)
            self._owner.start()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        spans: Iterable[Span],
        *,
        language: str = "en",
        prompt: str = "",
        start: float = 0.0,
        stretch: str = "",
    ) -> Transcription:
        """Queue an answer. Without spans of speech the empty transcript is there at once, and nothing is decoded."""
        samples = np.ascontiguousarray(samples, dtype=np.float32)
        pieces = tuple(stretches(samples, spans))
        if not pieces:
            return nothing_said()
        return self._ask(Request(next(self._numbers), samples, pieces, language, prompt, start, stretch))

    def caption(
        self, samples: NDArray[np.float32], *, stretch: str, language: str = "en", prompt: str = ""
    ) -> Future[str]:
        """Queue a caption; needs no more than half a minute of samples."""
        samples = np.ascontiguousarray(samples, dtype=np.float32)
        whole = ((0.0, len(samples) / SAMPLE_RATE),)
        return self._ask(
            Request(next(self._numbers), samples, whole, language, prompt, 0.0, stretch, caption=True)
        ).text

    def _ask(self, request: Request) -> Transcription:
        transcription = Transcription()
        self.start()
        with self._lock:
            if self._closing:
                raise Problem("Transcription was stopped.", way_out="Start the practice again, or type the answer.")
            if self._failure is not None:
                fail(transcription, self._failure)
                return transcription
            pending = self._pending[request.number] = _Pending(request, transcription)
            self._outbox.put(pending)
            self._waker.send_bytes(b"!")
        return transcription

    def close(self) -> None:
        """Kill the process (it holds nothing worth saving), end the thread, cancel what is unfinished."""
        with self._lock:
            first, self._closing = not self._closing, True
            if self._owner is not None and first:
                with contextlib.suppress(OSError):  # the thread is gone already
                    self._waker.send_bytes(b"!")
            if self._process is not None:
                self._process.kill()
        if self._owner is None:
            self.ready.cancel()
        elif self._owner is not threading.current_thread():
            self._owner.join()
            if first:  # of two threads that close, one
                self._waker.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What follows runs in the owner thread.

    def _own(self) -> None:
        fruitless = 0
        while self._spawn():
            answered = self._converse()
            exit_code = self._bury()
            if self._closing or self._failure is not None:
                break
            self._resend(exit_code)
            fruitless = 0 if answered else fruitless + 1
            if fruitless == _FRUITLESS:
                why = f"With the model {self._model.name} it ended {fruitless} times by itself (exit code {exit_code})."
                self._give_up(Problem("The transcription process does not run", why, _FREE_MEMORY))
                break
        with self._lock:
            unfinished, self._pending = list(self._pending.values()), {}
        self.ready.cancel()
        for pending in unfinished:
            for future in futures(pending.transcription):
                future.cancel()
        self._woken.close()

    def _spawn(self) -> bool:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=child.main, args=(theirs, self._model, self._threads), name="transcription", daemon=True
        )
        with self._lock:
            if self._closing:
                ours.close()
                theirs.close()
                return False
            try:
                process.start()
            except Exception as error:  # noqa: BLE001 - no memory, no more processes; nobody above catches
                self._failure = Problem("The transcription process cannot be started", str(error), _FREE_MEMORY)
            else:
                self._process, self._connection, self._pid = process, ours, process.pid
            theirs.close()
        if self._failure is not None:
            ours.close()
            self._give_up(self._failure)
            return False
        return True

    def _converse(self) -> bool:
        """Exchange messages until the process ends or we close. Whether it answered anything."""
        assert self._connection is not None
        connection, answered = self._connection, False
        with contextlib.suppress(EOFError, OSError):  # how a dead process looks from here
            while not self._closing and self._failure is None:
                readable = wait([connection, self._woken])
                if self._woken in readable:
                    self._woken.recv_bytes()
                self._send_outbox(connection)
                if connection in readable:
                    reply: Reply = connection.recv()
                    answered = answered or isinstance(reply, Text)
                    self._take(reply)
        return answered

    def _send_outbox(self, connection: Connection) -> None:
        waiting = []
        while not self._outbox.empty():  # nobody else takes from it
            waiting.append(self._outbox.get_nowait())
        for pending in waiting:  # before any is sent: the process may die of the first and still be the second's try
            pending.tries += 1
        for pending in waiting:
            connection.send(pending.request)

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Ready):
            settle(self.ready, reply.seconds)
        elif isinstance(reply, Text):
            if pending := self._pending.get(reply.number):
                pending.text = reply.text
                settle(pending.transcription.doubts, reply.doubts)
                settle(pending.transcription.text, reply.text)
                if pending.request.caption:
                    self._forget(reply.number)
        elif isinstance(reply, Dropped):
            if pending := self._forget(reply.number):
                for future in futures(pending.transcription):
                    future.cancel()
        elif isinstance(reply, Words):
            if pending := self._forget(reply.number):
                settle(pending.transcription.transcript, Transcript(pending.text, reply.words))
        elif reply.number is None:
            self._give_up(reply.error)
        elif pending := self._forget(reply.number):
            fail(pending.transcription, reply.error)

    def _bury(self) -> int | None:
        """Make sure that the process is gone; its exit code."""
        with self._lock:
            process, self._process, self._pid = self._process, None, None
            connection, self._connection = self._connection, None
        assert process is not None
        assert connection is not None
        connection.close()
        process.kill()
        process.join()
        exit_code = process.exitcode
        # A program that ends without closing us may have waited for the process already; then it counts as running.
        with contextlib.suppress(ValueError):
            process.close()
        return exit_code

    def _resend(self, exit_code: int | None) -> None:
        """Queue again what the dead process left unanswered; what killed it twice fails."""
        with self._lock:
            while not self._outbox.empty():
                self._outbox.get_nowait()
            pending = sorted(self._pending.values(), key=lambda each: each.request.number)
            for each in pending:
                if each.tries < _TRIES:
                    self._outbox.put(each)
            self._waker.send_bytes(b"!")
        for each in pending:
            if each.tries >= _TRIES and self._forget(each.request.number):
                why = f"The transcription process ended twice while working on it (exit code {exit_code})."
                fail(each.transcription, Problem("This answer could not be transcribed", why, _FREE_MEMORY))

    def _give_up(self, error: Exception) -> None:
        with self._lock:
            self._failure = error
            pending, self._pending = list(self._pending.values()), {}
        settle_error(self.ready, error)
        for each in pending:
            fail(each.transcription, error)

    def _forget(self, number: int) -> _Pending | None:
        with self._lock:
            return self._pending.pop(number, None)


_FREE_MEMORY = "Close other programs to free memory and try again. The recording is safe: it can be transcribed later."


def _occupy_standard_streams() -> None:
    """Open /dev/null in place of a closed standard stream.

    A program started without them would hand its pipe to the child as file 0, which multiprocessing closes there.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
