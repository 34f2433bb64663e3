"""Packs as one file: unpacked into a folder of their own, or refused, entry by entry."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from salespractice.problem import Problem
from salespractice.scenario.findings import Refused
from salespractice.scenario.pack import open_pack
from salespractice.scenario.pack_file import LARGEST, MOST_ENTRIES, _wrong, unpack

NOTES = "format: 1\nid: mine\ntitle: Mine\nversion: 1.2\nauthor: Me\nlicence: MIT\nabout: A test.\n"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "outside" / "inside"
    folder.mkdir(parents=True)
    return folder


def zipped(tmp_path: Path, entries: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    file = tmp_path / "mine.pack.zip"
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def refusal(file: Path, into: Path) -> str:
    """What is told of a file that is refused; nothing of it was written anywhere."""
    before = sorted(into.parent.parent.rglob("*"))
    with pytest.raises(Refused) as told:
        unpack(file, into)
    assert sorted(into.parent.parent.rglob("*")) == before
    return f"{told.value.what}\n{told.value.why}"


@pytest.mark.parametrize("top", ["", "mine/"])
def test_a_pack_is_unpacked(tmp_path: Path, into: Path, top: str) -> None:
    held = {"pack.yaml": NOTES.encode(), "audio/late/hello-1.opus": b"sound" * 1000, "Größe.yaml": b"x"}
    folder = unpack(zipped(tmp_path, {top + name: content for name, content in held.items()}), into)
    assert folder == into / top
    assert open_pack(folder).notes.id == "mine"
    for name, content in held.items():
        assert (folder / name).read_bytes() == content


def test_one_of_the_systems_own_programs_zipped_it(tmp_path: Path, into: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "audio").mkdir(parents=True)
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "audio" / "one.opus").write_bytes(b"1")
    subprocess.run(["python3", "-m", "zipfile", "-c", "mine.pack.zip", "mine"], cwd=tmp_path, check=True)
    assert (unpack(tmp_path / "mine.pack.zip", into) / "audio" / "one.opus").read_bytes() == b"1"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../../evil.yaml", "climbs out of the pack"),
        ("audio/../../evil.yaml", "climbs out of the pack"),
        ("..\\evil.yaml", "climbs out of the pack"),
        ("/etc/evil", "outside of the pack"),
        ("\\\\server\\share\\evil", "outside of the pack"),
        ("C:\\evil.yaml", "outside of the pack"),
        ("c:evil.yaml", "outside of the pack"),
        ("audio/./x", "not every system"),
        ("audio//x", "not every system"),
        ("pack.yaml:hidden", "not every system"),
        ("audio/nul.opus", "not every system"),
        ("CON", "not every system"),
        ("audio/x. ", "not every system"),
        ("audio\\x.opus", "not every system"),
        ("a/" * 20 + "x", "too long a name"),
        ("x" * 300, "too long a name"),
        ("gp\u202ege.yaml", "nobody can see"),
        ("\ue000.yaml", "nobody can see"),
        ("new\nline.yaml", "nobody can see"),
    ],
)
def test_names_that_no_pack_needs_are_refused(tmp_path: Path, into: Path, name: str, says: str) -> None:
    told = refusal(zipped(tmp_path, {"pack.yaml": NOTES.encode(), name: b"x"}), into)
    assert told.startswith('mine.pack.zip:2: the entry "')
    assert says in told


def test_a_name_that_ends_where_it_seems_not_to(tmp_path: Path, into: Path) -> None:
    file = zipped(tmp_path, {"pack.yamlX.exe": b"x"})
    file.write_bytes(file.read_bytes().replace(b"pack.yamlX.exe", b"pack.yaml\0.exe"))
    assert "nobody can see" in refusal(file, into)


def test_an_entry_with_a_second_name_is_refused() -> None:
    """Newer readers of archives write to the name in an extra field, and look at the other one."""
    entry = zipfile.ZipInfo("a.txt")
    entry.filename = "../escaped.txt"
    assert [one.message for one in _wrong([entry])] == ['the entry "a.txt" has two names']


def test_one_file_by_two_names_is_refused(tmp_path: Path, into: Path) -> None:
    pairs = [("Pack.yaml", "pack.yaml"), ("gr\u00f6\u00dfe.yaml", "gro\u0308\u00dfe.yaml")]
    for one, other in pairs:
        assert "are one file" in refusal(zipped(tmp_path, {one: b"1", other: b"2"}), into)
    assert "a file and a folder" in refusal(zipped(tmp_path, {"audio": b"1", "audio/x": b"2"}), into)


@pytest.mark.parametrize(
    ("kind", "says"), [(stat.S_IFLNK, "is a link"), (stat.S_IFIFO, "no ordinary file"), (stat.S_IFCHR, "no ordinary")]
)
def test_links_and_devices_are_refused(tmp_path: Path, into: Path, kind: int, says: str) -> None:
    file = tmp_path / "mine.pack.zip"
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("audio")
        entry.external_attr = (kind | 0o777) << 16
        archive.writestr(entry, "/etc")
        archive.writestr("audio/passwd", "x")
    assert says in refusal(file, into)


def test_what_unfolds_to_too_much_is_refused(tmp_path: Path, into: Path) -> None:
    file = tmp_path / "mine.pack.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.yaml", "w") as bomb:
        for _ in range(LARGEST // 2**20 + 1):
            bomb.write(bytes(2**20))
    assert file.stat().st_size < 2**20
    assert "unfolds to more than 256 MB" in refusal(file, into)


def test_what_unfolds_to_more_than_it_says_is_stopped(tmp_path: Path, into: Path) -> None:
    file = zipped(tmp_path, {"bomb.yaml": bytes(50 * 2**20)})
    true, said = struct.pack("<I", 50 * 2**20), struct.pack("<I", 100)
    file.write_bytes(file.read_bytes().replace(true, said))
    with pytest.raises(Refused):
        unpack(file, into)
    assert sum(path.stat().st_size for path in into.rglob("*") if path.is_file()) <= 100


def test_a_list_that_is_too_long_is_refused_before_it_is_read(tmp_path: Path, into: Path) -> None:
    file = zipped(tmp_path, {f"{number}.yaml": b"" for number in range(MOST_ENTRIES + 1)})
    assert "more than the 5,000 files" in refusal(file, into)
    shorter = file.read_bytes()
    at = shorter.rindex(b"PK\x05\x06")
    file.write_bytes(shorter[: at + 8] + struct.pack("<HH", 1, 1) + shorter[at + 12 :])
    assert "more than the 5,000 files" in refusal(file, into)


def test_oddly_packed_entries_are_refused(tmp_path: Path, into: Path) -> None:
    for packing in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        assert "not every program can unpack" in refusal(zipped(tmp_path, {"pack.yaml": b"x"}, packing), into)


def test_a_later_version_of_the_format_is_refused(tmp_path: Path, into: Path) -> None:
    file = zipped(tmp_path, {"pack.yaml": b"x"})
    held = bytearray(file.read_bytes())
    held[held.index(b"PK\x01\x02") + 6] = 99  # the version that is needed to unpack it
    file.write_bytes(held)
    assert "no zip archive, or a damaged one" in refusal(file, into)


def test_locked_entries_are_refused(tmp_path: Path, into: Path) -> None:
    file = zipped(tmp_path, {"pack.yaml": b"x"})
    held = bytearray(file.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        held[held.index(mark) + flags] |= 1
    file.write_bytes(held)
    assert "locked with a password" in refusal(file, into)


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive" * 1000, b"PK\x05\x06" + b"\1" * 18, os.urandom(5000)])
def test_what_is_no_archive_is_refused(tmp_path: Path, into: Path, content: bytes) -> None:
    file = tmp_path / "mine.pack.zip"
    file.write_bytes(content)
    assert "no zip archive, or a damaged one" in refusal(file, into)


def test_a_damaged_one_is_refused_wherever_it_is_damaged(tmp_path: Path, into: Path) -> None:
    whole = zipped(tmp_path, {"pack.yaml": NOTES.encode(), "parcel.yaml": NOTES.encode() * 20}).read_bytes()
    for number, place in enumerate(range(0, len(whole), 7)):
        file, folder = tmp_path / "damaged.pack.zip", into / str(number)
        folder.mkdir()
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(Refused):
            unpack(file, folder)


def test_a_file_that_is_not_there(tmp_path: Path, into: Path) -> None:
    with pytest.raises(Problem, match="cannot be unpacked"):
        unpack(tmp_path / "none.pack.zip", into)
