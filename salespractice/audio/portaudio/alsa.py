"""Whether ALSA can list devices at all, asked before PortAudio is: with none to list, PortAudio ends the program.

PortAudio 19.6 on Linux asserts that ALSA's configuration names a device (pa_linux_alsa.c, BuildDeviceList), and a
failed assertion in a library cannot be caught. A named device that does not open is harmless: it is not listed.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

_PASSED_OVER = frozenset(
    (b"hw", b"plughw", b"plug", b"dsnoop", b"tee", b"file", b"null", b"shm", b"cards", b"rate_convert")
)
"""Plugins that PortAudio does not count as devices."""

_ErrorHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_SILENT = _ErrorHandler(lambda file, line, function, code, form: None)


def alsa_fault() -> str:
    """Why PortAudio must not be started here; empty when it may, as on every system but Linux."""
    if sys.platform != "linux":
        return ""
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return ""  # a PortAudio without ALSA
    # ALSA prints on the terminal what it does not like; sounddevice mutes PortAudio's start in the same way.
    alsa.snd_lib_error_set_handler(_SILENT)
    try:
        if alsa.snd_config_update() < 0:
            return "ALSA, the sound system, finds no configuration that it can read."
        if not any(name not in _PASSED_OVER for name in _names(alsa)):
            return "The configuration of ALSA, the sound system, names no device."
    finally:
        alsa.snd_lib_error_set_handler(None)
    return ""


def _names(alsa: ctypes.CDLL) -> Iterator[bytes]:
    """The names of the devices and plugins (PCMs) in ALSA's configuration."""
    pointer = ctypes.c_void_p
    for step in (alsa.snd_config_iterator_first, alsa.snd_config_iterator_next, alsa.snd_config_iterator_end):
        step.restype, step.argtypes = pointer, [pointer]
    alsa.snd_config_iterator_entry.restype, alsa.snd_config_iterator_entry.argtypes = pointer, [pointer]
    alsa.snd_config_search.argtypes = [pointer, ctypes.c_char_p, pointer]
    alsa.snd_config_get_id.argtypes = [pointer, pointer]
    root, found, name = pointer.in_dll(alsa, "snd_config"), pointer(), ctypes.c_char_p()
    if alsa.snd_config_search(root, b"pcm", ctypes.byref(found)) < 0:
        return
    at, end = alsa.snd_config_iterator_first(found), alsa.snd_config_iterator_end(found)
    while at != end:
        if alsa.snd_config_get_id(alsa.snd_config_iterator_entry(at), ctypes.byref(name)) >= 0 and name.value:
            yield name.value
        at = alsa.snd_config_iterator_next(at)
