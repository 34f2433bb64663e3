"""The way in: the window when nothing else is asked for, else the terminal program."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from salespractice.problem import Problem

_WITH_VALUE = ("--data",)
_ALONE = ("--report-ready", "--report-events")
"""What may be said to the window, the first with a value. Everything else is the terminal program's."""


def wants_window(argv: Sequence[str]) -> bool:
    """Whether `argv` (without the program's name) holds nothing but the window's own options."""
    words = iter(argv)
    for word in words:
        if word in _WITH_VALUE:
            if next(words, None) is None:
                return False  # the terminal program says what is missing
        elif word not in _ALONE and not word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            return False
    return True


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv`, by default what it was called with; returns 0, 1, or 2 after a problem."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not wants_window(words):
        from salespractice.cli import main as terminal

        return terminal(words)
    try:
        return _open_window(words)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2


def _open_window(words: list[str]) -> int:
    try:
        # Checked apart from our own modules, so that a mistake in those is never reported as a missing library.
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        raise Problem(
            "The window cannot open.",
            f"Qt did not load: {error}",
            "On Debian and Ubuntu `make run` installs what is missing; `python main.py doctor` says more. "
            "The terminal commands work without it: see `python main.py --help`.",
        ) from error
    from salespractice.desktop.application import run

    return run(words)


if __name__ == "__main__":
    raise SystemExit(main())
