"""What a simulation came to: tables and a plain verdict for a person, rows for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from salespractice.roleplay.simulated_reps import LISTENER, PUSHER
from salespractice.roleplay.simulation import BETTER, MOST_TURNS, SEPARATED, WORSE, Played, Run, Simulation

_TOLD = 5  # errors; the first ones show what to look for


def simulation_text(simulation: Simulation) -> str:
    """The reps' endings and turns, how often each beat and need was met, and whether listening pays."""
    scenario = simulation.scenario
    title = f"{scenario.id}: {scenario.title} ({_runs(len(simulation.played[0].runs))} a rep)"
    parts = [title, _table(simulation), _met(simulation), *_errors(simulation), verdict(simulation)]
    return "\n\n".join(parts)


def walk_text(simulation: Simulation) -> str:
    """What a random walk came to."""
    (played,) = simulation.played
    scenario, errors = simulation.scenario, list(_errors(simulation))
    title = f"{scenario.id}: {scenario.title} ({_runs(len(played.runs))} of a random walk)"
    parts = [title, _table(simulation), _met(simulation), *errors]
    return "\n\n".join(parts if errors else [*parts, "Every run came to an end, and nothing went wrong."])


def verdict(simulation: Simulation) -> str:
    """One line: whether the scenario separates who listens from who pushes."""
    well, badly = simulation.of(LISTENER).share(BETTER), simulation.of(PUSHER).share(WORSE)
    # To a tenth: 89.9 is not enough.
    shares = f"the listener ends well in {well:.1%} of the runs, the pusher badly in {badly:.1%}".replace("%", " %")
    if simulation.separates:
        return f"Separates listener from pusher: {shares}."
    return f"DOES NOT SEPARATE listener from pusher: {shares}; both should be {_percent(SEPARATED)} or more."


def simulation_json(simulation: Simulation) -> dict[str, object]:
    """The shape of a scenario in `simulate --json`."""
    return {
        **walk_json(simulation),
        "listener_ends_well": _rounded(simulation.of(LISTENER).share(BETTER)),
        "pusher_ends_badly": _rounded(simulation.of(PUSHER).share(WORSE)),
        "separates": simulation.separates,
    }


def walk_json(simulation: Simulation) -> dict[str, object]:
    """The shape of a scenario in `simulate --walk --json`: shares are 0 to 1."""
    return {
        "scenario": simulation.scenario.id,
        "title": simulation.scenario.title,
        "reps": [_played_json(simulation, played) for played in simulation.played],
        "beats": {name: _rounded(share) for name, share in simulation.beats.items()},
        "needs": {name: _rounded(share) for name, share in simulation.needs.items()},
        "never": _never(simulation),
        "errors": [
            {"rep": run.rep, "number": run.number, "stopped_at": run.stopped_at, "what": _what(run)}
            for run in simulation.errors
        ],
    }


def _played_json(simulation: Simulation, played: Played) -> dict[str, object]:
    runs = len(played.runs)
    outcomes = dict.fromkeys(ending.outcome for ending in simulation.scenario.endings)
    return {
        "rep": played.rep,
        "runs": runs,
        "endings": {one.id: _rounded(played.endings[one.id] / runs) for one in simulation.scenario.endings},
        "outcomes": {str(outcome): _rounded(played.share([outcome])) for outcome in outcomes},
        "no_end": sum(run.no_end for run in played.runs),
        "mistakes": sum(bool(run.mistake) for run in played.runs),
        "turns": {"mean": round(played.mean_turns, 2), "percentile_95": played.turns_95, "longest": played.longest},
        "trust": round(played.mean_trust, 1),
    }


def _table(simulation: Simulation) -> str:
    """One row a rep: the share of each ending, below the outcome that it is, then turns and trust."""
    endings = simulation.scenario.endings
    rows = [
        ["", *(ending.outcome for ending in endings), "", "turns", "", "", ""],
        ["rep", *(ending.id for ending in endings), "no end", "mean", "95 %", "longest", "trust"],
    ]
    for played in simulation.played:
        runs, reached = len(played.runs), played.endings
        rows.append(
            [
                played.rep,
                *(_percent(reached[ending.id] / runs) for ending in endings),
                _percent(sum(run.no_end for run in played.runs) / runs),
                f"{played.mean_turns:.1f}",
                str(played.turns_95),
                str(played.longest),
                f"{played.mean_trust:.0f}",
            ]
        )
    return _aligned(rows)


def _met(simulation: Simulation) -> str:
    beats, needs = simulation.beats, simulation.needs
    never = [f"{', '.join(names)} ({kind})" for kind, names in _never(simulation).items() if names]
    return "\n".join(
        [
            "Beats reached, in all runs:",
            *_shares(beats),
            "Needs found, in all runs:",
            *_shares(needs),
            f"Never: {'; '.join(never)}." if never else "Every beat and ending was reached, and every need found.",
        ]
    )


def _never(simulation: Simulation) -> dict[str, list[str]]:
    ended = {run.ending for run in simulation.runs}
    return {
        "beats": [name for name, share in simulation.beats.items() if not share],
        "needs": [name for name, share in simulation.needs.items() if not share],
        "endings": [ending.id for ending in simulation.scenario.endings if ending.id not in ended],
    }


def _errors(simulation: Simulation) -> Iterator[str]:
    errors = simulation.errors
    if not errors:
        return
    lines = [f"ERROR: {run.rep}, run {run.number}: {_what(run)}" for run in errors[:_TOLD]]
    if len(errors) > _TOLD:
        lines.append(f"ERROR: the same or the like in {_runs(len(errors) - _TOLD)} more")
    yield "\n".join(lines)


def _what(run: Run) -> str:
    if run.mistake:
        return f"went wrong at {run.stopped_at} after {run.turns} turns: {run.mistake}"
    return f"did not end within {MOST_TURNS} turns; it was at {run.stopped_at}"


def _shares(met: Mapping[str, float]) -> list[str]:
    width = max(map(len, met))
    return [f"  {name:<{width}} {_percent(share):>6}" for name, share in met.items()]


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(["", f"{row[0]:<{widths[0]}}", *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )


def _percent(share: float) -> str:
    """Whole percents; what happened at all is never nought, and what was missed once is never all."""
    if 0 < share < 0.005:
        return "<1 %"
    return f"{min(share, 0.99) if share < 1 else 1:.0%}".replace("%", " %")


def _rounded(share: float) -> float:
    return round(share, 4)


def _runs(number: int) -> str:
    return f"{number} run{'' if number == 1 else 's'}"
