"""A debrief as one self-contained HTML page: every quote plays the second of audio that it cites."""

from __future__ import annotations

import base64
import io
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salespractice.audio.files import read_sound
from salespractice.audio.voice_activity import RATE
from salespractice.coaching.debrief import Answer
from salespractice.coaching.moment import clipped
from salespractice.coaching.sounded import how_it_sounded
from salespractice.formats.debrief_text import MARKS, clock, place
from salespractice.journal.journal import PastPractice
from salespractice.problem import Problem
from salespractice.roleplay.turn import Turn

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Told:
    """One practice on the page. `heading` tells it from others; `sound_of` gives a turn's take as FLAC, or None."""

    heading: str
    past: PastPractice
    sound_of: Callable[[Turn], bytes | None]


def debrief_page(title: str, told: Sequence[Told]) -> str:
    """The page, with one practice or several side by side. No script, style, font or sound is loaded from elsewhere."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(clock=clock, place=place, clipped=clipped, mark=_mark, answer_class=_answer_class)
    template = environment.get_template("debrief.html")
    return template.render(title=title, told=[_shown(index, one) for index, one in enumerate(told)])


def told_of(past: PastPractice, takes: Path, heading: str) -> Told:
    """A practice with its recordings, from the folder of all takes; as FLAC at 16 kHz, which every browser plays."""

    def sound_of(turn: Turn) -> bytes | None:
        path = takes / past.entry.practice / (turn.take or "")
        if not path.is_file():
            return None
        import soundfile

        flac = io.BytesIO()
        soundfile.write(flac, read_sound(path).resampled(RATE).samples, RATE, format="FLAC")
        return flac.getvalue()

    return Told(heading, past, sound_of)


def write_page(path: Path, page: str) -> None:
    """Write the page beside its place, then put it there. Raises `Problem` when the folder refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
            file.write(page)
        os.chmod(file.name, 0o644)  # noqa: PTH101 - a temporary file is private; a page is for whoever gets it
        os.replace(file.name, path)  # noqa: PTH105 - the one call that promises to replace on every system
    except OSError as error:
        raise Problem(f"{path} cannot be written.", str(error), "Choose another file, or free some space.") from error


def _shown(index: int, told: Told) -> dict[str, Any]:
    sounds = {turn.number: told.sound_of(turn) for turn in told.past.turns if turn.take}
    return {
        "key": f"p{index}",
        "heading": told.heading,
        "entry": told.past.entry,
        "scenario": told.past.scenario,
        "turns": told.past.turns,
        "debrief": told.past.debrief,
        "sounded": how_it_sounded(told.past.turns, told.past.deliveries, told.past.baseline),
        "sounds": {number: base64.b64encode(flac).decode() for number, flac in sounds.items() if flac},
    }


def _mark(answer: Answer) -> str:
    return MARKS[answer]


def _answer_class(answer: Answer) -> str:
    return answer.value.replace(" ", "-")
