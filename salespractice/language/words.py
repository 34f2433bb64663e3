"""Words that carry a sentence's content, and whether two sentences share some: the smallest form of taking up."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z][a-z'-]+")
_ANY = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_COMMON = frozenset(
    """
    a about after again all also am an and any anything are as at back be because been before being bit but by can can't
    come could couldn't day did didn't do does doesn't doing don't done down even everything few for from get getting go
    going good got had has have having he her here him his how i i'd i'll i'm i've if in into is isn't it it's its just
    kind know let let's like little look lot make many may maybe me mean might more most much must my no not nothing now
    of off okay on one only or our out over people quite really right said same say see shall she should so some someone
    something sort still sure take tell than that that's the their them then there there's these they thing things think
    this those time to told too two up us very want was wasn't way we we'd we'll we're we've well went were what what's
    when where which while who why will with won't would wouldn't yes yet you you'd you'll you're you've your yours
    """.split()
)
_ENDINGS = ("ing", "ies", "ed", "es", "s", "ly", "e", "y")


def words(text: str) -> list[str]:
    """Every word, lower case, in order."""
    return _ANY.findall(plain(text).lower())


def substance(text: str) -> list[str]:
    """The words that carry the content, lower case, in order."""
    return [word for word in _WORD.findall(plain(text).lower()) if word not in _COMMON]


def shared_words(sentence: str, previous: str) -> list[str]:
    """Words of substance in both, in the sentence's order; "invoices" and "invoice" count as one."""
    known = stems(previous)
    return list(dict.fromkeys(word for word in substance(sentence) if _stem(word) in known))


def stems(text: str) -> frozenset[str]:
    """The words of substance without their endings."""
    return frozenset(map(_stem, substance(text)))


def plain(text: str) -> str:
    """The text with straight apostrophes, as patterns expect them."""
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
