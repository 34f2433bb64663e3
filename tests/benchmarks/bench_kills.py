"""`kill -9` at random moments of a practice, and what was lost: nothing, or this fails.

    python -m tests.benchmarks.bench_kills [--kills 200] [--seed 0] [--folder DIR]

Each kill ends a program of its own that records with the real recorder and writes the real journal. Every fifth is
aimed at the moment in which a journal is made. Ten kills share a data folder. Prints one table.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from salespractice.places import Places
from tests.end_to_end.killed_practice import Promised, hold_to_its_word, kill_at_random

KILLS_OF_A_FOLDER = 10
OPENINGS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="of the first kill; the others follow")
    parser.add_argument("--folder", type=Path, help="where to practise, such as a folder of the disk in question")
    arguments, _ = parser.parse_known_args()
    started, seen = time.monotonic(), Counter[str]()
    for first in range(arguments.seed, arguments.seed + arguments.kills, KILLS_OF_A_FOLDER):
        last = min(first + KILLS_OF_A_FOLDER, arguments.seed + arguments.kills)
        with tempfile.TemporaryDirectory(dir=arguments.folder) as data:
            seen += kills(Path(data), range(first, last))
        print(f"  {last - arguments.seed} kills, nothing lost", flush=True)
    rows = [
        ("kill -9", seen["kills"]),
        ("… aimed at the making of the journal", seen["opening"]),
        ("… that left one half-made, which then opened", seen["half-made"]),
        ("blocks flushed before the kill", seen["blocks"]),
        ("… that the recording has not, to the sample", 0),
        ("turns committed before the kill", seen["turns"]),
        ("… that the journal has not, with their words", 0),
        ("journals that did not open, or are not intact", 0),
        ("practices cut off, each offered with every second", seen["practices offered"]),
        ("… in the middle of an answer, which can be read", seen["takes cut off"]),
        ("headers one block behind the samples, mended", seen["headers mended"]),
    ]
    print()
    for name, value in rows:
        print(f"| {name:<50} | {value:>8,} |")
    print(f"\n{time.monotonic() - started:.0f} s")


def kills(folder: Path, seeds: range) -> Counter[str]:
    """Kill one program after the other in one data folder; look after each kill, and count after the last."""
    promised, seen, every = Promised(), Counter[str](), Counter[str]()
    for seed in seeds:
        if seed % OPENINGS == 0:
            every += opening_kill(folder / f"opening-{seed}", seed)
            continue
        kill_at_random(folder, seed, promised)
        seen = hold_to_its_word(folder, promised)
        every["kills"] += 1
        every["headers mended"] += seen["headers one block behind"]
    return every + seen


def opening_kill(folder: Path, seed: int) -> Counter[str]:
    """A kill in a new data folder, whose journal does not exist yet."""
    kill_at_random(folder, seed, promised := Promised(), opening=True)
    made = Places(folder).journal.exists()
    return hold_to_its_word(folder, promised) + Counter(
        {"kills": 1, "opening": 1, "half-made": int(made and not promised.opened)}
    )


if __name__ == "__main__":
    main()
