"""What a person has chosen on this machine: devices, the speech model, how the window looks."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from salespractice.problem import Problem


class Settings(BaseModel):
    """The choices, with what holds until something is chosen. Devices are remembered by (sound system, name)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    microphone: tuple[str, str] | None = None
    speaker: tuple[str, str] | None = None
    hands_free: bool = True
    patience: float | None = Field(default=None, ge=0.8, le=5.0)
    """Seconds of silence that end an answer; None: as the scenario says."""
    may_interrupt: bool = True
    model: str = "base"
    model_file: Path | None = None
    appearance: str = "system"


def with_model(settings: Settings, name: str | None, file: Path | None) -> Settings:
    """The choices with another speech model for now: by its name, or a file (which wins); None keeps what is chosen."""
    if file is not None:
        return settings.model_copy(update={"model_file": file})
    return settings.model_copy(update={"model": name, "model_file": None}) if name else settings


def read_settings(path: Path) -> Settings:
    """The stored choices. A missing file means none; one that cannot be understood counts as none too."""
    try:
        return Settings.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return Settings()
    except OSError as error:
        raise Problem(
            f"The settings in {path} cannot be read.", str(error), "Check that you may read the file."
        ) from error


def write_settings(path: Path, settings: Settings) -> None:
    """Store the choices: written beside, then put in place, so that a crash leaves the old ones."""
    beside = path.with_suffix(f".{threading.get_ident()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(settings.model_dump_json(indent=2), encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105 - the one call that promises to replace on every system
    except OSError as error:
        raise Problem(
            "The settings cannot be saved.",
            str(error),
            f"Check that you may write to {path.parent} and that the disk has room.",
        ) from error
