"""One practice, driven as a front end drives it: real engine, real journal, real recorder, real Whisper."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from salespractice.answering import TurnTaking
from salespractice.audio.files import read_sound, write_flac
from salespractice.audio.microphone import ReplayMicrophone
from salespractice.audio.sound import Sound
from salespractice.audio.speaker import SilentSpeaker
from salespractice.events import (
    AnswerHeard,
    AnswerInterrupted,
    AnswerStarted,
    CustomerFinished,
    CustomerSpeaks,
    Event,
    LevelChanged,
    NothingHeard,
    PracticeEnded,
    PracticeStarted,
    TroubleMet,
    TurnTaken,
)
from salespractice.journal.journal import FINISHED, LEFT, RUNNING, Journal
from salespractice.places import Places, shipped
from salespractice.practice import Practice
from salespractice.problem import Problem
from salespractice.recorded_rep import answer_files, practise_recorded
from salespractice.rig import Rig, open_matcher
from salespractice.scenario.model import Outcome
from salespractice.scenario.pack import Staged, find_scenario
from salespractice.transcription.models import find_model
from salespractice.transcription.transcriber import WhisperTranscriber
from salespractice.unfinished import Resumed, find_unfinished, resume
from tests.scenario.test_pack import NOTES
from tests.small_scenario import TEXT

EventT = TypeVar("EventT")

PATIENCE = 60.0


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    folder = tmp_path / "packs" / "mine"
    (folder / "audio" / "late-parcel").mkdir(parents=True)
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "parcel.yaml").write_text(TEXT)
    tone = np.sin(np.linspace(0, 2000, 8000, dtype=np.float32)) / 4
    write_flac(folder / "audio" / "late-parcel" / "refund-1.flac", Sound(tone, 16_000))
    return find_scenario("late-parcel", [tmp_path / "packs"])


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    where = Places(tmp_path / "data")
    with Journal(where.journal) as journal:
        # Answers are typed here, so the transcriber is never asked and its process never starts.
        transcriber = WhisperTranscriber(find_model("tiny.en"))
        yield Rig(open_matcher(), transcriber, SilentSpeaker(), journal, where)
        transcriber.close()


class Front:
    """A front end that writes down what it is told."""

    def __init__(
        self, staged: Staged, rig: Rig, turn_taking: TurnTaking | None = None, resumed: Resumed | None = None
    ) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.seen: list[Event] = []
        self.practice = Practice(staged, rig, self.events.put, seed=1, turn_taking=turn_taking, resumed=resumed)

    def until(self, kind: type[EventT]) -> EventT:
        """Wait for an event of this kind."""
        while True:
            event = self.events.get(timeout=PATIENCE)
            if not isinstance(event, LevelChanged):
                self.seen.append(event)
            if isinstance(event, kind):
                return event


@pytest.fixture
def front(staged: Staged, rig: Rig) -> Iterator[Front]:
    front = Front(staged, rig)
    yield front
    front.practice.close()


def test_typed_from_the_first_word_to_the_debrief(front: Front, rig: Rig) -> None:
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.type_answer("What did the late delivery do to your shop?")
    assert front.until(TurnTaken).turn.reaction.reply == "ask"
    front.until(CustomerFinished)
    front.practice.type_answer("We will pay you back what the bride got.")
    ended = front.until(PracticeEnded)
    assert ended.debrief.outcome is Outcome.AGREES
    past = rig.journal.open(front.practice.id)
    assert past.entry.status == FINISHED
    assert past.debrief == ended.debrief
    assert [turn.typed for turn in past.turns] == [True, True]
    kinds = [type(event) for event in front.seen]
    assert kinds[:3] == [PracticeStarted, CustomerSpeaks, CustomerFinished]
    assert kinds.count(CustomerSpeaks) == 3
    spoken = [event.seconds for event in front.seen if isinstance(event, CustomerSpeaks)]
    assert spoken == [0.0, 0.5, 0.0]


def test_leaving_keeps_what_was_said(front: Front, rig: Rig) -> None:
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.type_answer("What did the late delivery do to your shop?")
    front.until(CustomerFinished)
    front.practice.leave()
    assert front.until(PracticeEnded).ending is None
    past = rig.journal.open(front.practice.id)
    assert past.entry.status == LEFT
    assert len(past.turns) == 1


def test_leaving_while_the_customer_speaks(staged: Staged, rig: Rig) -> None:
    front = Front(staged, replace(rig, speaker=SilentSpeaker(pace=1000)))
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.type_answer("What did the late delivery do to your shop?")
    front.until(TurnTaken)
    front.practice.leave()
    assert len(front.until(PracticeEnded).debrief.moments) > 0
    front.practice.close()


def test_closing_in_the_middle_leaves_an_unfinished_practice(front: Front, rig: Rig) -> None:
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.close()
    assert rig.journal.open(front.practice.id).entry.status == RUNNING


def test_talking_without_a_microphone_is_told_and_typing_goes_on(front: Front) -> None:
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.begin_answer()
    assert "microphone" in front.until(TroubleMet).problem.what
    front.practice.type_answer("What did the late delivery do to your shop?")
    assert front.until(TurnTaken).turn.number == 1


def test_a_practice_that_was_cut_off_is_gone_on_with(front: Front, staged: Staged, rig: Rig) -> None:
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.type_answer("What did the late delivery do to your shop?")
    front.until(TurnTaken)
    front.practice.close()
    matcher, journal, where = rig.matcher, rig.journal, rig.places
    (one,) = find_unfinished(journal, where)
    resumed = resume(one.entry.practice, staged, matcher, journal, where)
    again = Front(staged, rig, resumed=resumed)
    again.practice.start()
    line = again.until(CustomerSpeaks)
    assert (again.practice.id, line.number, line.line) == (front.practice.id, 2, front.practice.conversation.line)
    with pytest.raises(Problem, match="running already"):
        resume(one.entry.practice, staged, matcher, journal, where)
    again.until(CustomerFinished)
    again.practice.type_answer("I am sorry, that must have hurt.")
    assert again.until(TurnTaken).turn.number == 2
    again.practice.leave()
    again.until(PracticeEnded)
    assert [turn.number for turn in journal.open(front.practice.id).turns] == [1, 2]
    again.practice.close()
    assert find_unfinished(journal, where) == []


def test_commands_out_of_turn_are_ignored(front: Front) -> None:
    front.practice.start()
    front.until(CustomerFinished)
    front.practice.end_answer()
    front.practice.type_answer("   ")
    front.practice.repeat_line()
    assert front.until(CustomerSpeaks).number == 1
    front.until(CustomerFinished)
    front.practice.leave()
    front.until(PracticeEnded)
    front.practice.leave()
    front.practice.type_answer("Hello?")
    front.practice.close()
    assert not any(isinstance(event, TurnTaken | TroubleMet) for event in front.seen)


@pytest.mark.slow
class TestSpoken:
    """With the listener's recorded answers and Whisper tiny.en."""

    @pytest.fixture
    def rig(self, rig: Rig) -> Iterator[Rig]:
        with WhisperTranscriber(find_model("tiny.en")) as transcriber:
            yield replace(rig, transcriber=transcriber)

    def test_recorded_answers_are_heard_and_cited(self, rig: Rig) -> None:
        staged = find_scenario("price-shock", [shipped("scenarios")])
        events: list[Event] = []
        practice, left_over = practise_recorded(
            staged, rig, shipped("assets") / "answers" / "listener", events.append, 7
        )
        past = rig.journal.open(practice.id)
        assert left_over == 0
        assert past.entry.status == FINISHED
        assert past.debrief is not None
        for turn in past.turns:
            words = turn.answer.words
            assert words
            assert all(0 <= word.start <= word.end <= turn.seconds + 0.1 for word in words)
            assert (rig.places.takes / practice.id / (turn.take or "")).is_file()
        for moment in past.debrief.moments:
            citation = moment.citation
            said = past.turns[citation.turn - 1]
            assert citation.quote in said.answer.text
            assert citation.start is not None
            assert citation.end is not None
            assert 0 <= citation.start < citation.end <= said.seconds + 0.1

    def answering(self, staged: Staged, rig: Rig) -> Front:
        """A practice in the middle of a spoken answer."""
        microphone = ReplayMicrophone()
        front = Front(staged, replace(rig, microphone=microphone))
        front.practice.start()
        front.until(CustomerFinished)
        front.practice.begin_answer()
        front.until(AnswerStarted)
        microphone.say(read_sound(shipped("assets") / "answers" / "listener" / "01.flac"))
        return front

    def test_an_answer_that_was_completed_counts_when_the_rep_leaves(self, staged: Staged, rig: Rig) -> None:
        front = self.answering(staged, rig)
        front.practice.end_answer()
        front.practice.leave()
        front.until(PracticeEnded)
        (turn,) = rig.journal.open(front.practice.id).turns
        assert turn.answer.words
        front.practice.close()

    def test_a_microphone_that_is_changed_in_the_middle_keeps_what_was_said(self, staged: Staged, rig: Rig) -> None:
        front = self.answering(staged, rig)
        front.practice.change_microphone(None)
        assert "Dana" in front.until(AnswerHeard).text
        front.until(CustomerFinished)
        front.practice.type_answer("What did the late delivery do to your shop?")
        assert front.until(TurnTaken).turn.number == 2
        front.practice.close()

    def test_an_answer_that_was_cut_off_is_understood_when_the_practice_goes_on(self, staged: Staged, rig: Rig) -> None:
        front = self.answering(staged, rig)
        front.practice.close()
        (one,) = find_unfinished(rig.journal, rig.places)
        assert one.cut_off is not None
        resumed = resume(one.entry.practice, staged, rig.matcher, rig.journal, rig.places)
        again = Front(staged, rig, resumed=resumed)
        again.practice.start()
        assert abs(again.until(AnswerInterrupted).seconds - one.cut_off.seconds) < 0.01
        again.practice.end_answer()
        assert "Dana" in again.until(AnswerHeard).text
        assert again.until(TurnTaken).turn.take == one.cut_off.path.name
        again.practice.close()

    def test_leaving_in_the_middle_of_an_answer_keeps_the_recording(self, staged: Staged, rig: Rig) -> None:
        front = self.answering(staged, rig)
        front.practice.leave()
        front.until(PracticeEnded)
        front.practice.close()
        assert list((rig.places.takes / front.practice.id).glob("*.wav"))

    def test_a_muted_microphone_and_a_slip_are_told_and_cost_nothing(self, staged: Staged, rig: Rig) -> None:
        microphone = ReplayMicrophone()
        front = Front(staged, replace(rig, microphone=microphone))
        front.practice.start()
        front.until(CustomerFinished)
        for seconds, says in ((2.0, "muted"), (0.1, "short")):
            front.practice.begin_answer()
            front.until(AnswerStarted)
            noise = np.zeros(round(seconds * 16_000), dtype=np.float32)
            if says == "short":
                noise[:] = 1e-4
            microphone.say(Sound(noise, 16_000))
            front.practice.end_answer()
            assert says in front.until(NothingHeard).reason
        assert not front.practice.conversation.turns
        front.practice.close()


def test_answers_are_taken_in_order_and_a_gap_is_told(tmp_path: Path) -> None:
    for name in ("10.wav", "2.WAV", "01.flac", "03.wav", "notes.txt", "script.wav"):
        (tmp_path / name).touch()
    with pytest.raises(Problem, match=r"10\.wav where 04 was expected"):
        answer_files(tmp_path)
    (tmp_path / "10.wav").unlink()
    assert [path.name for path in answer_files(tmp_path)] == ["01.flac", "2.WAV", "03.wav"]
    with pytest.raises(Problem, match="is not a folder"):
        answer_files(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problem, match="has no answers"):
        answer_files(tmp_path / "empty")
