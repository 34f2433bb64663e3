"""Work that must not hold up the window: what to do, what to do with its result, what to do with its problem."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from salespractice.problem import Problem

_T = TypeVar("_T")
_CLOSING = 10.0  # seconds for what is still running when the window has gone


class Background(QObject):
    """Runs each piece of work in a thread of its own. Results arrive in the window's thread.

    A plain thread, not a QThread: one that is busy when the program ends costs a moment, not an abort.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: set[threading.Thread] = set()
        self._closed = False
        self._finished.connect(self._deliver)

    def run(
        self,
        work: Callable[[], _T],
        on_done: Callable[[_T], object],
        on_problem: Callable[[Problem], object],
        name: str = "background",
    ) -> None:
        """Do `work`; then give its result to `on_done`, or its `Problem` to `on_problem`. Anything else is a bug."""
        if self._closed:
            return
        thread = threading.Thread(target=self._work, args=(work, on_done, on_problem), name=name, daemon=True)
        self._threads.add(thread)
        thread.start()

    def close(self) -> None:
        """Wait for what is running; nothing is delivered any more."""
        self._closed = True
        for thread in self._threads:
            thread.join(_CLOSING)
        self._threads.clear()

    @property
    def busy(self) -> bool:
        """Whether something has not been delivered yet."""
        return bool(self._threads)

    def _work(
        self, work: Callable[[], _T], on_done: Callable[[_T], object], on_problem: Callable[[Problem], object]
    ) -> None:
        try:
            result = work()
        except Problem as problem:
            delivery: tuple[object, Callable[[], object]] = (on_problem, partial(on_problem, problem))
        except Exception as error:  # noqa: BLE001 - raised again where the crash report is made
            delivery = (self, partial(_raise, error))
        else:
            delivery = (on_done, partial(on_done, result))
        if not self._closed:
            self._finished.emit((threading.current_thread(), *delivery))

    @Slot(object)
    def _deliver(self, delivery: tuple[threading.Thread, object, Callable[[], object]]) -> None:
        thread, receiver, deliver = delivery
        self._threads.discard(thread)
        owner: Any = getattr(receiver, "__self__", None)
        gone = isinstance(owner, QObject) and not shiboken6.isValid(owner)
        if not self._closed and not gone:
            deliver()


def _raise(error: Exception) -> None:
    raise error
