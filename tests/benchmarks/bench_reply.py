"""How soon the customer answers: real voices through a real sound server, in real time, with the base model.

    python -m tests.benchmarks.bench_reply [--model base] [--most N]

Recorded answers are played into a virtual microphone, each alone and several joined to about a minute, once hands-free
and once with a key that comes up when the voice is over. Measured is the time from the end of the patience (or the key
up) to the reply's first sample in the sound card's callback; what the card's own buffer adds is printed beside it. The
delay of a caption is counted for each word, from its end to the first caption that has as many words.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from salespractice.answering import TurnTaking
from salespractice.audio.files import read_sound, write_flac
from salespractice.audio.sound import Sound
from salespractice.audio.speaker import OnFinished
from salespractice.events import (
    AnswerCaption,
    AnswerEnded,
    AnswerStarted,
    CustomerSpeaks,
    Event,
    LevelChanged,
    PracticeEnded,
    TroubleMet,
    TurnTaken,
)
from salespractice.journal.journal import Journal
from salespractice.places import Places, shipped
from salespractice.practice import Practice
from salespractice.rig import Rig, open_matcher
from salespractice.scenario.pack import find_scenario
from salespractice.transcription.models import find_model
from salespractice.transcription.transcriber import WhisperTranscriber

RATE = 48_000
_WAIT = 120.0


@dataclass
class Measured:
    """Seconds, one entry an answer (captions: one a word)."""

    replies: list[float] = field(default_factory=list)
    captions: list[float] = field(default_factory=list)


class Watched:
    """The real speaker, which remembers what it was last given to play."""

    def __init__(self, speaker: Any) -> None:
        self._speaker = speaker
        self.playing: Any = None

    @property
    def rate(self) -> int:
        return int(self._speaker.rate)

    def play(self, sound: Sound, on_finished: OnFinished) -> Any:
        self.playing = self._speaker.play(sound, on_finished)
        return self.playing

    def close(self) -> None:
        self._speaker.close()


class PatienceLog(logging.Handler):
    """When the patience was last over, on the monotonic clock."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.at = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        if "patience" in record.getMessage():
            self.at = time.monotonic()


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the sound server, measure in a process that hears only that, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", default="base")
    parser.add_argument("--most", type=int, default=8, help="answers of each kind")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options, _ = parser.parse_known_args(arguments)
    if options.inside:
        measure(options.model, options.most)
        return
    from tests.virtual_sound import virtual_sound

    with tempfile.TemporaryDirectory() as folder, virtual_sound(Path(folder)) as sound:
        command = [sys.executable, "-m", "tests.benchmarks.bench_reply", "--inside", "--model", options.model]
        subprocess.run([*command, "--most", str(options.most)], env=sound.environment, check=True)


def measure(model: str, most: int) -> None:
    """Practise, and print the table."""
    patience = PatienceLog()
    listener = logging.getLogger("salespractice.audio.listener")
    listener.setLevel(logging.DEBUG)
    listener.addHandler(patience)
    with tempfile.TemporaryDirectory() as folder, _room():
        alone = [_sound(number) for number in range(1, most + 1)]
        long = [_joined(alone[shift:] + alone[:shift], 60.0) for shift in range(min(3, most))]
        rows, memory = [], 0.0
        with Journal(Path(folder) / "journal.db") as journal, WhisperTranscriber(find_model(model)) as transcriber:
            from salespractice.audio.portaudio import PortAudioMicrophone, PortAudioSpeaker

            speaker = Watched(PortAudioSpeaker())
            places = Places(Path(folder))
            rig = Rig(open_matcher(), transcriber, speaker, journal, places, PortAudioMicrophone())
            rig.matcher.load()
            transcriber.ready.result()
            for name, answers in (("alone", alone), ("joined to 60 s", long)):
                for hands_free in (True, False):
                    found = _practise(rig, speaker, answers, hands_free, patience, Path(folder))
                    what = "patience over" if hands_free else "key up"
                    rows.append((f"{what} to the reply's first sample, answers {name}", found.replies))
                    if hands_free:
                        rows.append((f"word said to word in a caption, answers {name}", found.captions))
            child = psutil.Process(transcriber.child_pid).memory_info()
            memory = getattr(child, "rss", 0) / 1e6
            speaker.close()
    print("\n| what | n | median | 95 % | worst |\n|---|---|---|---|---|")
    for name, seconds in rows:
        high = float(np.percentile(seconds, 95))
        print(f"| {name} | {len(seconds)} | {statistics.median(seconds):.2f} s | {high:.2f} s | {max(seconds):.2f} s |")
    latency = speaker.playing.latency
    print(f"| the sound card's own buffer, not counted above | | {latency:.2f} s | | |")
    print(f"| memory of the transcription process afterwards | | {memory:.0f} MB | | |", flush=True)


@contextmanager
def _room() -> Iterator[None]:
    """The hiss of a quiet room (-70 dBFS) in the microphone: exact silence would be a muted one."""
    command = ["pacat", "--device=mic", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    hiss = np.random.default_rng(1).normal(0, 10, RATE).astype("<i2").tobytes()
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        to, over = process.stdin, threading.Event()

        def feed() -> None:
            with contextlib.suppress(OSError):
                while not over.is_set():
                    to.write(hiss)

        feeding = threading.Thread(target=feed)
        feeding.start()
        try:
            yield
        finally:
            over.set()
            process.terminate()
            feeding.join()


def _practise(
    rig: Rig, speaker: Watched, answers: list[Sound], hands_free: bool, patience: PatienceLog, folder: Path
) -> Measured:
    """Say all the answers, in as many practices as that takes."""
    found, left = Measured(), list(answers)
    while left:
        events: queue.SimpleQueue[tuple[float, Event]] = queue.SimpleQueue()

        def tell(event: Event, events: queue.SimpleQueue[tuple[float, Event]] = events) -> None:
            if not isinstance(event, LevelChanged):
                events.put((time.monotonic(), event))

        staged = find_scenario("price-shock", [shipped("scenarios")])
        practice = Practice(staged, rig, tell, 7, TurnTaking(hands_free=hands_free, patience=1.5))
        practice.start()
        _until(events, CustomerSpeaks)
        while left:
            ended = _answer(practice, speaker, left.pop(0), events, found, patience if hands_free else None, folder)
            if ended:
                break
        practice.leave()
        _until(events, PracticeEnded)
        practice.close()
        _count_captions(found, rig.journal, practice.id)
    return found


_SEEN: dict[tuple[str, int], tuple[float, float, list[tuple[float, int]]]] = {}


def _answer(
    practice: Practice,
    speaker: Watched,
    answer: Sound,
    events: queue.SimpleQueue[tuple[float, Event]],
    found: Measured,
    patience: PatienceLog | None,
    folder: Path,
) -> bool:
    """One answer and the reply to it; whether the conversation has ended with it."""
    path = folder / "answer.flac"
    write_flac(path, answer)
    if patience is None:
        practice.begin_answer()
        _until(events, AnswerStarted)
        subprocess.run(["paplay", "--device=mic", str(path)], check=True)
        begun = time.monotonic()
        practice.end_answer()
    else:
        with subprocess.Popen(["paplay", "--device=mic", str(path)]):
            _until(events, AnswerStarted)
        begun = 0.0
    captions: list[tuple[float, int]] = []
    ended_at, seconds = 0.0, 0.0
    while True:
        at, event = events.get(timeout=_WAIT)
        if isinstance(event, TroubleMet):
            raise event.problem
        if isinstance(event, AnswerCaption):
            captions.append((at, len(f"{event.certain} {event.guess}".split())))
        elif isinstance(event, AnswerEnded):
            ended_at, seconds = at, event.seconds
        elif isinstance(event, TurnTaken):
            turn = event.turn
            break
    begun = begun or (patience.at if patience is not None else 0.0)
    playing, never = speaker.playing, threading.Event()
    deadline = time.monotonic() + 5
    while playing.first_callback is None and time.monotonic() < deadline:
        never.wait(0.005)
    found.replies.append(playing.first_callback - begun)
    if patience is not None:
        _SEEN[practice.id, turn.number] = ended_at, seconds, captions
    print(
        f"  {'voice' if patience else 'key'} {seconds:5.1f} s: {found.replies[-1]:.3f} s", file=sys.stderr, flush=True
    )
    return practice.conversation.ending is not None


def _count_captions(found: Measured, journal: Journal, practice: str) -> None:
    for turn in journal.open(practice).turns:
        if (practice, turn.number) not in _SEEN:
            continue
        ended_at, seconds, captions = _SEEN[practice, turn.number]
        for number, word in enumerate(turn.answer.words, start=1):
            said_at = ended_at - (seconds - word.end)
            shown = next((at for at, words in captions if words >= number), None)
            found.captions.append((ended_at if shown is None else shown) - said_at)


def _until(events: queue.SimpleQueue[tuple[float, Event]], kind: type[Event]) -> Event:
    while True:
        _, event = events.get(timeout=_WAIT)
        if isinstance(event, TroubleMet):
            raise event.problem
        if isinstance(event, kind):
            return event


def _sound(number: int) -> Sound:
    return read_sound(shipped("assets") / "answers" / "listener" / f"{number:02d}.flac").resampled(RATE)


def _joined(sounds: Sequence[Sound], seconds: float) -> Sound:
    """Answers one after the other, with a breath between them, up to about `seconds`."""
    pieces: list[Any] = []
    breath = np.zeros(round(0.4 * RATE), dtype=np.float32)
    for sound in list(sounds) * 3:
        if sum(map(len, pieces)) / RATE > seconds - 5:
            break
        pieces += [sound.samples, breath]
    return Sound(np.concatenate(pieces), RATE)


if __name__ == "__main__":
    main()
