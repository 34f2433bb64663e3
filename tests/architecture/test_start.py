"""The window and the terminal program start without the heavy libraries: those come when they are needed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "whisper", "numba", "sounddevice", "onnxruntime", "tokenizers", "soundfile", "kokoro_onnx")
WAYS_IN = ("salespractice.__main__", "salespractice.cli", "salespractice.practice", "salespractice.desktop.application")
WITHOUT_A_WINDOW = ("salespractice.cli", "salespractice.practice", "salespractice.doctor")


def exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def loaded_by(module: str) -> set[str]:
    """The top-level names of all that is loaded in a fresh process when `module` is imported."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", [name for name in WAYS_IN if exists(name)])
def test_starting_loads_nothing_heavy(module: str) -> None:
    assert not loaded_by(module) & set(HEAVY)


@pytest.mark.parametrize("module", [name for name in WITHOUT_A_WINDOW if exists(name)])
def test_only_the_window_loads_qt(module: str) -> None:
    assert "PySide6" not in loaded_by(module)
