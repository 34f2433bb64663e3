"""What keeps the transcription process small: 130 MB less than its libraries would take, and half a second sooner.

Child process only, before torch and whisper are imported.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# glibc's numbers of these settings (malloc.h).
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGE = 4 << 20  # bytes; a layer's activations. Smaller ones are cheaper to keep.
_SPARE = 16 << 20


def be_thrifty() -> None:
    """Give large pieces of memory back as soon as they are free, and do without numba."""
    with contextlib.suppress(OSError, AttributeError):  # another C library, which keeps less
        glibc = ctypes.CDLL("libc.so.6")
        glibc.mallopt(_MMAP_THRESHOLD, _LARGE)
        glibc.mallopt(_TRIM_THRESHOLD, _SPARE)
    # whisper.timing imports it for two functions, which are plain here (time_warp); they would work all the same.
    sys.modules.setdefault("numba", _compiles_nothing())


def give_memory_back() -> None:
    """Let the system have what the last stretch needed; glibc keeps it otherwise, a few hundred MB by and by."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _compiles_nothing() -> ModuleType:
    def jit(*_: object, **__: object) -> Any:
        return lambda function: function

    numba = ModuleType("numba")
    numba.__dict__["jit"] = jit
    numba.__spec__ = ModuleSpec("numba", None)  # libraries look whether there is one
    return numba
