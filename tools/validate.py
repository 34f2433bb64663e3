"""Compare the feedback with rated conversations of others, print a table, and write what the program shows of it.

    python tools/validate.py FOLDER [--check]

FOLDER holds the sets that `validation_sets` reads. The answers are read by the code of `acts` and `debrief
--conversation`. Each row has a floor (a simple rule), ours with a 95 % interval (bootstrap, whole conversations drawn
where there are any), and where it is known what one person reaches against others. Writes `assets/validation.json`,
which the program shows under "How far can I trust this?"; `--check` writes nothing. Needs scikit-learn (a developers'
dependency).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import f1_score, roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tool runs from a clone, installed or not

from salespractice.coaching.constructs import Constructs, Shown
from salespractice.coaching.plain_moments import reflects
from salespractice.coaching.ratings import Ratings, rate
from salespractice.coaching.validation import Row, Validation, write_validation
from salespractice.language.act_features import without_punctuation
from salespractice.language.words import words
from salespractice.places import shipped
from salespractice.rig import open_constructs
from tools.validation_sets import EPITOME, RATED, Coded, annomi, epitome, lend_an_ear, uptake

OUT = shipped("assets") / "validation.json"
DRAWN = 200  # samples of the bootstrap
SURE = 0.8  # a probability from which on a statement counts as sure

# What one rater reaches against the others: on AnnoMI macro F1, counted on sessions with several annotators; on Lend an
# Ear rank correlation of one expert with another; trained models where no person's is known: Sharma 2020, Demszky 2021.
HUMANS = {
    "question": "0.96", "question, open or closed": "0.83", "reflection": "0.88", "information or advice": "0.88",
    "validating": "0.55", "elaboration": "0.75", "understanding": "0.44", "advice": "0.72", "self_orientation": "0.66",
    "uptake": "0.54 (a trained model)", "emotional reaction": "0.78 (a trained model)",
    "interpretation": "0.83 (a trained model)", "exploration": "0.88 (a trained model)",
    "good or poor session": "0.94 (from experts' codes)",
}  # fmt: skip

_WH = re.compile(r"(?i)\b(?:what|how|why|tell me|describe)\b")
_PHRASES = re.compile(
    r"(?i)\b(?:sounds like|so you(?:'re|'ve)?|it seems|you feel|you(?:'re| are) (?:saying|feeling)|"
    r"what i(?:'m| am) hearing)\b"
)
_WARM = re.compile(r"(?i)\b(?:sorry|hope|hugs?|love|here for you|hang in|proud|wish|best|luck)\b")
_KNOWS = re.compile(r"(?i)\b(?:understand|know how|same|i also|me too|been there|feel like|i was|i'm in)\b")
_SHOULD = re.compile(r"(?i)\b(?:should|try|recommend|could|need to|have to|if you|maybe)\b")
_SELF = re.compile(r"(?i)\b(?:i|i'm|i've|my|me|mine)\b")

Measure = Callable[[np.ndarray, np.ndarray], float]


def macro_f1(truth: np.ndarray, said: np.ndarray) -> float:
    """The mean of the F1 of each label."""
    return float(f1_score(truth, said, average="macro"))


def rank_correlation(truth: np.ndarray, said: np.ndarray) -> float:
    """Spearman's."""
    return float(spearmanr(truth, said).statistic)


def area(truth: np.ndarray, said: np.ndarray) -> float:
    """How often a good one is put before a poor one."""
    return float(roc_auc_score(truth, said)) if 0 < truth.sum() < len(truth) else float("nan")


def precision(truth: np.ndarray, said: np.ndarray) -> float:
    """The share of what was said that is so."""
    return float(truth[said].mean()) if said.any() else float("nan")


class Table:
    """The rows, and every statement with how likely it was said to be."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.stated: list[tuple[float, bool]] = []

    def add(
        self,
        name: tuple[str, str, str],
        measure: Measure,
        truth: Sequence[object],
        said: Sequence[object],
        *,
        floor: Sequence[object] | None = None,
        groups: Sequence[object] | None = None,
    ) -> None:
        """Measure, and draw again `DRAWN` times."""
        construct, on, what = name
        right, ours = np.asarray(truth), np.asarray(said)
        place: dict[object, list[int]] = defaultdict(list)
        for number, group in enumerate(groups if groups is not None else range(len(right))):
            place[group].append(number)
        held = [np.array(one) for one in place.values()]
        chance, values = np.random.default_rng(1), []
        for _ in range(DRAWN):
            drawn = np.concatenate([held[one] for one in chance.integers(len(held), size=len(held))])
            values.append(measure(right[drawn], ours[drawn]))
        low, high = np.nanpercentile(values, [2.5, 97.5])
        below = None if floor is None else round(measure(right, np.asarray(floor)), 3)
        human = HUMANS.get(construct, "")
        row = Row(construct, on, what, below, *(round(float(x), 3) for x in (measure(right, ours), low, high)), human)
        self.rows.append(row)
        shown = "–" if below is None else f"{below:.2f}"
        print(f"| {construct} | {on} | {what} | {shown} | {row.ours:.3f} ({low:.2f} to {high:.2f}) | {human or '–'} |")

    def state(self, likely: Sequence[tuple[str, float]], truth: Sequence[str]) -> None:
        """Labels with how likely they were said to be, and the right ones."""
        self.stated += [(p, label == right) for (label, p), right in zip(likely, truth, strict=True)]


def of_answers(table: Table, coded: Sequence[Coded], constructs: Constructs) -> None:
    """What each answer does: AnnoMI, as written and without punctuation; then whole sessions."""
    truth = [one.question for one in coded]
    asks = [one != "none" for one in truth]
    for on, bare in (("AnnoMI", False), ("AnnoMI, no punctuation", True)):
        strip = without_punctuation if bare else str
        shown = [constructs.read(strip(one.text), strip(one.previous)) for one in coded]
        labels = [one.reading.label("question") for one in shown]
        marks = ["?" in strip(one.text) for one in coded]
        kinds = [
            ("open" if _WH.search(one.text) else "closed") if mark else "none"
            for one, mark in zip(coded, marks, strict=True)
        ]
        sessions = [one.session for one in coded]
        name = (on, "macro F1")
        table.add(
            ("question", *name), macro_f1, asks, [one.reading.present("question") >= 0.5 for one in shown],
            floor=None if bare else marks, groups=sessions,
        )  # fmt: skip
        table.add(
            ("question, open or closed", *name), macro_f1, truth, [label for label, _ in labels],
            floor=None if bare else kinds, groups=sessions,
        )  # fmt: skip
        if bare:
            continue
        table.state(labels, truth)
        says_back = np.array([one.reading.present("reflection") for one in shown])
        informs = np.array([one.reading.present("input") for one in shown])
        is_reflection = np.array([one.reflection for one in coded])
        is_input = np.array([one.input for one in coded])
        table.add(
            ("reflection", *name), macro_f1, is_reflection, says_back >= 0.5,
            floor=[bool(_PHRASES.search(one.text)) for one in coded], groups=sessions,
        )  # fmt: skip
        poor = np.array([not one.good for one in coded])
        cited = np.array([reflects(one) for one in shown])
        table.add(
            ("reflections that we would cite, in poor sessions", "AnnoMI", "precision"), precision,
            is_reflection[poor], cited[poor],
            floor=[bool(_PHRASES.search(one.text)) for one in coded if not one.good],
            groups=[one.session for one in coded if not one.good],
        )  # fmt: skip
        print(
            f"  cited: {int(cited[poor].sum())} in poor sessions; {int(cited[~poor].sum())} in good ones, of which "
            f"{is_reflection[~poor & cited].mean():.2f} are; recall {cited[is_reflection].mean():.2f}"
        )
        table.add(
            ("information or advice", *name), macro_f1, is_input, informs >= 0.5,
            floor=[len(one.text.split()) > 25 and "?" not in one.text for one in coded], groups=sessions,
        )  # fmt: skip
        for likely, so in ((says_back, is_reflection), (informs, is_input)):
            table.state([(str(p >= 0.5), max(p, 1 - p)) for p in likely], [str(bool(one)) for one in so])
        of_sessions(table, coded, shown)


def of_sessions(table: Table, coded: Sequence[Coded], shown: Sequence[Shown]) -> None:
    """Whether a whole session was good."""
    held: dict[str, list[tuple[Coded, Shown]]] = defaultdict(list)
    for one, read in zip(coded, shown, strict=True):
        held[one.session].append((one, read))
    good = [rows[0][0].good for rows in held.values()]
    quality = [rate([read for _, read in rows]).conversation_quality for rows in held.values()]
    talk = [
        -np.mean([len(one.text.split()) / (len(one.text.split()) + len(one.previous.split())) for one, _ in rows])
        for rows in held.values()
    ]
    table.add(("good or poor session", "AnnoMI", "area under the curve"), area, good, quality, floor=talk)


def of_replies(table: Table, folder: Path, constructs: Constructs) -> None:
    """EPITOME: is there any of it?"""
    rules = {"emotional": _WARM, "interpretation": _KNOWS, "exploration": re.compile(r"\?")}
    names = {"emotional": "emotional reaction"}
    for kind in EPITOME:
        held = epitome(folder, kind)
        likely = [constructs.read(one.text, one.previous).reading.present(kind) for one in held]
        truth = [one.value > 0 for one in held]
        table.add(
            (names.get(kind, kind), "EPITOME", "macro F1"), macro_f1, truth, [p >= 0.5 for p in likely],
            floor=[bool(rules[kind].search(one.text)) for one in held],
        )  # fmt: skip
        table.state([(str(p >= 0.5), max(p, 1 - p)) for p in likely], [str(one) for one in truth])


def of_uptake(table: Table, folder: Path, constructs: Constructs) -> None:
    """How far an answer builds on what was said."""
    held = uptake(folder)
    said = [constructs.read(one.text, one.previous).uptake for one in held]
    shared = [len(set(words(one.text)) & set(words(one.previous))) / max(1, len(words(one.previous))) for one in held]
    table.add(
        ("uptake", "uptake (learned from it)", "rank correlation"), rank_correlation,
        [one.value for one in held], said, floor=shared,
    )  # fmt: skip


def of_conversations(table: Table, folder: Path, constructs: Constructs) -> None:
    """Whole conversations as three experts rated them."""
    held = list(lend_an_ear(folder))
    ratings: list[Ratings] = [
        rate([constructs.read(text, previous) for previous, text in one.exchanges]) for one in held
    ]
    rules = {
        "validating": _WARM, "elaboration": re.compile(r"\?"), "understanding": _KNOWS, "advice": _SHOULD,
        "self_orientation": _SELF,
    }  # fmt: skip
    for name in RATED:
        floor = [np.mean([len(rules[name].findall(text)) for _, text in one.exchanges]) for one in held]
        table.add(
            (name, "Lend an Ear", "rank correlation"), rank_correlation,
            [one.rating(name) for one in held], [getattr(one, name) for one in ratings], floor=floor,
        )  # fmt: skip


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    constructs, table = open_constructs(), Table()
    print("| construct | set | measure | floor: a rule | ours (95 % interval) | one person, or what is known |")
    print("|---|---|---|---|---|---|")
    of_answers(table, list(annomi(arguments.folder)), constructs)
    of_conversations(table, arguments.folder, constructs)
    of_replies(table, arguments.folder, constructs)
    of_uptake(table, arguments.folder, constructs)
    sure = [right for likely, right in table.stated if likely >= SURE]
    spoken, right = len(sure) / len(table.stated), sum(sure) / max(1, len(sure))
    print(f"\nFrom a probability of {SURE} on: {right:.3f} right, said of {spoken:.1%} of {len(table.stated)}.")
    if not arguments.check:
        write_validation(OUT, Validation(SURE, round(right, 3), round(spoken, 3), tuple(table.rows)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
