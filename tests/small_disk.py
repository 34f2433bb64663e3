"""A disk so small that a test can fill it: a tmpfs of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A new disk of `size` (such as 20m) under `folder`; the test is skipped where nobody may mount one."""
    disk = folder / "disk"
    disk.mkdir()
    try:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)]
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a small disk can be mounted on Linux, and by root alone")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, leave: int = 0) -> None:
    """Take all that is free, but for `leave` bytes, as another program would."""
    with (disk / "filler").open("ab", buffering=0) as filler:
        room = os.statvfs(disk)
        spare = max(0, room.f_bavail * room.f_frsize - leave)
        filler.write(bytes(spare))
        if not leave:
            with suppress(OSError):
                while filler.write(b"x"):
                    pass
