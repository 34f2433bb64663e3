"""A scenario small enough to read in a test: two beats, three endings, one need."""

from __future__ import annotations

from salespractice.scenario.model import Scenario
from salespractice.scenario.reader import parse_scenario

TEXT = """\
format: 1
id: late-parcel
title: A parcel came late
summary: A shop owner is annoyed about a delivery.
minutes: 3
trains: [empathy, adaptability, problem-solving]
brief:
  situation: A parcel was two days late.
  goal: Find out what it cost her.
customer:
  name: Ines Marlow
  role: Shop owner
  about: Runs a flower shop.
  state_of_mind: {trust: 40, patience: 30, interest: 40}
glossary: [ParcelBird]
needs:
  - id: wedding
    title: The wedding order
    detail: She had to refund a bride.
checks:
  - id: asks-first
    dimension: adaptability
    question: Did you ask before you explained?
    yes: [complaint/ask]
    no: [complaint/explain]
  - id: feels
    dimension: empathy
    question: Did you take the feeling seriously?
    yes: [complaint/ask, refund/offer]
    no: [complaint/explain]
  - id: helps
    dimension: problem-solving
    question: Did you tie your offer to the refund?
    yes: [refund/offer]
    no: [refund/sell]
beats:
  - id: complaint
    feeling: annoyed
    lines:
      - The flowers stood in your van for two days, and they were dead.
      - Two days in your van, that is what killed the flowers.
    cues:
      - quote: two days
        notice: It is the waiting that hurt.
    replies:
      - id: ask
        meaning: Asks what the delay did to her
        worth: strong
        why: She could tell what it had cost her.
        examples:
          - What did the late delivery do to your shop?
          - How did that delay affect your customers?
          - Tell me what happened after the flowers arrived late.
        effects: {trust: +10, patience: +5}
        reveals: [wedding]
        goes_to: refund
      - id: explain
        meaning: Explains the traffic
        worth: weak
        why: She heard an excuse.
        examples:
          - The traffic on the motorway was terrible that week.
          - Our driver had an accident on the road.
          - There was a strike at the depot, so nothing moved.
        effects: {trust: -10, patience: -20}
        goes_to: complaint
    otherwise:
      lines: ["Sorry, what has that to do with my flowers?", "I do not follow."]
      effects: {patience: -10}
  - id: refund
    feeling: tired
    lines: [I had to give the bride her money back.]
    replies:
      - id: offer
        meaning: Offers to repay the refund
        worth: strong
        why: It was the refund that hurt.
        examples:
          - We will pay you back what the bride got.
          - Let me cover the refund that you had to give.
          - I will send you the money for the wedding flowers today.
        effects: {trust: 10}
        goes_to:
          - {to: agreed, when: {trust_at_least: 55, found: [wedding]}}
          - to: thinking
      - id: sell
        meaning: Sells the premium service
        worth: weak
        why: She was not asking for more.
        examples:
          - Our premium service would never be late.
          - You should upgrade to express delivery.
          - The gold plan has a delivery guarantee.
        effects: {trust: -15}
        goes_to: gone
    otherwise:
      lines: [Pardon?]
endings:
  - {id: agreed, outcome: agrees, feeling: relieved, summary: Ines stays with you., lines: [Thank you. Let us go on.]}
  - {id: thinking, outcome: thinks-it-over, feeling: unsure, summary: Ines will think., lines: [I will think about it.]}
  - {id: gone, outcome: leaves, feeling: angry, summary: Ines is gone., lines: [I have heard enough. Goodbye.]}
when_patience_ends: gone
"""


def small_scenario() -> Scenario:
    """The scenario, read anew."""
    return parse_scenario(TEXT)
