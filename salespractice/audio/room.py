"""How much more can be recorded on a disk, and when to stop so that nothing is ever half written.

The last `RESERVE` bytes of a disk are never used for sound. They are for what must still be written once there is no
room for sound: the WAV's header, the turn and its words, and the end of the practice with its debrief. SQLite lets the
journal's write-ahead log grow to 1000 pages (4 MB) before it folds them into the file, which may grow by as much again;
16 MB is twice that. It also covers what another program may write between two looks, as long as that is little.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass
from pathlib import Path

from salespractice.problem import Problem

RESERVE = 16 << 20
"""Bytes of a disk that are left alone by recordings."""

LOW_MINUTES = 10.0
"""With less room than this a rep should know: a practice takes about as long."""

_BYTES_A_SAMPLE = 2
_USUAL_RATE = 48_000


@dataclass(frozen=True, slots=True)
class Room:
    """`minutes` of recording that fit on the disk; infinite where the system does not say. `problem`: none fits."""

    minutes: float
    problem: Problem | None = None

    @property
    def low(self) -> bool:
        """Whether the rep should be told while recording goes on."""
        return self.minutes < LOW_MINUTES

    @property
    def remark(self) -> str:
        """What to tell the rep; empty where there is plenty."""
        if not self.low:
            return ""
        whole = int(self.minutes)
        if whole < 1:
            return "Less than a minute of recording is left on this disk."
        return f"About {whole} {'minute' if whole == 1 else 'minutes'} of recording left on this disk."


def room_for_recording(folder: Path, rate: int = _USUAL_RATE, *, reserve: int = RESERVE, coming: int = 0) -> Room:
    """Look at the disk that holds `folder`, which need not exist yet, for 16-bit mono at `rate` Hz.

    `coming` bytes are about to be written. Takes microseconds. Where the system does not say how much is free, there is
    room: writing itself will tell.
    """
    try:
        total, _, free = shutil.disk_usage(_existing(folder))
    except OSError:
        return Room(math.inf)
    if not total:
        return Room(math.inf)  # no disk, such as /proc
    spare = free - reserve - coming
    if spare > 0:
        return Room(spare / (_BYTES_A_SAMPLE * rate * 60))
    why = (
        f"{free / 1e6:.0f} MB are free on the disk that holds {folder}, and the last {reserve / 1e6:.0f} MB are kept "
        "for the journal."
    )
    way_out = "Free some space on that disk, or choose another data folder. Until then, answers can be typed."
    return Room(0.0, Problem("There is no room left to record.", why, way_out))


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists: where it would be made."""
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)
