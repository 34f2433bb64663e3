"""How turns change: by voice, by key, over the line, across a lost microphone. Real recorder, voices and Whisper."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from salespractice.answering import TurnTaking
from salespractice.audio.files import read_sound
from salespractice.audio.microphone import ReplayMicrophone
from salespractice.audio.sound import Sound
from salespractice.audio.speaker import SilentSpeaker
from salespractice.events import (
    AnswerCaption,
    AnswerEnded,
    AnswerHeard,
    AnswerInterrupted,
    AnswerStarted,
    CustomerFinished,
    CustomerSpeaks,
    LineInterrupted,
    NothingHeard,
    PracticeEnded,
    TroubleMet,
    TurnHeld,
    TurnTaken,
)
from salespractice.journal.journal import Journal
from salespractice.places import Places, shipped
from salespractice.rig import Rig, open_matcher
from salespractice.scenario.pack import Staged, find_scenario
from salespractice.transcription.models import find_model
from salespractice.transcription.transcriber import WhisperTranscriber
from tests.test_practice import Front

pytestmark = pytest.mark.slow

RATE = 16_000
HANDS_FREE = TurnTaking(hands_free=True, patience=1.5)


@pytest.fixture(scope="module")
def transcriber() -> Iterator[WhisperTranscriber]:
    with WhisperTranscriber(find_model("tiny.en")) as transcriber:
        transcriber.ready.result()
        yield transcriber


@pytest.fixture
def rig(tmp_path: Path, transcriber: WhisperTranscriber) -> Iterator[Rig]:
    where = Places(tmp_path / "data")
    with Journal(where.journal) as journal:
        yield Rig(open_matcher(), transcriber, SilentSpeaker(), journal, where)


@pytest.fixture
def staged() -> Staged:
    return find_scenario("price-shock", [shipped("scenarios")])


@pytest.fixture
def microphone() -> ReplayMicrophone:
    return ReplayMicrophone(live=True)


def room(seconds: float) -> Sound:
    """A quiet room: hiss at -70 dBFS."""
    return Sound(np.random.default_rng(1).normal(0, 3e-4, round(seconds * RATE)).astype(np.float32), RATE)


def answer(number: int) -> Sound:
    sound = read_sound(shipped("assets") / "answers" / "listener" / f"{number:02d}.flac").resampled(RATE)
    return Sound(sound.samples + room(sound.seconds).samples[: len(sound.samples)], RATE)


@pytest.fixture
def front(staged: Staged, rig: Rig, microphone: ReplayMicrophone) -> Iterator[Front]:
    front = Front(staged, replace(rig, microphone=microphone), turn_taking=HANDS_FREE)
    front.practice.start()
    yield front
    front.practice.close()


def test_a_voice_begins_the_answer_and_silence_ends_it(staged: Staged, rig: Rig) -> None:
    # Half as fast as a voice, so that there is something to guess while it goes on.
    microphone = ReplayMicrophone(live=True, pace=0.5)
    front = Front(staged, replace(rig, microphone=microphone), turn_taking=HANDS_FREE)
    front.practice.start()
    front.until(CustomerFinished)
    microphone.say(room(3.0))
    microphone.say(answer(1))
    microphone.say(room(2.0))
    assert front.until(AnswerStarted).by_voice
    seconds = front.until(AnswerEnded).seconds
    assert abs(seconds - (0.5 + answer(1).seconds + 1.5)) < 1.0
    heard = front.until(AnswerHeard).text
    assert "Dana" in heard
    captions = [event for event in front.seen if isinstance(event, AnswerCaption)]
    assert len({caption.certain + caption.guess for caption in captions}) >= 3
    assert captions[-1].certain == heard
    turn = front.until(TurnTaken).turn
    assert turn.cut_in is None
    front.practice.leave()
    front.until(PracticeEnded)
    (kept,) = rig.journal.open(front.practice.id).turns
    assert kept.answer.text == heard
    words = kept.answer.words
    assert [word.text for word in words] == heard.split()
    # Half a second of air before the first word, and all of the patience after the last.
    assert 0.4 < words[0].start < 0.7
    assert seconds - words[-1].end > 1.0
    assert rig.journal.open(front.practice.id).deliveries[1].words > 20
    front.practice.close()


def test_clicks_and_hiss_are_no_answer(front: Front, microphone: ReplayMicrophone) -> None:
    front.until(CustomerFinished)
    random = np.random.default_rng(4)
    for _ in range(5):
        microphone.say(room(1.0))
        microphone.say(Sound((random.normal(0, 0.3, 1600) * np.exp(-np.arange(1600) / 200)).astype(np.float32), RATE))
    microphone.say(room(2.0))
    front.practice.type_answer("What does it mean for your plans?")
    front.until(TurnTaken)
    assert not any(isinstance(event, AnswerStarted | NothingHeard) for event in front.seen)


def test_a_rep_who_is_still_thinking_is_not_cut_off(staged: Staged, rig: Rig) -> None:
    microphone = ReplayMicrophone(live=True, pace=0.3)  # slow enough for commands to come in between
    front = Front(staged, replace(rig, microphone=microphone), turn_taking=HANDS_FREE)
    front.practice.start()
    front.until(CustomerFinished)
    microphone.say(answer(1))
    front.until(AnswerStarted)
    front.practice.hold_turn()
    assert front.until(TurnHeld).held
    microphone.say(room(6.0))
    microphone.say(answer(3))
    assert not front.until(TurnHeld).held
    microphone.say(room(2.0))
    heard = front.until(AnswerHeard).text
    assert "Dana" in heard
    assert "happy year" in heard
    assert sum(isinstance(event, AnswerEnded) for event in front.seen) == 1
    front.practice.close()


def test_a_key_ends_an_answer_that_a_voice_began(front: Front, microphone: ReplayMicrophone) -> None:
    front.until(CustomerFinished)
    microphone.say(answer(1))
    front.until(AnswerStarted)
    front.practice.begin_answer()
    assert front.until(TurnHeld).held
    microphone.say(room(4.0))
    front.practice.end_answer()
    assert "Dana" in front.until(AnswerHeard).text


def test_by_key_alone_no_voice_begins_anything(front: Front, microphone: ReplayMicrophone) -> None:
    front.until(CustomerFinished)
    front.practice.take_turns(TurnTaking(hands_free=False))
    front.practice.repeat_line()
    front.until(CustomerFinished)
    microphone.say(answer(1))
    microphone.say(room(3.0))
    front.practice.begin_answer()
    assert not front.until(AnswerStarted).by_voice
    microphone.say(answer(3))
    front.practice.end_answer()
    assert "Dana" not in front.until(AnswerHeard).text


class TestOverTheLine:
    """A line that lasts as long as it does."""

    @pytest.fixture
    def rig(self, rig: Rig) -> Rig:
        return replace(rig, speaker=SilentSpeaker(pace=1.0))

    def test_the_customer_can_be_interrupted(self, front: Front, rig: Rig, microphone: ReplayMicrophone) -> None:
        front.until(CustomerSpeaks)
        microphone.say(answer(1))
        at = front.until(LineInterrupted).at
        assert front.until(AnswerStarted).by_voice
        microphone.say(room(2.0))
        assert front.until(TurnTaken).turn.cut_in == at
        front.practice.leave()
        front.until(PracticeEnded)
        assert rig.journal.open(front.practice.id).turns[0].cut_in == at

    def test_not_where_that_is_switched_off(self, staged: Staged, rig: Rig, microphone: ReplayMicrophone) -> None:
        rig = replace(rig, microphone=microphone)
        front = Front(staged, rig, turn_taking=replace(HANDS_FREE, may_interrupt=False))
        front.practice.start()
        front.until(CustomerSpeaks)
        microphone.say(answer(1))
        microphone.say(room(2.0))
        front.until(CustomerFinished)
        assert not any(isinstance(event, AnswerStarted) for event in front.seen)
        front.practice.close()

    def test_the_line_itself_from_the_speakers_is_no_interruption(self, staged: Staged, rig: Rig) -> None:
        microphone = ReplayMicrophone(live=True, pace=1.0)
        front = Front(staged, replace(rig, microphone=microphone), turn_taking=HANDS_FREE)
        front.practice.start()
        line = front.until(CustomerSpeaks).line
        path = staged.sound_of(line.place, line.wording)
        assert path is not None
        sound = read_sound(path).resampled(RATE)
        echo = 0.2 * sound.samples + room(sound.seconds).samples
        echo[1600:] += 0.08 * sound.samples[:-1600]
        saying = threading.Thread(target=microphone.say, args=(Sound(echo, RATE),))
        saying.start()
        front.until(CustomerFinished)
        assert not any(isinstance(event, LineInterrupted) for event in front.seen)
        # Who answers at once, while that voice has hardly faded, is heard as well.
        saying.join()
        microphone.say(answer(1))
        microphone.say(room(2.0))
        assert "Dana" in front.until(AnswerHeard).text
        front.practice.close()

    def test_a_voice_over_the_echo_is_one(self, staged: Staged, rig: Rig) -> None:
        microphone = ReplayMicrophone(live=True, pace=1.0)
        front = Front(staged, replace(rig, microphone=microphone), turn_taking=HANDS_FREE)
        front.practice.start()
        line = front.until(CustomerSpeaks).line
        path = staged.sound_of(line.place, line.wording)
        assert path is not None
        both = 0.05 * read_sound(path).resampled(RATE).samples
        voice = answer(1).samples[: len(both) - 2 * RATE]
        both[2 * RATE : 2 * RATE + len(voice)] += voice
        saying = threading.Thread(target=microphone.say, args=(Sound(both, RATE),))
        saying.start()
        assert 1.5 < front.until(LineInterrupted).at < 5.0
        front.practice.close()
        saying.join()


def test_a_lost_microphone_pauses_the_turn_and_another_one_goes_on(
    front: Front, rig: Rig, microphone: ReplayMicrophone
) -> None:
    front.until(CustomerFinished)
    microphone.say(answer(1))
    front.until(AnswerStarted)
    microphone.unplug()
    kept = front.until(AnswerInterrupted).seconds
    assert kept > answer(1).seconds - 0.5
    assert "gone" in front.until(TroubleMet).problem.what
    another = ReplayMicrophone(rate=48_000, live=True, name="another")
    front.practice.change_microphone(another)
    front.practice.hold_turn()  # makes no sense here, and is ignored; and when it was, the other one is open
    front.practice.begin_answer()
    front.until(AnswerStarted)
    another.say(answer(3))
    front.practice.end_answer()
    heard = front.until(AnswerHeard).text
    assert "Dana" in heard
    assert "happy year" in heard
    turn = front.until(TurnTaken).turn
    front.practice.leave()
    front.until(PracticeEnded)
    (past,) = rig.journal.open(front.practice.id).turns
    sound = read_sound(rig.places.takes / front.practice.id / (past.take or ""))
    assert abs(sound.seconds - turn.seconds) < 0.01
    assert turn.seconds >= kept + answer(3).seconds
    second = next(word for word in past.answer.words if word.text.startswith("happy"))
    assert second.start > kept
    assert [path.name for path in (rig.places.takes / front.practice.id).glob("*.wav")] == [past.take] == ["01.wav"]


def test_what_was_kept_can_be_sent_as_it_is(front: Front, microphone: ReplayMicrophone) -> None:
    front.until(CustomerFinished)
    microphone.say(answer(1))
    front.until(AnswerStarted)
    microphone.unplug()
    front.until(AnswerInterrupted)
    front.practice.end_answer()
    assert "Dana" in front.until(AnswerHeard).text


def test_a_microphone_with_a_noise_gate_is_not_muted(front: Front, microphone: ReplayMicrophone) -> None:
    front.until(CustomerFinished)
    nothing = Sound(np.zeros(2 * RATE, dtype=np.float32), RATE)
    for sound in (nothing, answer(1), nothing):
        microphone.say(sound)
    assert "Dana" in front.until(AnswerHeard).text
    assert not any(isinstance(event, TroubleMet) for event in front.seen)


def test_a_muted_microphone_is_told_and_does_not_end_the_answer(front: Front, microphone: ReplayMicrophone) -> None:
    front.until(CustomerFinished)
    microphone.say(answer(1))
    front.until(AnswerStarted)
    microphone.say(Sound(np.zeros(3 * RATE, dtype=np.float32), RATE))
    assert "muted" in front.until(TroubleMet).problem.what
    microphone.say(answer(3))
    microphone.say(room(2.0))
    heard = front.until(AnswerHeard).text
    assert "Dana" in heard
    assert "happy year" in heard
