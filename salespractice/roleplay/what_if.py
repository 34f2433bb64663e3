"""What would have happened: the conversation again from one turn on, with a better answer there.

The customer is brought back to that moment, state of mind and memory included, and hears an example of another reply.
Then the rep goes on as they did: their own answers are used again wherever the conversation comes by the same beats. It
stops where they would have been asked something that they never answered; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salespractice.language.sentences import Sentence
from salespractice.language.speech_acts import ActFound
from salespractice.language.transcript import Transcript
from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.matching import Candidate, Match
from salespractice.roleplay.state_of_mind import StateOfMind
from salespractice.roleplay.turn import FindActs, Turn
from salespractice.scenario.model import Beat, Outcome, Reply, Scenario

_GOOD = (Outcome.LEAVES, Outcome.THINKS_IT_OVER, Outcome.NEXT_STEP, Outcome.AGREES)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a better answer at a turn would have done.

    `line` is what the customer would have said then, `after` and `instead_of` their state of mind with it and without;
    `outcome` is how it would have ended with the rep's own answers from there on, None where that cannot be told.
    """

    turn: int
    said: str
    reply: str
    line: str
    after: StateOfMind
    instead_of: StateOfMind
    revealed: tuple[str, ...]
    outcome: Outcome | None

    @property
    def gain(self) -> int:
        """By how many points the customer would have been better off, over the three levels together."""
        return sum(
            getattr(self.after, level) - getattr(self.instead_of, level) for level in ("trust", "patience", "interest")
        )

    def better_end(self, outcome: Outcome | None) -> int:
        """By how many steps it would have ended better than with `outcome`; 0 where either is not known."""
        if self.outcome is None or outcome is None:
            return 0
        return _GOOD.index(self.outcome) - _GOOD.index(outcome)


class Imagination:
    """Plays a finished conversation again, with one answer replaced."""

    def __init__(self, scenario: Scenario, seed: int, turns: Sequence[Turn], acts: FindActs) -> None:
        self._scenario = scenario
        self._seed = seed
        self._turns = tuple(turns)
        self._acts = acts

    def better(self, number: int) -> WhatIf | None:
        """The best answer that the author has for turn `number`, and what it would have done; None without one."""
        turn = self._turns[number - 1]
        beat = self._scenario.place(turn.beat)
        if not isinstance(beat, Beat):
            return None
        strong = [reply for reply in beat.replies if reply.worth == "strong" and reply.id != turn.reaction.reply]
        found = [one for reply in strong if (one := self._instead(turn, reply)) is not None]
        return max(found, key=lambda one: (_rank(one.outcome), one.gain), default=None)

    def _instead(self, turn: Turn, reply: Reply) -> WhatIf | None:
        said = next((one for one in reply.examples if one.casefold() not in turn.answer.text.casefold()), None)
        if said is None:
            return None
        recalling = Recalling(self._scenario, self._turns, self._acts, {(turn.beat, said): reply.id})
        conversation = Conversation(self._scenario, recalling, self._seed)
        try:
            conversation.restore(self._turns[: turn.number - 1])
        except ValueError:
            return None  # of a version whose turns no longer lead here
        line = conversation.answer(Transcript(said))
        reaction = conversation.turns[-1].reaction
        if reaction.reply != reply.id:
            return None  # not possible at that moment
        self._go_on(conversation, turn.number)
        return WhatIf(
            turn.number, said, reply.id, line.text, reaction.after, turn.reaction.after, reaction.revealed,
            conversation.outcome,
        )  # fmt: skip

    def _go_on(self, conversation: Conversation, number: int) -> None:
        """With the rep's own answers, each once, as far as they go."""
        own = [turn for turn in self._turns if turn.number > number and not turn.reaction.asked_back]
        while conversation.ending is None:
            again = next((turn for turn in own if turn.beat == conversation.beat.id), None)
            if again is None:
                return
            own.remove(again)
            conversation.answer(again.answer, typed=again.typed, cut_in=again.cut_in)


class Recalling:
    """Understands only what is known to have been said, and that at once."""

    def __init__(
        self, scenario: Scenario, turns: Sequence[Turn], acts: FindActs, known: dict[tuple[str, str], str | None]
    ) -> None:
        """`known`: what else is one of the replies, as beat and text."""
        self._beats = {tuple(beat.texts): beat.id for beat in scenario.beats}
        understood = [turn for turn in turns if turn.reaction.reply]
        self._replies = {(turn.beat, turn.answer.text): turn.reaction.reply for turn in understood} | known
        self._beside = {(turn.beat, turn.answer.text): turn.reaction.also for turn in understood}
        self._said = {one.text: one.acts for turn in turns for one in turn.sentences}
        self._find = acts
        self.acts: FindActs = self._acts

    def match(self, answer: str, replies: Sequence[Reply], lines: Sequence[str] = ()) -> Match:
        """The reply that it is known to be, where that is possible now."""
        possible = {one.id: one for one in replies}
        here = (self._beats.get(tuple(lines), ""), answer)
        said = possible.get(self._replies.get(here) or "")
        if said is None:
            return Match(None)
        # What the answer was beside that was said by other parts of it: none of these may overlap.
        beside = [possible[one] for one in self._beside.get(here, ()) if one in possible]
        candidates = tuple(
            Candidate(reply, 1.0, Sentence(answer, number, number + 1), reply.examples[0], 1.0)
            for number, reply in enumerate((said, *beside))
        )
        return Match(candidates[0], candidates)

    def prepare(self, replies: Sequence[Reply], lines: Sequence[str] = ()) -> None:
        """Nothing to do ahead."""

    def _acts(self, sentence: str, line: str) -> tuple[ActFound, ...]:
        known = self._said.get(sentence)
        return self._find(sentence, line) if known is None else known


def _rank(outcome: Outcome | None) -> int:
    return -1 if outcome is None else _GOOD.index(outcome)
