"""From a YAML file to a checked `Scenario`, or to a `Problem` that names every line to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from salespractice.scenario.findings import MOST, Finding, Refused, clipped, did_you_mean, refused_at
from salespractice.scenario.model import FORMAT, Scenario
from salespractice.scenario.references import reference_findings
from salespractice.scenario.yaml_tree import Path_, Tree, parse_tree, read_tree

PartT = TypeVar("PartT", bound=BaseModel)


def read_scenario(path: Path, name: str | None = None) -> Scenario:
    """Read one scenario file. `name` is how messages call the file. Raises `Problem` naming every line to mend."""
    name = name or path.name
    return scenario_of(read_tree(path, name), name)


def parse_scenario(text: str, name: str = "scenario.yaml") -> Scenario:
    """The same for text at hand."""
    return scenario_of(parse_tree(text, name), name)


def scenario_of(tree: Tree, name: str) -> Scenario:
    """The same for a file that has been read as a tree."""
    version = tree.root.get("format") if isinstance(tree.root, dict) else None
    if isinstance(version, str) and version.isdigit() and int(version) > FORMAT:
        raise refused_at(
            name,
            tree.line(("format",)),
            f"this scenario is in format {clipped(version)}; this program reads up to format {FORMAT}.",
            "Install a newer SalesPractice, or ask the author for a copy in the older format.",
        )
    scenario = as_part(Scenario, tree, name)
    findings = list(islice(reference_findings(scenario, tree), MOST))
    if findings:
        raise Refused(name, findings)
    return scenario


def as_part(kind: type[PartT], tree: Tree, name: str) -> PartT:
    """The tree as one of the format's parts. Raises `Problem` with the line of each thing that does not fit."""
    if not isinstance(tree.root, dict):
        raise refused_at(
            name,
            1,
            f"a {kind.__name__.lower()} begins with keys such as `format:` and `title:`; this file has none.",
            "Start from a copy of one of the scenarios that come with the program.",
        )
    try:
        return kind.model_validate(_without_empty(tree.root))
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if not _is_consequence(detail)][:MOST]
        raise Refused(name, (_finding(kind, detail, tree) for detail in details)) from None


def _without_empty(plain: Any) -> Any:
    """A key with nothing after it counts as not given."""
    if isinstance(plain, dict):
        return {key: _without_empty(value) for key, value in plain.items() if value is not None}
    if isinstance(plain, list):
        return [_without_empty(value) for value in plain]
    return plain


def _is_consequence(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because its entries have errors, which are told anyway."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _finding(kind: type[BaseModel], detail: ErrorDetails, tree: Tree) -> Finding:
    path = tuple(_steps(detail["loc"], tree))
    place = _dotted(path)
    match detail["type"]:
        case "missing":
            return Finding(tree.line(path[:-1]), f'"{path[-1]}" is missing in {_parent(path)}')
        case "extra_forbidden":
            key = clipped(str(path[-1]))
            return Finding(tree.line(path), f'"{key}" is no key of {_parent(path)}{did_you_mean(key, _keys(kind))}')
        case "string_pattern_mismatch":
            wrong = clipped(str(detail["input"]))
            return Finding(tree.line(path), f'{place}: "{wrong}" is no id; use small letters, digits and "-"')
        case _:
            message = re.sub(r"^(Input|Tuple) should", "should", detail["msg"])
            message = message.replace("tuple", "list").replace(" after validation", "")
            return Finding(tree.line(path), f"{place}: {message[0].lower()}{message[1:]}")


def _steps(loc: Path_, tree: Tree) -> Iterator[str | int]:
    """The path of an error as it stands in the file: a shorthand (`goes_to: beat`) has no inner steps there."""
    path: Path_ = ()
    for number, step in enumerate(loc):
        if (*path, step) not in tree.lines and number < len(loc) - 1:
            continue
        path = (*path, step)
        yield step


def _parent(path: Path_) -> str:
    return "the file" if len(path) < 2 else _dotted(path[:-1])


def _dotted(path: Path_) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else clipped(step) for step in path)


@cache  # a file may have many thousand unknown keys, and a schema takes its time
def _keys(kind: type[BaseModel]) -> list[str]:
    """Every key of the format: enough to find the word that was meant."""
    schema = kind.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for part in parts for key in part.get("properties", {})})
