"""Sentences that say what the speaker will not do or say: "I won't tell you that it's cheap" is no praise of the price.

An embedding hardly sees the difference, since nearly all the words are the same.
"""

from __future__ import annotations

import re

from salespractice.language.words import plain

_WHO = r"(?:i|we|nobody|no one)"
_SPEAKER = rf"{_WHO}(?:'m|'re| am| are|'d| would)? (?:really |just |certainly |honestly )?"
_MEANS_NOT_TO = (
    rf"{_SPEAKER}(?:won't|will not|wouldn't|would not|not going to|not gonna|not here to|not trying to|"
    r"not asking you to|don't want to|do not want to|don't wish to|don't mean to|"
    r"didn't (?:come|call|ring|mean)(?: here)? to|never meant to|refuse to|rather not|don't need to)"
    rf"|{_WHO} (?:have|had) no intention of"
    r"|(?:there's|there is) no (?:need|point)"
    r"|far be it from me"
    r"|nobody(?:'s| is) (?:going to|asking|trying)"
    r"|(?:this|it|that)(?:'s| is) not about"
)
_IS_NOT_ABLE_TO = rf"{_SPEAKER}(?:can't|cannot|can not|couldn't|shouldn't)"
_INTENTION = re.compile(rf"\b(?:{_MEANS_NOT_TO})\b", re.IGNORECASE)
_DENIAL = re.compile(rf"\b(?:{_MEANS_NOT_TO}|{_IS_NOT_ABLE_TO})\b", re.IGNORECASE)
# Denials in form only: they say more than the plain sentence would.
_FIGURE = re.compile(
    r"\b(?:can't|cannot|couldn't) (?:tell you how|say how|imagine|thank you|blame|wait|agree more|"
    r"help (?:but|feeling|thinking)|stress|apologise enough)",
    re.IGNORECASE,
)
# "so" and "but" join only where a thought begins after them: "so pushy" and "anything but" belong to what is denied.
_GOES_ON = re.compile(
    r"[,;:–—]\s*(?:but|so|instead|what i|i'd rather|i would rather|let's|let me)\b"
    r"|\s(?:(?:but|so)(?=\s+(?:i|i'd|i'll|we|we'd|we'll|you|it|what|how|why|where|when|who|let|let's|tell|could|can|would|if)\b)"
    r"|instead|what i|i'd rather|i would rather|let's|let me)\b",
    re.IGNORECASE,
)
_LEFT = 3  # words


def denies(text: str) -> bool:
    """Whether the speaker says what they will not do, or cannot."""
    return _denial(plain(text)) is not None


def refuses(text: str) -> bool:
    """Whether the speaker says what they mean not to do; not being able to is no refusal."""
    straight = plain(text)
    return _INTENTION.search(straight) is not None and not _FIGURE.search(straight)


def affirmed(text: str) -> str:
    """What is left of a sentence without what the speaker only says they will not do; all of it where too little is.

    "I won't tell you it's cheap, but what does the delay cost you?" leaves "but what does the delay cost you?".
    """
    straight = plain(text)
    denial = _denial(straight)
    if denial is None:
        return text
    goes_on = _GOES_ON.search(straight, denial.end())
    before, after = text[: denial.start()], text[goes_on.start() :] if goes_on is not None else ""
    left = max((before, after), key=lambda part: len(part.split())).strip(" ,;:-–—")
    return left if len(left.split()) >= _LEFT else text


def _denial(text: str) -> re.Match[str] | None:
    found = _DENIAL.search(text)
    return None if found is None or _FIGURE.search(text) else found
