"""What a sentence does: asks, acknowledges, pitches, presses. Rules that prefer silence to a wrong claim.

The acts are those that the feedback's constructs name: open and closed questions (MITI 4.2), naming or validating a feeling
and its opposite, dismissing (Kumar et al., "Lend an Ear"), taking up the customer's words (conversational uptake, Demszky
et al. 2021), pitching and pressing. Each rule is a pattern over words; none claims more than its words show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = re.compile(
    r"\b(?:what(?!ever)|how(?! about (?:we|i)\b)|why|tell me|walk me through|help me understand|talk me through|describe|"
    r"in what way|where (?:does|do|did|is|are|would)|which (?:part|of|bit|one))\b",
    re.I,
)
_CLOSED = re.compile(
    r"^(?:(?:and|so|but|okay|ok|right|well|sorry|then)[, ]+)*(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|"
    r"should|shall|may|might|am|isn't|aren't|don't|doesn't|didn't|wouldn't|couldn't|won't|who|when|how (?:many|much|long|often))\b",
    re.I,
)
_FEELING = (
    r"frustrat\w+|annoy\w+|angry|upset\w*|unfair|shock\w*|surpris\w+|stress\w*|worr\w+|disappoint\w+|let down|embarrass\w+|"
    r"exhaust\w+|overwhelm\w+|blindsided|awkward|tough|hard|difficult|painful|horrible|awful|nervous|wary|cautious|sceptical|"
    r"skeptical|burn(?:ed|t)|unpleasant|caught (?:off guard|out)|on the spot|out of the blue|a lot to|not (?:okay|fair|good enough)"
)
_ACKNOWLEDGES = re.compile(
    rf"\b(?:sounds? (?:like|as if|really|very|so|pretty|incredibly|{_FEELING})|that(?:'s| is| must| would| has)|must (?:be|have)|"
    rf"i can (?:see|hear|imagine|understand)|i (?:hear|understand|get|see|appreciate) (?:that|why|how|you)|you(?:'re| are| were| felt| feel)|"
    rf"i(?:'d| would) (?:be|feel)|makes sense|no wonder|of course you|i'm (?:so |really |very )?sorry|we (?:should have|let you))\b.{{0,60}}\b(?:{_FEELING})|"
    rf"\b(?:no wonder|makes (?:complete |total |perfect )?sense that you|i(?:'m| am) (?:so |really |very |truly )?sorry (?:that|about|for|you|we|it))\b",
    re.I,
)
_DISMISSES = re.compile(
    r"\b(?:calm down|not (?:that|such a) (?:big|bad|much)|it's only|everybody (?:has|pays|does)|everyone (?:has|pays|does|else)|"
    r"you(?:'re| are) overreacting|that's not (?:really )?(?:true|our (?:problem|fault))|you should have|with all due respect|"
    r"let's not (?:get|make|dwell)|nothing (?:to worry|we can do|i can do)|"
    r"that's just (?:how|the way)|other customers (?:don't|have no|are fine))\b",
    re.I,
)
_PRESSES = re.compile(
    r"\b(?:(?:sign|decide|commit|confirm|agree)\w*\b.{0,40}\b(?:today|now|right away|by (?:friday|tonight|tomorrow|the end of))|last chance|offer (?:ends|expires)|"
    r"only (?:good|valid|available) (?:until|till|today)|price (?:goes|will go) up|you(?:'ll| will) (?:regret|lose|miss)|"
    r"can't afford (?:not )?to|need (?:a|an|your) (?:answer|decision|yes|signature)|take it or leave it)\b",
    re.I,
)
_PITCHES = re.compile(
    r"\b(?:our (?:\w+ ){0,3}(?:product|platform|software|system|solution|module|feature|features|tool|customers|pricing|roadmap)|"
    r"we(?:'ve| have) (?:added|built|invested|released|improved|got)|best in (?:class|the market)|market[- ]lead\w+|industry[- ]lead\w+|"
    r"(?:it|that|which) (?:gives|offers|includes|comes with|lets|saves)|you(?:'ll| will) (?:get|save|love)|worth (?:it|every|the))\b",
    re.I,
)
_NEXT_STEP = re.compile(
    r"\b(?:(?:let's|shall we|can we|could we|would you|i'll|i will|i can|we could|how about|what if we|why don't we|i'd suggest|i suggest|would it)\b"
    r".{0,80}\b(?:call|meet\w*|session|calendar|send|draft|write|review|come back|follow up|"
    r"monday|tuesday|wednesday|thursday|friday|tomorrow|next week|this week|half an hour|thirty minutes|twenty minutes|an hour|invite))\b",
    re.I,
)
_WORD = re.compile(r"[a-z][a-z'-]+")
_COMMON = frozenset(
    "the a an and or but so if then than that this these those it its it's is are was were be been being am i you he she we they me him "
    "her us them my your his our their mine yours to of in on at for from with by about as into over after before up down out not no nor "
    "do does did done have has had having can could will would shall should may might must just really very quite too also well yes okay "
    "what which who whom when where why how there here all any some more most much many little few lot one two get got go going know think "
    "want need like say said tell told see make made thing things something anything nothing everything i'm i've i'd i'll you're you've you'd "
    "you'll we're we've we'd we'll they're don't didn't doesn't can't couldn't won't wouldn't isn't aren't wasn't that's there's let's what's "
    "because while even still only now right sure good back way time people let come mean actually maybe kind sort bit".split()
)
TAKEN_UP = 2  # shared words of substance before we say that the customer's words were taken up


@dataclass(frozen=True, slots=True)
class ActFound:
    """One act in a sentence, with the words that show it (for a quote and for an explanation)."""

    act: str
    because: str


def speech_acts(sentence: str, previous: str = "") -> tuple[ActFound, ...]:
    """The acts of one sentence. `previous` is the line it answers, needed to see whether its words are taken up."""
    found = list(_questions(sentence))
    asks = bool(found)
    for act, pattern in (("acknowledges-feeling", _ACKNOWLEDGES), ("dismisses", _DISMISSES), ("pressures", _PRESSES)):
        match = pattern.search(sentence)
        if match:
            found.append(ActFound(act, match.group()))
    step = _NEXT_STEP.search(sentence)
    if step:
        found.append(ActFound("proposes-next-step", step.group()))
    pitch = None if asks else _PITCHES.search(sentence)
    if pitch:
        found.append(ActFound("pitches", pitch.group()))
    shared = shared_words(sentence, previous)
    if len(shared) >= TAKEN_UP:
        found.append(ActFound("takes-up-words", ", ".join(shared)))
    return tuple(found)


def shared_words(sentence: str, previous: str) -> list[str]:
    """Words of substance in both, in the sentence's order, compared by stem ("invoices" takes up "invoice")."""
    stems = {_stem(word) for word in substance(previous)}
    return list(dict.fromkeys(word for word in substance(sentence) if _stem(word) in stems))


def substance(text: str) -> list[str]:
    """The words that carry the content, lower case, in order."""
    return [
        word
        for word in _WORD.findall(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
        if word not in _COMMON
    ]


def _questions(sentence: str) -> list[ActFound]:
    text = sentence.strip().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    last_clause = re.split(r"[,;:–—]\s+", text)[-1]
    marked = text.endswith("?")
    asked = _OPEN.search(text)
    invites = re.search(r"\b(?:tell me|walk me through|help me understand|talk me through)\b", text, re.I)
    counts = re.search(r"\bhow (?:many|much|long|often|old|soon)\b", text, re.I)
    if invites and not re.search(r"\b(?:don't|didn't|did you) tell me\b", text, re.I):
        return [ActFound("open-question", invites.group())]
    if not marked:
        return []
    if counts:
        return [ActFound("closed-question", counts.group())]
    closed = _CLOSED.match(text) or _CLOSED.match(last_clause)
    if asked and not (closed and closed.end() > asked.start()):
        starts = _CLOSED.match(text)
        # "Could you tell me what…" was met above; "Would you say what…" stays closed.
        return [ActFound("closed-question" if starts else "open-question", asked.group())]
    return [ActFound("closed-question", closed.group() if closed else "?")]


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ing", "ies", "ed", "es", "s", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
