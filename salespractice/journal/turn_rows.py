"""A turn as rows of the journal, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from salespractice.language.speech_acts import ActFound, speech_acts
from salespractice.language.transcript import Transcript, Word
from salespractice.roleplay.state_of_mind import Change, StateOfMind
from salespractice.roleplay.turn import Line, Reaction, SentenceSaid, Turn, sentences_said

_LEVELS = ("trust", "patience", "interest")


def turn_row(practice: str, turn: Turn) -> dict[str, Any]:
    """The row of `turns`."""
    line, reaction = turn.line, turn.reaction
    row: dict[str, Any] = {
        "practice": practice,
        "number": turn.number,
        "beat": turn.beat,
        "line": line.text,
        "line_place": line.place,
        "line_wording": line.wording,
        "line_otherwise": line.otherwise,
        "feeling": line.feeling,
        "answer": turn.answer.text,
        "typed": turn.typed,
        "take": turn.take,
        "seconds": turn.seconds,
        "cut_in": turn.cut_in,
        "reply": reaction.reply,
        "score": reaction.score,
        "sentence": reaction.sentence,
        "cause": reaction.cause,
        "also": json.dumps(reaction.also),
        "revealed": json.dumps(reaction.revealed),
        "goes_to": reaction.goes_to,
        "changes": json.dumps([[one.cause, one.trust, one.patience, one.interest] for one in reaction.changes]),
        "asked_back": reaction.asked_back,
        "acts": json.dumps([_sentence_json(one) for one in turn.sentences]),
    }
    for level in _LEVELS:
        row[f"{level}_before"] = getattr(reaction.before, level)
        row[f"{level}_after"] = getattr(reaction.after, level)
    return row


def word_rows(key: int, words: Sequence[Word]) -> list[dict[str, Any]]:
    """The rows of `words` for the turn with this key."""
    return [
        {
            "turn": key,
            "position": position,
            "text": word.text,
            "start": word.start,
            "end": word.end,
            "probability": word.probability,
        }
        for position, word in enumerate(words)
    ]


def turn_of(row: dict[str, Any], words: Iterable[dict[str, Any]]) -> Turn:
    """The turn that was stored."""
    line = Line(row["line_place"], row["line_wording"], row["line"], row["feeling"], bool(row["line_otherwise"]))
    spoken = tuple(Word(word["text"], word["start"], word["end"], word["probability"]) for word in words)
    before, after = (StateOfMind(*(row[f"{level}_{when}"] for level in _LEVELS)) for when in ("before", "after"))
    reaction = Reaction(
        row["reply"],
        row["score"],
        row["sentence"],
        row["cause"],
        before,
        after,
        tuple(json.loads(row["revealed"])),
        tuple(json.loads(row["also"])),
        row["goes_to"],
        tuple(Change(*one) for one in json.loads(row["changes"] or "[]")),
        bool(row["asked_back"]),
    )
    return Turn(
        row["number"],
        row["beat"],
        line,
        Transcript(row["answer"], spoken),
        _sentences(row),
        reaction,
        take=row["take"],
        seconds=row["seconds"],
        typed=bool(row["typed"]),
        cut_in=row["cut_in"],
    )


def _sentence_json(sentence: SentenceSaid) -> list[Any]:
    acts = [[found.act, found.because, found.probability] for found in sentence.acts]
    return [sentence.start, sentence.end, acts]


def _sentences(row: dict[str, Any]) -> tuple[SentenceSaid, ...]:
    """As they were understood then; by the rules that were used before acts were kept, for a turn older than that."""
    answer = row["answer"]
    if row["acts"] is None:
        return sentences_said(answer, row["line"], speech_acts)
    return tuple(
        SentenceSaid(answer[start:end], start, end, tuple(ActFound(*act) for act in acts))
        for start, end, acts in json.loads(row["acts"])
    )
