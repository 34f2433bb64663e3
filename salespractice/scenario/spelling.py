"""Whether the glossary's names are spelled as it has them wherever the scenario writes them, and written at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from difflib import SequenceMatcher
from typing import Any

from salespractice.scenario.findings import Finding, Severity, clipped
from salespractice.scenario.model import Scenario
from salespractice.scenario.yaml_tree import Path_, Tree

Spelled = Callable[[str], str]
"""A text with the glossary's spelling of whatever is nearly one of its names."""

MOST = 100  # names; Whisper takes in about half of that

_NO_WORD = re.compile(r"\S{80,}")  # no name is that long, and looking for one in it takes very long
_PROSE = frozenset(
    """
    title summary situation goal facts name role about detail question feeling lines impatient asks_back text quote
    notice meaning examples why
    """.split()
)
"""The keys under which people write sentences."""


def spelling_findings(scenario: Scenario, tree: Tree, spelled: Spelled) -> Iterator[Finding]:
    """A warning for each name that is spelled another way, and for each that the scenario never uses."""
    written = list(prose(tree))
    if len(scenario.glossary) > MOST:
        message = (
            f"a glossary of {len(scenario.glossary)} names helps nobody to spell; keep those that are hard to hear"
        )
        yield Finding(tree.line(("glossary",)), message, Severity.WARNING, "spelling")
        return
    whole = {" ".join(name.split()) for name in scenario.glossary}
    for path, text in written:
        for was, name in _respelled(text, spelled):
            if _is_meant(was, name, whole):
                message = f'"{clipped(was)}" is "{clipped(name)}" in the glossary; spell it alike'
                yield Finding(tree.line(path), message, Severity.WARNING, "spelling")
    everything = " ".join(" ".join(text.split()) for _, text in written).casefold()
    for number, name in enumerate(scenario.glossary):
        if " ".join(name.split()).casefold() not in everything:
            message = f'the glossary has "{clipped(name)}", which nobody says or reads in this scenario'
            yield Finding(tree.line(("glossary", number)), message, Severity.WARNING, "unused-name")


def prose(tree: Tree) -> Iterator[tuple[Path_, str]]:
    """Every text that a person wrote for people, with its path; no ids and no glossary."""
    ahead: list[tuple[Path_, Any]] = [((), tree.root)]
    while ahead:
        path, here = ahead.pop()
        if isinstance(here, dict):
            ahead += [((*path, key), value) for key, value in here.items()]
        elif isinstance(here, list):
            ahead += [((*path, index), value) for index, value in enumerate(here)]
        elif isinstance(here, str) and _key(path) in _PROSE:
            yield path, here


def _key(path: Path_) -> str:
    """The key that a text stands under, be it alone or in a list."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _respelled(text: str, spelled: Spelled) -> Iterator[tuple[str, str]]:
    """What the glossary would write another way, with that way."""
    text = _NO_WORD.sub("…", text)
    words, better = text.split(), spelled(text).split()
    if words == better:
        return
    for kind, first, last, better_first, better_last in SequenceMatcher(None, words, better, False).get_opcodes():
        was, name = " ".join(words[first:last]), " ".join(better[better_first:better_last])
        # "RouteWise-based" holds the name as it should be.
        if kind == "replace" and _bare(name) not in was:
            yield _bare(was), _bare(name)


def _is_meant(was: str, name: str, whole: Container[str]) -> bool:
    """Whether somebody meant the name. The glossary is made for what was heard, where "Kieran was" may be "Kieran
    Walsh"; who writes a name gives it a capital letter, or the same letters, or a word that is none otherwise.
    """
    single = " " not in was and " " not in name and name in whole
    return single or _letters(was) == _letters(name) or any(word[:1].isupper() for word in was.split())


def _letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def _bare(words: str) -> str:
    return re.sub(r"^\W+|(['’]s)?\W*$", "", words)
