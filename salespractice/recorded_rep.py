"""A rep whose answers were recorded: drives a practice from sound files instead of a voice.

The files go through the same recorder, transcriber, conversation, coaching and journal as a live answer; only the
microphone is one that replays them.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from salespractice.audio.files import read_sound
from salespractice.audio.microphone import ReplayMicrophone
from salespractice.audio.sound import Sound
from salespractice.events import (
    AnswerStarted,
    CustomerFinished,
    Event,
    NothingHeard,
    PracticeEnded,
    TroubleMet,
)
from salespractice.practice import Practice
from salespractice.problem import Problem
from salespractice.rig import Rig
from salespractice.scenario.pack import SOUND_ENDINGS, Staged


def answer_files(folder: Path) -> list[Path]:
    """The files `01.*`, `02.*` … of a folder, in order. Raises `Problem` where there are none, or one is missing."""
    if not folder.is_dir():
        raise Problem(
            f"{folder} is not a folder.", way_out="Name a folder with answers called 01.wav, 02.wav and so on."
        )
    files = sorted(
        (path for path in folder.iterdir() if path.suffix.lower() in SOUND_ENDINGS and path.stem.isdigit()),
        key=lambda path: int(path.stem),
    )
    if not files:
        raise Problem(
            f"{folder} has no answers.", way_out="Put recordings called 01.wav (or .flac), 02.wav and so on into it."
        )
    for number, path in enumerate(files, start=1):
        if int(path.stem) != number:
            raise Problem(
                f"{folder} has {path.name} where {number:02d} was expected.",
                way_out="Number the answers from 01 without a gap, each number once.",
            )
    return files


def practise_recorded(
    staged: Staged, rig: Rig, answers: Path, on_event: Callable[[Event], None], seed: int | None = None
) -> tuple[Practice, int]:
    """Play the scenario with the recorded answers, to its end or until they run out.

    Returns the finished practice and how many answers were left over. Raises `Problem` for unreadable answers, before
    anything is practised, and for what stops the practice.
    """
    sounds = [read_sound(path) for path in answer_files(answers)]
    microphone = ReplayMicrophone(rate=max(sound.rate for sound in sounds))
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    practice = Practice(staged, replace(rig, microphone=microphone), events.put, seed)
    practice.start()
    try:
        return practice, _answer(practice, microphone, sounds, events, on_event)
    finally:
        practice.close()


def _answer(
    practice: Practice,
    microphone: ReplayMicrophone,
    sounds: list[Sound],
    events: queue.SimpleQueue[Event],
    on_event: Callable[[Event], None],
) -> int:
    said = 0
    while True:
        event = events.get()
        if isinstance(event, TroubleMet):
            raise event.problem
        on_event(event)
        match event:
            case CustomerFinished() | NothingHeard():
                if said < len(sounds):
                    practice.begin_answer()
                else:
                    practice.leave()
            case AnswerStarted():
                microphone.say(sounds[said])
                said += 1
                practice.end_answer()
            case PracticeEnded():
                return len(sounds) - said
            case _:
                pass
