"""A practice is held by the program in which it runs; the system gives it back however that program ends.

So a practice that the journal calls running and that nobody holds was cut off: by a kill, a crash or a power cut.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from salespractice.problem import Problem

if TYPE_CHECKING:
    from filelock import BaseFileLock

_log = logging.getLogger(__name__)

_NAME = ".running"
_PATIENCE = 1.0  # seconds; whoever only looks whether it is held has it for an instant


class PracticeLock:
    """The lock of the practice whose takes are in the folder `takes`. Any thread may acquire and release it."""

    def __init__(self, takes: Path) -> None:
        self._path = takes / _NAME
        self._lock: BaseFileLock | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._lock is not None

    def acquire(self) -> None:
        """Hold the practice until `release`, or until this program ends; makes the folder. A second call does nothing.

        A disk that has no locks, or no room for one, does not keep anybody from practising: then nobody holds it.

        Raises:
            Problem: it is held elsewhere.
        """
        from filelock import Timeout

        if self._lock is not None:
            return
        lock = _file_lock(self._path)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            raise Problem(
                "This practice is running already.", "Another window or terminal has it.", "Go on there, or close it."
            ) from None
        except OSError as error:
            _log.warning("%s cannot be locked: %s", self._path.parent, error)
            return
        self._lock = lock

    def release(self) -> None:
        """Let go, and leave no trace: a folder without a take goes too. Does nothing where it is not held."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        # While it is still held, so that nobody gets a lock on a file that is about to go. Windows deletes afterwards.
        if os.name == "posix":
            self._path.unlink(missing_ok=True)
        lock.release()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            self._path.parent.rmdir()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def is_held(takes: Path) -> bool:
    """Whether a program, this one included, holds the practice whose takes are in this folder."""
    from filelock import Timeout

    path = takes / _NAME
    if not path.exists():
        return False
    lock = _file_lock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _file_lock(path: Path) -> BaseFileLock:
    from filelock import FileLock

    # A substitute made of a mere file would outlive a kill, and is not wanted.
    return FileLock(path, thread_local=False, fallback_to_soft=False)
