"""Speech acts that are learned from the labelled sentences, judged by sentences of another hand."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from salespractice.language.act_reader import ActReader, ActWeights, load_weights
from salespractice.language.embedding import MiniLM
from salespractice.language.labelled_sentences import ACTS, read_labelled
from salespractice.places import shipped
from salespractice.problem import Problem

HELD_BACK = Path(__file__).parent / "acts_held_back.tsv"
WRITTEN = shipped("assets") / "acts"


@pytest.fixture(scope="module")
def reader() -> ActReader:
    return ActReader(MiniLM(shipped("assets") / "language" / "vocab.txt"), load_weights(WRITTEN / "weights.npz"))


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("What happens on the wards when a pump fails?", "open-question"),
        ("so um what happens then on the wards when a pump fails", "open-question"),
        ("Have you signed with them already?", "closed-question"),
        ("I'm so sorry that nobody rang you.", "apologises"),
        ("Would it be all right if I asked you about the budget?", "asks-permission"),
        ("If you don't sign today, the price goes up tomorrow.", "pressures"),
        ("I could take five percent off for you.", "concedes-price"),
        ("Good morning, how was your weekend?", "small-talk"),
        ("I'm sorry we couldn't keep our promise.", "apologises"),
        ("We couldn't deliver on time and I apologise.", "apologises"),
        ("Sorry, I won't press you again.", "apologises"),
        ("If we can't fix it by Friday I'll give you the money back.", "promises"),
    ],
)
def test_plain_cases(reader: ActReader, sentence: str, act: str) -> None:
    assert act in {found.act for found in reader.acts(sentence)}


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("I'm not going to apologise for what our machines cost.", "apologises"),
        ("There is no rush at all, take the time you need.", "pressures"),
        ("Sorry, could you say that again?", "apologises"),
        ("Who wouldn't want to save money?", "open-question"),
    ],
)
def test_what_only_looks_like_it(reader: ActReader, sentence: str, act: str) -> None:
    assert act not in {found.act for found in reader.acts(sentence)}


def test_a_claim_names_words_of_the_sentence_and_how_sure_it_is(reader: ActReader) -> None:
    sentence = "I'm so sorry that nobody rang you."
    (claim,) = [found for found in reader.acts(sentence) if found.act == "apologises"]
    assert claim.because in sentence.lower()
    assert 0.4 <= claim.probability <= 1


def test_words_that_are_taken_up_are_named(reader: ActReader) -> None:
    acts = reader.acts("So the invoices pile up on Fridays.", "Our invoices always pile up before the weekend.")
    assert any(found.act == "takes-up-words" and "invoices" in found.because for found in acts)


@pytest.mark.slow  # 475 sentences to embed
def test_claims_about_sentences_of_another_hand_are_mostly_right(reader: ActReader) -> None:
    right = claims = there = 0
    for one in read_labelled(HELD_BACK):
        said = {found.act for found in reader.acts(one.text, one.previous)} & set(ACTS)
        right, claims, there = right + len(said & one.acts), claims + len(said), there + len(one.acts)
    # Floors a little below what was measured: 87 % right, 66 % of what is there.
    assert right / claims >= 0.84
    assert right / there >= 0.6


def test_every_act_has_examples_enough_and_no_sentence_is_held_back_and_learned() -> None:
    learned = [one for path in sorted(WRITTEN.glob("*.tsv")) for one in read_labelled(path)]
    held_back = {one.text.casefold() for one in read_labelled(HELD_BACK)}
    assert len(learned) >= 2500
    count = Counter(act for one in learned for act in one.acts)
    assert min(count[act] for act in ACTS) >= 75, count
    assert not held_back & {one.text.casefold() for one in learned}


@pytest.mark.parametrize(
    ("line", "what"),
    [("open-questoin\tWhat now?", "no such act: open-questoin"), ("none\t ", "no sentence"), ("none", "no sentence")],
)
def test_a_malformed_line_is_told_with_its_number(tmp_path: Path, line: str, what: str) -> None:
    path = tmp_path / "acts.tsv"
    path.write_text(f"# heading\nnone\tHm.\n{line}\n", encoding="utf-8")
    with pytest.raises(Problem, match=f"acts.tsv:3: {what}"):
        list(read_labelled(path))


def test_the_same_weights_are_the_same_bytes(tmp_path: Path) -> None:
    one = np.ones((2, 3), dtype=np.float32)
    weights = ActWeights(("a", "b"), ("x", "y z"), one, one[:, 0], one[:, 0])
    for name in ("first.npz", "second.npz"):
        weights.save(tmp_path / name)
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()
    read = load_weights(tmp_path / "first.npz")
    assert (read.acts, read.vocabulary) == (weights.acts, weights.vocabulary)
    assert np.array_equal(read.weights, one)


@pytest.mark.parametrize("contents", [b"", b"no weights", b"PK\x03\x04 cut off", None])
def test_a_broken_file_is_a_problem(tmp_path: Path, contents: bytes | None) -> None:
    path = tmp_path / "weights.npz"
    if contents is not None:
        path.write_bytes(contents)
    with pytest.raises(Problem, match=r"weights\.npz cannot be read"):
        load_weights(path)


@pytest.mark.slow  # learns anew
def test_the_weights_that_ship_are_what_the_sentences_give() -> None:
    root = Path(__file__).resolve().parents[2]
    learned = subprocess.run(
        [sys.executable, "tools/train_acts.py", "--check", "--act", "apologises", "--act", "pressures"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert learned.returncode == 0, learned.stdout + learned.stderr
