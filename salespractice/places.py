"""Where things are: what ships with the program, and the folders that belong to this person on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def shipped(kind: str) -> Path:
    """The folder `scenarios` or `assets` that came with the program, in a clone or in an installation."""
    installed = _PACKAGE / "shipped" / kind
    return installed if installed.is_dir() else _PACKAGE.parent / kind


@dataclass(frozen=True, slots=True)
class Places:
    """The person's own folders. `data` holds the journal, takes and packs; deleting it deletes every practice."""

    data: Path

    @property
    def journal(self) -> Path:
        return self.data / "journal.db"

    @property
    def takes(self) -> Path:
        return self.data / "takes"

    @property
    def packs(self) -> Path:
        return self.data / "packs"

    @property
    def pack_folders(self) -> tuple[Path, Path]:
        """Where packs are: those that ship, then the person's own."""
        return shipped("scenarios"), self.packs

    @property
    def settings(self) -> Path:
        return self.data / "settings.json"


def places(data: Path | None = None) -> Places:
    """The folders to use: an explicit one, else `SALESPRACTICE_DATA`, else the platform's place for user data."""
    chosen = (
        data or os.environ.get("SALESPRACTICE_DATA") or platformdirs.user_data_dir("SalesPractice", appauthor=False)
    )
    return Places(Path(chosen).expanduser().absolute())
