"""Plain YAML with lines, and a refusal of everything that has been a trap."""

from __future__ import annotations

from pathlib import Path

import pytest

from salespractice.problem import Problem
from salespractice.scenario.yaml_tree import LARGEST, parse_tree, read_tree


def test_scalars_stay_text() -> None:
    tree = parse_tree("a: yes\nb: 08:00\nc: +10\nd:\ne: ''\n", "x.yaml")
    assert tree.root == {"a": "yes", "b": "08:00", "c": "+10", "d": None, "e": ""}


def test_every_path_has_its_line() -> None:
    tree = parse_tree("a:\n  - b: 1\n    c: 2\n", "x.yaml")
    assert tree.line(("a", 0, "c")) == 3
    assert tree.line(("a", 0, "missing", 4)) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\na: 2\n", 'x.yaml:2: "a" stands here twice; it was first given on line 1.'),
        ("a: &x [1]\nb: *x\n", "x.yaml:1: anchors (&) and aliases (*) are not part of the format."),
        ("a:\n  b\n c: 1\n", "x.yaml:3: this is not YAML"),
        ("a: 'open\n", "x.yaml:2: this is not YAML"),
        ("? [1]\n: 2\n", "x.yaml:1: a key must be a word."),
        ("[" * 60 + "]" * 60, "x.yaml:1: nested too deeply."),
        ("[" * 60_000, "x.yaml"),
    ],
    ids=["twice", "alias", "indentation", "quote", "key", "deep", "very deep"],
)
def test_a_mistake_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(Problem) as told:
        parse_tree(text, "x.yaml")
    assert told.value.what.startswith(says)


def test_a_laugh_that_doubles_a_billion_times_is_refused_at_once() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 64))
    with pytest.raises(Problem, match="anchors"):
        parse_tree(bomb, "x.yaml")


def test_a_large_or_foreign_file_is_refused_by_name(tmp_path: Path) -> None:
    large, latin = tmp_path / "large.yaml", tmp_path / "latin.yaml"
    large.write_bytes(b"a: " + b"x" * LARGEST)
    latin.write_bytes("a: 1\nb: Renée\n".encode("latin-1"))
    with pytest.raises(Problem, match="large"):
        read_tree(large, "large.yaml")
    with pytest.raises(Problem, match=r"latin\.yaml:2: this is not UTF-8"):
        read_tree(latin, "latin.yaml")
    with pytest.raises(Problem, match="cannot be read"):
        read_tree(tmp_path / "none.yaml", "none.yaml")
