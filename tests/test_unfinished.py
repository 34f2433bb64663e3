"""What was cut off is found with every second of it, can be gone on with exactly, or be looked back at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from salespractice.audio.files import read_sound
from salespractice.audio.wav import CrashSafeWav
from salespractice.coaching.debrief import debrief
from salespractice.journal.journal import FINISHED, LEFT, RUNNING, Journal
from salespractice.journal.lock import PracticeLock
from salespractice.language.transcript import Transcript, Word
from salespractice.places import Places, shipped
from salespractice.problem import Problem
from salespractice.rig import open_matcher
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.scenario.pack import Staged, find_scenario
from salespractice.unfinished import Unfinished, close_unfinished, find_unfinished, resume
from tests.scenario.test_pack import NOTES
from tests.small_scenario import TEXT

ASK = "Oh no. So what has that late delivery done to your shop?"
OFFER = "Then we will cover what you gave back to the bride."
SEED = 9


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return open_matcher()


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    folder = tmp_path / "packs" / "mine"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(NOTES)
    (folder / "parcel.yaml").write_text(TEXT)
    return find_scenario("late-parcel", [tmp_path / "packs"])


@dataclass
class Person:
    """Somebody's data folder, with practices that were cut off in it."""

    places: Places
    journal: Journal
    matcher: Matcher
    staged: Staged

    def take(self, practice: str, name: str, seconds: float) -> Path:
        """A recording as a kill leaves it: the file is there, and was never closed."""
        path = self.places.takes / practice / name
        with CrashSafeWav(path, 16_000) as wav:
            wav.write(np.zeros(round(16_000 * seconds), dtype=np.float32))
        return path

    def cut_off(self, practice: str, *answers: str, staged: Staged | None = None) -> Conversation:
        """A practice with these answers, each of one second, that never ended."""
        scenario = (staged or self.staged).scenario
        conversation = Conversation(scenario, self.matcher, SEED)
        self.journal.begin(practice, scenario, (staged or self.staged).address, "1.2", SEED)
        conversation.open()
        for number, answer in enumerate(answers, start=1):
            self.take(practice, f"{number:02d}.wav", 1.0)
            conversation.answer(Transcript(answer), f"{number:02d}.wav", 1.0)
            self.journal.add_turn(practice, conversation.turns[-1])
        return conversation

    def found(self) -> list[Unfinished]:
        return find_unfinished(self.journal, self.places)

    def resume(self, practice: str, staged: Staged | None = None) -> Conversation:
        """Go on with it, and let go again."""
        resumed = resume(practice, staged or self.staged, self.matcher, self.journal, self.places)
        assert resumed.lock.held
        resumed.lock.release()
        return resumed.conversation


@pytest.fixture
def person(tmp_path: Path, matcher: Matcher, staged: Staged) -> Iterator[Person]:
    places = Places(tmp_path / "data")
    with Journal(places.journal) as journal:
        yield Person(places, journal, matcher, staged)


def test_everything_recorded_is_offered(person: Person) -> None:
    person.cut_off("one", ASK)
    person.take("one", "01-2.wav", 0.25)
    cut_off = person.take("one", "02.wav", 0.5)
    (one,) = person.found()
    assert one.entry.practice == "one"
    assert [turn.answer.text for turn in one.turns] == [ASK]
    assert [(take.path.name, take.seconds, take.number, take.attempt) for take in one.loose_takes] == [
        ("01-2.wav", 0.25, 1, 2),
        ("02.wav", 0.5, 2, 1),
    ]
    assert one.seconds == 1.75
    assert one.cut_off is not None
    assert one.cut_off.path == cut_off


def test_the_last_attempt_is_what_was_cut_off(person: Person) -> None:
    person.cut_off("one")
    for attempt in ("01.wav", "01-2.wav", "01-10.wav", "01-9.wav"):
        person.take("one", attempt, 0.1)
    (one,) = person.found()
    assert [take.attempt for take in one.loose_takes] == [1, 2, 9, 10]
    assert one.cut_off is not None
    assert one.cut_off.path.name == "01-10.wav"


def test_the_newest_first_and_nothing_that_is_empty_over_or_held(person: Person) -> None:
    for practice in ("one", "two", "empty", "over", "held"):
        person.cut_off(practice, *([] if practice == "empty" else [ASK]))
    (person.places.takes / "empty").mkdir()
    (person.places.takes / "empty" / "01.wav").touch()  # killed before the first block
    (person.places.takes / "empty" / "notes.wav").write_bytes(b"somebody else's")
    person.journal.end("over", None, None)
    with PracticeLock(person.places.takes / "held"):
        assert [one.entry.practice for one in person.found()] == ["two", "one"]
    assert [one.entry.practice for one in person.found()] == ["held", "two", "one"]


def test_typed_answers_need_no_folder(person: Person, matcher: Matcher) -> None:
    conversation = Conversation(person.staged.scenario, matcher, SEED)
    person.journal.begin("typed", conversation.scenario, person.staged.address, "1.2", SEED)
    conversation.open()
    conversation.answer(Transcript(ASK), typed=True)
    person.journal.add_turn("typed", conversation.turns[-1])
    (one,) = person.found()
    assert (len(one.turns), one.seconds, one.cut_off) == (1, 0.0, None)
    assert person.resume("typed").line == conversation.line
    assert not (person.places.takes / "typed").exists()


def test_going_on_as_if_nothing_had_happened(person: Person) -> None:
    whole = person.cut_off("one", "")
    resumed = person.resume("one")
    assert resumed.line == whole.line
    assert resumed.turns == whole.turns
    for answer in ("", ASK):
        assert resumed.answer(Transcript(answer)) == whole.answer(Transcript(answer))
    assert resumed.turns == whole.turns
    assert resumed.state == whole.state


@pytest.mark.parametrize("name", ["price-shock", "discovery-call"])
def test_going_on_with_what_ships(person: Person, name: str) -> None:
    staged = find_scenario(name, [shipped("scenarios")])
    said = ["I'm so sorry. What does that do to you?", "", "Tell me more about that, please. What happened then?"]
    for cut in range(len(said)):
        whole = person.cut_off(f"cut-{cut}", *said[:cut], staged=staged)
        resumed = person.resume(f"cut-{cut}", staged)
        for answer in said[cut:]:
            assert resumed.answer(Transcript(answer)) == whole.answer(Transcript(answer))
        assert resumed.turns == whole.turns
        assert (resumed.state, resumed.found, resumed.beat) == (whole.state, whole.found, whole.beat)


def test_the_cut_off_take_can_be_read_and_untimed_turns_are_named(person: Person) -> None:
    conversation = person.cut_off("one", ASK, "My grandmother plays the piano on Sundays.")
    person.journal.add_words("one", 1, [Word("Oh", 0.1, 0.3, 0.9)])
    path = person.take("one", "03.wav", 0.5)
    with path.open("ab") as file:
        file.write(bytes(640))  # the block after whose samples, and before whose header, the kill came
    resumed = resume("one", person.staged, person.matcher, person.journal, person.places)
    assert resumed.cut_off is not None
    assert read_sound(resumed.cut_off.path).seconds == resumed.cut_off.seconds == 0.52
    assert resumed.untimed == (2,)
    assert resumed.conversation.turns[1] == conversation.turns[1]
    # While it is gone on with, it is offered to nobody.
    assert person.found() == []
    with pytest.raises(Problem, match="running already"):
        close_unfinished("one", person.journal, person.places)
    resumed.lock.release()
    assert len(person.found()) == 1


def test_an_ended_practice_cannot_be_gone_on_with_or_closed(person: Person) -> None:
    person.cut_off("one", ASK)
    person.journal.end("one", None, None)
    with pytest.raises(Problem, match="has ended"):
        person.resume("one")
    with pytest.raises(Problem, match="has ended"):
        close_unfinished("one", person.journal, person.places)
    with PracticeLock(person.places.takes / "one") as lock:
        assert lock.held


def test_a_scenario_that_has_changed_is_only_looked_back_at(person: Person, tmp_path: Path) -> None:
    person.cut_off("one", ASK)
    file = tmp_path / "packs" / "mine" / "parcel.yaml"
    file.write_text(TEXT.replace("I had to give the bride her money back.", "I had to repay her."))
    changed = find_scenario("late-parcel", [tmp_path / "packs"])
    with pytest.raises(Problem, match="cannot be gone on with") as told:
        person.resume("one", changed)
    assert "Look back" in told.value.way_out
    assert close_unfinished("one", person.journal, person.places).debrief is not None


def test_looking_back_closes_it_as_left(person: Person) -> None:
    conversation = person.cut_off("one", ASK)
    past = close_unfinished("one", person.journal, person.places)
    assert past.entry.status == LEFT
    assert past.debrief is not None
    whole = debrief(conversation.scenario, conversation.turns, None)
    assert past.debrief.moments == whole.moments
    assert past.debrief.verdicts == whole.verdicts
    assert past.debrief.summary == past.entry.summary == "The conversation was cut off after one answer."
    assert person.found() == []


def test_what_was_not_understood_is_kept_and_named(person: Person) -> None:
    person.cut_off("one", ASK, "")
    path = person.take("one", "03.wav", 12.2)
    past = close_unfinished("one", person.journal, person.places)
    assert past.entry.summary == (
        "The conversation was cut off after 2 answers. "
        "One recording was not understood, and kept with the others: 03.wav (12 s)."
    )
    assert path.exists()
    person.cut_off("two")
    person.take("two", "01.wav", 3.0)
    person.take("two", "01-2.wav", 4.0)
    past = close_unfinished("two", person.journal, person.places)
    assert past.entry.summary == (
        "The conversation was cut off before the first answer. "
        "2 recordings were not understood, and kept with the others: 01.wav (3 s), 01-2.wav (4 s)."
    )


def test_a_kill_between_the_last_line_and_the_debrief_costs_nothing(person: Person) -> None:
    whole = person.cut_off("one", ASK, OFFER)
    assert whole.ending is not None
    resumed = person.resume("one")
    assert resumed.ending == whole.ending
    assert resumed.line == whole.line
    assert resumed.line.ends
    past = close_unfinished("one", person.journal, person.places)
    assert past.entry.status == FINISHED
    assert past.debrief == debrief(whole.scenario, whole.turns, whole.ending)


def test_several_at_once_are_told_apart(person: Person) -> None:
    person.cut_off("one", ASK)
    person.cut_off("two", "")
    close_unfinished("two", person.journal, person.places)
    assert [entry.practice for entry in person.journal.running()] == ["one"]
    assert person.journal.open("one").entry.status == RUNNING
