"""An hour of recording while everything else on the machine is busy: how many blocks were dropped. None may be.

    python -m tests.benchmarks.bench_hour [--minutes 60] [--take 10] [--counting N]

Recorded answers are spoken into a virtual microphone without end, in real time. The real recorder writes them into
takes of `--take` minutes and looks for voices, while `--counting` processes, one for each processor unless said,
count as fast as they can. Give 0 where other work keeps the machine busy; the load is printed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from salespractice.audio.files import read_sound
from salespractice.audio.listening import Progress, Speech, VoiceNews
from salespractice.audio.recorder import Recorder
from salespractice.places import shipped

RATE = 48_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the sound server, record in a process that hears only that, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--take", type=float, default=10.0, help="minutes of a take")
    parser.add_argument("--counting", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options, _ = parser.parse_known_args(arguments)
    if options.inside:
        record(options.minutes * 60, options.take * 60, options.counting)
        return
    from tests.virtual_sound import virtual_sound

    with tempfile.TemporaryDirectory() as folder, virtual_sound(Path(folder)) as sound:
        command = [sys.executable, "-m", "tests.benchmarks.bench_hour", "--inside"]
        command += ["--minutes", str(options.minutes), "--take", str(options.take), "--counting", str(options.counting)]
        subprocess.run(command, env=sound.environment, check=True)


def record(seconds: float, longest: float, counting: int) -> None:
    """Record, and print what came of it."""
    from salespractice.audio.portaudio import PortAudioMicrophone

    busy = [multiprocessing.Process(target=count_for_ever, daemon=True) for _ in range(counting)]
    for process in busy:
        process.start()
    speaking = threading.Thread(target=speak_for_ever, daemon=True)
    speaking.start()
    stretches = 0

    def heard(news: VoiceNews) -> None:
        nonlocal stretches
        stretches += isinstance(news, Speech) and news.progress is Progress.ENDED

    recorder = Recorder(PortAudioMicrophone(), on_voice=heard)
    recorder.open()
    recorded, takes, dropped, load, loads = 0.0, 0, 0, os.times(), []
    begun, wait = time.monotonic(), threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - begun < seconds:
            path = Path(folder) / f"{takes}.wav"
            recorder.begin_take(path)
            wait.wait(min(longest, seconds - (time.monotonic() - begun)))
            take = recorder.end_take()
            loads.append(os.getloadavg()[2])
            assert take.problem is None, take.problem
            assert abs(read_sound(path).seconds - take.seconds) < 1 / take.rate
            recorded, takes, dropped = recorded + take.seconds - take.preroll, takes + 1, dropped + take.dropped
            path.unlink()
    passed, spent = time.monotonic() - begun, os.times()
    computing = spent.user + spent.system - load.user - load.system
    recorder.close()
    for process in busy:
        process.terminate()
    rows = [
        ("minutes by the clock", f"{passed / 60:.2f}"),
        ("minutes recorded", f"{recorded / 60:.2f}"),
        ("blocks dropped", f"{dropped}"),
        ("stretches of speech found", f"{stretches}"),
        ("computing, of one processor", f"{computing / passed:.1%}"),
        ("load of the machine: its mean, its least", f"{np.mean(loads):.1f}, {min(loads):.1f}"),
    ]
    for name, value in rows:
        print(f"| {name:<40} | {value:>7} |", flush=True)


def count_for_ever() -> None:
    """Keep a processor busy."""
    number = 0
    while True:
        number += 1


def speak_for_ever() -> None:
    """The recorded answers, one after the other, into the microphone."""
    command = ["pacat", "--device=mic", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    folder = shipped("assets") / "answers" / "listener"
    spoken = np.concatenate([read_sound(path).resampled(RATE).samples for path in sorted(folder.glob("*.flac"))])
    hiss = np.random.default_rng(1).normal(0, 3e-4, len(spoken))
    samples = np.clip((spoken + hiss) * 32767, -32768, 32767).astype("<i2").tobytes()
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        while True:
            process.stdin.write(samples)


if __name__ == "__main__":
    main()
