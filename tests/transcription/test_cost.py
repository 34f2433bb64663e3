"""What a model costs is measured with the real process, and remembered for this machine alone."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from salespractice.audio.files import read_sound
from salespractice.places import shipped
from salespractice.transcription.cost import Cost, Measurement, machine, read_costs, write_costs
from salespractice.transcription.models import find_model


@pytest.mark.slow
def test_measures_a_model() -> None:
    speech = read_sound(shipped("assets") / "answers" / "listener" / "01.flac").resampled(16_000).samples
    cost = Measurement(find_model("tiny.en")).run(speech)
    assert cost is not None
    assert 0 < cost.computing < 5
    assert cost.loading > 0
    assert cost.memory == 0 or 50e6 < cost.memory < 4e9


def test_cancelled_before_it_began() -> None:
    measurement = Measurement(find_model("tiny.en"))
    measurement.cancel()
    assert measurement.run(np.zeros(16_000, np.float32)) is None


@pytest.mark.slow
def test_cancelled_while_it_runs_ends_at_once() -> None:
    measurement = Measurement(find_model("tiny.en"))
    results: list[Cost | None] = []
    thread = threading.Thread(target=lambda: results.append(measurement.run(np.zeros(16_000, np.float32))))
    thread.start()
    measurement.cancel()
    thread.join(30)
    assert results == [None]


def test_costs_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "new" / "model-costs.json"
    costs = {"a": Cost(0.04, 2.5, 600_000_000)}
    write_costs(path, costs)
    assert read_costs(path) == costs


def test_another_machine_measures_anew(tmp_path: Path) -> None:
    path = tmp_path / "model-costs.json"
    write_costs(path, {"a": Cost(0.04, 2.5, 600_000_000)})
    stored = json.loads(path.read_text())
    assert stored["machine"] == machine()
    path.write_text(json.dumps({**stored, "machine": "another"}))
    assert read_costs(path) == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"machine": 1, "costs": 2}', '{"costs": {"a": {"b": 1}}}'])
def test_what_cannot_be_understood_counts_as_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model-costs.json"
    path.write_text(text)
    assert read_costs(path) == {}
    assert read_costs(tmp_path / "absent.json") == {}
