"""Learn what an answer does with what was said, say how well it went, and write what the program reads.

    python tools/train_exchanges.py [--check [--kind KIND]]

Reads `assets/exchanges/*.tsv`, and what the sentences in `assets/acts` say of the same; writes `weights.npz` beside the
former. The same exchanges give the same bytes on the same kind of processor. Each answer is learned as written and as a
transcript without punctuation has it. What is printed is measured on files that were left out in turn: another setting
by another hand. `--check` writes nothing and says only whether the file that ships is what the exchanges give. Needs
scikit-learn (a developers' dependency).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tool runs from a clone, installed or not

from salespractice.language.act_features import phrases, without_punctuation
from salespractice.language.act_reader import ActReader
from salespractice.language.embedding import Embedder
from salespractice.language.exchange_reader import ExchangeWeights, features, load_exchange_weights
from salespractice.language.labelled_exchanges import KINDS, LabelledExchange, read_exchanges
from salespractice.language.labelled_sentences import read_labelled
from salespractice.rig import ACT_WEIGHTS, EXCHANGE_WEIGHTS, open_act_reader, open_embedder

STRENGTH = 0.1  # scikit-learn's C: the inverse of the penalty
BARE = 0.7  # what a text without punctuation counts: the same was learned with it
SENTENCE = 0.2  # what a single sentence counts beside a whole answer
SELDOM = 6  # a phrase that fewer answers have is not learned
NEARLY = 0.05  # of weights that reach 3 and more
_INPUT = {
    "informs", "advises", "proposes", "pitches", "links-benefit", "gives-evidence", "proposes-next-step",
    "concedes-price",
}  # fmt: skip


def in_both_forms(exchanges: Sequence[LabelledExchange]) -> list[LabelledExchange]:
    """Each exchange as it is, followed by itself without punctuation."""
    return [
        both
        for one in exchanges
        for both in (
            one,
            LabelledExchange(without_punctuation(one.previous), without_punctuation(one.text), one.labels),
        )
    ]


def from_acts(path: Path) -> list[LabelledExchange]:
    """The labelled sentences as exchanges: what their acts say of questions, reflections and information or advice."""
    return [
        LabelledExchange(
            one.previous,
            one.text,
            {
                "question": _first(one.acts, {"open-question": "open", "closed-question": "closed"}),
                "reflection": _first(one.acts, {"complex-reflection": "complex", "simple-reflection": "simple"}),
                "input": "1" if one.acts & _INPUT else "0",
            },
        )
        for one in read_labelled(path)
    ]


def _first(acts: frozenset[str], names: dict[str, str]) -> str:
    return next((label for act, label in names.items() if act in acts), "none")


def vocabulary_of(exchanges: Sequence[LabelledExchange]) -> tuple[str, ...]:
    """The phrases that are not seldom, in alphabetical order."""
    counts = Counter(phrase for one in exchanges for phrase in set(phrases(one.text)))
    return tuple(sorted(phrase for phrase, count in counts.items() if count >= 2 * SELDOM))


def softmax_regression(rows: csr_matrix, labels: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (labels, features) and biases (labels,); two labels get a row each, too."""
    fitted = LogisticRegression(C=STRENGTH, tol=1e-3, max_iter=2000).fit(rows, labels, sample_weight=counts)
    if len(fitted.classes_) == 2:
        return np.concatenate((-fitted.coef_, fitted.coef_)) / 2, np.append(-fitted.intercept_, fitted.intercept_) / 2
    return fitted.coef_, fitted.intercept_


def calibrated(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """The slope, and the shift of each label, that make probabilities of logits of answers not trained on."""

    def loss(guess: np.ndarray) -> float:
        moved = logits * guess[0] + guess[1:]
        picked = moved[np.arange(len(labels)), labels]
        return float((logsumexp(moved, axis=1) - picked).mean() + 1e-4 * (guess[1:] ** 2).sum())

    best = minimize(loss, np.append(1.0, np.zeros(logits.shape[1])), method="L-BFGS-B").x
    return float(max(best[0], 0.1)), best[1:]


def learn(
    files: Sequence[Sequence[LabelledExchange]], exchanges: int, kinds: Sequence[str] = tuple(KINDS)
) -> ExchangeWeights:
    """The weights from these files; prints how well each kind of label was found in files left out.

    The first `exchanges` files hold whole answers, the others single sentences. Of other kinds there are no rows.
    """
    both = in_both_forms([one for file in files for one in file])
    fold = np.repeat(np.arange(len(files)), [2 * len(file) for file in files])
    counts = np.where(fold < exchanges, 1.0, SENTENCE) * np.tile([1.0, BARE], len(both) // 2)
    vocabulary = vocabulary_of(both)
    used = np.array([any(kind in one.labels for kind in kinds) for one in both])
    both, fold, counts = [one for one, yes in zip(both, used, strict=True) if yes], fold[used], counts[used]
    embedder = open_embedder()
    rows = matrix(embedder, open_act_reader(embedder), both, vocabulary)
    print(f"{len(both) // 2} exchanges, {rows.shape[1]} features, {len(vocabulary)} of them phrases\n")
    print("| | labels | macro F1 in files left out | without punctuation | right from .8 on | so often |")
    print("|---|---|---|---|---|---|")
    weights, biases = [], []
    for kind in kinds:
        names = KINDS[kind]
        known = np.array([kind in one.labels for one in both])
        labels = np.array([names.index(one.labels.get(kind, names[0])) for one in both])
        logits = np.zeros((len(both), len(names)))
        for number in sorted(set(fold[known])):
            others = known & (fold != number)
            weight, bias = softmax_regression(rows[others], labels[others], counts[others])
            logits[fold == number] = rows[fold == number] @ weight.T + bias
        # Judged, and calibrated, on whole answers.
        whole = known & (fold < exchanges)
        logits, all_labels, labels = logits[whole], labels[known], labels[whole]
        slope, shift = calibrated(logits, labels)
        moved = logits * slope + shift
        likely = np.exp(moved - logsumexp(moved, axis=1, keepdims=True))
        guessed, sure = likely.argmax(axis=1), likely.max(axis=1) >= 0.8
        scores = [f1_score(labels[start::2], guessed[start::2], average="macro") for start in (0, 1)]
        there = ", ".join(f"{name} {count}" for name, count in zip(names, np.bincount(labels[::2]), strict=True))
        print(
            f"| {kind} | {there} | {scores[0]:.2f} | {scores[1]:.2f} "
            f"| {(guessed == labels)[sure].mean():.2f} | {sure.mean():.2f} |",
            flush=True,
        )
        weight, bias = softmax_regression(rows[known], all_labels, counts[known])
        weights.append(weight * slope)
        biases.append(bias * slope + shift)
    return ExchangeWeights(vocabulary, np.round(np.concatenate(weights), 3), np.round(np.concatenate(biases), 3))


def matrix(
    embedder: Embedder, reader: ActReader, exchanges: Sequence[LabelledExchange], vocabulary: Sequence[str]
) -> csr_matrix:
    """A row of features for each exchange; few of the phrases are in any of them."""
    places = {phrase: place for place, phrase in enumerate(vocabulary)}
    return vstack(
        [csr_matrix(features(embedder, reader, one.text, one.previous, places)) for one in exchanges], format="csr"
    )


def is_what_ships(learned: ExchangeWeights, kinds: Sequence[str]) -> bool:
    """Whether the file that ships holds these weights, but for what another processor rounds differently."""
    shipping = load_exchange_weights(EXCHANGE_WEIGHTS)
    if shipping.vocabulary != learned.vocabulary:
        print("\nThe file that ships was learned from other exchanges.")
        return False
    of = np.concatenate([[kind] * len(labels) for kind, labels in KINDS.items()])
    held = np.isin(of, kinds)
    apart = max(
        float(np.abs(shipping.weights[held] - learned.weights).max()),
        float(np.abs(shipping.bias[held] - learned.bias).max()),
    )
    print(f"\nThe weights that ship differ by {apart:.3f} at most.")
    return apart <= NEARLY


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the file that ships is right")
    parser.add_argument("--kind", choices=list(KINDS), action="append", help="check only this kind (may be repeated)")
    arguments = parser.parse_args()
    files = [list(read_exchanges(path)) for path in sorted(EXCHANGE_WEIGHTS.parent.glob("*.tsv"))]
    sentences = [from_acts(path) for path in sorted(ACT_WEIGHTS.parent.glob("*.tsv"))]
    if arguments.check:
        kinds = [kind for kind in KINDS if kind in (arguments.kind or KINDS)]
        return int(not is_what_ships(learn([*files, *sentences], len(files), kinds), kinds))
    learned = learn([*files, *sentences], len(files))
    learned.save(EXCHANGE_WEIGHTS)
    print(f"\n{EXCHANGE_WEIGHTS.name}: {EXCHANGE_WEIGHTS.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
