"""What works on this machine and how to mend what does not: every part that a practice needs, looked at for real."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from salespractice.audio import voice_activity
from salespractice.display import check_display
from salespractice.journal.journal import Journal
from salespractice.language.embedding import MiniLM
from salespractice.places import Places, shipped
from salespractice.problem import Problem
from salespractice.scenario.pack import open_packs, staged_scenarios
from salespractice.settings import Settings
from salespractice.transcription.models import available_models, find_model

ROOM_WANTED = 500_000_000  # bytes; about an hour and a half of takes


class State(StrEnum):
    """How a part is."""

    WORKS = "works"
    LIMITED = "limited"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Row:
    """One part: its state, what was found, and how to mend it where that is needed."""

    part: str
    state: State
    found: str
    way_out: str = ""


def examine(places: Places, settings: Settings) -> Iterator[Row]:
    """Try every part, one after the other. Nothing is changed, except that the data folder is made if it is missing."""
    parts: list[tuple[str, Callable[[], tuple[State, str, str]]]] = [
        ("Speech model", lambda: _speech(settings)),
        ("Language model", _language),
        ("Voice detector", _voice),
        ("Microphone", _microphone),
        ("Speaker", _speaker),
        ("Display", _display),
        ("Data folder", lambda: _data(places)),
        ("Journal", lambda: _journal(places)),
        ("Scenarios", lambda: _scenarios(places)),
    ]
    for part, look in parts:
        try:
            yield Row(part, *look())
        except Problem as problem:
            yield Row(part, State.MISSING, " ".join(filter(None, (problem.what, problem.why))), problem.way_out)


def _speech(settings: Settings) -> tuple[State, str, str]:
    model = find_model(settings.model, settings.model_file)
    model.verify()
    others = [one.name for one in available_models() if one.name != model.name]
    also = f"; also here: {', '.join(others)}" if others else ""
    return State.WORKS, f"Whisper {model.name}, verified{also}", ""


def _language() -> tuple[State, str, str]:
    MiniLM(shipped("assets") / "language" / "vocab.txt").load()
    return State.WORKS, "MiniLM, verified", ""


def _voice() -> tuple[State, str, str]:
    voice_activity.load()
    return State.WORKS, "Silero VAD, verified", ""


def _microphone() -> tuple[State, str, str]:
    from salespractice.audio.portaudio import microphones

    found = microphones()
    if not found:
        return (
            State.LIMITED,
            "no microphone was found; answers can be typed",
            "Plug one in, and allow microphones in the system's privacy settings.",
        )
    return State.WORKS, ", ".join(f"{one.name} ({one.host})" for one in found[:4]), ""


def _speaker() -> tuple[State, str, str]:
    from salespractice.audio.portaudio import speakers

    found = speakers()
    if not found:
        return State.LIMITED, "no speaker was found; lines can be read", "Plug in a headset or speakers."
    return State.WORKS, ", ".join(f"{one.name} ({one.host})" for one in found[:4]), ""


def _display() -> tuple[State, str, str]:
    try:
        check_display()
    except Problem as problem:
        way_out = "The terminal commands work without one. For the window, start the program from a desktop."
        return State.LIMITED, problem.what, way_out
    return State.WORKS, os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or sys.platform, ""


def _data(places: Places) -> tuple[State, str, str]:
    folder = places.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Problem(
            f"{folder} cannot be written to.", str(error), "Choose another folder with --data, or mend its permissions."
        ) from error
    if free < ROOM_WANTED:
        return State.LIMITED, f"{folder}, {free / 1e6:.0f} MB free", "Free some space; takes need about 6 MB a minute."
    return State.WORKS, f"{folder}, {free / 1e9:.1f} GB free", ""


def _journal(places: Places) -> tuple[State, str, str]:
    if not places.journal.exists():
        return State.WORKS, "empty; it begins with the first practice", ""
    journal = Journal(places.journal)
    try:
        count = journal.count()
    finally:
        journal.close()
    return State.WORKS, f"{count} practices", ""


def _scenarios(places: Places) -> tuple[State, str, str]:
    staged = list(staged_scenarios(open_packs(places.pack_folders)))
    problems = [one for one in staged if isinstance(one, Problem)]
    found = [one.address for one in staged if not isinstance(one, Problem)]
    if problems:
        return State.LIMITED, f"{len(found)} good; {problems[0].what}", problems[0].way_out
    if not found:
        return State.MISSING, "none", "Install the program again, or put a pack into the packs folder."
    return State.WORKS, ", ".join(found), ""
