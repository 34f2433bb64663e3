"""Learn the speech acts from the labelled sentences, say how well it went, and write what the program reads.

    python tools/train_acts.py [--check] [--held-back tests/language/acts_held_back.tsv]

Reads `assets/acts/*.tsv`, writes `assets/acts/weights.npz`. The same sentences give the same bytes on the same kind of
processor. Each sentence is learned as written and as a transcript without punctuation has it. `--check` writes nothing
and says only whether the file that ships is what the sentences give; with `--act NAME` only for these acts. Needs
scikit-learn (a developers' dependency).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tool runs from a clone, installed or not

from salespractice.language.act_features import phrases, without_punctuation
from salespractice.language.act_reader import ActReader, ActWeights, features, load_weights
from salespractice.language.embedding import Embedder, MiniLM, Vectors
from salespractice.language.labelled_sentences import ACTS, LabelledSentence, read_labelled
from salespractice.places import shipped

FOLDER = shipped("assets") / "acts"
WEIGHTS = FOLDER / "weights.npz"
LEARNED = (*ACTS, "reflection")
FOLDS = 5
STRENGTH = 1.0  # scikit-learn's C: the inverse of the penalty
SELDOM = 4  # a phrase that fewer sentences have is not learned
RIGHT = 0.8  # of the claims that are made
NEARLY = 0.05  # of weights that reach 5 and more
LEAST, MOST = 0.4, 0.9  # where a claim begins, at most


def labels(sentence: LabelledSentence) -> frozenset[str]:
    """The acts, and whether there is a reflection of either kind."""
    reflects = sentence.acts & {"simple-reflection", "complex-reflection"}
    return sentence.acts | {"reflection"} if reflects else sentence.acts


def in_both_forms(sentences: Sequence[LabelledSentence]) -> list[LabelledSentence]:
    """Each sentence as it is, followed by itself without punctuation."""
    return [
        LabelledSentence(text, sentence.acts, sentence.previous)
        for sentence in sentences
        for text in (sentence.text, without_punctuation(sentence.text))
    ]


def vocabulary_of(sentences: Sequence[LabelledSentence]) -> tuple[str, ...]:
    """The phrases that are not seldom, in alphabetical order."""
    counts = Counter(phrase for sentence in sentences for phrase in set(phrases(sentence.text)))
    return tuple(sorted(phrase for phrase, count in counts.items() if count >= 2 * SELDOM))


def matrix(embedder: Embedder, sentences: Sequence[LabelledSentence], vocabulary: Sequence[str]) -> csr_matrix:
    """A row of features for each sentence; few of the phrases are in any of them."""
    places = {phrase: place for place, phrase in enumerate(vocabulary)}
    return vstack([csr_matrix(features(embedder, one.text, one.previous, places)) for one in sentences], format="csr")


def regression(rows: csr_matrix, holds: np.ndarray) -> tuple[Vectors, float]:
    """The weights and the bias of one act."""
    fitted = LogisticRegression(C=STRENGTH, solver="lbfgs", tol=1e-4, max_iter=1000).fit(rows, holds)
    return fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0])


def calibrated(logits: np.ndarray, holds: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make probabilities of logits of sentences not trained on (Platt)."""
    fitted = LogisticRegression(C=1e6, tol=1e-8, max_iter=2000).fit(logits[:, None], holds)
    return float(max(fitted.coef_[0, 0], 0.1)), float(fitted.intercept_[0])


def sure_from(likely: np.ndarray, holds: np.ndarray) -> float:
    """The lowest probability from which on `RIGHT` of the claims are right."""
    for threshold in np.arange(LEAST, MOST, 0.02):
        claimed = likely >= threshold
        if claimed.any() and holds[claimed].mean() >= RIGHT:
            return float(round(threshold, 2))
    return MOST


def learn(embedder: Embedder, sentences: Sequence[LabelledSentence], acts: Sequence[str] = LEARNED) -> ActWeights:
    """The acts from these sentences."""
    both = in_both_forms(sentences)
    vocabulary = vocabulary_of(both)
    rows = matrix(embedder, both, vocabulary)
    fold = np.random.default_rng(1).permutation(len(sentences)).repeat(2) % FOLDS
    weights, bias, sure = [], [], []
    print(f"{len(sentences)} sentences, {rows.shape[1]} features, {len(vocabulary)} of them phrases\n")
    print("| act | sentences | F1 in cross-validation | claimed from | right of the claims | of those there, claimed |")
    print("|---|---|---|---|---|---|")
    for act in acts:
        holds = np.array([act in labels(one) for one in both])
        logits = np.zeros(len(both))
        for number in range(FOLDS):
            row, shift = regression(rows[fold != number], holds[fold != number])
            logits[fold == number] = rows[fold == number] @ row + shift
        slope, moved = calibrated(logits, holds)
        likely = 1 / (1 + np.exp(-(slope * logits + moved)))
        threshold = sure_from(likely, holds)
        row, shift = regression(rows, holds)
        weights.append(row * slope)
        bias.append(shift * slope + moved)
        sure.append(threshold)
        claimed = likely >= threshold
        print(
            f"| {act} | {holds[::2].sum()} | {f1(likely >= 0.5, holds):.2f} | {threshold:.2f} "
            f"| {share(holds[claimed]):.2f} | {share(claimed[holds]):.2f} |",
            flush=True,
        )
    rounded = np.round(np.array(weights), 3)
    return ActWeights(tuple(acts), vocabulary, rounded, np.round(np.array(bias), 3), np.array(sure))


def judge(reader: ActReader, sentences: Sequence[LabelledSentence], *, bare: bool = False) -> None:
    """Print how well the acts of sentences by another hand are found."""
    print("\n| act | there | F1 at .5 | claimed | right of the claims | of those there, claimed |")
    print("|---|---|---|---|---|---|")
    likely, claimed = [], []
    for one in sentences:
        text = without_punctuation(one.text) if bare else one.text
        likely.append(reader.probabilities(text, one.previous))
        claimed.append({found.act for found in reader.acts(text, one.previous)})
    f1s, right, made, there = [], 0, 0, 0
    for act in LEARNED:
        holds = np.array([act in labels(one) for one in sentences])
        guessed = np.array([row[act] >= 0.5 for row in likely])
        said = np.array([act in found for found in claimed])
        f1s.append(f1(guessed, holds))
        right, made, there = right + int((said & holds).sum()), made + int(said.sum()), there + int(holds.sum())
        print(
            f"| {act} | {holds.sum()} | {f1s[-1]:.2f} | {said.sum()} "
            f"| {share(holds[said]):.2f} | {share(said[holds]):.2f} |"
        )
    errors = [[(row[act], act in labels(one)) for act in LEARNED] for row, one in zip(likely, sentences, strict=True)]
    print(
        f"\nmacro F1 {np.mean(f1s):.3f}; {made} claims, {right / max(1, made):.1%} right; "
        f"{right / there:.1%} of all that is there claimed"
    )
    print(f"calibration error {calibration_error([pair for row in errors for pair in row]):.3f}")


def is_what_ships(learned: ActWeights) -> bool:
    """Whether the file that ships holds these weights, but for what another processor rounds differently."""
    shipping = load_weights(WEIGHTS)
    rows = [shipping.acts.index(act) for act in learned.acts]
    apart = float(np.abs(shipping.weights[rows] - learned.weights).max())
    print(f"\nThe weights that ship differ by {apart:.3f} at most.")
    return shipping.vocabulary == learned.vocabulary and apart <= NEARLY


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean distance between how likely and how often, over ten bins of the probability above .1."""
    likely = np.array([one for one, _ in pairs])
    holds = np.array([two for _, two in pairs])
    bins = np.digitize(likely, np.linspace(0.1, 1.0, 10)) - 1
    gaps = []
    for number in range(9):
        inside = bins == number
        if inside.any():
            gaps.append((abs(likely[inside].mean() - holds[inside].mean()), inside.sum()))
    return float(np.average([gap for gap, _ in gaps], weights=[count for _, count in gaps]))


def f1(guessed: np.ndarray, holds: np.ndarray) -> float:
    """The harmonic mean of precision and recall; 0 where nothing was right."""
    return float(2 * (guessed & holds).sum() / max(1, guessed.sum() + holds.sum()))


def share(those: np.ndarray) -> float:
    """The share of those that hold; 0 of none."""
    return float(those.mean()) if len(those) else 0.0


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--held-back", type=Path, help="labelled sentences by another hand, to judge by")
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the file that ships is right")
    parser.add_argument("--act", action="append", choices=LEARNED, help="check only this act (may be repeated)")
    arguments = parser.parse_args()
    embedder = MiniLM(shipped("assets") / "language" / "vocab.txt")
    sentences = [one for path in sorted(FOLDER.glob("*.tsv")) for one in read_labelled(path)]
    if arguments.check:
        return int(not is_what_ships(learn(embedder, sentences, arguments.act or LEARNED)))
    learned = learn(embedder, sentences)
    if arguments.held_back:
        held_back = list(read_labelled(arguments.held_back))
        judge(ActReader(embedder, learned), held_back)
        print("\nThe same without punctuation:")
        judge(ActReader(embedder, learned), held_back, bare=True)
    learned.save(WEIGHTS)
    print(f"\n{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
