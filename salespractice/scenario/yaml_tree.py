"""YAML as a plain tree that remembers the line of everything, so that an error can name its place.

Scalars stay text: the format's types decide what `yes`, `18` or `08:00` mean, not YAML's guesses. Anchors, aliases,
repeated keys, invisible characters and very large files are refused: a trainer needs none of them, and each has been
a trap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from salespractice.problem import Problem
from salespractice.scenario.characters import refused_character
from salespractice.scenario.findings import Refused, clipped, refused_at

LARGEST = 1_000_000  # bytes; a scenario of 300 beats has about a fifth of that
DEEPEST = 40

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Tree:
    """The document's plain dicts, lists, strings and Nones, and the 1-based line of every path in it."""

    root: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """The line of a path, or of its nearest parent that exists."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_tree(path: Path, name: str) -> Tree:
    """Read a YAML file. `name` is how messages call it. Raises `Problem` for anything that is not plain YAML."""
    try:
        raw = _raw(path)
    except OSError as error:
        raise Problem(
            f"{name} cannot be read.", str(error), "Check that the file exists and that you may read it."
        ) from error
    if len(raw) > LARGEST:
        raise refused_at(
            name,
            1,
            f"the file has {path.stat().st_size / 1e6:.0f} MB; a scenario may have 1 MB",
            "Keep sound and pictures in the pack's audio/ and images/ folders.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refused_at(
            name, line, "this is not UTF-8 text.", "Save the file as UTF-8 in your text editor."
        ) from error
    return parse_tree(text, name)


def _raw(path: Path) -> bytes:
    """What the file holds, up to one byte more than it may: a device or a pipe would never come to an end."""
    if path.exists() and not path.is_file():
        raise OSError(f"{path} is no file")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def parse_tree(text: str, name: str) -> Tree:
    """The same for text at hand."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    strange = refused_character(text)
    if strange:
        at, character = strange
        raise _strange(name, text.count("\n", 0, at) + 1, character)
    try:
        for event in yaml.parse(text, Loader=loader):
            if getattr(event, "anchor", None):  # an alias event carries the anchor it points to
                raise refused_at(
                    name,
                    _line(event.start_mark),
                    "anchors (&) and aliases (*) are not part of the format.",
                    "Write the text out where it is used, or put it in quotes if the & or * belongs to it.",
                )
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refused_at(
            name,
            _line(mark),
            f"this is not YAML: {error.problem or error.context}.",
            "Look at the indentation and at quotes on this line and the one before. "
            "A text that contains ': ' or begins with a sign needs quotes.",
        ) from error
    except yaml.YAMLError as error:
        raise refused_at(name, 1, f"this is not YAML: {error}.") from error
    except RecursionError as error:
        raise refused_at(name, 1, "nested too deeply.") from error
    tree = Tree(root=None)
    if node is not None:
        tree.root = _plain(node, (), tree, name)
    return tree


def _strange(name: str, line: int, character: str) -> Refused:
    return refused_at(
        name,
        line,
        f"{character} cannot be seen and has no place in a scenario.",
        "Type the line anew: the character came along with something that was copied.",
    )


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _plain(node: yaml.Node, path: Path_, tree: Tree, name: str) -> Any:
    line = _line(node.start_mark)
    tree.lines.setdefault(path, line)
    if len(path) > DEEPEST:
        raise refused_at(name, line, "nested too deeply.")
    if isinstance(node, yaml.ScalarNode):
        strange = refused_character(node.value)  # written as an escape: the text itself has been looked through
        if strange:
            raise _strange(name, line, strange[1])
        return None if node.value == "" and not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), tree, name) for index, child in enumerate(node.value)]
    plain: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_line = _line(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            raise refused_at(name, key_line, "a key must be a word.")
        key = key_node.value
        strange = refused_character(key)
        if strange:
            raise _strange(name, key_line, strange[1])
        if key in plain:
            first = tree.line((*path, key))
            raise refused_at(name, key_line, f'"{clipped(key)}" stands here twice; it was first given on line {first}.')
        tree.lines[(*path, key)] = key_line
        plain[key] = _plain(value_node, (*path, key), tree, name)
    return plain
