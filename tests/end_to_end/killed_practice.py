"""A program that practises until it is killed and says what it has promised, and the look at what was left of that.

The program (`python -m tests.end_to_end.killed_practice DATA SEED`) records takes with the real recorder, stores turns
in the real journal, and writes a line as soon as a block has been flushed or a turn has been committed. Its parent
kills it at a moment chosen by lot, then holds it to its word.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import wave
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from salespractice.audio.files import read_sound
from salespractice.audio.microphone import ReplayMicrophone
from salespractice.audio.recorder import Recorder
from salespractice.audio.sound import Samples, Sound
from salespractice.audio.wav import CrashSafeWav
from salespractice.coaching.debrief import debrief
from salespractice.journal.journal import RUNNING, Journal
from salespractice.journal.lock import PracticeLock
from salespractice.language.transcript import Transcript, Word
from salespractice.places import Places
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.scenario.pack import Pack, PackNotes, Staged
from salespractice.unfinished import find_unfinished, resume
from tests.small_scenario import small_scenario

ROOT = Path(__file__).resolve().parents[2]
CYCLE = 30_011  # a prime, so that no block looks like another one
WORDS = tuple(
    Word(text, at / 10, at / 10 + 0.1, 0.9) for at, text in enumerate("this was said before the kill".split())
)
STAGED = Staged(
    small_scenario(),
    Pack(
        Path("mine"),
        PackNotes(format=1, id="mine", title="Mine", version="1", author="Me", licence="MIT", about="A test."),
    ),
)


def spoken(frames: int) -> NDArray[np.int16]:
    """The sound of every take: each sample says where it stands."""
    return (np.arange(frames) % CYCLE - CYCLE // 2).astype(np.int16)


# --- the program that is killed ------------------------------------------------------------------------------------


def promise(*words: object) -> None:
    """One line that is out before this returns, whichever thread says it."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def practise_until_killed(data: Path, seed: int) -> None:
    """One practice after the other, for ever."""
    _promise_each_block()
    chance, places = random.Random(seed), Places(data)
    microphone = ReplayMicrophone(chance.choice([16_000, 44_100, 48_000]), block_seconds=0.02)
    recorder = Recorder(microphone)
    import sqlite_utils.migrations  # noqa: F401 - so that what follows is the making of the journal alone

    promise("opening")
    with Journal(places.journal) as journal:
        promise("open")
        recorder.open()
        for number in range(1_000_000):
            _practise(f"{seed:06d}-{number:06d}", places, journal, recorder, microphone, chance)


def _promise_each_block() -> None:
    """The real writing, and a line after it."""
    write = CrashSafeWav.write

    def write_and_promise(self: CrashSafeWav, samples: Samples) -> None:
        write(self, samples)
        if len(samples):
            promise("block", self.path.parent.name, self.path.name, self.frames, self.rate)

    CrashSafeWav.write = write_and_promise  # type: ignore[method-assign]


def _practise(
    practice: str,
    places: Places,
    journal: Journal,
    recorder: Recorder,
    microphone: ReplayMicrophone,
    chance: random.Random,
) -> None:
    conversation = Conversation(STAGED.scenario, open_matcher(), seed=chance.randrange(1000))
    with PracticeLock(places.takes / practice):
        journal.begin(practice, STAGED.scenario, STAGED.address, "1", conversation.seed)
        promise("begun", practice)
        conversation.open()
        attempt = 1
        while conversation.ending is None:
            number = len(conversation.turns) + 1
            name = f"{number:02d}.wav" if attempt == 1 else f"{number:02d}-{attempt}.wav"
            recorder.begin_take(places.takes / practice / name)
            frames = round(microphone.rate * chance.uniform(0.1, 3.0))
            microphone.say(Sound(spoken(frames).astype(np.float32) / 32768, microphone.rate))
            take = recorder.end_take()
            if chance.random() < 0.2:
                attempt += 1  # it was not understood, and is said again
                continue
            attempt = 1
            # Nothing that any reply fits is said, so that no model has to be loaded; the text comes in afterwards.
            conversation.answer(Transcript(""), name, take.seconds)
            journal.add_turn(practice, replace(conversation.turns[-1], answer=Transcript(f"answer {number}")))
            promise("turn", practice, number, name)
            journal.add_words(practice, number, WORDS)
            promise("words", practice, number)
        journal.end(practice, conversation.ending, debrief(STAGED.scenario, conversation.turns, conversation.ending))
        promise("ended", practice)


# --- its parent ----------------------------------------------------------------------------------------------------


@dataclass
class Promised:
    """What a program, or several one after the other, had promised before the kill."""

    opened: int = 0
    begun: list[str] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)
    frames: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    turns: dict[tuple[str, int], str] = field(default_factory=dict)
    words: set[tuple[str, int]] = field(default_factory=set)
    blocks: int = 0

    def take_down(self, line: str) -> None:
        match line.split():
            case ["block", practice, name, frames, rate]:
                self.frames[practice, name] = int(frames), int(rate)
                self.blocks += 1
            case ["turn", practice, number, name]:
                self.turns[practice, int(number)] = name
            case ["words", practice, number]:
                self.words.add((practice, int(number)))
            case ["begun", practice]:
                self.begun.append(practice)
            case ["ended", practice]:
                self.ended.add(practice)
            case ["open"]:
                self.opened += 1

    def seconds(self, practice: str) -> float:
        return sum(frames / rate for (whose, _), (frames, rate) in self.frames.items() if whose == practice)


def kill_at_random(data: Path, seed: int, promised: Promised, *, opening: bool = False) -> None:
    """Start the program, kill it at a random moment, and add what it had promised by then.

    `opening`: while it opens or makes the journal, which takes about 10 ms; otherwise at or shortly after a promise,
    of one kind as often as of another, though most are of blocks.
    """
    chance = random.Random(seed)
    kind = "opening" if opening else chance.choice(["begun", "block", "turn", "words", "ended"])
    left = chance.randint(1, 500) if kind == "block" else 1 if opening else chance.randint(1, 5)
    moment = chance.choice([0.0, chance.uniform(0, 0.004)]) if not opening else chance.uniform(0, 0.02)
    command = [sys.executable, "-m", "tests.end_to_end.killed_practice", str(data), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as program:
        assert program.stdout is not None
        for line in program.stdout:
            promised.take_down(line)
            left -= line.startswith(kind)
            if not left:
                break
        with suppress(subprocess.TimeoutExpired):
            program.wait(moment)
        program.kill()
        # What was still on its way had been promised before the kill.
        for line in program.stdout:
            promised.take_down(line)
    assert program.returncode == -signal.SIGKILL, "it ended by itself"


def hold_to_its_word(data: Path, promised: Promised) -> Counter[str]:
    """Assert that all of it was kept; count what there was to keep."""
    places, seen = Places(data), Counter[str]()
    if places.journal.exists():
        seen["journals checked"] += 1
        with closing(sqlite3.connect(places.journal)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    for (practice, name), (frames, _) in promised.frames.items():
        seen += _check_take(places.takes / practice / name, frames)
    with Journal(places.journal) as journal:
        for practice in promised.begun:
            past = journal.open(practice)
            stored = {turn.number: turn for turn in past.turns}
            assert list(stored) == list(range(1, len(stored) + 1))
            assert practice not in promised.ended or past.debrief is not None
            for (whose, number), name in promised.turns.items():
                if whose == practice:
                    assert (stored[number].answer.text, stored[number].take) == (f"answer {number}", name)
                    assert stored[number].answer.words in ((), WORDS)
                    assert (practice, number) not in promised.words or stored[number].answer.words == WORDS
                    seen["turns"] += 1
        seen += _check_offers(journal, places, promised)
    seen["blocks"] += promised.blocks
    return seen


def _check_take(path: Path, promised: int) -> Counter[str]:
    """At least what was promised is in the file, its header is right, and every sample stands where it was said."""
    with wave.open(str(path)) as file:
        frames = file.getnframes()
        found = np.frombuffer(file.readframes(frames), "<i2")
    assert promised <= frames == len(found)
    assert np.array_equal(found, spoken(frames))
    assert len(read_sound(path).samples) == frames
    behind = (path.stat().st_size - 44) // 2 > frames
    return Counter({"takes": 1, "samples": promised, "headers one block behind": int(behind)})


def _check_offers(journal: Journal, places: Places, promised: Promised) -> Counter[str]:
    """Each practice that was cut off is offered with all its seconds, and can be gone on with."""
    seen = Counter[str]()
    offered = {one.entry.practice: one for one in find_unfinished(journal, places)}
    for practice in promised.begun:
        seconds, turns = promised.seconds(practice), sum(whose == practice for whose, _ in promised.turns)
        if practice in promised.ended:
            assert practice not in offered
        elif journal.open(practice).entry.status == RUNNING and (seconds or turns):
            one = offered[practice]
            assert one.seconds >= seconds - 1e-6
            assert len(one.turns) >= turns
            seen["practices offered"] += 1
            seen["takes cut off"] += one.cut_off is not None
    for practice, one in offered.items():
        resumed = resume(practice, STAGED, open_matcher(), journal, places)
        assert resumed.conversation.turns == list(one.turns)
        assert resumed.cut_off is None or read_sound(resumed.cut_off.path).seconds == resumed.cut_off.seconds
        resumed.lock.release()
    return seen


if __name__ == "__main__":
    practise_until_killed(Path(sys.argv[1]), int(sys.argv[2]))
