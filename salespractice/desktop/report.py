"""Events of a practice as JSON lines on standard output, for drivers that follow the window from outside."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Any

from pydantic import BaseModel

from salespractice.events import Event, LevelChanged
from salespractice.problem import Problem


def report_event(event: Event) -> None:
    """Print one line: `{"event": name, ...}`. Levels are left out: they come 20 times a second."""
    if not isinstance(event, LevelChanged):
        report({"event": type(event).__name__, **_fields(event)})


def report(message: dict[str, Any]) -> None:
    """Print one message as a line, at once."""
    print(json.dumps(message, default=_plain), file=sys.stdout, flush=True)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Problem):
        return value.as_json()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value):
        return _fields(value)
    return str(value)
