"""An answer in the making: its text, which comes first, and its words with their times, which come behind it."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from typing import TypeVar

from salespractice.language.transcript import Transcript
from salespractice.transcription.messages import Doubt

_T = TypeVar("_T")
_P = TypeVar("_P")


@dataclass(frozen=True, slots=True)
class Transcription:
    """An answer in the making. `text` comes first and is final; `transcript` repeats it with the word times.

    `doubts` comes with the text: the stretches that may be wrong, and why. All three carry the same exception when
    transcription fails, and are cancelled when the transcriber is closed.
    """

    text: Future[str] = field(default_factory=Future)
    transcript: Future[Transcript] = field(default_factory=Future)
    doubts: Future[tuple[Doubt, ...]] = field(default_factory=Future)


def nothing_said() -> Transcription:
    """The transcription of silence, complete."""
    transcription = Transcription()
    settle(transcription.text, "")
    settle(transcription.doubts, ())
    settle(transcription.transcript, Transcript(""))
    return transcription


def joined(parts: Sequence[Transcription]) -> Transcription:
    """Parts of one take, in order, as one: done when all are, and failed or cancelled when one is."""
    if len(parts) == 1:
        return parts[0]
    whole = nothing_said() if not parts else Transcription()
    _when_all([part.text for part in parts], whole.text, lambda texts: " ".join(text for text in texts if text))
    _when_all([part.doubts for part in parts], whole.doubts, lambda doubts: tuple(itertools.chain(*doubts)))
    _when_all([part.transcript for part in parts], whole.transcript, _one_transcript)
    return whole


def mapped(
    part: Transcription, text: Callable[[str], str], transcript: Callable[[Transcript], Transcript]
) -> Transcription:
    """The same with another text and transcript."""
    whole = Transcription(doubts=part.doubts)
    _when_all([part.text], whole.text, lambda texts: text(texts[0]))
    _when_all([part.transcript], whole.transcript, lambda parts: transcript(parts[0]))
    return whole


def _one_transcript(parts: Sequence[Transcript]) -> Transcript:
    text = " ".join(part.text for part in parts if part.text)
    return Transcript(text, tuple(itertools.chain(*(part.words for part in parts))))


def _when_all(parts: Sequence[Future[_P]], whole: Future[_T], join: Callable[[Sequence[_P]], _T]) -> None:
    waiting, lock = len(parts), threading.Lock()

    def one_is_done(part: Future[_P]) -> None:
        nonlocal waiting
        with lock:
            waiting -= 1
            last = waiting == 0
        if part.cancelled():
            whole.cancel()
        elif error := part.exception():
            with contextlib.suppress(InvalidStateError):
                whole.set_exception(error)
        elif last and all(not one.cancelled() and one.exception() is None for one in parts):
            try:
                settle(whole, join([one.result() for one in parts]))
            except Exception as problem:  # noqa: BLE001 - it belongs to whoever waits
                settle_error(whole, problem)

    for part in parts:
        part.add_done_callback(one_is_done)


def futures(transcription: Transcription) -> tuple[Future[str], Future[Transcript], Future[tuple[Doubt, ...]]]:
    """All of its parts."""
    return transcription.text, transcription.transcript, transcription.doubts


def settle(future: Future[_T], value: _T) -> None:
    """Set a result that the caller may have cancelled."""
    with contextlib.suppress(InvalidStateError):  # the caller may have cancelled it
        future.set_result(value)


def settle_error(future: Future[_T], error: Exception) -> None:
    """Set an exception that the caller may have cancelled."""
    with contextlib.suppress(InvalidStateError):
        future.set_exception(error)


def fail(transcription: Transcription, error: Exception) -> None:
    """Let all of it fail."""
    for future in futures(transcription):
        with contextlib.suppress(InvalidStateError):
            future.set_exception(error)
