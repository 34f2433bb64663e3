"""Nothing outlives its test: a thread or a process that is still running fails it, naming where it was started."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

import psutil
import pytest

PATIENCE = 3.0
"""Seconds that what a test has told to stop may take to be gone."""

_TESTS = Path(__file__).resolve().parent
_OURS = (str(_TESTS) + os.sep, str(_TESTS.parent / "salespractice") + os.sep)
_SHARED_BY_ALL = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
_OF_LIBRARIES = {"TMonitor"}  # tqdm's watcher of progress bars, which whisper starts

_started_at: WeakKeyDictionary[threading.Thread, traceback.StackSummary] = WeakKeyDictionary()
_start = threading.Thread.start


def _start_and_remember(self: threading.Thread) -> None:
    stack = traceback.walk_stack(sys._getframe(1))
    _started_at[self] = traceback.StackSummary.extract(stack, limit=40, lookup_lines=False)
    _start(self)


threading.Thread.start = _start_and_remember  # type: ignore[method-assign]


def place_of(thread: threading.Thread) -> str | None:
    """Where our code or a test started this thread, as `file:line in function`; None for a thread of other origin."""
    for frame in _started_at.get(thread, ()):
        if frame.filename.startswith(_OURS) and frame.filename != __file__:
            return f"{Path(frame.filename).relative_to(_TESTS.parent)}:{frame.lineno} in {frame.name}"
    return None


def running_threads() -> set[threading.Thread]:
    """The threads that our code or a test has started and that have not ended."""
    return {
        thread
        for thread in threading.enumerate()
        if type(thread).__name__ not in _OF_LIBRARIES and place_of(thread) is not None
    }


def child_processes() -> set[int]:
    """The process numbers of this process's children, ended ones that nobody has waited for included."""
    try:
        # Asking the kernel takes 50 µs; psutil looks at every process of the machine.
        tasks = [Path(task, "children").read_text() for task in Path("/proc/self/task").iterdir()]
    except OSError:
        return {child.pid for child in psutil.Process().children()}
    return {int(number) for numbers in tasks for number in numbers.split()}


def left_behind(threads: set[threading.Thread], children: set[int], patience: float = PATIENCE) -> list[str]:
    """What runs now, and did not when `threads` and `children` were seen; waits for `patience` seconds in all.

    Such processes are ended, so that one test's mistake does not become the next one's.
    """
    left = []
    for thread in running_threads() - threads:
        thread.join(patience)
        if thread.is_alive():
            left.append(f"the thread {thread.name!r}, started at {place_of(thread)}")
    processes = [process for number in child_processes() - children if (process := _running(number)) is not None]
    for process in psutil.wait_procs(processes, timeout=patience)[1]:
        left.append(f"the process {process.pid}: {' '.join(process.cmdline())}")
        process.kill()
        process.wait()
    return left


def _running(number: int) -> psutil.Process | None:
    """This child, unless it has ended or is one that multiprocessing keeps until the program ends."""
    try:
        process = psutil.Process(number)
        if process.status() == psutil.STATUS_ZOMBIE or any(
            name in " ".join(process.cmdline()) for name in _SHARED_BY_ALL
        ):
            return None
    except psutil.NoSuchProcess:
        return None
    return process


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread or a process running. Those of a longer-lived fixture began before it."""
    threads, children = running_threads(), child_processes()
    yield
    left = left_behind(threads, children)
    if left:
        pytest.fail("this test left running: " + "; ".join(left), pytrace=False)
