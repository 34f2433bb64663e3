"""A past practice as plain JSON values: the shape that `--json` promises."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from salespractice.coaching.debrief import Debrief
from salespractice.journal.journal import Entry, PastPractice
from salespractice.language.transcript import Word
from salespractice.roleplay.turn import Turn

_DEBRIEF = TypeAdapter(Debrief)


def entry_json(entry: Entry) -> dict[str, Any]:
    """One line of the journal. Times are ISO 8601 in UTC."""
    return {
        "practice": entry.practice,
        "scenario": entry.address,
        "title": entry.title,
        "customer": entry.customer,
        "started": entry.started.isoformat(),
        "ended": entry.ended.isoformat() if entry.ended else None,
        "status": entry.status,
        "outcome": entry.outcome,
        "summary": entry.summary,
        "turns": entry.turns,
    }


def practice_json(past: PastPractice) -> dict[str, Any]:
    """A whole practice: its entry, turns and debrief. Seconds count from the start of the turn's take."""
    return {
        **entry_json(past.entry),
        "turns": [turn_json(turn) for turn in past.turns],
        "debrief": _DEBRIEF.dump_python(past.debrief, mode="json") if past.debrief else None,
    }


def turn_json(turn: Turn) -> dict[str, Any]:
    """One turn: the line, the answer with its words, and why the customer went on as they did."""
    reaction = turn.reaction
    return {
        "number": turn.number,
        "beat": turn.beat,
        "line": turn.line.text,
        "feeling": turn.line.feeling,
        "answer": turn.answer.text,
        "words": [word_json(word) for word in turn.answer.words],
        "typed": turn.typed,
        "take": turn.take,
        "seconds": round(turn.seconds, 3),
        "reply": reaction.reply,
        "score": round(reaction.score, 3),
        "cause": reaction.cause,
        "revealed": list(reaction.revealed),
        "also": list(reaction.also),
        "goes_to": reaction.goes_to,
        "state_of_mind": {"before": asdict(reaction.before), "after": asdict(reaction.after)},
    }


def word_json(word: Word) -> dict[str, Any]:
    """One word: its text, start and end in seconds, and the probability that it was said."""
    return {
        "text": word.text,
        "start": round(word.start, 2),
        "end": round(word.end, 2),
        "p": round(word.probability, 3),
    }
