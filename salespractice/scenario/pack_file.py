"""A pack as one file, `NAME.pack.zip`: every entry is looked at before anything is written, and nothing outside.

The folder's files stand at the top of the archive, or all of them in one folder. What no pack needs is refused: ways
out of the folder, links, names that some system cannot have or would take for another, locked or oddly packed entries,
and archives that unfold to more than a pack can be.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from salespractice.problem import Problem
from salespractice.scenario.findings import MOST, Finding, Refused, clipped

ENDING = ".pack.zip"
LARGEST = 256 * 2**20
"""Bytes, of the archive and of all that is in it."""
MOST_ENTRIES = 5000

_DIRECTORY = MOST_ENTRIES * 512  # bytes: what that many entries take to be listed
_TOO_MANY = f"it lists more than the {MOST_ENTRIES:,} files that a pack may have"
_LONGEST = 200  # characters of a name: with the folder before it, what the strictest system can have
_DEEPEST = 12  # folders
_AT_ONCE = 2**20  # bytes
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 0x1
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_NO_NAME = re.compile(r'[<>:"|?*\\]|[. ]$')
_END, _FAR_END = b"PK\x05\x06", b"PK\x06\x07"
_END_SIZE, _FAR_END_SIZE, _LONGEST_COMMENT = 22, 20, 65_535
_WAY_OUT = "Ask whoever made the file for another one, or zip the pack's folder again."


def unpack(file: Path, into: Path) -> Path:
    """Write the pack in a file into the folder `into`, which must be empty; returns the folder with its pack.yaml.

    Raises:
        Refused: the file is no archive, or holds what no pack needs; the findings' lines count its entries. Nothing
            was written then, except where the archive lies about what it holds: then `into` has a part of it.
        Problem: the file cannot be read, or the folder not be written to.
    """
    name = file.name
    try:
        _look_at_the_end(file)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            findings = list(_wrong(entries))
            if findings:
                raise Refused(name, findings[:MOST], _WAY_OUT)
            left = LARGEST
            for number, entry in enumerate(entries, 1):
                left -= _write(archive, entry, into, left, (name, number))
    # What the standard library cannot unpack, such as a later version of the format, it tells by NotImplementedError.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused(name, [Finding(1, f"it is no zip archive, or a damaged one: {error}")], _WAY_OUT) from error
    except OSError as error:
        raise Problem(f"{name} cannot be unpacked.", str(error), "Check that the disk has room.") from error
    tops = [path for path in into.iterdir() if path.is_dir()]
    return tops[0] if not (into / "pack.yaml").exists() and len(tops) == 1 else into


def _look_at_the_end(file: Path) -> None:
    """Refuse an archive whose list alone is too much, before the list is read.

    Raises `zipfile.BadZipFile` where there is no list.
    """
    size = file.stat().st_size
    if size > LARGEST:
        raise zipfile.BadZipFile(f"it has more than {LARGEST // 2**20} MB")
    with file.open("rb") as opened:
        opened.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _FAR_END_SIZE))
        tail = opened.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise zipfile.BadZipFile("its end is missing")
    listed = int.from_bytes(tail[at + 10 : at + 12], "little")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    far = tail[max(0, at - _FAR_END_SIZE) : at].startswith(_FAR_END)
    if far or listed > MOST_ENTRIES or length > _DIRECTORY:
        raise zipfile.BadZipFile(_TOO_MANY)


def _wrong(entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """What is wrong with an archive's list."""
    if len(entries) > MOST_ENTRIES:
        yield Finding(1, _TOO_MANY, code="archive")
    if sum(entry.file_size for entry in entries) > LARGEST:
        yield Finding(1, f"it unfolds to more than {LARGEST // 2**20} MB", code="archive")
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        told = clipped("".join(one if one.isprintable() else "?" for one in entry.orig_filename))
        why = _wrong_with(entry)
        if why:
            yield Finding(number, f'the entry "{told}" {why}', code="archive")
            continue
        path = PurePosixPath(entry.filename)
        around = [_same(parent.as_posix()) for parent in path.parents if parent.name]
        folders.update((key, entry.filename) for key in around)
        key = _same(path.as_posix())
        if entry.is_dir():
            folders[key] = entry.filename
        elif key in files:
            yield Finding(number, f'the entry "{told}" and "{clipped(files[key])}" are one file', code="archive")
        else:
            files[key] = entry.filename
    for key in files.keys() & folders.keys():
        yield Finding(1, f'"{clipped(files[key])}" is a file and a folder', code="archive")


def _wrong_with(entry: zipfile.ZipInfo) -> str:
    """Why an entry is refused; nothing where it is not."""
    name = entry.orig_filename
    if not name.isprintable():
        return "has a character in its name that nobody can see"
    if entry.filename.replace("\\", "/") != name.replace("\\", "/"):
        return "has two names"  # newer readers write to the one in an extra field
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return "names a place outside of the pack"
    parts = name.removesuffix("/").split("/")
    if ".." in re.split(r"[/\\]", name):
        return "climbs out of the pack"
    if any(part in ("", ".") or _NO_NAME.search(part) or _RESERVED.fullmatch(part) for part in parts):
        return "has a name that not every system can have"
    if len(name) > _LONGEST or len(parts) > _DEEPEST:
        return "has too long a name"
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link" if stat.S_ISLNK(mode) else "is no ordinary file"
    if entry.flag_bits & _LOCKED:
        return "is locked with a password"
    if entry.compress_type not in _PACKINGS:
        return "is packed in a way that not every program can unpack"
    return ""


def _same(name: str) -> str:
    """Names that some system takes for one another come to the same."""
    return unicodedata.normalize("NFC", name).casefold()


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path, most: int, where: tuple[str, int]) -> int:
    """Write one entry of at most so many bytes, whatever its list said; returns how many they were."""
    path = into / entry.filename
    if entry.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(entry) as packed, path.open("xb") as unpacked:
        while part := packed.read(_AT_ONCE):
            written += len(part)
            if written > min(most, entry.file_size):
                name, number = where
                message = f'the entry "{clipped(entry.filename)}" unfolds to more than it says'
                raise Refused(name, [Finding(number, message, code="archive")], _WAY_OUT)
            unpacked.write(part)
    return written
