"""No test reaches the network: whatever in this process looks up or connects to another machine fails at once."""

from __future__ import annotations

import sys

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1", None, ""}


def forbid_network() -> None:
    """From now on, a connection of this process to another machine raises. It cannot be undone: audit hooks stay."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in _THIS_MACHINE:
        # No OSError: that is what a program expects of a network, and quietly lives with.
        raise AssertionError(f"{event}: the program tried to reach {host!r}; it works offline")
