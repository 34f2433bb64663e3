"""What can be seen in a sentence without understanding it: its first words, its pronouns, a question mark, a deadline.

Together with the sentence's embedding these are what its speech acts are recognised from. On other conversations such
features carry as much as the embedding does, and they are what an explanation can point at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from salespractice.language.embedding import Vectors
from salespractice.language.speech_acts import PATTERNS
from salespractice.language.words import plain, shared_words, substance

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?%£$€]")


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b")


_COUNTED = {
    "you": _words("you", "your", "yours", "you're", "you've", "you'd", "you'll"),
    "i": _words("i", "my", "me", "i'm", "i've", "i'd", "i'll", "myself"),
    "we": _words("we", "our", "us", "we're", "we've", "we'd", "we'll"),
    "they": _words("they", "their", "them", "customers", "clients", "others", "somebody", "people"),
    "not": _words("not", "no", "never", "nothing", "nobody", r"\w+n't", "without"),
    "number": re.compile(
        r"\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|"
        r"hundred|thousand|half|third|quarter|per\s?cent|percent|pounds|dollars|euros)\b"
    ),
    "day": _words(
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day",
        "today",
        "tomorrow",
        "tonight",
        "week",
        "month",
        "morning",
        "afternoon",
        "noon",
        "o'clock",
        "january|february|march|april|june|july|august|september|october|november|december",
    ),
    "future": _words("will", "i'll", "we'll", "you'll", "going to", "gonna"),
    "could": _words("could", "would", "might", "may", "i'd", "we'd"),
    "should": _words("should", "must", "ought", "need to", "have to", "better", "recommend", "suggest", "advise"),
    "if": _words("if", "unless", "in case", "once"),
    "but": _words("but", "however", "though", "actually", "honestly", "look", "frankly"),
    "so": re.compile(r"^(?:um |uh |well |okay |ok |right |and )*so\b"),
    "sounds": _words(
        "sounds? like", "seems", "it's like", "what i'm hearing", "i hear", "in other words", "you're saying"
    ),
    "feeling": _words(
        r"frustrat\w+",
        r"annoy\w+",
        "angry",
        r"upset\w*",
        r"worr\w+",
        r"disappoint\w+",
        r"nerv\w+",
        "wary",
        "fed up",
        "afraid",
        r"stress\w*",
        "tired",
        r"exhaust\w+",
        "proud",
        "relieved",
        "let down",
        "hard",
        "tough",
        "awful",
        "scary",
        "unfair",
        r"embarrass\w+",
        "alone",
        "understandable",
        "cross",
        r"overwhelm\w+",
        "uneasy",
        "hurt",
        "pressure",
    ),
    "sorry": _words("sorry", r"apolog\w+", "my fault", "our fault", "our mistake", "let you down"),
    "thanks": _words(
        "thanks?", "thank you", "hello", "hi", "good morning", "good afternoon", "bye", "cheers", "weekend"
    ),
    "price": _words(
        "price", "cost", r"discount\w*", "cheaper", "free", "off", "fee", "rate", "budget", "waive", "knock"
    ),
    "proof": _words(
        "study", "trial", "pilot", "reference", "average", "measured", "customers", "case", "audit", "tested"
    ),
    "repeat": _words("pardon", "repeat", "say that again", "didn't catch", "come again"),
    "may-i": _words(
        "may i", "can i", "could i", "mind if i", "is it (?:all right|alright|okay|ok) if", "would it be ok"
    ),
}
_FIRST = {
    "wh": _words("what", "how", "why", "which", "where", "who", "when"),
    "aux": _words(
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "have",
        "has",
        "can",
        "could",
        "would",
        "will",
        "should",
        "shall",
        "may",
        "isn't",
        "don't",
        "didn't",
        "wouldn't",
        "couldn't",
        "haven't",
        "aren't",
        "won't",
    ),
    "tell": _words("tell", "walk", "talk", "describe", "explain", "help", "give", "take", "show"),
    "let": _words("let", "let's"),
    "you": _words("you", "you're", "your", "you've"),
    "i": _words("i", "i'm", "i've", "i'll", "i'd"),
    "we": _words("we", "we're", "we've", "we'll", "we'd", "our"),
    "that": _words("that", "that's", "it", "it's", "this", "there"),
}
_LEAD_IN = re.compile(r"^(?:(?:um|uh|well|okay|ok|right|and|so|but|yeah|yes|no|sure|look|then|just|sorry|er|oh)[, ]+)+")

NAMES = (
    "question-mark", "question-mark-inside", "words", "short", "long",
    *(f"has-{name}" for name in _COUNTED), *(f"many-{name}" for name in ("you", "i", "we")),
    *(f"first-{name}" for name in _FIRST), *(f"rule-{name}" for name in PATTERNS),
    "answers", "after-question", "cosine", "shared-words", "shared-share",
)  # fmt: skip


def seen_in(text: str, previous: str, vector: Vectors, previous_vector: Vectors | None) -> Vectors:
    """One number for each of `NAMES`, shape (n,), all of the order of 1. The vectors are the two texts' embeddings."""
    lower = plain(text).lower()
    count = len(lower.split())
    begun = _LEAD_IN.sub("", lower)
    found = {name: len(pattern.findall(lower)) for name, pattern in _COUNTED.items()}
    shared = shared_words(text, previous)
    values = [
        float(lower.rstrip().endswith("?")),
        float("?" in lower.rstrip()[:-1]),
        math.log1p(count) / 3,
        float(count <= 4),
        float(count >= 22),
        *(float(number > 0) for number in found.values()),
        *(min(found[name], 4) / 4 for name in ("you", "i", "we")),
        *(float(bool(pattern.match(begun))) for pattern in _FIRST.values()),
        *(float(bool(pattern.search(lower))) for pattern in PATTERNS.values()),
        float(bool(previous)),
        float(previous.rstrip().endswith("?")),
        float(vector @ previous_vector) if previous_vector is not None else 0.0,
        min(len(shared), 4) / 4,
        len(shared) / max(1, len(substance(text))),
    ]
    return np.array(values, dtype=np.float32)


def phrases(text: str) -> list[str]:
    """The words and pairs of neighbours of a sentence, lower case; its beginning and end count as neighbours."""
    tokens = ["<", *_TOKEN.findall(plain(text).lower()), ">"]
    return [*tokens[1:-1], *(f"{one} {two}" for one, two in pairwise(tokens))]


def counted(said: Iterable[str], vocabulary: dict[str, int]) -> Vectors:
    """Which phrases of a vocabulary a sentence has, shape (len(vocabulary),), of length 1 where it has any."""
    row = np.zeros(len(vocabulary), dtype=np.float32)
    for phrase in said:
        place = vocabulary.get(phrase)
        if place is not None:
            row[place] = 1.0
    length = float(np.linalg.norm(row))
    return row / length if length else row


def without_punctuation(text: str) -> str:
    """The sentence as a transcript without punctuation has it."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'%£$€-]", " ", plain(text).lower())).strip()
