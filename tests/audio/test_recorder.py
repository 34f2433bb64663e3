from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from salespractice.audio.files import read_sound
from salespractice.audio.listening import Progress, Speech
from salespractice.audio.microphone import OnBlock, OnLost, ReplayMicrophone
from salespractice.audio.recorder import Recorder
from salespractice.audio.sound import Samples, Sound
from salespractice.places import shipped
from salespractice.problem import Problem
from tests.audio.test_sound import tone
from tests.virtual_sound import run_python


class LiveMicrophone:
    """A microphone that behaves like a device, one block at a time, when the test says so."""

    name = "test"
    rate = 16_000
    live = True

    def __init__(self) -> None:
        self.overflows = 0
        self.on_block: OnBlock | None = None

    def open(self, on_block: OnBlock, on_lost: OnLost) -> None:
        self.on_block = on_block

    def close(self) -> None:
        self.on_block = None

    def give(self, samples: Samples) -> None:
        assert self.on_block is not None
        self.on_block(samples)


def noise(seconds: float, rate: int = 16_000, seed: int = 1) -> Sound:
    """Samples that are all different, none of them zero, and exact in 16 bits."""
    whole = np.random.default_rng(seed).integers(1, 30_000, round(seconds * rate))
    return Sound((whole / 32768).astype(np.float32), rate)


@pytest.fixture
def microphone() -> ReplayMicrophone:
    return ReplayMicrophone()


@pytest.fixture
def recorder(microphone: ReplayMicrophone) -> Iterator[Recorder]:
    recorder = Recorder(microphone)
    recorder.open()
    yield recorder
    recorder.close()


def test_a_take_is_what_was_said_to_the_sample(
    recorder: Recorder, microphone: ReplayMicrophone, tmp_path: Path
) -> None:
    # 60 s are far more blocks than the queue holds: the microphone has to wait, and must.
    said = noise(60.0)
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(said)
    take = recorder.end_take()
    assert np.array_equal(read_sound(take.path).samples, said.samples)
    assert np.array_equal(take.sound16, said.samples)
    assert (take.rate, take.seconds, take.dropped, take.preroll) == (16_000, 60.0, 0, 0.0)
    assert take.loudest == said.samples.max()
    assert not take.silent_input
    assert take.problem is None


def test_takes_follow_each_other_and_share_nothing(
    recorder: Recorder, microphone: ReplayMicrophone, tmp_path: Path
) -> None:
    for number in range(5):
        said = noise(0.7, seed=number)
        recorder.begin_take(tmp_path / f"{number}.wav")
        microphone.say(said)
        assert np.array_equal(recorder.end_take().sound16, said.samples)


def test_the_half_second_before_is_in_the_take(
    recorder: Recorder, microphone: ReplayMicrophone, tmp_path: Path
) -> None:
    before, said = noise(3.0, seed=1), noise(1.0, seed=2)
    microphone.say(before)
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(said)
    take = recorder.end_take()
    assert take.preroll == 0.5
    assert np.array_equal(take.sound16, np.concatenate([before.samples[-8000:], said.samples]))


def test_another_rate_is_kept_on_disk_and_heard_at_16_khz(tmp_path: Path) -> None:
    microphone = ReplayMicrophone(rate=44_100)
    recorder = Recorder(microphone)
    recorder.open()
    said = tone(2.0, 44_100)
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(said)
    take = recorder.end_take()
    recorder.close()
    assert np.abs(read_sound(take.path).samples - said.samples).max() <= 0.51 / 32768
    assert take.rate == 44_100
    assert abs(len(take.sound16) - 32_000) <= 1
    expected = said.resampled(16_000).samples
    assert np.abs(take.sound16[1000:31_000] - expected[1000:31_000]).max() < 1e-3


def test_what_was_said_up_to_the_key_is_told_before_the_rest_is_heard(tmp_path: Path) -> None:
    microphone = LiveMicrophone()
    recorder = Recorder(microphone)
    recorder.open()
    voice = read_sound(shipped("assets") / "answers" / "listener" / "01.flac").resampled(16_000).samples
    recorder.begin_take(tmp_path / "a.wav")
    microphone.give(voice[:48_000])
    told: list[Speech] = []

    def meanwhile(speech: Speech) -> None:
        told.append(speech)
        microphone.give(voice[48_000:64_000])

    take = recorder.end_take(meanwhile=meanwhile)
    recorder.close()
    (speech,) = told
    assert speech.progress is Progress.PAUSED
    assert speech.stretch.end == pytest.approx(3.0, abs=0.04)
    assert np.array_equal(speech.samples, take.sound16[: len(speech.samples)][-len(speech.samples) :])
    assert take.seconds == pytest.approx(3.2)
    assert take.stretches[0].start == speech.stretch.start


def test_a_live_microphone_is_heard_a_little_longer(tmp_path: Path) -> None:
    microphone = LiveMicrophone()
    recorder = Recorder(microphone)
    recorder.open()
    said, after = noise(1.0, seed=1).samples, noise(1.0, seed=2).samples
    recorder.begin_take(tmp_path / "a.wav")
    microphone.give(said)
    takes = []
    ending = threading.Thread(target=lambda: takes.append(recorder.end_take(keep_after=0.2)))
    ending.start()
    # Which of these comes before the end that the other thread asks for is open; what is heard is not.
    for start in range(0, len(after), 320):
        microphone.give(after[start : start + 320])
        ending.join(0.02)
    ending.join(10)
    assert takes
    heard = takes[0].sound16
    assert len(heard) >= 1.2 * 16_000
    assert np.array_equal(heard, np.concatenate([said, after])[: len(heard)])
    recorder.begin_take(tmp_path / "b.wav")
    next_take = recorder.end_take(keep_after=0.0)
    assert np.array_equal(next_take.sound16, after[len(heard) - len(said) :][-8000:])
    recorder.close()


def test_a_device_that_stopped_does_not_hold_up_the_end(tmp_path: Path) -> None:
    microphone = LiveMicrophone()
    recorder = Recorder(microphone)
    recorder.open()
    recorder.begin_take(tmp_path / "a.wav")
    microphone.give(noise(0.5).samples)
    assert recorder.end_take().seconds == 0.5
    recorder.close()


def test_levels_come_twenty_times_for_each_second(tmp_path: Path) -> None:
    readings: list[float] = []
    microphone = ReplayMicrophone()
    recorder = Recorder(microphone, readings.append)
    recorder.open()
    microphone.say(tone(2.0))
    recorder.close()
    assert 38 <= len(readings) <= 40
    # A sine at half of full scale has -9 dBFS.
    assert np.allclose(readings, 1 - 9.03 / 60, atol=0.01)


def test_a_meter_that_fails_costs_no_sound(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(level: float) -> None:
        raise RuntimeError("no meter")

    microphone = ReplayMicrophone()
    recorder = Recorder(microphone, fail)
    recorder.open()
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(noise(1.0))
    assert recorder.end_take().seconds == 1.0
    recorder.close()
    assert "no meter" in caplog.text


@pytest.mark.parametrize(("zeros", "muted"), [(0.9, False), (1.1, True)])
@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_a_muted_microphone_is_noticed(
    recorder: Recorder, microphone: ReplayMicrophone, tmp_path: Path, zeros: float, muted: bool, where: str
) -> None:
    silence, voice = Sound(np.zeros(round(zeros * 16_000), dtype=np.float32), 16_000), noise(0.3)
    recorder.begin_take(tmp_path / "a.wav")
    for sound in {"before": [silence, voice], "between": [voice, silence, voice], "after": [voice, silence]}[where]:
        microphone.say(sound)
    assert recorder.end_take().silent_input is muted


def test_a_lost_microphone_is_told_at_once_and_costs_nothing_heard(tmp_path: Path) -> None:
    told: list[Problem] = []
    microphone = ReplayMicrophone()
    recorder = Recorder(microphone, on_problem=told.append)
    recorder.open()
    said = noise(1.0)
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(said)
    microphone.unplug()
    take = recorder.end_take()
    assert told == [take.problem]
    assert np.array_equal(take.sound16, said.samples)
    assert np.array_equal(read_sound(take.path).samples, said.samples)
    with pytest.raises(Problem, match="is gone"):
        recorder.begin_take(tmp_path / "b.wav")
    recorder.close()
    recorder.open()
    recorder.begin_take(tmp_path / "b.wav")
    microphone.say(said)
    assert recorder.end_take().problem is None
    recorder.close()


_FULL = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from salespractice.audio.microphone import ReplayMicrophone
from salespractice.audio.recorder import Recorder
from salespractice.audio.sound import Sound
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
told = []
microphone = ReplayMicrophone()
recorder = Recorder(microphone, on_problem=told.append)
recorder.open()
recorder.begin_take(Path(sys.argv[1]))
microphone.say(Sound(np.full(32_000, 0.25, dtype=np.float32), 16_000))
take = recorder.end_take()
recorder.close()
assert len(told) == 1 and take.problem is told[0], told
assert len(take.sound16) == 32_000 and take.seconds == 2.0
print(take.problem.what)
"""


def test_a_disk_that_refuses_keeps_the_file_so_far_and_the_hearing_goes_on(tmp_path: Path) -> None:
    done = run_python(_FULL, tmp_path / "a.wav", environment=dict(os.environ))
    assert str(tmp_path) in done.stdout, done.stderr
    samples, _ = soundfile.read(tmp_path / "a.wav")
    assert len(samples) == (20_000 - 44) // 1024 * 512


def test_an_abandoned_take_leaves_no_file(recorder: Recorder, microphone: ReplayMicrophone, tmp_path: Path) -> None:
    recorder.abandon_take()
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(noise(1.0))
    recorder.abandon_take()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="no take"):
        recorder.end_take()


def test_closing_in_the_middle_keeps_the_file(recorder: Recorder, microphone: ReplayMicrophone, tmp_path: Path) -> None:
    said = noise(1.0)
    recorder.begin_take(tmp_path / "a.wav")
    microphone.say(said)
    recorder.close()
    recorder.close()
    assert not recorder.is_open
    assert np.array_equal(read_sound(tmp_path / "a.wav").samples, said.samples)


def test_misuse_is_an_error(recorder: Recorder, tmp_path: Path) -> None:
    recorder.begin_take(tmp_path / "a.wav")
    with pytest.raises(ValueError, match="a take is being recorded"):
        recorder.begin_take(tmp_path / "b.wav")
    recorder.close()
    with pytest.raises(ValueError, match="not open"):
        recorder.begin_take(tmp_path / "c.wav")
    with pytest.raises(ValueError, match="not open"):
        recorder.end_take()


def test_a_folder_that_refuses_is_told_when_the_take_begins(recorder: Recorder, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="cannot be written"):
        recorder.begin_take(tmp_path / "file" / "a.wav")
    recorder.begin_take(tmp_path / "a.wav")
    assert recorder.end_take().seconds == 0.0


def test_blocks_that_find_no_room_are_counted(tmp_path: Path) -> None:
    busy, go_on = threading.Event(), threading.Event()

    def block_the_recorder(level: float) -> None:
        busy.set()
        assert go_on.wait(30)

    microphone = LiveMicrophone()
    recorder = Recorder(microphone, block_the_recorder)
    recorder.open()
    recorder.begin_take(tmp_path / "a.wav")
    block = noise(0.05).samples
    microphone.give(block)
    assert busy.wait(10)
    for _ in range(600):
        microphone.give(block)
    assert recorder.dropped == 600 - 512
    go_on.set()
    take = recorder.end_take(keep_after=0.0)
    assert take.dropped == 600 - 512
    assert take.seconds == pytest.approx(513 * 0.05)
    recorder.close()
