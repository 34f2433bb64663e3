"""How much can still be recorded: minutes at a rate, a word when they are few, a problem when there are none."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from salespractice.audio.room import LOW_MINUTES, RESERVE, Room, room_for_recording
from tests.small_disk import fill, small_disk

A_MINUTE = 2 * 48_000 * 60
MB = 1 << 20


def test_minutes_follow_from_what_is_free_and_from_the_rate(tmp_path: Path) -> None:
    spare = shutil.disk_usage(tmp_path).free - 10 * A_MINUTE
    assert room_for_recording(tmp_path, 48_000, reserve=spare).minutes == pytest.approx(10, abs=9)
    many, few = room_for_recording(tmp_path, 16_000), room_for_recording(tmp_path, 192_000)
    assert many.minutes == pytest.approx(12 * few.minutes, rel=0.2)


def test_a_folder_that_does_not_exist_yet_is_on_the_disk_where_it_would_be_made(tmp_path: Path) -> None:
    assert 0 < room_for_recording(tmp_path / "not" / "yet").minutes < math.inf


@pytest.mark.parametrize(
    ("minutes", "remark"),
    [
        (LOW_MINUTES, ""),
        (math.inf, ""),
        (7.9, "About 7 minutes of recording left on this disk."),
        (1.2, "About 1 minute of recording left on this disk."),
        (0.5, "Less than a minute of recording is left on this disk."),
    ],
)
def test_a_remark_only_where_there_is_little(minutes: float, remark: str) -> None:
    room = Room(minutes)
    assert room.remark == remark
    assert room.low is bool(remark)


def test_where_the_system_does_not_say_there_is_room() -> None:
    assert room_for_recording(Path("/proc/1")) == Room(math.inf)


def test_no_room_is_told_with_the_way_out(tmp_path: Path) -> None:
    room = room_for_recording(tmp_path, reserve=1 << 60)
    assert room.minutes == 0
    assert room.low
    assert room.problem is not None
    assert str(tmp_path) in room.problem.why
    assert "Free some space" in room.problem.way_out
    assert "typed" in room.problem.way_out


def test_on_a_small_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path, "40m") as disk:
        before = room_for_recording(disk)
        assert before.minutes == pytest.approx((40 * MB - RESERVE) / A_MINUTE, rel=0.01)
        assert "About 4 minutes" in before.remark
        fill(disk, leave=RESERVE + A_MINUTE // 2)
        assert room_for_recording(disk).minutes == pytest.approx(0.5, rel=0.01)
        assert room_for_recording(disk, coming=A_MINUTE).problem is not None
        fill(disk, leave=RESERVE)
        assert room_for_recording(disk).problem is not None
