"""One turn: a line of the customer, the rep's answer to it, and what the answer did to the customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salespractice.language.sentences import sentences
from salespractice.language.speech_acts import ActFound
from salespractice.language.transcript import Transcript
from salespractice.roleplay.state_of_mind import Change, StateOfMind

FindActs = Callable[[str, str], tuple[ActFound, ...]]
"""The acts of a sentence, given the customer's line that it answers."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the customer says: the words, where in the scenario they stand, and which recording speaks them."""

    place: str
    wording: int
    text: str
    feeling: str
    otherwise: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class SentenceSaid:
    """One sentence of an answer: its place in the answer's text (characters) and its speech acts."""

    text: str
    start: int
    end: int
    acts: tuple[ActFound, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    """Why the customer went on as they did: the reply that was understood, how surely, and what moved them.

    `changes` are what took them from `before` to `after`, each with its cause; empty for practices of earlier versions.
    `asked_back`: the answer could have meant one thing or another, so the customer asked.
    """

    reply: str | None
    score: float
    sentence: str
    cause: str
    before: StateOfMind
    after: StateOfMind
    revealed: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    goes_to: str = ""
    changes: tuple[Change, ...] = ()
    asked_back: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One line and the answer to it. `number` counts from 1. `take` is the recording's file name, None when typed.

    `cut_in` is the second of the line at which the rep spoke over it, None when it was heard to its end.
    """

    number: int
    beat: str
    line: Line
    answer: Transcript
    sentences: tuple[SentenceSaid, ...]
    reaction: Reaction
    take: str | None = None
    seconds: float = 0.0
    typed: bool = False
    cut_in: float | None = None


def sentences_said(answer: str, line: str, acts: FindActs) -> tuple[SentenceSaid, ...]:
    """The sentences of an answer to a line, each with its speech acts."""
    return tuple(
        SentenceSaid(sentence.text, sentence.start, sentence.end, acts(sentence.text, line))
        for sentence in sentences(answer)
    )
