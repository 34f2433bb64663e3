"""How well the customer understands, how soon, and whether scenarios tell reps apart.

    python -m tests.benchmarks.bench_understanding [--runs 200] [--walks 10000] [--voiced DIR] [--write-scripts DIR]

Uses the answers in `tests/roleplay/held_back`, by other hands than the examples. `--write-scripts` writes some of them
as scripts for `tools/voice_pack.py --script`, one folder a scenario; `--voiced` is the folder that has them spoken, by
any number of voices in subfolders. Those are transcribed by the base model, clean and with noise at 15 dB, and what the
customer understood then is set beside what they understand of the text.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from salespractice.audio.files import read_sound
from salespractice.hearing import Ears, hear
from salespractice.language.transcript import Transcript
from salespractice.places import shipped
from salespractice.rig import open_matcher, spelling_of
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.simulated_reps import LISTENER, PUSHER
from salespractice.roleplay.simulation import BETTER, WORSE, simulate, walk
from salespractice.scenario.model import Beat, Scenario
from salespractice.scenario.pack import find_scenario
from salespractice.transcription.models import find_model
from salespractice.transcription.stretches import SAMPLE_RATE
from salespractice.transcription.transcriber import WhisperTranscriber

HELD_BACK = Path(__file__).resolve().parents[1] / "roleplay" / "held_back"
EVERY = 17  # of the held-back answers, one is spoken
NOISE = 15.0  # dB below the voice
WORDS = 60


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=200, help="of each simulated rep")
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--voiced", type=Path)
    parser.add_argument("--write-scripts", type=Path)
    options, _ = parser.parse_known_args(arguments)
    scenarios = [find_scenario(path.stem, [shipped("scenarios")]).scenario for path in sorted(HELD_BACK.glob("*.tsv"))]
    if options.write_scripts:
        write_scripts(scenarios, options.write_scripts)
        return
    matcher = open_matcher()
    matcher.load()
    if options.voiced:
        spoken(scenarios, matcher, options.voiced)
        return
    soon(scenarios, matcher)
    played(scenarios, matcher, options.runs, options.walks)


def rows(scenario: Scenario) -> list[dict[str, str]]:
    """The held-back answers to a scenario: `beat`, `expected`, `answer`."""
    with (HELD_BACK / f"{scenario.id}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_scripts(scenarios: Sequence[Scenario], folder: Path) -> None:
    """Some answers of each scenario, numbered by their place in the file."""
    for scenario in scenarios:
        numbered = [(number, row) for number, row in enumerate(rows(scenario)) if number % EVERY == 0]
        where = folder / scenario.id
        where.mkdir(parents=True, exist_ok=True)
        lines = [f"{number:03d} {row['answer']}" for number, row in numbered]
        (where / "script.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def spoken(scenarios: Sequence[Scenario], matcher: Matcher, folder: Path) -> None:
    """Understand the same answers read and heard."""
    ways = ("read", "heard", f"heard with noise at {NOISE:.0f} dB")
    right = dict.fromkeys(ways, 0)
    wrong = dict.fromkeys(ways, 0)
    count = 0
    with WhisperTranscriber(find_model("base")) as transcriber:
        for scenario in scenarios:
            answers, spelling = rows(scenario), spelling_of(scenario)
            ears = Ears(transcriber, scenario.language, tuple(scenario.glossary), spelling)
            for path in sorted((folder / scenario.id).rglob("*.flac")):
                row = answers[int(path.stem)]
                clean = read_sound(path).resampled(SAMPLE_RATE).samples
                texts = [row["answer"], *(heard(samples, ears) for samples in (clean, noisy(clean)))]
                count += 1
                for way, text in zip(ways, texts, strict=True):
                    verdict = understood(scenario, matcher, row, text)
                    right[way] += verdict == "right"
                    wrong[way] += verdict == "wrong"
    print("| answers, spoken by each voice | right or asked back | wrong |\n|---|---|---|")
    for way in ways:
        print(f"| {count}, {way} | {right[way] / count:.1%} | {wrong[way] / count:.1%} |")


def heard(samples: np.ndarray, ears: Ears) -> str:
    """What is heard of an answer, as in a practice."""
    return ears.spelled(hear(samples, ears.transcriber, glossary=ears.glossary)).text.result()


def noisy(samples: np.ndarray) -> np.ndarray:
    """The samples with noise that is `NOISE` dB below them."""
    power = float(np.sqrt(np.mean(samples**2)))
    noise = np.random.default_rng(3).normal(0, power * 10 ** (-NOISE / 20), len(samples))
    return np.asarray(samples + noise, dtype=np.float32)


def understood(scenario: Scenario, matcher: Matcher, row: dict[str, str], text: str) -> str:
    """`right` (asking back included), `wrong` or `refused`."""
    beat = scenario.place(row["beat"])
    assert isinstance(beat, Beat)
    match = matcher.match(text, beat.replies, beat.texts)
    if match.unsure:
        return "right"
    got = match.chosen.reply.id if match.chosen else "otherwise"
    if got == row["expected"]:
        return "right"
    return "refused" if got == "otherwise" else "wrong"


def soon(scenarios: Sequence[Scenario], matcher: Matcher) -> None:
    """From the text of an answer to the chosen line, nothing of it done ahead."""
    seconds = []
    for scenario in scenarios:
        for number, text in enumerate(long_answers(scenario)):
            conversation = Conversation(scenario, matcher, number)
            conversation.open()
            conversation.prepare()
            begun = time.perf_counter()
            conversation.answer(Transcript(text))
            seconds.append(time.perf_counter() - begun)
    median, high = np.percentile(seconds, [50, 95]) * 1000
    print(f"Text of {WORDS} words to the line, {len(seconds)} answers: median {median:.0f} ms, 95 % {high:.0f} ms\n")


def long_answers(scenario: Scenario) -> Iterator[str]:
    """Answers of `WORDS` words, made of several."""
    texts = [row["answer"] for row in rows(scenario)]
    for first in range(0, 60, 4):
        yield " ".join(" ".join(texts[first : first + 4]).split()[:WORDS])


def played(scenarios: Sequence[Scenario], matcher: Matcher, runs: int, walks: int) -> None:
    """Simulated reps, and walks at random."""
    print(f"| scenario | listener ends well | pusher ends badly | {walks:,} walks: no end, mistakes, longest | s |")
    print("|---|---|---|---|---|")
    for scenario in scenarios:
        begun = time.perf_counter()
        apart = simulate(scenario, matcher, runs)
        walked = walk(scenario, matcher, walks)
        (anything,) = walked.played
        print(
            f"| {scenario.id} | {apart.of(LISTENER).share(BETTER):.1%} | {apart.of(PUSHER).share(WORSE):.1%} "
            f"| {sum(run.no_end for run in anything.runs)}, {sum(bool(run.mistake) for run in anything.runs)}, "
            f"{anything.longest} turns "
            f"| {time.perf_counter() - begun:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
