"""A conversation as a file of turns, `[{"speaker": "customer"|"rep", "text": "…"}, …]`, and what is said of it."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from salespractice.coaching.constructs import Shown
from salespractice.coaching.plain_debrief import PlainDebrief
from salespractice.problem import Problem

LARGEST = 5 * 2**20
"""Bytes of a file: some weeks of talking."""

_DEBRIEF = TypeAdapter(PlainDebrief)
_WAY_OUT = 'Give a list of turns: [{"speaker": "customer", "text": "…"}, {"speaker": "rep", "text": "…"}].'


class Said(BaseModel):
    """One turn of the file."""

    model_config = ConfigDict(extra="ignore")

    speaker: Literal["customer", "rep"]
    text: str


_TURNS = TypeAdapter(list[Said])


def read_exchanges(path: Path) -> list[tuple[str, str]]:
    """Each line of the customer's with the answer to it; what one of them says in several turns is joined.

    Raises `Problem` where the file cannot be read or is no conversation.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(f"{path.name} has more than {LARGEST // 2**20} MB.", way_out="Give one conversation.")
        turns = _TURNS.validate_json(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except OSError as error:
        raise Problem(f"{path} cannot be read.", str(error), "Check the name.") from error
    except (ValidationError, RecursionError) as error:
        why = "\n".join(_told(one) for one in error.errors()[:5]) if isinstance(error, ValidationError) else ""
        raise Problem(f"{path.name} is no conversation.", why, _WAY_OUT) from error
    exchanges: list[tuple[str, str]] = []
    line, answer = "", ""
    for turn in turns:
        text = " ".join(turn.text.split())
        if turn.speaker == "rep":
            answer = f"{answer} {text}".strip()
            continue
        if answer:
            exchanges.append((line, answer))
            line, answer = "", ""
        line = f"{line} {text}".strip()
    return [*exchanges, (line, answer)] if answer else exchanges


def debrief_json(debrief: PlainDebrief) -> dict[str, Any]:
    """The shape of what `debrief --conversation` writes."""
    return dict(json.loads(_DEBRIEF.dump_json(debrief)))


def _told(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    return f"{where or 'the file'}: {error['msg']}"


def shown_json(shown: Shown) -> dict[str, object]:
    """The shape of a line that `acts` writes."""
    reading = shown.reading
    row: dict[str, object] = {}
    for kind in ("question", "reflection"):
        label, likely = reading.label(kind)
        row[kind] = {"label": label, "p": _rounded(likely)}
    informs, likely = reading.label("input")
    row["informs_or_advises"] = {"present": informs == "1", "p": _rounded(likely)}
    for kind, name in (
        ("emotional", "emotional_reaction"),
        ("interpretation", "interpretation"),
        ("exploration", "exploration"),
    ):
        level, likely = reading.label(kind)
        row[name] = {"level": int(level), "p": _rounded(likely)}
    row["uptake"] = {"score": _rounded(shown.uptake)}
    row["acts"] = {act: _rounded(likely) for act, likely in shown.acts.items()}
    return row


def _rounded(value: float) -> float:
    return round(value, 3)
