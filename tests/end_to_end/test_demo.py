"""The demonstration, whole and without a network: two recorded reps, two debriefs that differ for a reason."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import soundfile
from rapidfuzz import fuzz

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def without_network() -> list[str]:
    """A command prefix that takes the network away where this system lets us."""
    prefix = ["unshare", "--user", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
        return prefix
    return []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    out = tmp_path_factory.mktemp("demo")
    told = subprocess.run(
        [*without_network(), sys.executable, "main.py", "demo", "--json", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(out)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout), out


def plain(text: str) -> str:
    """Letters and digits only: "RouteWise" and "route-wise" are heard alike."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def answers(practice: dict[str, Any]) -> dict[str, str]:
    return {row["dimension"]: row["answer"] for row in practice["debrief"]["verdicts"]}


def test_both_are_heard_as_they_spoke(demo: tuple[dict[str, Any], Path]) -> None:
    for rep in ("listener", "pusher"):
        script = (ROOT / "assets" / "answers" / rep / "script.txt").read_text(encoding="utf-8")
        wanted = dict(line.split(" ", 1) for line in script.splitlines() if re.match(r"\d\d ", line))
        for turn in demo[0][rep]["turns"]:
            meant = wanted[f"{turn['number']:02d}"]
            assert fuzz.ratio(plain(turn["answer"]), plain(meant)) > 88, (turn["answer"], meant)


def test_the_two_end_differently_for_reasons_a_coach_would_give(demo: tuple[dict[str, Any], Path]) -> None:
    listener, pusher = demo[0]["listener"], demo[0]["pusher"]
    assert listener["outcome"] in ("agrees", "next-step")
    assert pusher["outcome"] in ("thinks-it-over", "leaves")
    assert set(answers(listener).values()) <= {"yes", "partly"}
    assert answers(pusher)["empathy"] in ("no", "partly")
    assert answers(pusher)["adaptability"] in ("no", "partly")
    found = {rep: sum(need["found"] for need in demo[0][rep]["debrief"]["needs"]) for rep in ("listener", "pusher")}
    assert found["listener"] > found["pusher"]
    assert listener["debrief"]["strength"] is not None
    assert pusher["debrief"]["change"]["try_saying"]


@pytest.mark.parametrize("rep", ["listener", "pusher"])
def test_every_headline_cites_seconds_and_offers_better_words(demo: tuple[dict[str, Any], Path], rep: str) -> None:
    practice = demo[0][rep]
    seconds = {turn["number"]: turn["seconds"] for turn in practice["turns"]}
    for verdict in practice["debrief"]["verdicts"]:
        assert verdict["moments"], verdict["dimension"]
        assert verdict["try_saying"]
        for moment in verdict["moments"]:
            citation = moment["citation"]
            assert 0 <= citation["start"] < citation["end"] <= seconds[citation["turn"]] + 0.1


def test_the_page_holds_the_sound_that_its_buttons_play(demo: tuple[dict[str, Any], Path]) -> None:
    page = (demo[1] / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=[\"'](?!data:)", page)
    sounds = dict(re.findall(r'<audio id="([^"]+)"[^>]*src="data:audio/flac;base64,([^"]+)"', page))
    buttons = re.findall(r'data-take="([^"]+)" data-start="([^"]+)" data-end="([^"]+)"', page)
    assert len(buttons) > 20
    for take, start, end in buttons:
        length = soundfile.info(io.BytesIO(base64.b64decode(sounds[take]))).duration
        assert 0 <= float(start) < float(end) <= length + 0.1
