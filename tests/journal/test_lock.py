"""A practice is held as long as its program lives, and not a moment longer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from salespractice.journal.lock import PracticeLock, is_held
from salespractice.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0

# It starts a process of its own, as it does for transcription, which ends with its input and so outlives a kill.
HOLD = """
import subprocess, sys
from pathlib import Path
from salespractice.journal.lock import PracticeLock
lock = PracticeLock(Path(sys.argv[1]))
lock.acquire()
subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"])
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holder(takes: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the practice until its input ends, or it is killed."""
    command = [sys.executable, "-c", HOLD, str(takes)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program


def test_held_from_acquire_to_release_and_no_trace_after(tmp_path: Path) -> None:
    takes = tmp_path / "takes" / "abc"
    assert not is_held(takes)
    lock = PracticeLock(takes)
    lock.acquire()
    lock.acquire()
    assert lock.held
    assert is_held(takes)
    lock.release()
    lock.release()
    assert not lock.held
    assert not is_held(takes)
    assert not takes.exists()


def test_takes_stay_when_it_is_released(tmp_path: Path) -> None:
    with PracticeLock(tmp_path):
        (tmp_path / "01.wav").touch()
    assert [path.name for path in tmp_path.iterdir()] == ["01.wav"]


def test_any_thread_may_release_it(tmp_path: Path) -> None:
    lock = PracticeLock(tmp_path / "abc")
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    thread.join()
    assert is_held(tmp_path / "abc")
    lock.release()
    assert not is_held(tmp_path / "abc")


def test_nobody_else_gets_it(tmp_path: Path) -> None:
    with PracticeLock(tmp_path), pytest.raises(Problem, match="running already"):
        PracticeLock(tmp_path).acquire()
    with holder(tmp_path) as program:
        assert is_held(tmp_path)
        with pytest.raises(Problem, match="running already"):
            PracticeLock(tmp_path).acquire()
        program.communicate("")


def test_kill_9_gives_it_back(tmp_path: Path) -> None:
    with holder(tmp_path) as program:
        assert is_held(tmp_path)
        (child,) = psutil.Process(program.pid).children()
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        assert child.is_running()
        assert not is_held(tmp_path)
        with PracticeLock(tmp_path) as lock:
            assert lock.held
    child.wait(PATIENCE)


def test_a_folder_that_cannot_be_made_keeps_nobody_from_practising(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lock = PracticeLock(tmp_path / "file" / "abc")
    lock.acquire()
    assert not lock.held
    lock.release()
