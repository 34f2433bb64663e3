"""The guard that every test runs under does notice what it is there for."""

from __future__ import annotations

import subprocess
import sys
import threading

from tests.leftovers import child_processes, left_behind, running_threads


def test_a_thread_that_goes_on_is_named_with_the_place_that_started_it() -> None:
    threads, children = running_threads(), child_processes()
    enough = threading.Event()
    thread = threading.Thread(target=enough.wait, name="forgotten", daemon=True)
    thread.start()
    try:
        (left,) = left_behind(threads, children, patience=0.01)
    finally:
        enough.set()
        thread.join()
    assert "'forgotten'" in left
    assert "architecture/test_leftovers.py" in left.replace("\\", "/")


def test_a_process_that_goes_on_is_named_and_ended() -> None:
    threads, children = running_threads(), child_processes()
    with subprocess.Popen([sys.executable, "-c", "input()  # forgotten"], stdin=subprocess.PIPE):
        (left,) = left_behind(threads, children, patience=0.01)
    assert "forgotten" in left


def test_what_ends_in_time_is_no_leftover() -> None:
    threads, children = running_threads(), child_processes()
    threading.Thread(target=lambda: None).start()
    with subprocess.Popen([sys.executable, "-c", "pass"]):
        pass
    assert left_behind(threads, children) == []


def test_a_process_that_ended_and_was_not_waited_for_is_no_leftover() -> None:
    threads, children = running_threads(), child_processes()
    process = subprocess.Popen([sys.executable, "-c", "pass"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.read() == b""
    left = left_behind(threads, children)
    process.stdout.close()
    process.wait()
    assert left == []
