"""A disk that fills up during a practice: recording stops in time, and all the rest can still be written to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from salespractice.audio.files import read_sound
from salespractice.audio.microphone import ReplayMicrophone
from salespractice.audio.recorder import Recorder
from salespractice.audio.room import RESERVE
from salespractice.audio.sound import Sound
from salespractice.coaching.debrief import debrief
from salespractice.journal.journal import FINISHED, Journal
from salespractice.language.transcript import Transcript, Word
from salespractice.places import Places
from salespractice.problem import Problem
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from tests.small_disk import fill, small_disk
from tests.small_scenario import small_scenario

SECOND = 16_000
WORDS = [Word(f"word{number}", number / 3, number / 3 + 0.2, 0.9) for number in range(600)]


def test_what_a_practice_still_needs_has_its_room(tmp_path: Path) -> None:
    told: list[Problem] = []
    with small_disk(tmp_path, "24m") as disk:
        places = Places(disk / "data")
        microphone = ReplayMicrophone()
        recorder = Recorder(microphone, on_problem=told.append)
        scenario = small_scenario()
        conversation = Conversation(scenario, open_matcher(), seed=1)
        with Journal(places.journal) as journal:
            recorder.open()
            journal.begin("one", scenario, "mine/late-parcel", "1", 1)
            conversation.open()
            tone = Sound(np.full(10 * SECOND, 0.25, dtype=np.float32), SECOND)
            for number in (1, 2):
                recorder.begin_take(places.takes / "one" / f"{number:02d}.wav")
                microphone.say(tone)
                take = recorder.end_take()
                if number == 1:
                    assert take.problem is None
                    fill(disk, leave=RESERVE + 2 * 2 * SECOND)
            # It is told once, what came before is kept, and what came after was at least heard.
            assert take.problem is not None
            assert told == [take.problem]
            assert "nearly full" in take.problem.what
            kept = read_sound(take.path)
            assert 1 <= kept.seconds < 3
            assert np.all(kept.samples == 0.25)
            assert take.seconds == 10
            assert read_sound(places.takes / "one" / "01.wav").seconds == 10
            with pytest.raises(Problem, match="no room left to record"):
                recorder.begin_take(places.takes / "one" / "03.wav")
            recorder.close()
            # Now the answer, with the words of a long one, and those typed after it, to the end.
            while conversation.ending is None:
                conversation.answer(Transcript(""), "01.wav", kept.seconds)
                journal.add_turn("one", conversation.turns[-1])
                journal.add_words("one", conversation.turns[-1].number, WORDS)
            journal.end("one", conversation.ending, debrief(scenario, conversation.turns, conversation.ending))
        with Journal(places.journal) as journal:
            past = journal.open("one")
            assert past.entry.status == FINISHED
            assert [len(turn.answer.words) for turn in past.turns] == [len(WORDS)] * len(conversation.turns)
            assert past.debrief is not None
        with closing(sqlite3.connect(places.journal)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
