"""What an answer does with what was said, read by the weights that ship; and the files that they were learned from."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from salespractice.coaching.constructs import Constructs
from salespractice.language.exchange_reader import load_exchange_weights
from salespractice.language.labelled_exchanges import KINDS, read_exchanges
from salespractice.problem import Problem
from salespractice.rig import EXCHANGE_WEIGHTS, open_constructs

HEADS = "previous\ttext\tquestion\treflection\tinput\temotional\tinterpretation\texploration\n"
LINE = "They gave the shift I asked for to somebody who started in May."
FLOORS = dict.fromkeys(KINDS, 0.8)
FILES = sorted(EXCHANGE_WEIGHTS.parent.glob("*.tsv"))


@pytest.fixture(scope="module")
def constructs() -> Constructs:
    return open_constructs()


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("What did your manager say when you asked about it?", "question", "open"),
        ("what did your manager say when you asked about it", "question", "open"),
        ("Did you tell your manager?", "question", "closed"),
        ("Okay, that is one way to see it.", "question", "none"),
        ("You should write to your manager today and ask for an explanation.", "input", "1"),
        ("Mm-hmm.", "input", "0"),
        ("Mm-hmm.", "reflection", "none"),
        ("Mm-hmm.", "emotional", "0"),
        ("Next.", "exploration", "0"),
    ],
)
def test_plain_cases(text: str, kind: str, label: str, constructs: Constructs) -> None:
    assert constructs.read(text, LINE).reading.label(kind)[0] == label


def test_probabilities_of_a_kind_make_one(constructs: Constructs) -> None:
    reading = constructs.read("That must hurt. What will you do?", LINE).reading
    for kind, labels in KINDS.items():
        assert tuple(reading.likely[kind]) == labels
        assert sum(reading.likely[kind].values()) == pytest.approx(1, abs=1e-5)
        assert reading.present(kind) == pytest.approx(1 - reading.likely[kind][labels[0]])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_exchanges_can_be_read_and_none_stands_twice(path: Path) -> None:
    exchanges = list(read_exchanges(path))
    assert len(exchanges) >= 250
    (_, most), *_ = Counter((one.previous, one.text) for one in exchanges).most_common(1)
    assert most == 1


def test_every_label_has_examples() -> None:
    everything = [one for path in FILES for one in read_exchanges(path)]
    for kind, labels in KINDS.items():
        count = Counter(one.labels[kind] for one in everything)
        assert min(count[label] for label in labels) >= 100, (kind, count)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("a\tb\tmaybe\tnone\t0\t0\t0\t0", "question 'maybe'"),
        ("a\tb\tnone\tnone\t0\t0\t0\t3", "exploration '3'"),
        ("a\tb\tnone\tnone", "input ''"),
        ("a\t\tnone\tnone\t0\t0\t0\t0", "no answer"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(row: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(HEADS + "Hello.\tHi.\tnone\tnone\t0\t0\t0\t0\n" + row + "\n")
    with pytest.raises(Problem) as told:
        list(read_exchanges(path))
    assert told.value.what.startswith("mine.tsv:3: ")
    assert says in told.value.what


@pytest.mark.slow
def test_a_setting_that_was_not_learned_from(constructs: Constructs) -> None:
    """Everyday talks of other kinds; the floors lie a little below what was measured."""
    held_back = list(read_exchanges(Path(__file__).parent / "exchanges_held_back.tsv"))
    readings = [constructs.read(one.text, one.previous).reading for one in held_back]
    for kind, floor in FLOORS.items():
        right = sum(read.label(kind)[0] == one.labels[kind] for read, one in zip(readings, held_back, strict=True))
        print(f"{kind}: {right / len(held_back):.3f} right of {len(held_back)}")
        assert right >= floor * len(held_back), kind


@pytest.mark.slow  # learns anew
def test_the_weights_that_ship_are_what_the_exchanges_give() -> None:
    root = Path(__file__).resolve().parents[2]
    learned = subprocess.run(
        [sys.executable, "tools/train_exchanges.py", "--check", "--kind", "emotional"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert learned.returncode == 0, learned.stdout + learned.stderr


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    (tmp_path / "weights.npz").write_bytes(EXCHANGE_WEIGHTS.read_bytes()[:1000])
    with pytest.raises(Problem, match=r"weights\.npz cannot be read"):
        load_exchange_weights(tmp_path / "weights.npz")
