"""Learn how far an answer builds on what was said, from rated exchanges, and write what the program reads.

    python tools/train_uptake.py RATED.csv [--check]

RATED.csv is the rated data of Demszky et al. 2021 (MIT licence), with the columns `student_text`, `teacher_text`,
`uptake_zscore` and `obs_id`. Prints the rank correlation with the raters in conversations left out; writes
`assets/exchanges/uptake.json`. `--check` writes nothing. Needs scikit-learn (a developers' dependency).
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tool runs from a clone, installed or not

from salespractice.language.uptake import NUMBERS, Uptake, taken_up
from salespractice.rig import UPTAKE, open_embedder

PENALTY = 10.0
FOLDS = 8


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("rated", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    with arguments.rated.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["uptake_zscore"]]
    embedder = open_embedder()
    numbers = np.stack([taken_up(embedder, row["teacher_text"], row["student_text"]) for row in rows])
    rated = np.array([float(row["uptake_zscore"]) for row in rows])
    conversations = [row["obs_id"] for row in rows]
    model = make_pipeline(StandardScaler(), Ridge(alpha=PENALTY))
    guessed = cross_val_predict(model, numbers, rated, groups=conversations, cv=GroupKFold(FOLDS))
    print(f"{len(rows)} exchanges; rank correlation with the raters {spearmanr(guessed, rated).statistic:.3f}")
    for number, name in enumerate(NUMBERS):
        print(f"  {name} alone: {spearmanr(numbers[:, number], rated).statistic:.3f}")
    if not arguments.check:
        scaler, ridge = model.fit(numbers, rated)
        weight = ridge.coef_ / scaler.scale_
        Uptake(weight, float(ridge.intercept_ - weight @ scaler.mean_)).save(UPTAKE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
