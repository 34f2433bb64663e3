"""A screen that exists for one test: Xvfb with a window manager, and hands that press its keys."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class VirtualScreen:
    """An X server on a number of its own. Programs see it when they are started with `environment`."""

    def __init__(self, width: int = 1280, height: int = 860) -> None:
        reading, writing = os.pipe()
        screen = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *screen], pass_fds=[writing], stderr=subprocess.DEVNULL
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()  # written once it listens
        self.environment = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(["openbox"], env=os.environ | self.environment, stderr=subprocess.DEVNULL)

    def keys(self, *words: str) -> None:
        """What xdotool does with `words`, such as `key Return`, `keydown space`, `type hello`."""
        subprocess.run(["xdotool", *words], env=os.environ | self.environment, check=True)

    def has_window(self, title: str) -> bool:
        """Whether the window with this title has the focus."""
        found = subprocess.run(
            ["xdotool", "getactivewindow", "getwindowname"],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return title in found.stdout

    def photograph(self, path: Path) -> None:
        """The whole screen as a PNG, where ImageMagick is installed."""
        subprocess.run(["import", "-window", "root", str(path)], env=os.environ | self.environment, check=True)

    def close(self) -> None:
        """Take it away."""
        for process in (self._manager, self._server):
            process.terminate()
            process.wait()


@contextmanager
def virtual_screen() -> Iterator[VirtualScreen]:
    """A screen for the length of a `with`."""
    screen = VirtualScreen()
    try:
        yield screen
    finally:
        screen.close()


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    """A screen for one test."""
    with virtual_screen() as made:
        yield made
