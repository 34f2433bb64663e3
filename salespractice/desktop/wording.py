"""What the window calls things that the core names by a word: dimensions, outcomes, dates, lengths."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from salespractice.coaching.moment import Citation
from salespractice.journal.journal import FINISHED, LEFT, Entry
from salespractice.scenario.model import Dimension, Outcome


def _tr(words: str) -> str:
    return QCoreApplication.translate("wording", words)


def dimension(one: Dimension) -> str:
    """A dimension as the rep reads it."""
    return {
        Dimension.ADAPTABILITY: _tr("adapting"),
        Dimension.EMPATHY: _tr("empathy"),
        Dimension.PROBLEM_SOLVING: _tr("problem solving"),
        Dimension.TRUST: _tr("trust"),
        Dimension.PERSUASION: _tr("clear speech"),
        Dimension.JUDGEMENT: _tr("judgement"),
    }[one]


def outcome(one: Outcome, name: str) -> str:
    """How it ended, as a sentence about the customer called `name`."""
    return {
        Outcome.AGREES: _tr("{name} agreed"),
        Outcome.NEXT_STEP: _tr("{name} agreed to a next step"),
        Outcome.THINKS_IT_OVER: _tr("{name} wants to think it over"),
        Outcome.LEAVES: _tr("{name} ended the conversation"),
    }[one].format(name=name)


def first_name(name: str) -> str:
    """How one speaks of the customer."""
    return name.split(maxsplit=1)[0] if name.split() else name


def how_it_ended(entry: Entry) -> str:
    """The outcome of a practice in the journal, in a few words."""
    if entry.status == FINISHED and entry.outcome is not None:
        return outcome(entry.outcome, first_name(entry.customer))
    if entry.status == LEFT:
        return _tr("You left early")
    return _tr("Not finished")


def minutes(count: int) -> str:
    """How long a scenario takes."""
    return _tr("about {count} minutes").format(count=count)


def turns(count: int) -> str:
    """How many turns."""
    return _tr("1 turn") if count == 1 else _tr("{count} turns").format(count=count)


def when(moment: datetime) -> str:
    """A date and time, in this person's time zone and way of writing."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    # With the month in words, because 3/4 is April here and March there.
    return QLocale().toString(local, "d MMMM yyyy, HH:mm")


def days_ago(moment: datetime, now: datetime) -> str:
    """How long ago, by calendar days."""
    days = (now.astimezone().date() - moment.astimezone().date()).days
    if days <= 0:
        return _tr("today")
    return _tr("yesterday") if days == 1 else _tr("{count} days ago").format(count=days)


def clock(seconds: float) -> str:
    """A place in a take, as minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def place(citation: Citation) -> str:
    """Where a quote stands: its turn, and its second where it was spoken."""
    turn = _tr("Turn {number}").format(number=citation.turn)
    if citation.start is None:
        return f"{turn} · {_tr('typed')}"
    return f"{turn} · {clock(citation.start)}"
