"""`kill -9` at random moments: no block that was flushed and no turn that was committed is ever lost.

Two hundred of them: `python -m tests.benchmarks.bench_kills --kills 200`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.killed_practice import Promised, hold_to_its_word, kill_at_random


@pytest.mark.slow
def test_every_promise_outlives_the_kill(tmp_path: Path) -> None:
    promised = Promised()
    for seed in range(6):
        kill_at_random(tmp_path, seed, promised)
        seen = hold_to_its_word(tmp_path, promised)
    assert min(seen["blocks"], seen["turns"], seen["practices offered"]) > 0


@pytest.mark.slow
def test_killed_while_the_journal_is_made(tmp_path: Path) -> None:
    promised = Promised()
    for seed in range(3):
        kill_at_random(tmp_path, seed, promised, opening=True)
        hold_to_its_word(tmp_path, promised)
