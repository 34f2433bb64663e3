"""From a YAML file to a checked `Scenario`, or to a `Problem` that names every line to mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from salespractice.problem import Problem
from salespractice.scenario.findings import Finding, did_you_mean, problem_of
from salespractice.scenario.model import FORMAT, Scenario
from salespractice.scenario.references import reference_findings
from salespractice.scenario.yaml_tree import Path_, Tree, parse_tree, read_tree

PartT = TypeVar("PartT", bound=BaseModel)


def read_scenario(path: Path, name: str | None = None) -> Scenario:
    """Read one scenario file. `name` is how messages call the file. Raises `Problem` naming every line to mend."""
    name = name or path.name
    return _scenario(read_tree(path, name), name)


def parse_scenario(text: str, name: str = "scenario.yaml") -> Scenario:
    """The same for text at hand."""
    return _scenario(parse_tree(text, name), name)


def _scenario(tree: Tree, name: str) -> Scenario:
    version = tree.root.get("format") if isinstance(tree.root, dict) else None
    if isinstance(version, str) and version.isdigit() and int(version) > FORMAT:
        raise Problem(
            f"{name}:{tree.line(('format',))}: this scenario is in format {version}; "
            f"this program reads up to format {FORMAT}.",
            way_out="Install a newer SalesPractice, or ask the author for a copy in the older format.",
        )
    scenario = as_part(Scenario, tree, name)
    findings = list(reference_findings(scenario, tree))
    if findings:
        raise problem_of(name, findings)
    return scenario


def as_part(kind: type[PartT], tree: Tree, name: str) -> PartT:
    """The tree as one of the format's parts. Raises `Problem` with the line of each thing that does not fit."""
    if not isinstance(tree.root, dict):
        raise Problem(
            f"{name}:1: a {kind.__name__.lower()} begins with keys such as `format:` and `title:`; this file has none.",
            way_out="Start from a copy of one of the scenarios that come with the program.",
        )
    try:
        return kind.model_validate(_without_empty(tree.root))
    except ValidationError as error:
        raise problem_of(name, (_finding(kind, detail, tree) for detail in error.errors())) from None


def _without_empty(plain: Any) -> Any:
    """A key with nothing after it counts as not given."""
    if isinstance(plain, dict):
        return {key: _without_empty(value) for key, value in plain.items() if value is not None}
    if isinstance(plain, list):
        return [_without_empty(value) for value in plain]
    return plain


def _finding(kind: type[BaseModel], detail: ErrorDetails, tree: Tree) -> Finding:
    path = tuple(_steps(detail["loc"], tree))
    place = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    match detail["type"]:
        case "missing":
            return Finding(tree.line(path[:-1]), f'"{path[-1]}" is missing in {_parent(path)}')
        case "extra_forbidden":
            known = sorted(_keys(kind))
            return Finding(
                tree.line(path), f'"{path[-1]}" is no key of {_parent(path)}{did_you_mean(str(path[-1]), known)}'
            )
        case "string_pattern_mismatch":
            return Finding(tree.line(path), f'{place}: "{detail["input"]}" is no id; use small letters, digits and "-"')
        case _:
            message = detail["msg"].replace("Input should", "should").replace("tuple", "list")
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
    return "the file" if len(path) < 2 else ".".join(str(s + 1) if isinstance(s, int) else s for s in path[:-1])


def _keys(kind: type[BaseModel]) -> set[str]:
    """Every key of the format: enough to find the word that was meant."""
    schema = kind.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}
