"""What a person waits for and what the program takes: start of the window, memory, the demonstration.

    python -m tests.benchmarks.bench_program [--runs N] [--demo]

Prints one table. Needs no screen: the window opens on Qt's offscreen platform unless DISPLAY is set.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
MB = 1 << 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--demo", action="store_true", help="also run the demonstration once (half a minute)")
    arguments, _ = parser.parse_known_args()
    rows = _window(arguments.runs)
    if arguments.demo:
        rows.append(("demonstration, both reps", _demo()))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"| {name:<{width}} | {value:>16} |")


def _window(runs: int) -> list[tuple[str, str]]:
    shown, ready, window, child = [], [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as data:
            environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
            if "DISPLAY" not in environment:
                environment["QT_QPA_PLATFORM"] = "offscreen"
            started = time.perf_counter()
            program = subprocess.Popen(
                [sys.executable, "main.py", "--data", data, "--report-ready", "--report-events"],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert program.stdout is not None
            try:
                for line in program.stdout:
                    if line.startswith("ready"):
                        shown.append(time.perf_counter() - started)
                    if "HearingSettled" in line:
                        ready.append(time.perf_counter() - started)
                        break
                process = psutil.Process(program.pid)
                window.append(process.memory_info().rss / MB)
                children = [one.memory_info().rss / MB for one in process.children(recursive=True)]
                child.append(max(children, default=0.0))
            finally:
                program.terminate()
                program.wait()
    return [
        ("process start to a window that takes input", f"{statistics.median(shown):.2f} s"),
        ("process start to Whisper base ready", f"{statistics.median(ready):.2f} s"),
        ("memory of the window's process", f"{statistics.median(window):.0f} MB"),
        ("memory of the transcription process", f"{statistics.median(child):.0f} MB"),
    ]


def _demo() -> str:
    with tempfile.TemporaryDirectory() as out:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "main.py", "demo", "--out", out], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
        )
        return f"{time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    main()
