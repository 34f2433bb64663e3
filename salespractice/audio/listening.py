"""What a recorder tells about speech while a take is being recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from salespractice.audio.sound import Samples
from salespractice.audio.stretches import Stretch


class Progress(Enum):
    """How far a stretch has come."""

    SPEAKING = auto()
    """Somebody is in the middle of it."""
    PAUSED = auto()
    """It may end here; then it is exactly this."""
    ENDED = auto()
    """It is this."""


@dataclass(frozen=True, slots=True)
class TakeBegan:
    """A voice was heard, and a take begins with the half second before it."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A stretch of the take so far, in the take's seconds, and its samples at 16 kHz, shape (n,)."""

    path: Path
    stretch: Stretch
    progress: Progress
    samples: Samples


@dataclass(frozen=True, slots=True)
class PatienceOver:
    """Something was said in the take, and then nothing more for as long as the patience lasts."""

    path: Path


VoiceNews = TakeBegan | Speech | PatienceOver
