"""No screen is a problem that is told, not a program that aborts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from salespractice.display import check_display
from salespractice.problem import Problem

NOWHERE = ":9973"


def test_no_screen_at_all() -> None:
    with pytest.raises(Problem, match="there is no screen"):
        check_display({}, "linux")


def test_screen_that_does_not_answer() -> None:
    with pytest.raises(Problem, match=r"does not answer|libraries are missing"):
        check_display({"DISPLAY": NOWHERE}, "linux")


def test_where_there_always_is_one() -> None:
    check_display({}, "win32")
    check_display({}, "darwin")
    check_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")


@pytest.mark.parametrize("screen", [{}, {"DISPLAY": NOWHERE}, {"WAYLAND_DISPLAY": "nothing-there"}])
def test_the_program_says_so_and_ends_with_2(screen: dict[str, str], tmp_path: Path) -> None:
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in gone} | screen
    ended = subprocess.run(
        [sys.executable, "main.py", "--data", str(tmp_path)],
        env=environment,
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 2
    assert "The window cannot open" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
