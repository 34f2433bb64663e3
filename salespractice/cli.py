"""The program without a window: the same practice, journal and transcription from a terminal.

Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 done, and the answer is no (the
doctor found something missing, the check an error); 2 could not be done, with a message that says why and what to do.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import textwrap
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from salespractice import __version__
from salespractice.places import Places, places
from salespractice.problem import Problem

Command = Callable[[argparse.Namespace], int]

DONE, NO, PROBLEM = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Run one command. Returns the exit code; usage errors leave through argparse with code 2."""
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except Problem as problem:
        if arguments.json:
            print(json.dumps(problem.as_json(), ensure_ascii=False))
        print(f"salespractice: {problem}", file=sys.stderr)
        return PROBLEM
    except KeyboardInterrupt:
        print("\nStopped. Whatever was practised until now is in the journal.", file=sys.stderr)
        return PROBLEM
    except BrokenPipeError:
        # Whoever read the output has closed it; there is nobody left to tell.
        sys.stderr.close()
        return DONE
    except Exception:  # noqa: BLE001 - the last place where a mistake of ours can be told
        traceback.print_exc()
        print("salespractice: this is a mistake in the program. The lines above help to find it.", file=sys.stderr)
        return PROBLEM


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print JSON instead of text")
    common.add_argument("--data", type=Path, metavar="DIR", help="the data folder to use (journal, takes, own packs)")

    parser = argparse.ArgumentParser(
        prog="salespractice",
        description="Practise sales conversations aloud, offline. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"SalesPractice {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, text: str) -> argparse.ArgumentParser:
        child = commands.add_parser(name, help=text, description=text, parents=[common])
        child.set_defaults(command=command)
        return child

    add("doctor", _doctor, "Say what works on this machine, and how to mend what does not.")
    add("scenarios", _scenarios, "List the scenarios that can be practised.")

    practise = add("practise", _practise, "Practise a scenario, with recorded answers or a microphone.")
    practise.add_argument("scenario", nargs="?", help="its id (price-shock), pack/id, or a YAML file inside a pack")
    source = practise.add_mutually_exclusive_group(required=True)
    source.add_argument("--answers", type=Path, metavar="DIR", help="recorded answers: 01.wav or .flac, 02.* …")
    practise.add_argument("--resume", metavar="ID", help="go on with a practice that was cut off (journal unfinished)")
    source.add_argument("--mic", action="store_true", help="answer aloud, or by typing")
    practise.add_argument("--html", type=Path, metavar="FILE", help="write the debrief as a page with playable moments")
    practise.add_argument("--seed", type=int, help="choose the customer's wordings (the same seed gives the same ones)")
    _add_model(practise)

    transcribe = add("transcribe", _transcribe, "Transcribe sound files; with --json one line a file, with word times.")
    transcribe.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_model(transcribe)
    transcribe.add_argument("--language", default="en", help="the language spoken (default: en)")

    journal = commands.add_parser("journal", help="Look back at practices.", description="Look back at practices.")
    views = journal.add_subparsers(required=True, metavar="VIEW")
    listing = views.add_parser("list", parents=[common], help="the newest practices first")
    listing.add_argument("--most", type=int, default=20, help="how many (default: 20)")
    listing.set_defaults(command=_journal_list)
    show = views.add_parser("show", parents=[common], help="one practice: the conversation and its debrief")
    show.add_argument("practice", help="its id, or the beginning of it; `last` for the newest")
    show.add_argument("--html", type=Path, metavar="FILE", help="write it as a page with playable moments")
    show.set_defaults(command=_journal_show)

    unfinished = views.add_parser("unfinished", parents=[common], help="practices that were cut off, and what is kept")
    unfinished.set_defaults(command=_journal_unfinished)

    check = add("check", _check, "Say what is wrong with a pack or a scenario, line by line; exit code 1 with errors.")
    check.add_argument("pack", type=Path, metavar="PACK", help="a pack's folder, or one scenario's YAML file")

    simulate = add("simulate", _simulate, "Let simulated reps play a pack; exit code 1 if it does not tell them apart.")
    simulate.add_argument("pack", type=Path, metavar="PACK", help="a pack's folder, or one scenario's YAML file")
    simulate.add_argument("--scenario", metavar="ID", help="only this scenario of the pack")
    simulate.add_argument("--runs", type=int, default=1000, help="how often each rep plays (default: 1000)")
    simulate.add_argument("--walk", type=int, metavar="N", help="instead: N runs of a rep who says anything at all")
    simulate.add_argument("--seed", type=int, default=0, help="the same seed gives the same runs (default: 0)")

    add("acts", _acts, "Say what answers show: JSON lines with `previous` and `text` in, one JSON line each out.")

    debrief = add("debrief", _debrief, "Look back at a conversation in a file, without scenario or sound; writes JSON.")
    debrief.add_argument("--conversation", type=Path, required=True, metavar="FILE", help="a JSON list of turns")

    demo = add("demo", _demo, "Two recorded reps practise one scenario; see how their debriefs differ.")
    demo.add_argument("--out", type=Path, default=Path("demo-out"), help="the folder for the page and the takes")
    return parser


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", help="the Whisper model to use, such as base or tiny.en")
    parser.add_argument(
        "--model-file", type=Path, metavar="FILE", help="a Whisper model file that you have: .pt or model.bin"
    )


def _doctor(arguments: argparse.Namespace) -> int:
    from salespractice.doctor import State, examine

    where = places(arguments.data)
    rows = list(examine(where, _settings(where)))
    if arguments.json:
        _print_json([asdict(row) for row in rows])
    else:
        for row in rows:
            sign = {State.WORKS: "✓", State.LIMITED: "±", State.MISSING: "✗"}[row.state]
            print(f"{sign} {row.part:<15} {row.found}")
            if row.way_out:
                print(textwrap.indent(row.way_out, " " * 18))
    return DONE if all(row.state is not State.MISSING for row in rows) else NO


def _scenarios(arguments: argparse.Namespace) -> int:
    from salespractice.scenario.pack import open_packs, staged_scenarios

    rows, problems = [], []
    for one in staged_scenarios(open_packs(places(arguments.data).pack_folders)):
        if isinstance(one, Problem):
            problems.append(one)
            continue
        scenario = one.scenario
        rows.append(
            {
                "scenario": one.address,
                "title": scenario.title,
                "summary": scenario.summary,
                "customer": f"{scenario.customer.name}, {scenario.customer.role}",
                "minutes": scenario.minutes,
                "trains": list(scenario.trains),
            }
        )
    if arguments.json:
        _print_json({"scenarios": rows, "problems": [problem.as_json() for problem in problems]})
    else:
        for row in rows:
            print(f"{row['scenario']:<28} {row['title']}  ({row['minutes']} min)")
            print(textwrap.fill(str(row["summary"]), 92, initial_indent=" " * 29, subsequent_indent=" " * 29))
    for problem in problems:
        print(f"salespractice: {problem}", file=sys.stderr)
    return PROBLEM if problems else DONE


def _practise(arguments: argparse.Namespace) -> int:
    from salespractice.terminal import practise

    return practise(arguments, places(arguments.data))


def _check(arguments: argparse.Namespace) -> int:
    from salespractice.cli_check import check

    return DONE if check(arguments.pack, as_json=arguments.json) else NO


def _simulate(arguments: argparse.Namespace) -> int:
    from salespractice.cli_simulate import Plan, simulate_pack

    plan = Plan(arguments.scenario, arguments.runs, arguments.walk, arguments.seed)
    return DONE if simulate_pack(arguments.pack, plan, as_json=arguments.json) else NO


def _acts(_: argparse.Namespace) -> int:
    from salespractice.cli_acts import acts

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
    acts(sys.stdin)
    return DONE


def _debrief(arguments: argparse.Namespace) -> int:
    from salespractice.coaching.plain_debrief import plain_debrief
    from salespractice.formats.conversation_json import debrief_json, read_exchanges
    from salespractice.rig import open_constructs

    exchanges = read_exchanges(arguments.conversation)
    _print_json(debrief_json(plain_debrief(exchanges, open_constructs())))
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    from salespractice.demo import demo

    return demo(arguments.out, json=arguments.json)


def _transcribe(arguments: argparse.Namespace) -> int:
    from salespractice.audio.files import read_sound
    from salespractice.audio.voice_activity import RATE
    from salespractice.formats.practice_json import word_json
    from salespractice.hearing import hear
    from salespractice.rig import open_transcriber
    from salespractice.settings import with_model

    # All files are read before the model is loaded: a wrong name is told at once.
    sounds = [(path, read_sound(path)) for path in arguments.files]
    settings = with_model(_settings(places(arguments.data)), arguments.model, arguments.model_file)
    with open_transcriber(settings) as transcriber:
        for path, sound in sounds:
            samples = sound.resampled(RATE).samples
            heard = hear(samples, transcriber, language=arguments.language).transcript.result()
            if arguments.json:
                row = {"file": str(path), "text": heard.text, "words": [word_json(word) for word in heard.words]}
                print(json.dumps(row, ensure_ascii=False), flush=True)
            else:
                print(f"{path}: {heard.text}" if len(sounds) > 1 else heard.text, flush=True)
    return DONE


def _journal_list(arguments: argparse.Namespace) -> int:
    from salespractice.formats.practice_json import entry_json
    from salespractice.journal.journal import Journal

    with _journal(Journal, places(arguments.data)) as journal:
        entries = journal.entries(arguments.most)
    if arguments.json:
        _print_json([entry_json(entry) for entry in entries])
    else:
        for entry in entries:
            day = entry.started.astimezone().strftime("%Y-%m-%d %H:%M")
            ending = entry.outcome or {"running": "not finished", "left": "left"}.get(entry.status, entry.status)
            print(f"{entry.practice[:8]}  {day}  {entry.address:<24} {entry.turns:>2} turns  {ending}")
        if not entries:
            print("The journal is empty: it begins with the first practice.")
    return DONE


def _journal_show(arguments: argparse.Namespace) -> int:
    from salespractice.journal.journal import Journal
    from salespractice.terminal import page_of, print_past

    where = places(arguments.data)
    with _journal(Journal, where) as journal:
        wanted = arguments.practice
        if wanted == "last":
            entries = journal.entries(1)
            if not entries:
                raise Problem("The journal is empty.", way_out="It begins with the first practice.")
            wanted = entries[0].practice
        past = journal.open(wanted)
    if arguments.html:
        page_of(past, where, arguments.html)
    print_past(past, as_json=arguments.json)
    return DONE


def _journal_unfinished(arguments: argparse.Namespace) -> int:
    from salespractice.formats.practice_json import unfinished_json
    from salespractice.formats.unfinished_text import unfinished_text
    from salespractice.journal.journal import Journal
    from salespractice.unfinished import find_unfinished

    where = places(arguments.data)
    with _journal(Journal, where) as journal:
        found = find_unfinished(journal, where)
    if arguments.json:
        _print_json([unfinished_json(one) for one in found])
    else:
        print("\n\n".join(map(unfinished_text, found)) or "No practice was cut off.")
    return DONE


def _journal(kind: Any, where: Places) -> Any:
    if not where.journal.exists():
        raise Problem(
            "There is no journal yet.", f"{where.journal} does not exist.", "It begins with the first practice."
        )
    return kind(where.journal)


def _settings(where: Places) -> Any:
    from salespractice.settings import read_settings

    return read_settings(where.settings)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
