"""The house is in order: tests where they are looked for, modules of one idea, releases pinned."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "salespractice"
TESTS = ROOT / "tests"
OF_THEIR_OWN = {"architecture", "benchmarks", "end_to_end"}
LONGEST = 400


def folders(top: Path) -> set[str]:
    """The folders under `top` that hold Python files, relative to it."""
    return {path.parent.relative_to(top).as_posix() for path in top.rglob("*.py")} - {"."}


def test_the_folders_of_tests_mirror_the_package() -> None:
    tested = {folder for folder in folders(TESTS) if folder.partition("/")[0] not in OF_THEIR_OWN}
    top_of_package = {folder for folder in folders(PACKAGE) if "/" not in folder}
    assert tested <= folders(PACKAGE), "tests of what is not there"
    assert top_of_package <= tested, "folders without tests"


def test_a_module_is_one_idea() -> None:
    too_long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted(PACKAGE.rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not too_long


def test_every_dependency_is_pinned_by_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines if "==" in line and not line.startswith("#")}
    names = {requirement.partition(">")[0].partition("=")[0].strip().lower() for requirement in wanted}
    assert names <= pinned


def test_torch_is_pinned_without_naming_a_build() -> None:
    # `2.13.0+cpu` is found by those who have that very file only, `2.13.0` by everyone.
    assert "torch==2.13.0" in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
