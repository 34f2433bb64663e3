"""The journal's tables and how they came to be. A published migration is never edited; a change is a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

NAME = "salespractice.journal"


def migrations() -> Migrations:
    """The whole history of the schema, oldest first."""
    from sqlite_utils.db import ForeignKey
    from sqlite_utils.migrations import Migrations

    journal = Migrations(NAME)

    @journal()
    def m001_practices(db: Database) -> None:
        # The scenario is kept as it was practised, so that an old practice opens after its pack has changed.
        db.table("scenarios").create(
            {"hash": str, "address": str, "pack_version": str, "title": str, "document": str},
            pk="hash",
            not_null={"document"},
        )
        db.table("practices").create(
            {
                "id": str,
                "scenario": str,
                "customer": str,
                "started": str,
                "ended": str,
                "status": str,
                "outcome": str,
                "summary": str,
                "seed": int,
                "program": str,
            },
            pk="id",
            not_null={"scenario", "started", "status", "seed"},
            foreign_keys=[("scenario", "scenarios", "hash")],
        )
        db.table("practices").create_index(["started"])
        db.table("turns").create(
            {
                "id": int,
                "practice": str,
                "number": int,
                "beat": str,
                "line": str,
                "line_place": str,
                "line_wording": int,
                "line_otherwise": int,
                "feeling": str,
                "answer": str,
                "typed": int,
                "take": str,
                "seconds": float,
                "reply": str,
                "score": float,
                "sentence": str,
                "cause": str,
                "also": str,
                "revealed": str,
                "goes_to": str,
                "trust_before": int,
                "trust_after": int,
                "patience_before": int,
                "patience_after": int,
                "interest_before": int,
                "interest_after": int,
            },
            pk="id",
            not_null={"practice", "number", "line", "answer"},
            foreign_keys=[("practice", "practices", "id")],
        )
        db.table("turns").create_index(["practice", "number"], unique=True)
        db.table("words").create(
            {"turn": int, "position": int, "text": str, "start": float, "end": float, "probability": float},
            pk=("turn", "position"),
            foreign_keys=[("turn", "turns", "id")],
        )
        db.table("debriefs").create(
            {"practice": str, "program": str, "document": str},
            pk="practice",
            not_null={"document"},
            foreign_keys=[("practice", "practices", "id")],
        )

    @journal()
    def m002_deliveries(db: Database) -> None:
        # The facts and not their wording: what is usual for a person is drawn from these rows.
        db.table("deliveries").create(
            {
                "turn": int,
                "seconds": float,
                "voice": float,
                "words": int,
                "pauses": int,
                "pause_seconds": float,
                "longest_pause_start": float,
                "longest_pause_end": float,
                "first_voice": float,
                "fillers": str,
                "voiced": float,
                "pitch": float,
                "pitch_variation": float,
                "loudness_variation": float,
            },
            pk="turn",
            not_null={"seconds", "voice", "words", "pauses", "pause_seconds", "fillers", "voiced"},
            foreign_keys=[ForeignKey("deliveries", "turn", "turns", "id", on_delete="CASCADE")],
        )

    @journal()
    def m003_interruptions(db: Database) -> None:
        # The second of the line at which the rep spoke over it.
        db.table("turns").add_column("cut_in", float)

    @journal()
    def m004_causes(db: Database) -> None:
        # JSON: what moved the customer, each with its cause; and the acts of each sentence, which were learned from
        # examples since and so no longer follow from the answer's text alone. Null in older turns.
        turns = db.table("turns")
        turns.add_column("changes", str)
        turns.add_column("acts", str)
        turns.add_column("asked_back", int)

    return journal
