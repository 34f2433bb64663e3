"""From a microphone's callback to takes on disk, without losing a sample.

One thread owns the takes. Blocks and commands go to it through one queue, so "begin" and "end" stand at exact places
in the stream of samples: what the microphone gave before `end_take` was called is in the take, however busy the
machine is.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import numpy as np

from salespractice.audio.levels import meter, rms
from salespractice.audio.microphone import Microphone
from salespractice.audio.sound import Samples
from salespractice.audio.take import OpenTake, Take
from salespractice.problem import Problem

_log = logging.getLogger(__name__)

PREROLL = 0.5
LEVELS_PER_SECOND = 20

# With PortAudio's blocks of 10 to 40 ms this is 5 to 20 s: longer than any stall that the machine recovers from.
_QUEUED_BLOCKS = 512
# How much longer than `keep_after` to wait for a device that has stopped giving blocks.
_GRACE = 1.0

_T = TypeVar("_T")
_Command = Callable[[], None]


class Recorder:
    """Records takes from `microphone`.

    `on_level` gets the reading of a level meter, 0 to 1 (even in decibels, -60 dBFS is 0), 20 times for each second of
    sound; `on_problem` gets a Problem as soon as the microphone is lost or the disk refuses. Both are called from the
    recorder's thread, must return soon, and must not call the recorder. A take's Problem is also in `Take.problem`.

    `open`, `begin_take`, `end_take`, `abandon_take` and `close` may be called from any thread, one at a time.
    """

    def __init__(
        self,
        microphone: Microphone,
        on_level: Callable[[float], None] | None = None,
        on_problem: Callable[[Problem], None] | None = None,
        *,
        preroll: float = PREROLL,
    ) -> None:
        self.microphone = microphone
        self._on_level = on_level
        self._on_problem = on_problem
        self._preroll = preroll
        self._queue: queue.Queue[Samples | _Command | None] = queue.Queue(_QUEUED_BLOCKS)
        self._thread: threading.Thread | None = None
        self._dropped_blocks = 0
        self._lost: Problem | None = None
        self._before: deque[Samples] = deque()
        self._take: OpenTake | None = None
        self._take_dropped = 0
        self._tail: tuple[int, Future[Take]] | None = None
        self._loudness: list[Samples] = []
        self._loudness_frames = 0

    @property
    def dropped(self) -> int:
        """Blocks lost since opening, by this program or by the system before it. Normally 0."""
        return self._dropped_blocks + self.microphone.overflows

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._thread is not None

    def open(self) -> None:
        """Start to listen. Raises the microphone's Problem when that cannot be opened; does nothing when it is open."""
        if self._thread is not None:
            return
        self._queue = queue.Queue(_QUEUED_BLOCKS)
        self._dropped_blocks = 0
        self._lost = None
        self._before.clear()
        self._loudness, self._loudness_frames = [], 0
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
            take = OpenTake(path, self.microphone.rate)
            self._take, self._take_dropped = take, self.dropped
            heard = _last(self._before, round(self._preroll * take.rate))
            self._before.clear()
            take.preroll = len(heard) / take.rate
            if len(heard):
                self._record(take, heard)

        self._ask(begin)

    def end_take(self, *, keep_after: float = 0.2) -> Take:
        """Stop recording, and return the take; a live microphone is listened to for `keep_after` seconds more.

        Blocks for that time. Look at `Take.problem`: a take that ended early is returned with what was heard.

        Raises:
            ValueError: no take is being recorded.
        """
        ended: Future[Take] = Future()

        def end() -> None:
            take = self._take
            if take is None:
                raise ValueError("no take is being recorded")
            frames = round(keep_after * take.rate) if self.microphone.live and self._lost is None else 0
            self._tail = (frames, ended)
            if frames <= 0:
                self._finish()

        self._ask(end)
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
        def lose() -> None:
            self._lost = problem
            take = self._take
            if take is not None:
                take.problem = take.problem or problem
                take.close()
                if self._tail is not None:
                    self._finish()
            self._tell(problem)

        self._queue.put(lose)

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
            if isinstance(item, np.ndarray):
                self._hear(item)
            else:
                item()

    def _hear(self, block: Samples) -> None:
        take = self._take
        if take is None:
            self._remember(block)
        elif self._tail is None:
            self._record(take, block)
        else:
            frames, ended = self._tail
            self._record(take, block[:frames])
            self._tail = (frames - len(block), ended)
            if frames <= len(block):
                self._finish()
                self._remember(block[frames:])
        self._publish_level(block)

    def _record(self, take: OpenTake, block: Samples) -> None:
        try:
            take.add(block)
        except Problem as problem:
            self._tell(problem)

    def _remember(self, block: Samples) -> None:
        """Keep the last half second, whole blocks of it, for the beginning of the next take."""
        self._before.append(block)
        wanted = self._preroll * self.microphone.rate
        spare = sum(map(len, self._before)) - wanted
        while self._before and len(self._before[0]) <= spare:
            spare -= len(self._before.popleft())

    def _finish(self) -> None:
        """Give the take to whoever waits for its end: the full tail, a loss or a timeout, whichever comes first."""
        if self._take is None or self._tail is None:
            return
        (_, ended), take = self._tail, self._take
        self._take = self._tail = None
        try:
            ended.set_result(take.finished(self.dropped - self._take_dropped))
        except Exception as error:  # noqa: BLE001 - it belongs to the thread that waits
            ended.set_exception(error)

    def _publish_level(self, block: Samples) -> None:
        if self._on_level is None:
            return
        step = max(1, self.microphone.rate // LEVELS_PER_SECOND)
        # A block may be longer than a step, from a source that hands over a whole file.
        for start in range(0, len(block), step):
            piece = block[start : start + step]
            self._loudness.append(piece)
            self._loudness_frames += len(piece)
            if self._loudness_frames >= step:
                loudness = rms(np.concatenate(self._loudness))
                self._loudness, self._loudness_frames = [], self._loudness_frames - step
                self._call(self._on_level, meter(loudness))

    def _tell(self, problem: Problem) -> None:
        if self._on_problem is not None:
            self._call(self._on_problem, problem)

    def _call(self, listener: Callable[[_T], None], news: _T) -> None:
        try:
            listener(news)
        except Exception:  # noqa: BLE001 - a meter that fails must not cost the recording
            _log.exception("a listener of the recorder failed")


def _last(blocks: deque[Samples], frames: int) -> Samples:
    if not blocks or frames <= 0:
        return np.zeros(0, dtype=np.float32)
    return np.concatenate(blocks)[-frames:]
