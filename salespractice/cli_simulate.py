"""`simulate` on the command line: simulated reps play the scenarios of a pack, or somebody who says anything at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from salespractice.formats.simulation_text import simulation_json, simulation_text, walk_json, walk_text
from salespractice.problem import Problem
from salespractice.rig import open_matcher
from salespractice.roleplay.simulation import simulate, walk
from salespractice.scenario.findings import did_you_mean
from salespractice.scenario.model import Scenario
from salespractice.scenario.pack import open_pack
from salespractice.scenario.reader import read_scenario


@dataclass(frozen=True, slots=True)
class Plan:
    """What to play: all scenarios or the one with this id, `runs` times a rep, or instead `walks` times at random."""

    scenario: str | None = None
    runs: int = 1000
    walks: int | None = None
    seed: int = 0


def simulate_pack(place: Path, plan: Plan, *, as_json: bool) -> bool:
    """Simulate the scenarios of a pack, or the one in a file, and print what came of it.

    Returns whether all is well: every run came to an end and, with the reps, every scenario separates who listens from
    who pushes. Raises `Problem` where there is nothing to play, or a scenario has errors.
    """
    for option, number in (("--runs", plan.runs), ("--walk", plan.walks)):
        if number is not None and number < 1:
            raise Problem(f"{option} {number} plays nothing.", way_out="Give a number of runs from 1.")
    scenarios = _scenarios(place, plan.scenario)
    matcher, rows, well = open_matcher(), [], True
    for number, scenario in enumerate(scenarios):
        if plan.walks is None:
            simulation = simulate(scenario, matcher, plan.runs, plan.seed)
            row, text = simulation_json(simulation), simulation_text(simulation)
            well = well and simulation.separates
        else:
            simulation = walk(scenario, matcher, plan.walks, plan.seed)
            row, text = walk_json(simulation), walk_text(simulation)
        well = well and not simulation.errors
        rows.append(row)
        if not as_json:
            # At once: the next one takes its time.
            print(("\n\n" if number else "") + text, flush=True)
    if as_json:
        print(json.dumps({"seed": plan.seed, "scenarios": rows}, ensure_ascii=False, indent=2))
    return well


def _scenarios(place: Path, only: str | None) -> list[Scenario]:
    """What is to be played. All are read before the first is played: an error in the last one is told at once."""
    scenarios, problems = [], []
    for path, label in _files(place):
        try:
            scenarios.append(read_scenario(path, label))
        except Problem as problem:
            problems.append(problem)
    wanted = [scenario for scenario in scenarios if only in (None, scenario.id)]
    # Where one is named, errors in the others are no hindrance.
    if problems and not (only and wanted):
        raise problems[0]
    if not scenarios:
        raise Problem(f"{place} has no scenario.", way_out="Put a scenario's YAML file beside its pack.yaml.")
    if not wanted:
        ids = [scenario.id for scenario in scenarios]
        raise Problem(
            f'{place} has no scenario "{only}"{did_you_mean(str(only), ids)}.',
            f"Its scenarios: {', '.join(ids)}.",
            "Name one of them with --scenario, or leave that out to play them all.",
        )
    return wanted


def _files(place: Path) -> list[tuple[Path, str]]:
    """The files that hold scenarios, and how messages call them."""
    try:
        if place.suffix in (".yaml", ".yml") and place.name != "pack.yaml" and place.is_file():
            return [(place, place.name)]
        pack = open_pack(place.parent if place.name == "pack.yaml" else place)
        return [(path, pack.label(path)) for path in pack.scenario_files()]
    except OSError as error:
        raise Problem(f"{place} cannot be looked at.", str(error), "Name a folder that you may read.") from error
