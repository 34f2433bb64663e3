"""Simulated reps: how they answer a customer, in sentences that this customer does not know.

Who says a customer's own examples back to them is always understood. So a part of each reply's examples is taken out
of what the customer knows, and only that is spoken. A rep knows what a person would know: what they said and were told,
and how sharply it was received; not the customer's state of mind.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from salespractice.roleplay.conversation import Conversation
from salespractice.roleplay.small_talk import OFF_TOPIC, SILENCE, SMALL_TALK
from salespractice.roleplay.turn import FindActs, Reaction
from salespractice.scenario.model import Beat, Reply, Scenario

LISTENER, PUSHER = "listener", "pusher"
THIRDS = 3
"""Into how many parts the examples are dealt: each of them may be held back while the customer knows the others."""

_FEWEST = 3  # examples that a reply keeps, where it has more
_MOSTLY = 0.95  # of the answers are of the worth that a rep is after
_PREFERRED = 0.75  # of the answers are of the kind that a rep likes best, where there is one
_ENOUGH = 0.25  # of a reply's examples do what it is about; of the others, it is not sure enough to be found
_SHARP = 8  # points of trust or patience lost in one turn: nobody misses that
_HERE = 0.5  # of a random walk's answers belong to the beat, or it would hardly ever get beyond the first

_ASKS = {"open-question", "situation-question", "problem-question", "implication-question", "need-payoff-question"}
_PUSHES = {"pitches", "pressures"}

Answer = Callable[[Conversation, random.Random], str]
"""What a rep says at this point of the conversation; chance comes from outside, so that a run can be repeated."""


@dataclass(frozen=True, slots=True)
class Rep:
    """A simulated rep."""

    name: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer a beat: the reply meant, the sentences held back from it, and whether it asks, or pushes."""

    reply: Reply
    sentences: tuple[str, ...]
    asks: bool
    pushes: bool


@dataclass(frozen=True, slots=True)
class HeldBack:
    """`scenario` is what the customer knows, `ways` what the reps may say to them, by beat."""

    scenario: Scenario
    ways: Mapping[str, tuple[Way, ...]]


def hold_back(scenario: Scenario, acts: FindActs, third: int = 0) -> HeldBack:
    """Take every third example out of each reply, the first of them being number `third` (0 to 2).

    Three examples stay, but where a reply has no more than that, two do: a rep needs something to say.
    """
    beats, ways = [], {}
    for beat in scenario.beats:
        split = [(reply, *_split(reply.examples, third)) for reply in beat.replies]
        ways[beat.id] = tuple(
            Way(reply, held, _does(reply, _ASKS, acts), _does(reply, _PUSHES, acts)) for reply, _, held in split
        )
        replies = tuple(reply.model_copy(update={"examples": known}) for reply, known, _ in split)
        beats.append(beat.model_copy(update={"replies": replies}))
    return HeldBack(scenario.model_copy(update={"beats": tuple(beats)}), ways)


def simulated_reps(held: HeldBack) -> tuple[Rep, ...]:
    """All of them: the two that a scenario must tell apart first."""
    return (
        Rep(LISTENER, partial(_listen, held)),
        Rep(PUSHER, partial(_push, held)),
        Rep("improver", partial(_improve, held)),
        Rep("rambler", partial(_ramble, held)),
        Rep("off-topic", lambda _, chance: chance.choice(OFF_TOPIC)),
        Rep("silent", lambda _, chance: chance.choice(SILENCE)),
    )


def random_walker(scenario: Scenario) -> Rep:
    """Says anything at all: an example of any reply anywhere, something off-topic, nothing."""
    here = {beat.id: _examples(beat) for beat in scenario.beats}
    everything = [*(text for texts in here.values() for text in texts), *OFF_TOPIC, *SILENCE]

    def answer(conversation: Conversation, chance: random.Random) -> str:
        return chance.choice(here[conversation.beat.id] if chance.random() < _HERE else everything)

    return Rep("walker", answer)


def _listen(held: HeldBack, conversation: Conversation, chance: random.Random) -> str:
    """Mostly strong replies, and a question before anything else."""
    ways = _mostly_worth(("strong", "fair", "weak"), _sensible(held, conversation), chance)
    return _unsaid([way for way in ways if way.asks], ways, conversation, chance)


def _push(held: HeldBack, conversation: Conversation, chance: random.Random) -> str:
    """Mostly weak replies, and mostly to pitch or to press."""
    ways = _mostly_worth(("weak", "fair", "strong"), _sensible(held, conversation), chance)
    return _unsaid([way for way in ways if way.pushes], ways, conversation, chance)


def _improve(held: HeldBack, conversation: Conversation, chance: random.Random) -> str:
    """Pushes until the customer turns sharp, and listens from then on."""
    warned = any(_sharp(turn.reaction) for turn in conversation.turns)
    return (_listen if warned else _push)(held, conversation, chance)


def _ramble(held: HeldBack, conversation: Conversation, chance: random.Random) -> str:
    """Any reply, with small talk around the point."""
    point = _unsaid((), _sensible(held, conversation), conversation, chance)
    # The same around the same point: every new answer costs the matcher ten new embeddings and more.
    before, after = random.Random(point).choice(SMALL_TALK)  # noqa: S311 - variety, not secrecy
    return f"{before} {point} {after}"


def _split(examples: Sequence[str], third: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The examples that the customer knows, and those that are held back."""
    out = range(third, len(examples), THIRDS)[: max(1, len(examples) - _FEWEST)]
    known = tuple(text for number, text in enumerate(examples) if number not in out)
    return known, tuple(examples[number] for number in out)


def _does(reply: Reply, wanted: Collection[str], acts: FindActs) -> bool:
    """Whether enough of a reply's examples do something of this kind."""
    does = [any(found.act in wanted for found in acts(text, "")) for text in reply.examples]
    return sum(does) >= _ENOUGH * len(does)


def _sensible(held: HeldBack, conversation: Conversation) -> Sequence[Way]:
    """The ways that fit what the rep was told: nobody asks for what they know, or talks of what they have not heard."""
    ways, found = held.ways[conversation.beat.id], conversation.found
    fitting = [
        way for way in ways if found.issuperset(way.reply.when.found) and found.isdisjoint(way.reply.when.not_found)
    ]
    return fitting or ways


def _mostly_worth(order: Sequence[str], ways: Sequence[Way], chance: random.Random) -> Sequence[Way]:
    """Mostly the ways of the first worth in `order` that there are; now and then the others."""
    wanted = min((way.reply.worth for way in ways), key=order.index)
    of_it = [way for way in ways if way.reply.worth == wanted]
    others = [way for way in ways if way.reply.worth != wanted]
    return others if others and chance.random() >= _MOSTLY else of_it


def _unsaid(liked: Sequence[Way], ways: Sequence[Way], conversation: Conversation, chance: random.Random) -> str:
    """A sentence by lot, mostly of the ways that are liked best, and none twice before all were said.

    So who was not understood asks in other words, and then tries something else.
    """
    said = "\n".join(turn.answer.text for turn in conversation.turns)
    best, any_way = ([text for way in some for text in way.sentences if text not in said] for some in (liked, ways))
    if best and chance.random() < _PREFERRED:
        return chance.choice(best)
    return chance.choice(any_way or [text for way in ways for text in way.sentences])


def _sharp(reaction: Reaction) -> bool:
    before, after = reaction.before, reaction.after
    return before.trust - after.trust >= _SHARP or before.patience - after.patience >= _SHARP


def _examples(beat: Beat) -> list[str]:
    return [text for reply in beat.replies for text in reply.examples]
