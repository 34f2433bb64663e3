"""The conversation: a pure engine that takes an answer and says what the customer does, and why.

It holds no sound, clock or disk; randomness comes from a seed, so that a practice can be replayed exactly.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from salespractice.language.transcript import Transcript, Word
from salespractice.roleplay.manners import Manner, acts_of, manners
from salespractice.roleplay.matching import Match, Understands
from salespractice.roleplay.state_of_mind import Change, StateOfMind, change_of, felt, todays_temperament
from salespractice.roleplay.turn import Line, Reaction, SentenceSaid, Turn, sentences_said
from salespractice.scenario.model import Beat, Conditions, Ending, Outcome, Reply, Scenario

IMPATIENT_AFTER = 2  # answers in a row that fit nothing, before the customer's patience falls twice as fast
_BESIDE = 0.5  # of its effects, for a reply that the answer was as well
_NOTHING_SAID = "Nothing was said"
_FITS_NOTHING = "The customer could not relate the answer to what they had said"
_UNSURE = "The answer could have meant one thing or another"


class Conversation:
    """One run through a scenario: say `open()`, then `answer(...)` until `ending` is there."""

    def __init__(self, scenario: Scenario, matcher: Understands, seed: int = 0) -> None:
        self.scenario = scenario
        self.seed = seed
        self.beat: Beat = scenario.start
        self.state = StateOfMind.starting(scenario.customer.state_of_mind)
        self.found: set[str] = set()
        self.turns: list[Turn] = []
        self.ending: Ending | None = None
        self.temperament = todays_temperament(scenario.customer.temperament, seed)
        self._matcher = matcher
        self._asked_back = False
        self._random = random.Random(seed)  # noqa: S311 - variety, not secrecy
        self._unmatched = 0
        self._said: dict[str, set[int]] = {}
        self._line: Line | None = None

    @property
    def line(self) -> Line:
        """The line that the customer said last."""
        if self._line is None:
            raise RuntimeError("the conversation has not been opened")
        return self._line

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, once it has."""
        return self.ending.outcome if self.ending else None

    def open(self) -> Line:
        """The customer's first line."""
        self._line = self._say(self.beat)
        return self._line

    def restore(self, turns: Sequence[Turn]) -> Line:
        """Bring a new conversation to where these turns, of one with the same scenario and seed, had led.

        Everything goes on as if it had never been interrupted. Returns the line that the customer said last, which the
        turns do not hold: the seed says it again.

        Raises:
            ValueError: the conversation was opened before, or the turns are not of this scenario.
        """
        if self._line is not None:
            raise ValueError("only a conversation that has not begun can be restored")
        line = self.open()
        for number, turn in enumerate(turns, start=1):
            here = (turn.number, turn.beat, turn.line.place, turn.line.otherwise)
            if self.ending is not None or here != (number, self.beat.id, line.place, line.otherwise):
                raise ValueError(f"turn {turn.number} does not follow from those before it in {self.scenario.id!r}")
            self._was_said(line, turn.line)
            line = self._after(turn)
            if line.place != turn.reaction.goes_to:
                raise ValueError(f"turn {turn.number} led to {turn.reaction.goes_to!r}, and now to {line.place!r}")
            self.turns.append(turn)
            self._line = line
        return line

    def prepare(self) -> None:
        """Do ahead what the next answer will need; call it while the customer speaks."""
        self._matcher.prepare(self.beat.replies, self.beat.texts)

    def consider(self, said: str) -> None:
        """Do ahead what an answer with this text will need; call it while the rep may still be speaking."""
        self._matcher.match(said, self.beat.replies, self.beat.texts)
        if self._line is not None:
            sentences_said(said, self._line.text, self._matcher.acts)

    def may_follow(self) -> list[Line]:
        """Every line that the customer may say next."""
        beat, scenario = self.beat, self.scenario
        places = [route.to for reply in beat.replies for route in reply.goes_to]
        places += [scenario.when_patience_ends, *([beat.otherwise.goes_to] if beat.otherwise.goes_to else [])]
        lines = [
            Line(beat.id, number, wording.text, beat.feeling, otherwise=True)
            for number, wording in enumerate(scenario.otherwise_of(beat))
        ]
        for place in map(scenario.place, dict.fromkeys(places)):
            ends = isinstance(place, Ending)
            lines += [
                Line(place.id, number, one.text, place.feeling, ends=ends) for number, one in enumerate(place.lines)
            ]
        return lines

    def answer(
        self,
        said: Transcript,
        take: str | None = None,
        seconds: float = 0.0,
        *,
        typed: bool = False,
        cut_in: float | None = None,
    ) -> Line:
        """Take the rep's answer; returns the customer's next line. The turn is the last of `turns`.

        Raises `RuntimeError` when the conversation is not open or has ended.
        """
        if self.ending is not None:
            raise RuntimeError("the conversation has ended")
        heard, beat = self.line, self.beat
        spoken = sentences_said(said.text, heard.text, self._matcher.acts)
        acts = acts_of(spoken)
        possible = [reply for reply in beat.replies if self._holds(reply.when, acts)]
        match = self._matcher.match(said.text, possible, beat.texts)
        manner = list(manners(Manner(spoken, heard.text, beat, self.turns, cut_in is not None)))
        if match.chosen is None or (match.unsure and self._may_ask_back()):
            reaction, line = self._otherwise(beat, said, match, manner)
        else:
            reaction, line = self._reply(match, spoken, manner)
        number = len(self.turns) + 1
        self.turns.append(
            Turn(number, beat.id, heard, said, spoken, reaction, take, seconds, typed=typed, cut_in=cut_in)
        )
        self._line = line
        return line

    def add_words(self, number: int, words: Sequence[Word]) -> None:
        """The times of the words of turn `number`, which come after its text."""
        turn = self.turns[number - 1]
        self.turns[number - 1] = replace(turn, answer=replace(turn.answer, words=tuple(words)))

    def _reply(self, match: Match, spoken: Sequence[SentenceSaid], manner: Sequence[Change]) -> tuple[Reaction, Line]:
        """The answer was a reply, and perhaps others beside it, which count half."""
        assert match.chosen is not None
        reply, before = match.chosen.reply, self.state
        self._unmatched, self._asked_back = 0, False
        changes = self._move(
            change_of(reply.meaning, reply.effects),
            *(change_of(one.reply.meaning, one.reply.effects, _BESIDE) for one in match.also),
            *manner,
        )
        acts = acts_of(spoken)
        revealed = self._revealed((reply, *(one.reply for one in match.also)), acts)
        line = self._go(self._target(reply, acts))
        reaction = Reaction(
            reply.id,
            match.chosen.score,
            match.chosen.sentence.text,
            reply.meaning,
            before,
            self.state,
            revealed,
            tuple(one.reply.id for one in match.also),
            line.place,
            changes,
        )
        return reaction, line

    def _revealed(self, replies: Sequence[Reply], acts: set[str]) -> tuple[str, ...]:
        """The needs that the customer now tells: those they were asked for, as far as they are ready to."""
        asked_for = dict.fromkeys(need for reply in replies for need in reply.reveals if need not in self.found)
        revealed = tuple(need for need in asked_for if self._holds(self.scenario.need(need).when, acts))
        self.found.update(revealed)
        return revealed

    def _move(self, *changes: Change) -> tuple[Change, ...]:
        """Move the customer, as far as their temperament lets them be moved; what that was."""
        moved = tuple(one for one in (felt(change, self.temperament) for change in changes) if not one.nothing)
        self.state = self.state.moved(moved)
        return moved

    def _may_ask_back(self) -> bool:
        """Once: who still does not understand takes what they were told for what it most likely was."""
        return bool(self.scenario.customer.asks_back) and not self._asked_back

    def _otherwise(self, beat: Beat, said: Transcript, match: Match, manner: Sequence[Change]) -> tuple[Reaction, Line]:
        """The answer was no reply, or the customer is in doubt which."""
        before, asks_back = self.state, match.unsure and self._may_ask_back()
        cause = _NOTHING_SAID if said.empty else _UNSURE if asks_back else _FITS_NOTHING
        changes: tuple[Change, ...] = ()
        if asks_back:
            self._asked_back = True
            changes = self._move(*manner)
        else:
            self._unmatched += 1
            cost = change_of(cause, beat.otherwise.effects)
            again = [replace(cost, cause="It was not the first time")] if self._unmatched > IMPATIENT_AFTER else []
            changes = self._move(cost, *again, *manner)
        line = self._line_otherwise(beat, asks_back=asks_back)
        if asks_back and not line.otherwise:
            asks_back, cause = False, "The customer had no patience left"
        best = match.candidates[0] if match.candidates else None
        score, sentence = (best.score, best.sentence.text) if best else (0.0, "")
        reaction = Reaction(
            None,
            score,
            sentence,
            cause,
            before,
            self.state,
            goes_to=line.place,
            changes=changes,
            asked_back=asks_back,
        )
        return reaction, line

    def _line_otherwise(self, beat: Beat, *, asks_back: bool = False) -> Line:
        if self._out_of_patience():
            return self._go(self.scenario.when_patience_ends)
        usual, impatient = len(beat.otherwise.lines), len(beat.otherwise.impatient)
        wordings, may_be = self.scenario.otherwise_of(beat), range(usual)
        if asks_back:
            may_be = range(usual + impatient, len(wordings))
        elif beat.otherwise.goes_to is not None:
            return self._go(beat.otherwise.goes_to)
        elif self._unmatched > 1 and impatient:
            may_be = range(usual, usual + impatient)
        number = self._pick(_otherwise_of(beat.id), may_be)
        return Line(beat.id, number, wordings[number].text, beat.feeling, otherwise=True)

    def _after(self, turn: Turn) -> Line:
        """What followed on a turn whose reaction is known."""
        reaction = turn.reaction
        self.state = reaction.after
        self.found.update(reaction.revealed)
        if reaction.asked_back:
            self._asked_back = True
            return self._line_otherwise(self.beat, asks_back=True)
        if reaction.reply is None:
            self._unmatched += 1
            return self._line_otherwise(self.beat)
        self._unmatched, self._asked_back = 0, False
        return self._go(reaction.goes_to)

    def _was_said(self, drawn: Line, said: Line) -> None:
        """Remember the wording that was said, should this version have drawn another one."""
        where = self._said[_otherwise_of(drawn.place) if drawn.otherwise else drawn.place]
        where.discard(drawn.wording)
        where.add(said.wording)

    def _target(self, reply: Reply, acts: set[str]) -> str:
        if self._out_of_patience():
            return self.scenario.when_patience_ends
        return next(route.to for route in reply.goes_to if self._holds(route.when, acts))

    def _holds(self, when: Conditions, acts: set[str]) -> bool:
        state = self.state
        return (
            (when.trust_at_least is None or state.trust >= when.trust_at_least)
            and (when.patience_at_least is None or state.patience >= when.patience_at_least)
            and (when.interest_at_least is None or state.interest >= when.interest_at_least)
            and self.found.issuperset(when.found)
            and self.found.isdisjoint(when.not_found)
            and acts.issuperset(when.said)
            and acts.isdisjoint(when.not_said)
        )

    def _out_of_patience(self) -> bool:
        return self.state.patience <= 0

    def _go(self, place_id: str) -> Line:
        place = self.scenario.place(place_id)
        if isinstance(place, Ending):
            self.ending = place
        else:
            self.beat, self._asked_back = place, False
        return self._say(place)

    def _say(self, place: Beat | Ending) -> Line:
        number = self._pick(place.id, range(len(place.lines)))
        return Line(place.id, number, place.lines[number].text, place.feeling, ends=isinstance(place, Ending))

    def _pick(self, where: str, numbers: range) -> int:
        """A wording by lot, and none twice before all were said: people do not repeat themselves to the letter."""
        said = self._said.setdefault(where, set())
        if said.issuperset(numbers):
            said.difference_update(numbers)
        number = self._random.choice([number for number in numbers if number not in said])
        said.add(number)
        return number


def _otherwise_of(beat: str) -> str:
    """Where the wordings of a beat's `otherwise` are counted."""
    return f"{beat} otherwise"
