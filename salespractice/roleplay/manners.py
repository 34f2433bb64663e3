"""What any customer minds or likes about how they are spoken to, in any scenario: small changes, with causes.

A scenario's author says what a reply does to this customer. These rules add what they would do to anybody, so that
*how* something was said counts as well: naming a feeling, pressing, the same pitch again, a cue passed over, a
monologue. The constructs are those of the debrief: active empathetic listening (Drollinger et al. 2006), ADAPTS (Spiro
& Weitz 1990: does not repeat the same pitch), empathic communication (Kumar et al.: dismissing, self-orientation).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salespractice.roleplay.state_of_mind import Change
from salespractice.roleplay.turn import SentenceSaid, Turn
from salespractice.scenario.model import Beat

LONG, VERY_LONG = 120, 200
"""Words of one answer: about 45 and 75 seconds of speaking."""

_TAKES_IN = {
    "acknowledges-feeling",
    "reflection",
    "takes-up-words",
    "summarises",
    "apologises",
    "open-question",
    "problem-question",
    "implication-question",
}
_ENOUGH_TO_TAKE_IN = 6  # words


@dataclass(frozen=True, slots=True)
class Manner:
    """One answer as far as manners go: its sentences, what it answers and where, what came before, and how it came."""

    spoken: Sequence[SentenceSaid]
    line: str
    beat: Beat
    earlier: Sequence[Turn]
    cut_in: bool = False

    @property
    def acts(self) -> set[str]:
        """All the acts in the answer."""
        return acts_of(self.spoken)

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.text.split()) for sentence in self.spoken)


def acts_of(spoken: Sequence[SentenceSaid]) -> set[str]:
    """All the acts in these sentences."""
    return {found.act for sentence in spoken for found in sentence.acts}


def manners(answer: Manner) -> Iterator[Change]:
    """What the manner of an answer does to a customer."""
    acts, unfriendly = answer.acts, False
    for act, change in _UNFRIENDLY.items():
        if act in acts:
            unfriendly = True
            yield change
    before = answer.earlier[-1] if answer.earlier else None
    # Who was asked what they meant may say it again.
    if "pitches" in acts and before and not before.reaction.asked_back and "pitches" in acts_of(before.sentences):
        yield Change("pitched once more", patience=-3, interest=-3)
    if not unfriendly:
        if "acknowledges-feeling" in acts:
            yield Change("named how the customer feels", trust=3, patience=2)
        if "reflection" in acts or "summarises" in acts:
            yield Change("said back what the customer meant", trust=2, interest=1)
    if answer.beat.cues_in(answer.line) and answer.words >= _ENOUGH_TO_TAKE_IN and acts.isdisjoint(_TAKES_IN):
        yield Change("passed over what the customer gave away", interest=-2)
    if answer.words > LONG:
        yield Change("talked for long", patience=-6 if answer.words > VERY_LONG else -3)
    if answer.cut_in:
        yield Change("spoke over the customer", patience=-3)


_UNFRIENDLY = {
    "dismisses": Change("made light of what the customer said", trust=-3, patience=-3),
    "pressures": Change("pressed for a decision", trust=-3, patience=-3),
    "contradicts": Change("contradicted the customer", trust=-2, patience=-2),
    "turns-to-self": Change("turned to themselves", interest=-2, patience=-1),
}
