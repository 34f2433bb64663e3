"""The real window on a virtual screen, driven by keys: a practice with a virtual microphone, real Whisper, the debrief.

Nothing is replaced: PortAudio records what PulseAudio's virtual microphone says, Whisper base hears it, the customer's
recorded lines are played, and the journal is read afterwards as any program would read it.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from salespractice.audio.files import read_sound
from salespractice.journal.journal import FINISHED, RUNNING, Journal
from salespractice.places import Places, shipped
from tests.end_to_end.virtual_screen import VirtualScreen
from tests.virtual_sound import VirtualSound

pytestmark = [pytest.mark.window, pytest.mark.sound, pytest.mark.slow, pytest.mark.timeout(900)]

ANSWERS = shipped("assets") / "answers" / "listener"
PATIENCE = 120.0  # seconds for whatever comes next
FOCUSED = 60  # questions to the window manager, of a few milliseconds each


class RealWindow:
    """The program in a process of its own, followed by what it reports."""

    def __init__(self, screen: VirtualScreen, sound: VirtualSound, data: Path) -> None:
        self.screen = screen
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "main.py", "--data", str(data)]
        self.process = subprocess.Popen(
            [*command, "--report-ready", "--report-events"],
            env={**os.environ, **sound.environment, **screen.environment},
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        self.seen: list[dict[str, Any]] = []
        self._events: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until(self, *names: str) -> dict[str, Any]:
        """Wait for an event of one of these names."""
        while True:
            event = self._events.get(timeout=PATIENCE)
            self.seen.append(event)
            if event["event"] in names:
                return event
            assert event["event"] not in ("TroubleMet", "Ended"), event

    def wait_for_focus(self) -> None:
        """Until the window manager has given the window the keyboard."""
        for _ in range(FOCUSED):
            if self.screen.has_window("SalesPractice"):
                return
        raise AssertionError("the window never got the focus")

    def close(self) -> int:
        """Quit by the keyboard; the exit code."""
        self.screen.keys("key", "ctrl+q")
        code = self.process.wait(30)
        self._reader.join()
        return code

    def kill(self) -> None:
        """For a test that failed."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("ready "):
                self._events.put({"event": "Ready", "seconds": float(line.split()[1])})
            else:
                self._events.put(json.loads(line))
        self._events.put({"event": "Ended"})


@pytest.fixture
def window(screen: VirtualScreen, sound_card: VirtualSound, tmp_path: Path) -> Iterator[RealWindow]:
    started = RealWindow(screen, sound_card, tmp_path / "person")
    yield started
    started.kill()


def _into_the_conversation(window: RealWindow) -> None:
    window.until("Ready")
    shown = window.until("ScenariosShown")["scenarios"]
    window.until("HearingSettled")
    window.wait_for_focus()
    window.screen.keys(*(["key", "Down"] * shown.index("starter/price-shock")), "key", "Return")
    window.screen.keys("key", "Return")
    window.until("PracticeStarted")


def test_practice_by_voice(
    window: RealWindow,
    sound_card: VirtualSound,
    tmp_path: Path,
) -> None:
    _into_the_conversation(window)
    window.until("CustomerFinished")  # the first line is heard to its end; later ones are interrupted, as people do
    ended = None
    for number, answer in enumerate(sorted(ANSWERS.glob("*.flac")), start=1):
        window.screen.keys("keydown", "space")
        assert window.until("AnswerStarted")["number"] == number
        sound_card.say(answer)
        window.screen.keys("keyup", "space")
        assert window.until("AnswerHeard")["number"] == number
        if number == 2:
            window.screen.photograph(tmp_path / "conversation.png")
        if window.until("CustomerSpeaks")["line"]["ends"]:
            ended = window.until("PracticeEnded")
            break
        window.until("TurnTaken")
    assert ended is not None, "the conversation did not come to its end"
    window.screen.keys("key", "Return")
    window.until("DebriefShown")
    window.screen.photograph(tmp_path / "debrief.png")
    assert window.close() == 0
    keep = os.environ.get("SALESPRACTICE_KEEP_PICTURES")
    if keep:
        for picture in tmp_path.glob("*.png"):
            shutil.copy(picture, keep)

    places = Places(tmp_path / "person")
    with Journal(places.journal) as journal:
        (entry,) = journal.entries()
        past = journal.open(entry.practice)
    assert entry.status == FINISHED
    assert entry.practice == ended["practice"]
    script = [
        line[3:] for line in (ANSWERS / "script.txt").read_text(encoding="utf-8").splitlines() if line[:2].isdigit()
    ]
    assert len(past.turns) >= 6
    for turn, said in zip(past.turns, script, strict=False):
        assert fuzz.ratio(turn.answer.text.lower(), said.lower()) > 80, (turn.answer.text, said)
        assert turn.take is not None
        take = read_sound(places.takes / entry.practice / turn.take)
        assert turn.answer.words
        assert 0 <= turn.answer.words[0].start < turn.answer.words[-1].end <= take.seconds
    assert past.debrief is not None
    assert past.debrief.strength is not None
    assert past.debrief.moments
    for moment in past.debrief.moments:
        assert moment.citation.start is not None
        assert moment.citation.end is not None
        assert moment.citation.end > moment.citation.start
    assert (tmp_path / "debrief.png").stat().st_size > 10_000


def test_closing_while_an_answer_is_recorded(
    window: RealWindow,
    sound_card: VirtualSound,
    tmp_path: Path,
) -> None:
    _into_the_conversation(window)
    window.until("CustomerSpeaks")
    window.screen.keys("keydown", "space")
    window.until("AnswerStarted")
    speaking = sound_card.start_saying(ANSWERS / "01.flac")
    window.screen.keys("keyup", "space")
    assert window.close() == 0
    speaking.terminate()
    speaking.wait()
    places = Places(tmp_path / "person")
    with Journal(places.journal) as journal:
        (entry,) = journal.entries()
    assert entry.status == RUNNING
    assert list((places.takes / entry.practice).glob("*.wav"))
