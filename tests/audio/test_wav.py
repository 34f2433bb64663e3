from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from salespractice.audio.files import read_sound
from salespractice.audio.room import RESERVE
from salespractice.audio.wav import CrashSafeWav, mend, pcm16, recorded_seconds
from salespractice.problem import Problem
from tests.audio.test_sound import tone
from tests.small_disk import fill, small_disk
from tests.virtual_sound import run_python

_RECORD_FOR_EVER = """
import sys
from pathlib import Path
import numpy as np
from salespractice.audio.wav import CrashSafeWav
wav = CrashSafeWav(Path(sys.argv[1]), 16_000)
block = 0
while True:
    wav.write(np.full(320, (block % 1000) / 32768, dtype=np.float32))
    block += 1
    print(block, flush=True)
"""

_RECORD_UNTIL_FULL = """
import json, resource, signal, sys
from pathlib import Path
import numpy as np
from salespractice.audio.wav import CrashSafeWav
from salespractice.problem import Problem
if sys.argv[2] != "0":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
# At this rate the disk is full before a second has passed, and so before it is looked at again.
wav = CrashSafeWav(Path(sys.argv[1]), 48_000, reserve=0)
try:
    for block in range(10_000):
        wav.write(np.full(320, block / 32768, dtype=np.float32))
except Problem as problem:
    wav.close()
    print(json.dumps([block, str(problem)]))
"""


def test_a_file_is_complete_after_every_block(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.wav"
    wav = CrashSafeWav(path, 16_000)
    for count in range(4):
        with wave.open(str(path)) as file:
            assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (count * 1000, 16_000, 1)
            assert len(file.readframes(9999)) == count * 2000
        wav.write(tone().samples[:1000])
    assert wav.seconds == 0.25
    wav.close()
    wav.close()
    with pytest.raises(ValueError, match="is closed"):
        wav.write(tone().samples)


def test_sixteen_bits_survive_and_louder_is_cut_off(tmp_path: Path) -> None:
    samples = (np.arange(-32768, 32768) / 32768).astype(np.float32)
    with CrashSafeWav(tmp_path / "a.wav", 44_100) as wav:
        wav.write(samples)
    assert np.array_equal(read_sound(tmp_path / "a.wav").samples, samples)
    assert np.frombuffer(pcm16(np.array([2.0, -2.0], dtype=np.float32)), "<i2").tolist() == [32767, -32768]


def test_kill_9_loses_nothing_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    process = subprocess.Popen([sys.executable, "-c", _RECORD_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            if int(line) == 200:
                os.kill(process.pid, signal.SIGKILL)
                break
        written = int(line)
        for line in lines:
            written = int(line) if line.endswith("\n") else written
    process.wait()
    with wave.open(str(path)) as file:
        blocks, rest = divmod(file.getnframes(), 320)
        found = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert rest == 0
    assert blocks >= written
    assert np.array_equal(found, np.repeat(np.arange(blocks) % 1000, 320))


def _assert_kept_until(path: Path, blocks: int) -> None:
    assert path.stat().st_size == 44 + 640 * blocks
    samples, _ = soundfile.read(path, dtype="int16")
    assert np.array_equal(samples, np.repeat(np.arange(blocks), 320))


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    done = run_python(_RECORD_UNTIL_FULL, path, 20_123, environment=dict(os.environ))
    blocks, problem = json.loads(done.stdout)
    assert str(tmp_path) in problem
    assert "kept in a.wav" in problem
    assert blocks == (20_123 - 44) // 640
    _assert_kept_until(path, blocks)


def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode:
        # Without the right to mount there is one device that is always full, and it cannot hold even a header.
        with pytest.raises(OSError, match="No space"), Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")
        with pytest.raises(Problem, match="disk is full"):
            CrashSafeWav(Path("/dev/full"), 16_000, reserve=0)
        return
    try:
        done = run_python(_RECORD_UNTIL_FULL, disk / "a.wav", 0, environment=dict(os.environ))
        blocks, problem = json.loads(done.stdout)
        assert "The disk is full. What was recorded before is kept in a.wav." in problem
        assert str(disk) in problem
        assert blocks > 90
        _assert_kept_until(disk / "a.wav", blocks)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="cannot be written to") as caught:
        CrashSafeWav(tmp_path / "file" / "a.wav", 16_000)
    assert str(tmp_path / "file") in caught.value.way_out


def test_a_read_only_disk_and_a_forbidden_folder_say_so() -> None:
    with pytest.raises(Problem, match=r"may not be written to|read-only|No such file") as caught:
        CrashSafeWav(Path("/proc/a.wav"), 16_000)
    assert "choose another data folder" in caught.value.way_out


def refusal(wav: CrashSafeWav) -> Problem:
    """Write seconds until it refuses."""
    second = tone().samples[:16_000]
    try:
        while True:
            wav.write(second)
    except Problem as problem:
        return problem


def test_it_stops_while_there_is_room_for_the_rest(tmp_path: Path) -> None:
    with small_disk(tmp_path, "20m") as disk:
        path = disk / "takes" / "01.wav"
        wav = CrashSafeWav(path, 16_000)
        stopped = refusal(wav)
        assert "nearly full" in stopped.what
        assert "kept in 01.wav" in stopped.why
        assert os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize >= RESERVE
        assert wav.seconds == pytest.approx(((20 << 20) - RESERVE) / 32_000, abs=2)
        with wave.open(str(path)) as file:
            assert file.getnframes() == wav.frames
        wav.close()
        with pytest.raises(Problem, match="no room left to record"):
            CrashSafeWav(disk / "takes" / "02.wav", 16_000)
        assert not (disk / "takes" / "02.wav").exists()


def test_the_room_is_looked_at_while_other_programs_write(tmp_path: Path) -> None:
    with small_disk(tmp_path, "100m") as disk, CrashSafeWav(disk / "a.wav", 16_000) as wav:
        wav.write(tone().samples[:16_000])
        assert wav.low_room is None
        fill(disk, leave=RESERVE + 960_000)
        wav.write(tone().samples[:16_000])
        assert wav.low_room is not None
        assert "Less than a minute" in wav.low_room.remark
        fill(disk, leave=RESERVE)
        with pytest.raises(Problem, match="nearly full"):
            wav.write(tone().samples[:16_000])


def test_a_block_that_would_not_fit_is_refused_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path, "20m") as disk, CrashSafeWav(disk / "a.wav", 16_000) as wav:
        wav.write(tone().samples[:1000])
        with pytest.raises(Problem, match="nearly full"):
            wav.write(np.zeros(10_000_000, dtype=np.float32))
        assert recorded_seconds(disk / "a.wav") == 1000 / 16_000


@pytest.mark.parametrize("more", [b"", b"\1", bytes(640), bytes(641)])
def test_a_take_that_was_cut_off_is_measured_and_mended(tmp_path: Path, more: bytes) -> None:
    path = tmp_path / "a.wav"
    with CrashSafeWav(path, 16_000) as wav:
        wav.write(tone().samples[:1600])
    with path.open("ab") as file:
        file.write(more)  # written, but the header does not say so yet
    seconds = (1600 + len(more) // 2) / 16_000
    assert recorded_seconds(path) == seconds
    assert mend(path) == seconds
    assert read_sound(path).seconds == seconds
    assert mend(path) == seconds


def test_a_header_that_promises_more_than_a_power_cut_left_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with CrashSafeWav(path, 16_000) as wav:
        wav.write(tone().samples[:1600])
    with path.open("r+b") as file:
        file.truncate(44 + 2000)
    with pytest.raises(Problem, match="cut off"):
        read_sound(path)
    assert mend(path) == 1000 / 16_000
    assert len(read_sound(path).samples) == 1000


@pytest.mark.parametrize("content", [b"", b"RIFF", b"x" * 100])
def test_what_is_no_take_holds_no_seconds_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    assert recorded_seconds(path) == mend(path) == 0.0
    assert path.read_bytes() == content
    assert recorded_seconds(tmp_path / "none.wav") == 0.0
