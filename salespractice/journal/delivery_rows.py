"""A delivery as a row of the journal, and back."""

from __future__ import annotations

import json
from typing import Any

from salespractice.audio.prosody import Prosody
from salespractice.coaching.delivery import Delivery, Pause
from salespractice.coaching.fillers import Filler


def delivery_row(key: int, delivery: Delivery) -> dict[str, Any]:
    """The row of `deliveries` for the turn with this key."""
    pause, prosody = delivery.longest_pause, delivery.prosody
    return {
        "turn": key,
        "seconds": delivery.seconds,
        "voice": delivery.voice,
        "words": delivery.words,
        "pauses": delivery.pauses,
        "pause_seconds": delivery.pause_seconds,
        "longest_pause_start": pause.start if pause else None,
        "longest_pause_end": pause.end if pause else None,
        "first_voice": delivery.first_voice,
        "fillers": json.dumps([[filler.text, filler.start, filler.end] for filler in delivery.fillers]),
        "voiced": prosody.voiced,
        "pitch": prosody.pitch,
        "pitch_variation": prosody.pitch_variation,
        "loudness_variation": prosody.loudness_variation,
    }


def delivery_of_row(row: dict[str, Any]) -> Delivery:
    """The delivery that was stored."""
    start, end = row["longest_pause_start"], row["longest_pause_end"]
    return Delivery(
        row["seconds"],
        row["voice"],
        row["words"],
        row["pauses"],
        row["pause_seconds"],
        None if start is None or end is None else Pause(start, end),
        row["first_voice"],
        tuple(Filler(*filler) for filler in json.loads(row["fillers"])),
        Prosody(row["voiced"], row["pitch"], row["pitch_variation"], row["loudness_variation"]),
    )
