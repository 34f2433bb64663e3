"""The way in decides between the window and the terminal program."""

from __future__ import annotations

import pytest

from salespractice.__main__ import wants_window


@pytest.mark.parametrize("arguments", ["", "--data somewhere", "--data=somewhere"])
def test_nothing_but_the_windows_own_options_opens_the_window(arguments: str) -> None:
    assert wants_window(arguments.split())


@pytest.mark.parametrize(
    "arguments",
    ["scenarios", "--help", "--version", "--data", "--data somewhere journal list", "practise price --json", "no-such"],
)
def test_all_else_is_the_terminal_programs(arguments: str) -> None:
    assert not wants_window(arguments.split())
