"""What `make lint` checks holds: who may know whom, the style, the types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


def run_python(*arguments: str) -> None:
    """Run Python in the repository; a failure shows what it printed."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_everyone_knows_only_whom_they_may() -> None:
    run_python("-c", LINT_IMPORTS, "--no-cache")


def test_the_style_is_kept() -> None:
    run_python("-m", "ruff", "check", ".")


def test_the_format_is_kept() -> None:
    run_python("-m", "ruff", "format", "--check", ".")


@pytest.mark.slow
def test_the_types_fit() -> None:
    run_python("-m", "mypy")
