"""A WAV file that is complete after every block, so that a killed program loses nothing that it had written."""

from __future__ import annotations

import errno
import os
import wave
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.room import RESERVE, Room, room_for_recording
from salespractice.audio.sound import Samples
from salespractice.problem import Problem

_HEADER_BYTES = 44


class CrashSafeWav:
    """A 16-bit mono WAV file being recorded to `path` at `rate` Hz; missing folders are made.

    After every `write` the header agrees with the samples in the file, because `wave.writeframes` rewrites it at each
    call and the flush hands both to the operating system. The samples reach the file before the header does, so the
    header never promises more than there is. A power cut is another matter: `close` asks the disk itself to keep it.

    Once for each second of sound it looks at the disk's free space, and refuses while `reserve` bytes are still free:
    then the header and the journal can always be written. `room` is what the last look saw.

    Raises:
        Problem: the folder cannot be written to, or its disk is full or nearly so. Whatever was written before stays,
            as a readable file; a disk that was nearly full from the beginning gets no file.
    """

    def __init__(self, path: Path, rate: int, *, reserve: int = RESERVE) -> None:
        self.path = path
        self.rate = rate
        self.frames = 0
        self.room = room_for_recording(path.parent, rate, reserve=reserve)
        self._reserve = reserve
        self._unlooked = 0
        self._wav: wave.Wave_write | None = None
        if self.room.problem is not None:
            raise self.room.problem
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
        except OSError as error:
            raise _problem(path, error) from error
        self._wav = wave.open(self._file, "wb")  # noqa: SIM115 - closed by close(), or by a failed write
        self._wav.setnchannels(1)
        self._wav.setsampwidth(2)
        self._wav.setframerate(rate)
        self.write(np.zeros(0, dtype=np.float32))

    @property
    def seconds(self) -> float:
        """How much has been written."""
        return self.frames / self.rate

    @property
    def low_room(self) -> Room | None:
        """The room that is left, once it is so little that the rep should know; recording goes on."""
        return self.room if self.room.low else None

    def write(self, samples: Samples) -> None:
        """Append `samples`, shape (n,), -1 to 1 (cut off outside), so that the file is complete when this returns."""
        if self._wav is None:
            raise ValueError(f"{self.path} is closed")
        self._look(len(samples))
        try:
            self._wav.writeframes(pcm16(samples))
            self._file.flush()
        except OSError as error:
            self._give_up()
            raise _problem(self.path, error) from error
        self.frames += len(samples)

    def close(self) -> None:
        """Finish the file and ask the disk to keep it. A second call does nothing."""
        if self._wav is None:
            return
        try:
            self._wav.close()
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self._give_up()
            raise _problem(self.path, error) from error
        self._wav = None
        self._file.close()

    def _look(self, frames: int) -> None:
        """Look at the disk as soon as a second of sound, this block included, comes together since the last look."""
        self._unlooked += frames
        if self._unlooked < self.rate:
            return
        self.room = room_for_recording(self.path.parent, self.rate, reserve=self._reserve, coming=2 * frames)
        self._unlooked = 0
        if self.room.problem is not None:
            # There is room for that still, and a problem in closing would be the lesser one.
            with suppress(Problem):
                self.close()
            raise _stopped(self.path, self.room.problem)

    def _give_up(self) -> None:
        """Close after a failed write, leaving a file that ends with the last complete block."""
        wav, self._wav = self._wav, None
        # Both still hold the block that failed and try to write it again; the bytes that got through are cut off below.
        for closing in (wav, self._file):
            try:
                if closing is not None:
                    closing.close()
            except OSError:
                continue
        try:
            _restore(self.path, self.frames)
        except OSError:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def pcm16(samples: Samples) -> bytes:
    """`samples` as little-endian 16-bit integers. Full scale is 32768, as in soundfile: 16 bits survive the trip."""
    whole: NDArray[np.int16] = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2")
    return whole.tobytes()


def recorded_seconds(path: Path) -> float:
    """How much sound a file of `CrashSafeWav` holds, whatever its header says; 0.0 for any other file, or none.

    A kill between the two writes of a block leaves a header that is one block short of what is in the file.
    """
    rate, frames = _held(path)
    return frames / rate if rate else 0.0


def mend(path: Path) -> float:
    """Make the header of a take that was cut off say what the file holds. Returns the seconds; 0.0 where none are held.

    Raises:
        Problem: the file cannot be written to.
    """
    rate, frames = _held(path)
    if not frames:
        return 0.0
    try:
        _restore(path, frames)
    except OSError as error:
        raise _problem(path, error) from error
    return frames / rate


def _held(path: Path) -> tuple[int, int]:
    """The rate in Hz and the whole samples in the file; zeros where it is not one of ours."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return 0, 0
    if len(head) < _HEADER_BYTES or head[:4] != b"RIFF" or head[8:16] != b"WAVEfmt " or head[36:40] != b"data":
        return 0, 0
    return int.from_bytes(head[24:28], "little"), (size - _HEADER_BYTES) // 2


def _restore(path: Path, frames: int) -> None:
    """Make a file whose last block failed half-way say, and hold, exactly `frames` samples."""
    size = _HEADER_BYTES + 2 * frames
    if path.stat().st_size < _HEADER_BYTES:
        return
    with path.open("r+b") as file:
        file.truncate(size)
        file.seek(4)
        file.write((size - 8).to_bytes(4, "little"))
        file.seek(_HEADER_BYTES - 4)
        file.write((2 * frames).to_bytes(4, "little"))


def _stopped(path: Path, full: Problem) -> Problem:
    return Problem("The recording was stopped: the disk is nearly full.", f"{full.why}{_kept(path)}", full.way_out)


def _kept(path: Path) -> str:
    return f" What was recorded before is kept in {path.name}." if _holds_sound(path) else ""


def _problem(path: Path, error: OSError) -> Problem:
    folder = path.parent
    what = f"The recording cannot be written to {folder}."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        why = "The disk is full."
        way_out = f"Free some space on the disk that holds {folder}, or choose another data folder."
    elif error.errno == errno.EFBIG:
        why = "The file would be larger than this system allows."
        way_out = f"Make shorter recordings, or choose a data folder on another disk than {folder}."
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        why = "The folder may not be written to." if error.errno != errno.EROFS else "The disk is read-only."
        way_out = f"Allow yourself to write to {folder}, or choose another data folder."
    else:
        why = error.strerror or str(error)
        way_out = f"Look whether {folder} exists and its disk is connected, or choose another data folder."
    return Problem(what, f"{why}{_kept(path)}", way_out)


def _holds_sound(path: Path) -> bool:
    try:
        return path.stat().st_size > _HEADER_BYTES
    except OSError:
        return False
