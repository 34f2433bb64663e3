"""The small scenario made larger: examples enough to hold some back, and room for one slip. Listening pays in it."""

from __future__ import annotations

from salespractice.scenario.model import Scenario
from salespractice.scenario.reader import parse_scenario
from tests.small_scenario import TEXT

_MORE = {
    "Tell me what happened after the flowers arrived late.": [
        "What happened in your shop when the flowers came late?",
        "What did the delay do to you and your customers?",
        "How did the late flowers affect your shop?",
        "Can you tell me what the late delivery did to your shop?",
        "What happened to your customers because of the delay?",
        "How has the late delivery affected you?",
    ],
    "There was a strike at the depot, so nothing moved.": [
        "There was terrible traffic on the motorway.",
        "The driver had an accident on the motorway.",
        "Nothing moved on the road because of the traffic.",
        "There was a strike that week, so no driver moved.",
        "The road was closed after an accident.",
        "The depot was on strike and the roads were full.",
    ],
    "I will send you the money for the wedding flowers today.": [
        "We will pay for the wedding flowers.",
        "Let me pay back the money that you gave to the bride.",
        "I will cover the refund for the bride.",
        "We will give you the money for the refund.",
        "Let us pay you back for the wedding.",
        "I will pay you what the bride got back.",
    ],
    "The gold plan has a delivery guarantee.": [
        "The premium plan has guaranteed delivery.",
        "You should buy our premium express service.",
        "Upgrade to the gold plan and it is never late.",
        "Our express service has a delivery guarantee.",
        "You should upgrade to the premium plan.",
        "With the gold service it would never be late.",
    ],
}
_CHANGED = {
    "patience: 30": "patience: 60",
    "effects: {trust: -15}\n        goes_to: gone": "effects: {trust: -15, patience: -25}\n        goes_to: refund",
    "trust_at_least: 55": "trust_at_least: 40",
}


def separating_text() -> str:
    """The scenario as its file holds it."""
    text = TEXT
    for last, more in _MORE.items():
        line = f"          - {last}\n"
        assert line in text
        text = text.replace(line, line + "".join(f"          - {one}\n" for one in more))
    for before, after in _CHANGED.items():
        assert before in text
        text = text.replace(before, after)
    return text


def separating_scenario() -> Scenario:
    """The scenario, read anew."""
    return parse_scenario(separating_text())
