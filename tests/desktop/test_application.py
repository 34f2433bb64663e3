"""The program as a process: it says when it is ready, ends in order when it is asked to, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from salespractice.settings import Settings, write_settings


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("asked_by", [signal.SIGTERM, signal.SIGINT])
def test_ends_in_order_when_it_is_asked_to(tmp_path: Path, asked_by: signal.Signals) -> None:
    with _started(tmp_path) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("ready ")
        _until_line(program, "ScenariosShown")
        program.send_signal(asked_by)
        assert program.wait(30) == 0
        rest = program.stdout.read()
    assert "Traceback" not in rest
    assert (tmp_path / "journal.db").exists()
    assert (tmp_path / "window.ini").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_transcription_process_ends_with_the_window(tmp_path: Path) -> None:
    write_settings(tmp_path / "settings.json", Settings(model="tiny.en"))
    with _started(tmp_path) as program:
        _until_line(program, "HearingSettled")
        children = psutil.Process(program.pid).children(recursive=True)
        assert children
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
    assert psutil.wait_procs(children, timeout=10)[1] == []


def test_damaged_journal_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"no database" * 1000)
    with _started(tmp_path) as program:
        _until_line(program, "JournalRefused")
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 2


ROOT = Path(__file__).resolve().parents[2]


def _started(data: Path) -> subprocess.Popen[str]:
    if not (data / "settings.json").exists():
        write_settings(data / "settings.json", Settings(model_file=data / "no-such-model.pt"))
    return subprocess.Popen(
        [sys.executable, "main.py", "--data", str(data), "--report-ready", "--report-events"],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )


def _until_line(program: subprocess.Popen[str], words: str) -> None:
    assert program.stdout is not None
    for line in program.stdout:
        if words in line:
            return
    raise AssertionError(f"it ended without saying {words}")
