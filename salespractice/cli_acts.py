"""`acts` on the command line: what answers show of the constructs that the feedback stands on, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable

from salespractice.formats.conversation_json import shown_json
from salespractice.problem import Problem
from salespractice.rig import open_constructs


def acts(lines: Iterable[str]) -> None:
    """Read JSON lines `{"previous": "…", "text": "…"}` and print one JSON line each, in order.

    Raises `Problem` with the line's number where one is no such object; those before it are printed.
    """
    constructs = open_constructs()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, previous = row["text"], row.get("previous") or ""
            if not isinstance(text, str) or not isinstance(previous, str):
                raise TypeError("`text` and `previous` are text")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Problem(
                f"Line {number} of the input is no exchange.",
                f"{type(error).__name__}: {error}",
                'Give one JSON object a line: {"previous": "what was said", "text": "the answer to it"}.',
            ) from error
        shown = constructs.read(_whole(text), _whole(previous))
        print(json.dumps(shown_json(shown), ensure_ascii=False), flush=True)


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON may hold and no program can write."""
    return text.encode("utf-8", "replace").decode("utf-8")
