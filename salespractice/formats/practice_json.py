"""A past practice as plain JSON values: the shape that `--json` promises."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from salespractice.coaching.debrief import Debrief
from salespractice.coaching.delivery import Delivery
from salespractice.coaching.sounded import Sounded, how_it_sounded
from salespractice.journal.journal import Entry, PastPractice
from salespractice.language.transcript import Word
from salespractice.roleplay.turn import Turn
from salespractice.unfinished import Unfinished

_DEBRIEF = TypeAdapter(Debrief)
_SOUNDED = TypeAdapter(Sounded)


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


def unfinished_json(one: Unfinished) -> dict[str, Any]:
    """A practice that was cut off: its entry, all seconds recorded, and the takes that belong to no turn."""
    return {
        **entry_json(one.entry),
        "seconds": round(one.seconds, 3),
        "loose_takes": [
            {"path": str(take.path), "seconds": round(take.seconds, 3), "turn": take.number, "attempt": take.attempt}
            for take in one.loose_takes
        ],
    }


def practice_json(past: PastPractice) -> dict[str, Any]:
    """A whole practice: its entry, turns, debrief and sound. Seconds count from the start of the turn's take."""
    return {
        **entry_json(past.entry),
        "turns": [
            {**turn_json(turn), "delivery": delivery_json(past.deliveries.get(turn.number))} for turn in past.turns
        ],
        "debrief": _DEBRIEF.dump_python(past.debrief, mode="json") if past.debrief else None,
        "sounded": _SOUNDED.dump_python(how_it_sounded(past.turns, past.deliveries, past.baseline), mode="json"),
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
        "asked_back": reaction.asked_back,
        "changes": [asdict(change) for change in reaction.changes],
        "acts": [
            {"start": one.start, "end": one.end, "acts": [asdict(found) for found in one.acts]}
            for one in turn.sentences
        ],
        "state_of_mind": {"before": asdict(reaction.before), "after": asdict(reaction.after)},
    }


def delivery_json(delivery: Delivery | None) -> dict[str, Any] | None:
    """How an answer was spoken; None where it was typed. Pitch in Hz and semitones, loudness in dB."""
    if delivery is None:
        return None
    pause, rate, prosody = delivery.longest_pause, delivery.words_per_minute, delivery.prosody
    return {
        "seconds": round(delivery.seconds, 3),
        "voice": round(delivery.voice, 3),
        "first_voice": _rounded(delivery.first_voice, 3),
        "words": delivery.words,
        "words_per_minute": _rounded(rate, 1),
        "pauses": delivery.pauses,
        "pause_seconds": round(delivery.pause_seconds, 3),
        "longest_pause": {"start": round(pause.start, 3), "end": round(pause.end, 3)} if pause else None,
        "fillers_at_least": [
            {"text": filler.text, "start": round(filler.start, 2), "end": round(filler.end, 2)}
            for filler in delivery.fillers
        ],
        "voiced": round(prosody.voiced, 3),
        "pitch": _rounded(prosody.pitch, 1),
        "pitch_variation": _rounded(prosody.pitch_variation, 2),
        "loudness_variation": _rounded(prosody.loudness_variation, 2),
    }


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)


def word_json(word: Word) -> dict[str, Any]:
    """One word: its text, start and end in seconds, and the probability that it was said."""
    return {
        "text": word.text,
        "start": round(word.start, 2),
        "end": round(word.end, 2),
        "p": round(word.probability, 3),
    }
