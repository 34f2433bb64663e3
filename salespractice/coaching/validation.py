"""How far the feedback agrees with rated conversations of others: what `make validate` found, as it ships."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from salespractice.problem import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One construct on one set. All numbers are of the `measure`; `low` and `high` are the ends of its 95 % interval.

    `floor` is what a simple rule reaches (None where there is none). `human` is what one person reaches against others,
    or else what is known of it, in words; empty where nothing is.
    """

    construct: str
    on: str
    measure: str
    floor: float | None
    ours: float
    low: float
    high: float
    human: str


@dataclass(frozen=True, slots=True)
class Validation:
    """The rows; from which probability on a statement counts as sure, how often these are right, and their share."""

    sure_from: float
    right_when_sure: float
    share_sure: float
    rows: tuple[Row, ...]


_VALIDATION = TypeAdapter(Validation)


def read_validation(path: Path) -> Validation:
    """What `write_validation` wrote. Raises `Problem` where it is missing or damaged."""
    try:
        return _VALIDATION.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise Problem(f"{path.name} cannot be read.", str(error), "Install the program again.") from error


def write_validation(path: Path, validation: Validation) -> None:
    """Store it as text that shows in a diff."""
    path.write_bytes(_VALIDATION.dump_json(validation, indent=1) + b"\n")
