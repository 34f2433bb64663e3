"""Replies that the customer could not tell apart are told, with the two examples that get mixed up."""

from __future__ import annotations

import pytest

from salespractice.language.embedding import MiniLM
from salespractice.rig import open_embedder, open_matcher
from salespractice.roleplay.overlaps import overlap_findings
from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.reader import scenario_of
from salespractice.scenario.yaml_tree import parse_tree
from tests.small_scenario import TEXT

ASKS_LAST = "          - Tell me what happened after the flowers arrived late.\n"
EXPLAINS_LAST = "          - The roads were closed, so our driver was stuck in traffic.\n"
CLEAR = TEXT.replace("          - There was a strike at the depot, so nothing moved.\n", EXPLAINS_LAST)
MISPLACED = "          - The traffic on the motorway was really terrible.\n"


@pytest.fixture(scope="module")
def embedder() -> MiniLM:
    return open_embedder()


def check(text: str, embedder: MiniLM) -> list[Finding]:
    tree = parse_tree(text, "small.yaml")
    scenario = scenario_of(tree, "small.yaml")
    return sorted(overlap_findings(scenario, tree, open_matcher(embedder), embedder))


def row(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_replies_that_differ_are_fine(embedder: MiniLM) -> None:
    assert check(CLEAR, embedder) == []


def test_an_example_in_the_wrong_reply_is_told_with_its_pair(embedder: MiniLM) -> None:
    more = "".join(f"          - {say}\n" for say in ("What did it cost you?", "How did your customers take it?"))
    text = CLEAR.replace(ASKS_LAST, ASKS_LAST + more + MISPLACED)
    (confused,) = [one for one in check(text, embedder) if 'of reply "ask" would' in one.message]
    assert confused.severity is Severity.WARNING
    assert confused.line == row(text, MISPLACED)
    pair = "The traffic on the motorway was terrible that week."
    assert confused.message == (
        '"The traffic on the motorway was really terrible." of reply "ask" would be taken for reply "explain", '
        f'because of "{pair}" on line {row(text, pair)}'
    )


def test_a_reply_that_loses_more_than_a_fifth_of_its_examples(embedder: MiniLM) -> None:
    one_of_four = CLEAR.replace(ASKS_LAST, ASKS_LAST + MISPLACED)
    assert not [one for one in check(one_of_four, embedder) if one.severity is Severity.ERROR]  # a single one is a slip
    text = one_of_four.replace(MISPLACED, f"{MISPLACED}          - Our driver had an accident on the motorway.\n")
    (error,) = [one for one in check(text, embedder) if one.severity is Severity.ERROR and '"ask" is' in one.message]
    assert error.message.startswith('reply "ask" is hard to tell from "explain": 2 of its 5 examples')
    assert error.line == row(text, "      - id: ask\n")


def test_the_same_example_in_two_replies(embedder: MiniLM) -> None:
    said = "The roads were closed, and so our driver was stuck in traffic."
    text = CLEAR.replace(ASKS_LAST, f"{ASKS_LAST}          - {said}\n")
    (alike,) = [one for one in check(text, embedder) if one.code == "alike"]
    assert alike.severity is Severity.WARNING
    assert alike.line == row(text, EXPLAINS_LAST)
    assert f'says the same as "{said}" of reply "ask" on line {row(text, said)}' in alike.message


def test_replies_that_never_stand_side_by_side_may_be_alike(embedder: MiniLM) -> None:
    text = (
        CLEAR.replace(ASKS_LAST, ASKS_LAST + EXPLAINS_LAST)
        .replace("        reveals: [wedding]", "        when: {not_found: [wedding]}\n        reveals: [wedding]")
        .replace("        effects: {trust: -10,", "        when: {found: [wedding]}\n        effects: {trust: -10,")
    )
    assert check(text, embedder) == []


def test_what_must_be_a_question_is_not_mixed_up_with_what_is_none(embedder: MiniLM) -> None:
    text = CLEAR.replace(EXPLAINS_LAST, f"{EXPLAINS_LAST}          - Let me hear what happened after they came late.\n")
    assert any(one.code == "overlap" for one in check(text, embedder))
    asks = text.replace(
        "        reveals: [wedding]", "        when: {said: [open-question]}\n        reveals: [wedding]"
    )
    assert not any('of reply "explain" would' in one.message for one in check(asks, embedder))


def test_too_many_examples_are_not_all_compared(embedder: MiniLM) -> None:
    many = "".join(f"          - There was strike number {number} at the depot.\n" for number in range(80))
    (found,) = check(CLEAR.replace(EXPLAINS_LAST, EXPLAINS_LAST + many), embedder)
    assert found.message == 'reply "explain" has 83 examples; only 60 were compared'


def test_too_many_replies_are_not_all_compared(embedder: MiniLM) -> None:
    reply = CLEAR[CLEAR.index("      - id: explain\n") : CLEAR.index("    otherwise:\n")]
    many = "".join(reply.replace("id: explain", f"id: explain-{number}") for number in range(50))
    found = check(CLEAR.replace(reply, reply + many), embedder)
    assert any(one.message == 'beat "complaint" has 52 replies; only the first 40 were compared' for one in found)
