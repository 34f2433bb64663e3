"""Is there a screen? Asked before Qt is started, because Qt ends the whole program where there is none.

The question is put to the system's own libraries, the ones that Qt will use, so that a screen behind a network, a
container's mounted one, or one that refuses this person are answered as Qt would be answered.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

from salespractice.problem import Problem

_WAY_OUT = (
    "Start it from a desktop, or use the terminal program, which needs no screen: `python main.py --help`. "
    "`python main.py doctor` says what works on this machine."
)
_SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
# What Qt's window plugin is linked against, by the packages of Debian and Ubuntu that bring it.
_X_LIBRARIES = {
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def check_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Raise `Problem` where no window can appear. Windows and macOS always have a screen."""
    if platform in ("win32", "darwin"):
        return
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _SCREENLESS:
        return
    if environment.get("WAYLAND_DISPLAY") and _wayland_answers(environment["WAYLAND_DISPLAY"]):
        return
    display = environment.get("DISPLAY", "")
    if not display:
        raise Problem(
            "The window cannot open: there is no screen.", "Neither DISPLAY nor WAYLAND_DISPLAY leads to one.", _WAY_OUT
        )
    missing = [package for library, package in _X_LIBRARIES.items() if _library(library) is None]
    if missing:
        raise Problem(
            "The window cannot open: system libraries are missing.",
            f"Qt needs {', '.join(missing)}.",
            f"Install them: sudo apt install {' '.join(missing)}",
        )
    if not _x_answers(display):
        raise Problem(
            f"The window cannot open: the screen {display} does not answer.",
            "DISPLAY names it, but nothing listens there, or it refuses this user.",
            _WAY_OUT,
        )


def _x_answers(display: str) -> bool:
    xcb = _library("libxcb.so.1")
    if xcb is None:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers(name: str) -> bool:
    wayland = _library("libwayland-client.so.0")
    if wayland is None:
        return False
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(os.fsencode(name))
    if not connection:
        return False
    wayland.wl_display_disconnect(connection)
    return True


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
