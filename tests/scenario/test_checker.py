"""What leads nowhere is told: places, needs and checks out of reach, conversations without end, names that collide."""

from __future__ import annotations

import pytest

from salespractice.scenario.checker import structure_findings
from salespractice.scenario.findings import Finding, Severity
from salespractice.scenario.reader import scenario_of
from salespractice.scenario.yaml_tree import parse_tree
from tests.small_scenario import TEXT

ERROR, WARNING = Severity.ERROR, Severity.WARNING
TO_REFUND = "        goes_to: refund\n"
REVEALS = "        reveals: [wedding]\n"
NEED = "    detail: She had to refund a bride.\n"
WHEN_AGREED = "when: {trust_at_least: 55, found: [wedding]}"
EXPLAIN = "        effects: {trust: -10, patience: -20}\n"
OTHERWISE = "      effects: {patience: -10}\n"
PARDON = "      lines: [Pardon?]\n"


def changed(*changes: tuple[str, str]) -> str:
    """The small scenario with these changes, each of which must apply."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def check(text: str) -> list[Finding]:
    tree = parse_tree(text, "small.yaml")
    return sorted(structure_findings(scenario_of(tree, "small.yaml"), tree))


def told(text: str, code: str, *parts: str) -> Finding:
    """The only finding of this kind that has these words in its message."""
    found = check(text)
    fitting = [one for one in found if one.code == code and all(part in one.message for part in parts)]
    assert len(fitting) == 1, found
    return fitting[0]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_small_scenario_holds_together() -> None:
    assert check(TEXT) == []


def test_a_beat_that_nothing_goes_to_and_what_follows_from_it() -> None:
    text = changed((TO_REFUND, "        goes_to: complaint\n"))
    beat = told(text, "unreachable", 'beat "refund" cannot be reached: nothing goes to it')
    assert (beat.severity, beat.line) == (ERROR, line_of(text, "  - id: refund\n"))
    ending = told(text, "unreachable", 'ending "agreed"', 'only "refund" leads to it')
    assert (ending.severity, ending.line) == (ERROR, line_of(text, "{id: agreed"))
    unanswered = told(text, "out-of-reach", 'check "helps"', '"refund/offer"')
    assert (unanswered.severity, unanswered.line) == (ERROR, line_of(text, "  - id: helps"))
    # A customer whose patience ends says this one, whatever the replies lead to.
    assert not any('"gone"' in one.message for one in check(text) if one.code == "unreachable")


def test_a_check_with_one_reply_left_can_still_be_answered() -> None:
    text = changed((TO_REFUND, "        goes_to: complaint\n"))
    assert not any('check "feels"' in one.message for one in check(text))


def test_a_conversation_that_can_go_on_for_ever() -> None:
    for_ever = changed(
        (TO_REFUND, "        goes_to: complaint\n"),
        (EXPLAIN, "        effects: {trust: -10}\n"),
        (OTHERWISE, "      effects: {trust: -1}\n"),
    )
    end = told(for_ever, "dead-end", 'beat "complaint"', "can go on for ever")
    assert (end.severity, end.line) == (ERROR, line_of(for_ever, "  - id: complaint"))


def test_lost_patience_is_a_way_out_and_no_good_one() -> None:
    only_patience = changed((TO_REFUND, "        goes_to: complaint\n"))
    assert not any(one.code == "dead-end" for one in check(only_patience))
    assert told(only_patience, "trap", 'beat "complaint"', "only lost patience").severity is WARNING


def test_a_circle_of_several_beats_is_followed() -> None:
    text = changed(
        ("        goes_to: gone\n", "        goes_to: complaint\n"),
        ("        goes_to:\n          - {to: agreed, ", "        goes_to:\n          - {to: complaint, "),
        ("          - to: thinking\n", "          - to: complaint\n"),
        (EXPLAIN, ""),
        (OTHERWISE, "      effects: {patience: 0}\n"),
        (PARDON, PARDON + "      effects: {patience: 5}\n"),
    )
    assert told(text, "dead-end", 'beat "complaint"', 'leads only to "complaint" and "refund"')
    assert told(text, "dead-end", 'beat "refund"')


def test_silence_that_costs_nothing() -> None:
    text = changed((OTHERWISE, "      effects: {trust: -3}\n"))
    endless = told(text, "endless", 'beat "complaint"', "costs no patience")
    assert (endless.severity, endless.line) == (WARNING, line_of(text, "      effects: {trust: -3}"))
    assert not any(one.code == "endless" for one in check(changed((OTHERWISE, "      goes_to: refund\n"))))


def test_a_need_that_no_reply_reveals_and_what_waits_for_it() -> None:
    text = changed((REVEALS, ""))
    need = told(text, "out-of-reach", 'need "wedding" can never be found: no reply reveals it')
    assert (need.severity, need.line) == (ERROR, line_of(text, "  - id: wedding"))
    ending = told(text, "unreachable", 'ending "agreed"', 'what leads to it, in "refund", can never happen')
    assert ending.severity is ERROR
    route = told(text, "never", 'reply "offer"', '"wedding" cannot have been found by then')
    assert (route.severity, route.line) == (WARNING, line_of(text, "          - {to: agreed"))


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("{found: [wedding]}", '"wedding" cannot have been found by then'),
        ("{found: [wedding], not_found: [wedding]}", 'it asks for "wedding" to be found and not found'),
        ("{said: [pitches], not_said: [pitches]}", 'it asks for "pitches" to be said and not said'),
    ],
)
def test_a_need_whose_condition_can_never_hold(when: str, why: str) -> None:
    need = told(changed((NEED, f"{NEED}    when: {when}\n")), "out-of-reach", 'need "wedding" can never be found', why)
    assert need.severity is ERROR


def test_a_need_that_asks_for_more_trust_than_replies_give_is_a_warning() -> None:
    need = told(changed((NEED, f"{NEED}    when: {{trust_at_least: 51}}\n")), "out-of-reach", "may never be found")
    assert need.severity is WARNING
    assert "trust of at least 51, and all replies on the way bring it to 50 at most" in need.message
    assert check(changed((NEED, f"{NEED}    when: {{trust_at_least: 50}}\n"))) == []


def test_a_warm_customer_is_won_more_easily() -> None:
    warm = ("  state_of_mind:", "  temperament: {warms: 2}\n  state_of_mind:")
    assert check(changed((NEED, f"{NEED}    when: {{trust_at_least: 60}}\n"), warm)) == []


def test_an_ending_that_asks_for_more_than_there_is() -> None:
    text = changed((WHEN_AGREED, "when: {trust_at_least: 61}"))
    ending = told(text, "unreachable", 'ending "agreed" may be out of reach')
    assert ending.severity is WARNING
    assert told(text, "never", "trust of at least 61").severity is WARNING
    assert check(changed((WHEN_AGREED, "when: {trust_at_least: 60}"))) == []


def test_an_ending_whose_only_route_contradicts_itself() -> None:
    text = changed((WHEN_AGREED, "when: {found: [wedding], not_found: [wedding]}"))
    assert told(text, "unreachable", 'ending "agreed" cannot be reached').severity is ERROR


@pytest.mark.parametrize("first", ["{to: thinking}", "{to: thinking, when: {trust_at_least: 50}}"])
def test_a_route_that_stands_behind_a_wider_one(first: str) -> None:
    text = changed(("          - {to: agreed,", f"          - {first}\n          - {{to: agreed,"))
    assert told(text, "never", 'never goes on to "agreed"', "a route above it applies first")
    assert told(text, "unreachable", 'ending "agreed"').severity is ERROR


def test_a_route_behind_a_narrower_one_is_taken() -> None:
    narrower = "{to: thinking, when: {trust_at_least: 56}}"
    assert check(changed(("          - {to: agreed,", f"          - {narrower}\n          - {{to: agreed,"))) == []


def test_a_need_that_every_way_has_found_by_then() -> None:
    text = changed((WHEN_AGREED, "when: {not_found: [wedding]}"))
    assert told(text, "never", '"wedding" has always been found by then')
    # With a way past it, the route can be taken.
    past_it = (OTHERWISE, f"{OTHERWISE}      goes_to: refund\n")
    assert check(changed((WHEN_AGREED, "when: {not_found: [wedding]}"), past_it)) == []


def test_a_reply_that_can_never_be_given_takes_its_checks_along() -> None:
    text = changed(("        reveals: [wedding]", "        when: {found: [wedding]}\n        reveals: [wedding]"))
    assert told(text, "never", 'reply "ask" can never be given').line == line_of(
        text, "        when: {found: [wedding]}"
    )
    assert told(text, "out-of-reach", 'check "asks-first" can never be answered with yes').severity is ERROR
    assert told(text, "out-of-reach", 'need "wedding"', 'nobody can give "complaint/ask"').severity is ERROR
    assert told(text, "unreachable", 'beat "refund"', 'what leads to it, in "complaint", can never happen')


def test_a_need_may_come_up_beside_another_reply() -> None:
    # One answer can be two replies: what `ask` brings to light, the route of `explain` may then ask for.
    text = changed(
        (
            EXPLAIN + "        goes_to: complaint\n",
            "        goes_to: [{to: refund, when: {found: [wedding]}}, {to: gone}]\n",
        )
    )
    assert check(text) == []


def test_patience_that_is_surely_gone() -> None:
    text = changed(
        (EXPLAIN + "        goes_to: complaint", "        effects: {patience: -100}\n        goes_to: refund")
    )
    assert told(text, "never", 'reply "explain" never goes on to "refund"', "no patience left")


@pytest.mark.parametrize(("old", "new"), [("refund", "asks-back"), ("thinking", "asks-back")])
def test_the_name_of_asking_back_is_taken(old: str, new: str) -> None:
    text = TEXT.replace(f"id: {old}", f"id: {new}").replace(f": {old}\n", f": {new}\n").replace(f"[{old}/", f"[{new}/")
    text = text.replace(f", {old}/", f", {new}/")
    reserved = told(text, "reserved-id", '"asks-back" is kept for')
    assert (reserved.severity, reserved.line) == (ERROR, line_of(text, "id: asks-back"))


def test_a_beat_whose_recordings_would_be_those_of_another() -> None:
    text = TEXT.replace("id: refund", "id: complaint-otherwise").replace(": refund\n", ": complaint-otherwise\n")
    text = text.replace("refund/offer", "complaint-otherwise/offer").replace("refund/sell", "complaint-otherwise/sell")
    assert told(text, "reserved-id", '`otherwise` in beat "complaint"').severity is ERROR


def test_thousands_of_beats_in_a_ring_come_to_an_end() -> None:
    head, beats, tail = TEXT.partition("beats:\n")
    ring = "".join(
        f"  - {{id: b{n}, feeling: f, lines: [x], otherwise: {{lines: [y]}}, replies: [{{id: r, meaning: m,"
        f" worth: fair, why: w, examples: [a, b, c], effects: {{trust: 1}}, goes_to: b{(n + 1) % 1000}}}]}}\n"
        for n in range(1000)
    )
    endings = tail[tail.index("endings:\n") :]
    checks = head.index("checks:\n")
    head = f"{head[:checks]}checks: [{{id: c, dimension: empathy, question: q, yes: [b0/r]}}]\n"
    found = check(head + beats + ring + endings)
    assert sum(one.code == "trap" for one in found) == 1000
