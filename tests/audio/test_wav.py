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
from salespractice.audio.wav import CrashSafeWav, pcm16
from salespractice.problem import Problem
from tests.audio.test_sound import tone
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
wav = CrashSafeWav(Path(sys.argv[1]), 16_000)
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
            CrashSafeWav(Path("/dev/full"), 16_000)
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
