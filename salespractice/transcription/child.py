"""The transcription process: loads one model, then answers requests until the pipe closes.

Texts go before word times: while a request waits, the words of the one before it wait too, because the customer's reply
hangs on the text alone. Captions of unfinished speech give way to everything. torch and whisper are imported here and
in what this module imports late, nowhere else.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from salespractice.problem import Problem
from salespractice.transcription.messages import Doubt, Dropped, Failed, Ready, Reply, Request, Text, Words
from salespractice.transcription.models import FoundModel
from salespractice.transcription.stretches import SAMPLE_RATE, Span
from salespractice.transcription.thrift import be_thrifty, give_memory_back

if TYPE_CHECKING:
    from salespractice.transcription.fast_whisper import FastWhisper, Heard


def main(connection: Connection, model: FoundModel, threads: int) -> None:
    """Run until the other side closes the pipe or dies. Never raises: what goes wrong is sent as `Failed`."""
    started = time.monotonic()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches us too; the program decides, not we
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    # Receiving in a thread of its own keeps the program's sends short, and ends us at once even in mid-decode.
    threading.Thread(target=_receive, args=(connection, requests), daemon=True).start()
    try:
        whisper = _load(model, threads)
    except Exception as error:  # noqa: BLE001 - whatever it is, it has to reach the person
        connection.send(Failed(None, _portable(error)))
        return
    connection.send(Ready(time.monotonic() - started))
    with contextlib.suppress(OSError):  # the pipe closed while we were answering
        _serve(whisper, requests, connection.send)


def _receive(connection: Connection, requests: queue.SimpleQueue[Request]) -> None:
    try:
        while True:
            requests.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def _load(model: FoundModel, threads: int) -> FastWhisper:
    warnings.simplefilter("ignore")  # nobody reads this process's stderr, and its libraries warn at every start
    # OpenMP's threads otherwise wait for each other by spinning: on a busy machine that takes ten times as long.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    be_thrifty()
    import torch

    from salespractice.transcription.checkpoint import load
    from salespractice.transcription.fast_whisper import FastWhisper

    torch.set_num_threads(threads)
    return FastWhisper(load(model))


@dataclass(frozen=True)
class _Unaligned:
    """A request whose text is sent and whose word times are still owed."""

    request: Request
    heard: tuple[tuple[Heard, Span], ...]


def _serve(
    whisper: FastWhisper,
    requests: queue.SimpleQueue[Request],
    send: Callable[[Reply], None],
) -> None:
    from salespractice.transcription.fast_whisper import Unwanted

    owed: deque[_Unaligned] = deque()
    drafts = _Drafts()
    while True:
        if not owed or not requests.empty():
            if not owed and requests.empty():
                give_memory_back()
            request = requests.get()
            for old in [one for one in owed if request.stretch and one.request.stretch == request.stretch]:
                owed.remove(old)
                send(Dropped(old.request.number))
            unwanted = _waiting(requests) if request.caption else bool
            try:
                heard = _hear(whisper, request, drafts.of(request), unwanted)
                drafts.keep(request, heard)
                send(_text(request, heard))
                if not request.caption:
                    owed.append(_Unaligned(request, heard))
            except Unwanted:
                send(Dropped(request.number))
            except Exception as error:  # noqa: BLE001 - one bad request must not cost the others their answers
                send(Failed(request.number, _portable(error)))
            continue
        unaligned = owed.popleft()
        number = unaligned.request.number
        try:
            send(_words(whisper, unaligned))
        except Exception as error:  # noqa: BLE001
            send(Failed(number, _portable(error)))


def _waiting(requests: queue.SimpleQueue[Request]) -> Callable[[], bool]:
    return lambda: not requests.empty()


class _Drafts:
    """What was heard of the stretch that is being spoken, before its last words came."""

    def __init__(self) -> None:
        self._stretch = ""
        self._tokens: tuple[int, ...] = ()

    def of(self, request: Request) -> tuple[int, ...]:
        return self._tokens if request.stretch and request.stretch == self._stretch else ()

    def keep(self, request: Request, heard: tuple[tuple[Heard, Span], ...]) -> None:
        self._stretch = request.stretch if len(heard) == 1 else ""
        self._tokens = heard[0][0].tokens if self._stretch else ()


def _hear(
    whisper: FastWhisper, request: Request, draft: tuple[int, ...], unwanted: Callable[[], bool]
) -> tuple[tuple[Heard, Span], ...]:
    pieces = []
    for start, end in request.spans:
        samples = request.samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        if len(samples):
            heard = whisper.hear(
                samples, language=request.language, prompt=request.prompt, draft=draft, unwanted=unwanted
            )
            pieces.append((heard, (start, end)))
    return tuple(pieces)


def _text(request: Request, pieces: tuple[tuple[Heard, Span], ...]) -> Text:
    text = " ".join(heard.text for heard, _ in pieces if heard.text)
    begin = request.start
    doubts = tuple(Doubt(begin + start, begin + end, heard.doubt) for heard, (start, end) in pieces if heard.doubt)
    return Text(request.number, text, doubts)


def _words(whisper: FastWhisper, unaligned: _Unaligned) -> Words:
    from salespractice.transcription.word_times import word_times

    language, begin = unaligned.request.language, unaligned.request.start
    return Words(
        unaligned.request.number,
        tuple(
            word
            for heard, (start, _) in unaligned.heard
            for word in word_times(whisper.model, heard, language=language, offset=begin + start)
        ),
    )


def _portable(error: Exception) -> Exception:
    """The error in a form that surely survives the pipe: a `Problem` as it is, a bug as text with its traceback."""
    if isinstance(error, Problem):
        return Problem(error.what, error.why, error.way_out)
    return RuntimeError("".join(traceback.format_exception(error)))
