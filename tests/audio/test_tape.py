from __future__ import annotations

import numpy as np

from salespractice.audio.tape import Tape


def test_any_part_is_found_by_its_place_however_much_was_forgotten() -> None:
    stream = np.arange(1_000_000, dtype=np.float32)
    tape, random = Tape(), np.random.default_rng(2)
    at = 0
    while at < len(stream):
        size = int(random.integers(1, 5000))
        tape.add(stream[at : at + size])
        at = min(len(stream), at + size)
        keep = max(0, at - 40_000)
        tape.forget_before(keep)
        first = int(random.integers(keep, at + 1))
        last = int(random.integers(first, at + 1))
        assert np.array_equal(tape.between(first, last), stream[first:last])
    assert tape.end == len(stream)
    assert len(tape.between(0, tape.end)) < 200_000


def test_what_is_not_held_is_left_out() -> None:
    tape = Tape()
    tape.add(np.ones(10, dtype=np.float32))
    assert len(tape.between(5, 20)) == 5
    assert len(tape.between(10, 20)) == 0
    assert len(tape.between(-5, 3)) == 3
