"""A model's file is found in its package and refused by name where it is not the tested one."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from salespractice.installed_model import InstalledModel
from salespractice.problem import Problem


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installed package with a model in it; its code must not run."""
    folder = tmp_path / "a_package_with_a_model"
    (folder / "data").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise AssertionError('imported')")
    (folder / "data" / "model.onnx").write_bytes(b"weights")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return folder.name


def model(package: str, contents: bytes = b"weights", file: str = "data/model.onnx") -> InstalledModel:
    return InstalledModel("voice detector", "It hears.", package, file, hashlib.sha256(contents).hexdigest())


def test_the_file_is_read_without_importing_its_package(package: str) -> None:
    assert model(package).read() == b"weights"


@pytest.mark.parametrize("file", ["data/other.onnx", "data"])
def test_a_missing_file_is_named(package: str, file: str) -> None:
    with pytest.raises(Problem, match="The voice detector is not installed"):
        model(package, file=file).read()


def test_a_missing_package_is_named() -> None:
    with pytest.raises(Problem, match="The voice detector is not installed"):
        model("no_package_has_this_name").read()


def test_an_altered_file_is_refused(package: str) -> None:
    with pytest.raises(Problem, match="not the one that was tested"):
        model(package, b"other weights").read()
