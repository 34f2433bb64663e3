"""Learn what the likeness of an answer and a reply is worth, say how well it does, and write what the program reads.

    python tools/train_matching.py [--measure]

Reads the scenarios that ship, with their examples (each against the others), and the answers to them in
`tests/roleplay/held_back`, which no example was taken from; writes `assets/language/likeness.json`. Each scenario is
judged by weights that were learned on the others alone; yet what the weights weigh was chosen with these answers in
view. The answers in `tests/roleplay/unseen`, written when that was settled, show what it comes to where nobody looked:
learn nothing from them, and choose nothing by them.
`--measure` writes nothing. Needs scipy, which comes with scikit-learn (a developers' dependency).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, cycle
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tool runs from a clone, installed or not

from salespractice.language.clauses import clauses
from salespractice.places import shipped
from salespractice.rig import LIKENESS, open_matcher
from salespractice.roleplay.likeness import BESIDE, NUMBERS, LearnedLikeness, Worth
from salespractice.roleplay.matching import SURE, Matcher
from salespractice.scenario.model import Beat, Scenario
from salespractice.scenario.pack import find_scenario

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "roleplay"
HELD_BACK, UNSEEN = ANSWERS / "held_back", ANSWERS / "unseen"
PENALTY = 0.01
THIRDS = 3
KEPT = [[number != third for number in range(THIRDS)] for third in range(THIRDS)]
OFF_TOPIC_COUNTS = 22.0  # there are thirty times fewer of them, and taking one for a reply is worse than asking

NOTHING_YET = LearnedLikeness(
    *(Worth(names, *np.zeros((3, len(names)), dtype=np.float32)) for names in (NUMBERS, BESIDE)), 0.0
)


@dataclass(frozen=True)
class Case:
    """One answer: the numbers of each reply of its beat, those for none, and which it was (their count if none)."""

    scenario: str
    numbers: np.ndarray
    beside: np.ndarray
    reply: int

    @property
    def off_topic(self) -> bool:
        """Whether it was none of the replies."""
        return self.reply == len(self.numbers)


def cases(folder: Path, matcher: Matcher) -> list[Case]:
    """Every answer in a folder, to the scenarios that its files are named after."""
    scenarios = (find_scenario(path.stem, [shipped("scenarios")]).scenario for path in sorted(folder.glob("*.tsv")))
    return [case for scenario in scenarios for case in cases_of(scenario, folder, matcher)]


def cases_of(scenario: Scenario, folder: Path, matcher: Matcher) -> list[Case]:
    """Every answer in a folder to one scenario."""
    found = []
    with (folder / f"{scenario.id}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            beat = scenario.place(row["beat"])
            assert isinstance(beat, Beat)
            replies = [reply.id for reply in beat.replies]
            compared = matcher.compare(row["answer"], clauses(row["answer"]), beat.replies)
            beside = matcher.beside(row["answer"], beat.texts)
            which = replies.index(row["expected"]) if row["expected"] in replies else len(replies)
            found.append(Case(scenario.id, np.stack([one.numbers for one in compared]), beside, which))
    return found


def left_out(scenario: Scenario, matcher: Matcher) -> list[Case]:
    """Every example of a scenario, compared with two thirds of the examples, of which it is none."""
    found = []
    for beat in scenario.beats:
        for third in range(THIRDS):
            replies = [
                reply.model_copy(update={"examples": [*compress(reply.examples, cycle(KEPT[third]))]})
                for reply in beat.replies
            ]
            for which, reply in enumerate(beat.replies):
                for example in reply.examples[third::THIRDS]:
                    numbers = np.stack([one.numbers for one in matcher.compare(example, clauses(example), replies)])
                    found.append(Case(scenario.id, numbers, matcher.beside(example, beat.texts), which))
    return found


def learn(known: Sequence[Case]) -> LearnedLikeness:
    """The weights under which what was said is most probable."""
    reply = np.concatenate([case.numbers for case in known])
    none = np.stack([case.beside for case in known])
    usual, spread = reply.mean(axis=0), reply.std(axis=0)
    usual_none, spread_none = none.mean(axis=0), none.std(axis=0)
    many, width = len(NUMBERS), len(NUMBERS) + len(BESIDE)
    scaled = [
        ((case.numbers - usual) / spread, np.append((case.beside - usual_none) / spread_none, 1.0)) for case in known
    ]

    def loss(guess: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * len(known) * float(guess[:width] @ guess[:width]) / 2, np.zeros_like(guess)
        slope[:width] = PENALTY * len(known) * guess[:width]
        for case, (numbers, beside) in zip(known, scaled, strict=True):
            weight = OFF_TOPIC_COUNTS if case.off_topic else 1.0
            worth = np.append(numbers @ guess[:many], beside @ guess[many:])
            likely = np.exp(worth - worth.max())
            likely /= likely.sum()
            total -= weight * float(np.log(likely[case.reply] + 1e-12))
            likely[case.reply] -= 1
            slope[:many] += weight * numbers.T @ likely[:-1]
            slope[many:] += weight * beside * likely[-1]
        return total / len(known), slope / len(known)

    best = minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B").x
    return LearnedLikeness(
        Worth(NUMBERS, usual, spread, best[:many]),
        Worth(BESIDE, usual_none, spread_none, best[many:width]),
        float(best[width]),
    )


def judge(name: str, learned: Sequence[tuple[LearnedLikeness, Case]]) -> str:
    """A line of the table."""
    right = wrong = refused = asked = answers = off = off_refused = 0
    for weights, case in learned:
        *likely, none = weights.probabilities(case.numbers, case.beside)
        best = int(np.argmax(likely))
        nothing, unsure = none > likely[best], likely[best] < SURE
        if case.off_topic:
            off += 1
            off_refused += nothing or unsure
            continue
        answers += 1
        right += not nothing and not unsure and best == case.reply
        refused += nothing
        asked += not nothing and unsure
        wrong += not nothing and not unsure and best != case.reply
    shares = " | ".join(f"{count / answers:.1%}" for count in (right, asked, refused, wrong))
    return f"| {name} | {answers} | {shares} | {off_refused} of {off} |"


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--measure", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    matcher = open_matcher(learned=NOTHING_YET)  # the file may be of an older form
    known = cases(HELD_BACK, matcher)
    names = sorted({case.scenario for case in known})
    examples = [
        case for name in names for case in left_out(find_scenario(name, [shipped("scenarios")]).scenario, matcher)
    ]
    print(
        "| scenario, by weights of the others | answers | right | asked back | refused | wrong | off topic, not taken |"
    )
    print("|---|---|---|---|---|---|---|")
    everything = []
    for name in names:
        weights = learn([case for case in (*known, *examples) if case.scenario != name])
        judged = [(weights, case) for case in known if case.scenario == name]
        everything += judged
        print(judge(name, judged), flush=True)
    print(judge("all", everything))
    whole = learn([*known, *examples])
    print(judge("answers nobody learned or chose by", [(whole, case) for case in cases(UNSEEN, matcher)]))
    if not arguments.measure:
        whole.save(LIKENESS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
