"""A practice in a terminal: the conversation as it happens, then the debrief."""

from __future__ import annotations

import argparse
import json
import queue
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO, TypeVar

from salespractice.audio.speaker import SilentSpeaker
from salespractice.coaching.sounded import how_it_sounded
from salespractice.events import (
    AnswerEnded,
    AnswerHeard,
    AnswerInterrupted,
    AnswerStarted,
    CustomerFinished,
    CustomerSpeaks,
    Event,
    NothingHeard,
    PracticeEnded,
    TroubleMet,
    TurnTaken,
)
from salespractice.formats.debrief_page import debrief_page, told_of, write_page
from salespractice.formats.debrief_text import debrief_text
from salespractice.formats.practice_json import practice_json
from salespractice.journal.journal import Journal, PastPractice
from salespractice.places import Places
from salespractice.practice import Practice
from salespractice.problem import Problem
from salespractice.recorded_rep import practise_recorded
from salespractice.rig import Rig, microphone_of, open_matcher, open_transcriber, speaker_of, turn_taking_of
from salespractice.scenario.pack import Staged, find_scenario
from salespractice.settings import Settings, read_settings, with_model
from salespractice.unfinished import Resumed, resume

PartT = TypeVar("PartT")

PROMPT = "  [speak, or Enter: begin and end an answer, text + Enter: type it, q: leave]"


def practise(arguments: argparse.Namespace, where: Places) -> int:
    """The command `practise`. Returns the exit code; raises `Problem`."""
    settings = with_model(read_settings(where.settings), arguments.model, arguments.model_file)
    if (arguments.scenario is None) == (arguments.resume is None):
        raise Problem("What shall be practised?", way_out="Name a scenario, or `--resume` a practice that was cut off.")
    if arguments.resume and arguments.answers:
        raise Problem("Recorded answers begin with the first line.", way_out="Use `--mic` with `--resume`.")
    staged = None if arguments.scenario is None else find_scenario(arguments.scenario, where.pack_folders)
    with terminal_rig(where, settings) as rig:
        resumed = None
        if staged is None:
            entry = rig.journal.open(arguments.resume).entry
            staged = find_scenario(entry.address, where.pack_folders)
            resumed = resume(entry.practice, staged, rig.matcher, rig.journal, where)
        told = Teller(staged, sys.stderr if arguments.json else sys.stdout)
        if arguments.answers:
            practice, left_over = practise_recorded(staged, rig, arguments.answers, told, arguments.seed)
            if left_over:
                print(f"{left_over} answers were left over: the conversation had ended.", file=sys.stderr)
        else:
            practice = _practise_live(staged, rig, settings, told, arguments.seed, resumed)
        # A disk that refused the debrief does not take it from the rep.
        past = replace(rig.journal.open(practice.id), debrief=practice.debrief)
    print_past(past, as_json=arguments.json, with_turns=False)
    if arguments.html:
        page_of(past, where, arguments.html)
    return 0


@contextmanager
def terminal_rig(where: Places, settings: Settings) -> Iterator[Rig]:
    """Everything but a microphone and a speaker. Raises `Problem` for what is missing, before anything is practised."""
    matcher = open_matcher()
    with Journal(where.journal) as journal, open_transcriber(settings) as transcriber:
        matcher.load()
        yield Rig(matcher, transcriber, SilentSpeaker(), journal, where)


def print_past(past: PastPractice, *, as_json: bool, with_turns: bool = True) -> None:
    """A practice on standard output: as JSON, or the conversation (if wanted) and the debrief as text."""
    if as_json:
        print(json.dumps(practice_json(past), ensure_ascii=False, indent=2))
        return
    if with_turns:
        print(f"{past.entry.title}, with {past.entry.customer}\n")
        for turn in past.turns:
            _say(sys.stdout, past.entry.customer.split()[0], turn.line.text)
            _say(sys.stdout, "You", turn.answer.text or "(nothing was heard)")
    print(f"\n{'-' * 40}\n")
    if past.debrief is None:
        print("This practice was not finished, so it has no debrief.")
    else:
        print(debrief_text(past.debrief, how_it_sounded(past.turns, past.deliveries, past.baseline)))


def page_of(past: PastPractice, where: Places, path: Path, heading: str = "Your practice") -> None:
    """Write one practice as a page with playable moments."""
    write_page(path, debrief_page(past.entry.title, [told_of(past, where.takes, heading)]))


def _practise_live(  # noqa: C901 - one small case an event
    staged: Staged,
    rig: Rig,
    settings: Settings,
    told: Callable[[Event], None],
    seed: int | None,
    resumed: Resumed | None,
) -> Practice:
    """With a microphone: one speaks, or Enter starts and ends an answer; text before Enter is one; `q` leaves."""
    speaker = _or_none(speaker_of, settings) or SilentSpeaker()
    live = replace(rig, microphone=_or_none(microphone_of, settings), speaker=speaker)
    events: queue.SimpleQueue[Event | str] = queue.SimpleQueue()
    practice = Practice(staged, live, events.put, seed, turn_taking_of(settings, staged.scenario), resumed)
    threading.Thread(target=_read_lines, args=(events,), name="keyboard", daemon=True).start()
    practice.start()
    recording = False
    try:
        while True:
            event = events.get()
            if isinstance(event, str):
                text = event.strip()
                if text == "q":
                    practice.leave()
                elif text:
                    practice.type_answer(text)
                elif recording:
                    practice.end_answer()
                else:
                    practice.begin_answer()
                continue
            told(event)
            match event:
                case CustomerFinished():
                    print(PROMPT, file=sys.stderr)
                case AnswerInterrupted(seconds=seconds):
                    print(f"  [{seconds:.0f} s of this answer are kept: go on with it]", file=sys.stderr)
                case AnswerStarted(by_voice=by_voice):
                    recording = True
                    ends = "silence or Enter ends it" if by_voice else "Enter when you have finished"
                    print(f"  [listening; {ends}]", file=sys.stderr)
                case AnswerEnded():
                    recording = False
                case NothingHeard():
                    print(PROMPT, file=sys.stderr)
                case PracticeEnded():
                    return practice
                case TroubleMet(problem, fatal=True):
                    raise problem
                case TroubleMet():
                    print(PROMPT, file=sys.stderr)
                case _:
                    pass
    finally:
        practice.close()
        speaker.close()


def _or_none(part_of: Callable[[Settings], PartT], settings: Settings) -> PartT | None:
    """A part of the sound system; without it lines can be read and answers typed, so its problem is told, no more."""
    try:
        return part_of(settings)
    except Problem as problem:
        print(f"salespractice: {problem}", file=sys.stderr)
        return None


def _read_lines(events: queue.SimpleQueue[Event | str]) -> None:
    for line in sys.stdin:
        events.put(line)
    events.put("q")


class Teller:
    """Prints the conversation while it happens."""

    def __init__(self, staged: Staged, to: TextIO) -> None:
        self._customer = staged.scenario.customer.name.split()[0]
        self._to = to

    def __call__(self, event: Event) -> None:
        match event:
            case CustomerSpeaks(line=line):
                _say(self._to, self._customer, line.text)
            case AnswerHeard(text=text):
                _say(self._to, "You", text or "(nothing was heard)")
            case TurnTaken(turn) if turn.typed:
                pass
            case NothingHeard(reason=reason):
                print(f"  ({reason})", file=self._to)
            case TroubleMet(problem):
                print(f"salespractice: {problem}", file=sys.stderr)
            case _:
                pass
        self._to.flush()


def _say(to: TextIO, who: str, text: str) -> None:
    print(textwrap.fill(text, 92, initial_indent=f"{who + ':':<9}", subsequent_indent=" " * 9), file=to)
