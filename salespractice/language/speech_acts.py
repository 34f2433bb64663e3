"""What a sentence does: asks, acknowledges, pitches, presses. Rules that prefer silence to a wrong claim.

The acts are those that the feedback's constructs name: open and closed questions (MITI 4.2), naming or validating a
feeling and its opposite, dismissing (Kumar et al., "Lend an Ear"), taking up the customer's words (conversational
uptake, Demszky et al. 2021), pitching and pressing. Each rule is a pattern over words; none claims more than they show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from salespractice.language.words import plain, shared_words

TAKEN_UP = 2  # shared words of substance before we say that the customer's words were taken up


@dataclass(frozen=True, slots=True)
class ActFound:
    """One act in a sentence, with the words that show it (for a quote and for an explanation), and how sure that is."""

    act: str
    because: str
    probability: float = 1.0


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b", re.IGNORECASE)


_INVITES = _pattern(
    r"(?<!not )(?<!n't )tell me (?:more|about|what|how|why|where|who)",
    r"walk me through",
    r"talk me through",
    r"help me (?:to )?understand",
    r"describe (?:for|to) me",
)
_OPEN = _pattern(
    r"what(?!ever)",
    r"how(?! about (?:we|i)\b)",
    r"why",
    r"in what way",
    r"where (?:does|do|did|is|are|would)",
    r"which (?:part|of|bit|one)",
)
_COUNTS = _pattern(r"how (?:many|much|long|often|old|soon)")
_CLOSED = re.compile(
    r"^(?:(?:and|so|but|okay|ok|right|well|sorry|then)[, ]+)*"
    r"(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|shall|may|might|am|"
    r"(?:is|are|do|does|did|would|could|wo)n't|who|when)\b",
    re.IGNORECASE,
)

_FEELING = (
    r"(?:frustrat\w+|annoy\w+|angry|upset\w*|unfair|shock\w*|surpris\w+|stress\w*|worr\w+|disappoint\w+|let down|"
    r"embarrass\w+|exhaust\w+|overwhelm\w+|blindsided|awkward|tough|hard|difficult|painful|horrible|awful|nervous|"
    r"wary|cautious|sceptical|skeptical|burn(?:ed|t)|unpleasant|caught (?:off guard|out)|on the spot|out of the blue|"
    r"a lot to|not (?:okay|fair|good enough))"
)
_SEEN = (
    r"(?:sounds?|that(?:'s| is| must| would| has)|must (?:be|have)|i can (?:see|hear|imagine|understand)|"
    r"i (?:hear|understand|get|see|appreciate) (?:that|why|how|you)|you(?:'re| are| were| felt| feel)|"
    r"i(?:'d| would) (?:be|feel)|makes sense|no wonder|of course you)"
)
_ACKNOWLEDGES = _pattern(
    rf"{_SEEN}\b.{{0,60}}\b{_FEELING}",
    r"no wonder",
    r"makes (?:complete |total |perfect )?sense that you",
    r"i(?:'m| am) (?:so |really |very |truly )?sorry (?:that|about|for|you|we|it|your)",
    r"we (?:should have|let you down)",
)
_DISMISSES = _pattern(
    r"calm down",
    r"not (?:that|such a) (?:big|bad|much)",
    r"it's only",
    r"every(?:body|one) (?:has|pays|does|else)",
    r"you(?:'re| are) overreacting",
    r"that's not (?:really )?(?:true|our (?:problem|fault))",
    r"you should(?:'ve| have) (?:asked|told|said|read|known|checked|called)",
    r"let's not (?:get|make|dwell)",
    r"nothing (?:to worry|we can do|i can do)",
    r"that's just (?:how|the way)",
    r"other customers (?:don't|have no|are fine)",
)
_PRESSES = _pattern(
    r"(?:sign|signature|decide|commit|confirm)\b.{0,40}\b"
    r"(?:today|right now|right away|this (?:morning|afternoon)|by (?:friday|tonight|tomorrow|the end of))",
    r"last chance",
    r"offer (?:ends|expires)",
    r"only (?:good|valid|available) (?:until|till|today)",
    r"price (?:goes|will go) up",
    r"you(?:'ll| will) (?:regret|lose|miss)",
    r"can't afford (?:not )?to",
    r"need (?:a|an|your) (?:answer|decision|yes|signature)",
    r"take it or leave it",
)
_PITCHES = _pattern(
    r"our (?:\w+ ){0,3}(?:product|platform|software|system|solution|module|features?|tool|pricing|roadmap)",
    r"we(?:'ve| have) (?:added|built|invested|released|improved)",
    r"best in (?:class|the market)",
    r"(?:market|industry)[- ]lead\w+",
    r"(?:it|that|which) (?:gives|offers|includes|comes with|lets|saves)",
    r"you(?:'ll| will) (?:get|save|love)",
    r"worth (?:it|every|the)",
)
_NEXT_STEP = _pattern(
    r"(?:let's|shall we|can we|could we|would you|i'll|i will|i can|we could|how about|what if we|why don't we|"
    r"i(?:'d)? suggest|would it)\b.{0,80}\b"
    r"(?:call|meet\w*|session|calendar|send|draft|write|review|come back|follow up|invite|tomorrow|(?:next|this) week|"
    r"(?:mon|tues|wednes|thurs|fri)day|half an hour|an hour|\w+ minutes)"
)


PATTERNS = {
    "invites": _INVITES,
    "open": _OPEN,
    "counts": _COUNTS,
    "closed": _CLOSED,
    "acknowledges": _ACKNOWLEDGES,
    "dismisses": _DISMISSES,
    "presses": _PRESSES,
    "pitches": _PITCHES,
    "next-step": _NEXT_STEP,
}


def speech_acts(sentence: str, previous: str = "") -> tuple[ActFound, ...]:
    """The acts of one sentence. `previous` is the line it answers, needed to see whether its words are taken up."""
    text = plain(sentence.strip())
    found = []
    question = _question(text)
    if question:
        found.append(question)
    rules = [
        ("acknowledges-feeling", _ACKNOWLEDGES),
        ("dismisses", _DISMISSES),
        ("pressures", _PRESSES),
        ("proposes-next-step", _NEXT_STEP),
    ]
    if question is None:
        rules.append(("pitches", _PITCHES))
    for act, pattern in rules:
        match = pattern.search(text)
        if match:
            found.append(ActFound(act, match.group()))
    shared = shared_words(text, previous)
    if len(shared) >= TAKEN_UP:
        found.append(ActFound("takes-up-words", ", ".join(shared)))
    return tuple(found)


def _question(text: str) -> ActFound | None:
    invites = _INVITES.search(text)
    if invites:
        return ActFound("open-question", invites.group())
    if not text.endswith("?"):
        return None
    counts, asks, begins = _COUNTS.search(text), _OPEN.search(text), _CLOSED.match(text)
    if asks and not counts and not begins:
        return ActFound("open-question", asks.group())
    because = counts or begins
    return ActFound("closed-question", because.group() if because else "?")
