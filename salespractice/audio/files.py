"""Sound files: any that a trainer or a rep may have is read, and FLAC is written."""

from __future__ import annotations

import os
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from salespractice.audio.sound import Samples, Sound
from salespractice.problem import Problem

if TYPE_CHECKING:
    import soundfile

_READABLE = "WAV, FLAC, OGG, Opus and MP3 files can be read."
_EXPORT_AGAIN = f"Export it again from the program that made it. {_READABLE}"
_BLOCK = 4096
"""Samples read at once: about one frame of FLAC, so that a broken one costs no more than itself."""

_INEXACT = ("MPEG", "MP3", "OGG")
"""Read in one go: soundfile seeks after each block, and these formats do not come back to the same sample."""

LONGEST = 3600.0
"""Seconds. A longer file is none of an answer or a line, and would take more memory than a program should."""

_STREAMED = (0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Data sizes that programs write while they do not know the length yet; they promise nothing."""


def read_sound(path: Path) -> Sound:
    """Read a WAV, FLAC, OGG, Opus or MP3 file with any rate, bit depth and number of channels, mixed to mono.

    Float files may hold anything: what is not a number becomes silence, and a peak above 1 is scaled down to 1.

    Raises:
        Problem: the file is missing, unreadable, not audio, only a header, without samples, cut off, or over an hour.
    """
    if path.is_dir():
        raise Problem(f"{path} is a folder, not a sound file.", "", "Choose one file inside it.")
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size == 0:
                raise Problem(f"{path} is empty.", "The file has no content at all.", "Record or export it again.")
            missing = _missing_bytes(file, size)
            file.seek(0)
            samples, rate, promised = _decode(path, file)
    except FileNotFoundError:
        raise Problem(f"{path} does not exist.", "", "Look for a typing error, or choose another file.") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise Problem(f"{path} cannot be opened.", why, "Allow yourself to read it, or choose another file.") from error
    if len(samples) == 0:
        if promised or missing:
            why = "It is a header only: the sound that it announces is not there."
        else:
            why = "It is a sound file, but holds not one sample."
        raise Problem(f"{path} has no sound in it.", why, "Record or export it again.")
    # An MP3's length is an estimate and differs by up to a frame or two from what is decoded.
    if missing or promised - len(samples) > rate // 10:
        heard = len(samples) / rate
        why = f"It announces more sound than it holds: {heard:.1f} s could be read."
        raise Problem(f"{path} is cut off.", why, "Copy or export it again, completely.")
    return Sound(_safe(samples), rate)


def write_flac(path: Path, sound: Sound) -> None:
    """Write `sound` as 16-bit FLAC. `path` is complete or as it was before: a temporary file replaces it at the end.

    Raises:
        Problem: the folder cannot be written to or is full.
    """
    import soundfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".flac.part", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                soundfile.write(file, _safe(sound.samples), sound.rate, format="FLAC", subtype="PCM_16")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, soundfile.LibsndfileError) as error:
        why = getattr(error, "strerror", None) or str(error)
        way_out = f"Free some space, allow yourself to write to {path.parent}, or choose another folder."
        raise Problem(f"{path.name} cannot be written to {path.parent}.", why, way_out) from error


def _decode(path: Path, file: BinaryIO) -> tuple[Samples, int, int]:
    """The samples mixed to mono, the rate in Hz, and how many samples the header promises."""
    import soundfile

    try:
        with soundfile.SoundFile(file) as source:
            rate, promised = int(source.samplerate), max(0, int(source.frames))
            if promised > LONGEST * rate and promised not in _STREAMED:
                raise _too_long(path, promised / rate)
            return _read_blocks(source), rate, promised
    except soundfile.LibsndfileError as error:
        said = error.error_string.strip().rstrip(".")
        why = f"It is not a sound file, or of a kind that cannot be read here ({said})."
        raise Problem(f"{path} is not audio.", why, _EXPORT_AGAIN) from error


def _too_long(path: Path, seconds: float) -> Problem:
    hours, minutes = divmod(round(seconds / 60), 60)
    long = f"{hours} h {minutes} min"
    return Problem(f"{path} is too long.", f"It lasts {long}; at most an hour can be read.", "Cut it into parts.")


def _read_blocks(source: soundfile.SoundFile) -> Samples:
    """All samples as far as they can be decoded. What follows a broken frame is missing, and so seen as cut off."""
    import soundfile

    blocks: list[Samples] = []
    size = -1 if source.format in _INEXACT else _BLOCK
    while True:
        try:
            block = source.read(size, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            break
        if not len(block):
            break
        # Without NaN in the mean, one broken channel would silence the others.
        blocks.append(np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0).mean(axis=1, dtype=np.float32))
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)


def _safe(samples: Samples) -> Samples:
    """Finite, and scaled down where it exceeds full scale."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    peak = float(np.abs(finite).max(initial=0.0))
    return finite / np.float32(peak) if peak > 1.0 else finite


def _missing_bytes(file: BinaryIO, size: int) -> int:
    """How many bytes a WAV header promises beyond the end of the file. libsndfile corrects that silently."""
    head = file.read(12)
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return 0
    while len(chunk := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", chunk)
        if name == b"data":
            return 0 if length in _STREAMED else max(0, length - (size - file.tell()))
        file.seek(length + length % 2, os.SEEK_CUR)
    return 0
