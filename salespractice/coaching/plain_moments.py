"""Moments that need no scenario: what a coach would point at in any conversation, from the words alone.

Each rule says less rather than praise what only looks good: a reflection that judges, warmth that is taken back in the
same breath, a question that pushes. The constructs are named in each moment; see `constructs` for their sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salespractice.coaching.constructs import Constructs, Shown
from salespractice.coaching.moment import Kind, Moment, cite
from salespractice.language.sentences import Sentence, sentences
from salespractice.language.transcript import Transcript
from salespractice.language.words import plain, stems
from salespractice.scenario.model import Dimension

_SURE, _PRAISED = 0.6, 0.7
"""How likely a thing must be before it is pointed out, and before it is praised."""
_PLAINLY = 0.8
_SPOILS = 0.5  # how likely what spoils a good word must be to take the praise back
_LITTLE = 4  # words: too few to be judged
_FIRST = 40  # characters of a line in which a no would stand
_TIES = 2  # words of the customer's that a proposal has to have to be tied to what they said

_PUSHES_BACK = re.compile(
    r"\b(?:but|not|no|never|nothing|isn't|aren't|don't|doesn't|didn't|can't|won't|wouldn't|already (?:told|said)|again|"
    r"too (?:much|expensive|late|long|many)|why should|enough|expensive|cheaper|problem|issue|broke\w*|fail\w*|late|"
    r"wrong|angry|frustrat\w+|disappoint\w+|worr\w+|tired|fed up|afraid|nervous|doubt\w*|hesita\w+|burn(?:ed|t))\b"
)
_FRIENDLY = re.compile(
    r"\b(?:no (?:problem|worries|rush|hurry)|not (?:in a hurry|bad)|don't mind|why not|isn't bad|not at all)\b"
)
_ASKS_FOR_ADVICE = re.compile(
    r"\b(?:what (?:should|would|do) (?:i|we|you) (?:do|suggest|recommend|think|advise)|any (?:advice|ideas?|tips?)|"
    r"what do you (?:suggest|recommend|advise|think)|what would you do|which (?:one )?(?:would|should|do) (?:i|we|you)|"
    r"how (?:should|can|could|do) (?:i|we)|help me decide|can you help|recommend)\b"
)
_REJECTS = re.compile(r"\b(?:no|not interested|don't bother|forget it|stop|i said no|leave it|not today|goodbye)\b")
_OWNS = re.compile(
    r"\b(?:i don't know(?! (?:why|what|how) you)|i'm not sure (?:about that|yet|whether)|i can't promise|"
    r"can't do that|(?:it|that|this) (?:can't|cannot|won't|doesn't) (?:do|cover|work)|(?:my|our) (?:mistake|fault)|"
    r"we (?:got it|were) wrong|i (?:was|got it) wrong|we (?:should have|should've|dropped|missed|let you down)|"
    r"i (?:should have|should've|missed|forgot)|honestly,? (?:no|not)|"
    r"honestly,? (?:we|i|it) (?:don't|can't|doesn't|won't))\b"
)
_TAKES_BACK = re.compile(r"^(?:but|however|still|though|that said|although)\b|,? but\b")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line of the customer's and the rep's answer to it, with what the answer shows. `number` counts from 1."""

    number: int
    line: str
    answer: Transcript
    shown: Shown


def read_conversation(exchanges: Sequence[tuple[str, str]], constructs: Constructs) -> list[Exchange]:
    """The exchanges of a conversation: each line with the answer to it."""
    return [
        Exchange(number, line, Transcript(answer), constructs.read(answer, line))
        for number, (line, answer) in enumerate(exchanges, start=1)
    ]


def reflects(shown: Shown) -> bool:
    """Whether an answer says back what was meant, surely enough to be praised for it."""
    return (
        shown.reading.present("reflection") >= _PRAISED
        and shown.reading.present("input") < _SPOILS
        and not _spoiled(shown)
    )


def plain_moments(exchanges: Sequence[Exchange], constructs: Constructs) -> list[Moment]:
    """Every moment of the conversation, in the order of its turns."""
    found: list[Moment] = []
    for index, one in enumerate(exchanges):
        if one.shown.words < _LITTLE:
            continue
        after = exchanges[index + 1].line if index + 1 < len(exchanges) else ""
        finder = _Finder(one, constructs)
        found += finder.taken_in()
        found += finder.not_taken_in()
        found += finder.forward([each.line for each in exchanges[: index + 1]], after)
        if index:
            found += finder.approach(exchanges[index - 1])
    return found


class _Finder:
    """Looks at one answer."""

    def __init__(self, one: Exchange, constructs: Constructs) -> None:
        self._one = one
        self._constructs = constructs
        self._pushed = bool(_PUSHES_BACK.search(_FRIENDLY.sub("", plain(one.line).lower())))

    def taken_in(self) -> Iterator[Moment]:
        """What shows that the customer was heard."""
        shown, reading = self._one.shown, self._one.shown.reading
        spoiled = _spoiled(shown)
        if reflects(shown):
            yield self._moment(Kind.SAID_BACK, reading.present("reflection"), "reflection")
        warmth = max(shown.acts.get("acknowledges-feeling", 0.0), reading.likely["interpretation"]["2"])
        if warmth >= _PRAISED and not spoiled and not self._taken_back():
            yield self._moment(Kind.FEELING_ACKNOWLEDGED, warmth, "acknowledges-feeling")
        asks = reading.likely["question"]["open"]
        if asks >= _SURE and not spoiled and reading.present("input") < _SPOILS:
            yield self._moment(Kind.ASKED_FURTHER, asks, "open-question")
        owned = next((one for one in sentences(self._one.answer.text) if _OWNS.search(plain(one.text).lower())), None)
        if owned is not None and not _dismisses(shown):
            yield self._cited(Kind.HONEST, _SURE, owned)

    def not_taken_in(self) -> Iterator[Moment]:
        """What shows that they were not."""
        acts, reading = self._one.shown.acts, self._one.shown.reading
        if _dismisses(self._one.shown):
            yield self._moment(Kind.FEELING_DISMISSED, acts["dismisses"], "dismisses")
        for act, kind in _UNHELPFUL.items():
            if act in self._one.shown.surely:
                yield self._moment(kind, acts[act], act)
        talks = _talks(self._one.shown)
        if self._pushed and talks and _heard(self._one.shown) < _SPOILS:
            most = max(sorted(talks), key=lambda act: acts[act])
            yield self._moment(Kind.PITCHED_PAST, acts[most], most)
        advises = acts.get("advises", 0.0)
        asked = _ASKS_FOR_ADVICE.search(plain(self._one.line).lower())
        if "advises" in self._one.shown.surely and reading.present("input") >= _SPOILS and not asked:
            yield self._moment(Kind.ADVICE_UNASKED, advises, "advises")

    def forward(self, lines: Sequence[str], after: str) -> Iterator[Moment]:
        """What leads on: a proposal tied to what was said, a next step."""
        acts = self._one.shown.acts
        if _spoiled(self._one.shown):
            return
        proposes = max(acts.get("links-benefit", 0.0), acts.get("proposes", 0.0))
        said = frozenset[str]().union(*map(stems, lines))
        if proposes >= _SURE and len(stems(self._one.answer.text) & said) >= _TIES:
            yield self._moment(Kind.TIED_TO_NEED, proposes, "links-benefit")
        step = acts.get("proposes-next-step", 0.0)
        if "proposes-next-step" in self._one.shown.surely and not _REJECTS.search(
            _FRIENDLY.sub("", plain(after).lower())[:_FIRST]
        ):
            yield self._moment(Kind.NEXT_STEP_AGREED, step, "proposes-next-step")

    def approach(self, before: Exchange) -> Iterator[Moment]:
        """After a pitch that was not taken well: something else, or the same again?"""
        talked = _talks(before.shown)
        if not self._pushed or not talked or _heard(before.shown) >= _SPOILS:
            return
        talks, heard = _talks(self._one.shown), _heard(self._one.shown)
        if talks & talked and heard < _SPOILS:
            again = max(sorted(talks & talked), key=lambda act: self._one.shown.acts[act])
            yield self._moment(Kind.APPROACH_REPEATED, self._one.shown.acts[again], again)
        elif heard >= _SURE and "pitches" not in talks and not _spoiled(self._one.shown):
            yield self._moment(Kind.APPROACH_CHANGED, heard, "open-question")

    def _taken_back(self) -> bool:
        """Whether "I understand" is followed by "but"."""
        parts = [plain(one.text).lower() for one in sentences(self._one.answer.text)]
        return any(_TAKES_BACK.search(part) for part in parts) and self._one.shown.reading.present("input") >= _SPOILS

    def _moment(self, kind: Kind, sure: float, act: str) -> Moment:
        """The moment, citing the sentence in which `act` is likeliest."""
        parts = sentences(self._one.answer.text)
        best = max(parts, key=lambda one: self._constructs.acts.probabilities(one.text, self._one.line)[act])
        return self._cited(kind, sure, best)

    def _cited(self, kind: Kind, sure: float, best: Sentence) -> Moment:
        """The moment, citing this sentence."""
        citation = cite(self._one.number, self._one.answer, best.start, best.end)
        says = _SAYS[kind]
        why = says.why or f"The customer had said: \u201c{self._one.line}\u201d"
        return Moment(kind, says.dimension, says.helped, citation, says.what, why, says.basis, 0, sure=round(sure, 2))


def _spoiled(shown: Shown) -> bool:
    """Whether something in the answer takes the credit for the rest of it away."""
    return bool(shown.surely & {"pressures", "contradicts"}) or _dismisses(shown)


def _dismisses(shown: Shown) -> bool:
    """Experts hardly agree on it (Kumar et al.): only the plainest is pointed out, with nothing warm beside it."""
    warm = max(shown.acts.get("apologises", 0.0), shown.acts.get("acknowledges-feeling", 0.0))
    return (
        shown.acts.get("dismisses", 0.0) >= _PLAINLY and warm < _SPOILS and shown.reading.present("emotional") < _SPOILS
    )


def _talks(shown: Shown) -> frozenset[str]:
    """What of an answer is talking at the customer, whatever they said."""
    return shown.surely & _TALKING


def _heard(shown: Shown) -> float:
    """How likely an answer takes the customer in at all."""
    return max(
        shown.reading.present("reflection"),
        shown.reading.likely["question"]["open"],
        shown.acts.get("apologises", 0.0),
        shown.acts.get("acknowledges-feeling", 0.0),
    )


@dataclass(frozen=True, slots=True)
class _Says:
    """What a kind of moment says. Without a `why` the customer's line says it."""

    dimension: Dimension
    helped: bool
    what: str
    basis: str
    why: str = ""


_TALKING = frozenset({"pitches", "links-benefit", "gives-evidence", "informs", "reassures", "contradicts", "pressures"})
_UNHELPFUL = {
    "pressures": Kind.PRESSURE,
    "turns-to-self": Kind.TURNED_TO_SELF,
}
_ALTERS = "ADAPTS: alters the approach during the conversation"
_SAYS = {
    Kind.SAID_BACK: _Says(
        Dimension.EMPATHY, True, "Said back what the customer meant", "MITI: reflection",
        "Who hears their own meaning knows that they were understood.",
    ),
    Kind.FEELING_ACKNOWLEDGED: _Says(
        Dimension.EMPATHY, True, "Named what the customer feels", "Empathic communication: validating",
        "A feeling that is named does not have to be proved again.",
    ),
    Kind.ASKED_FURTHER: _Says(
        Dimension.ADAPTABILITY, True, "Asked about it before answering", "ADAPTS: gathers information",
        "What is asked about can be answered; what is assumed is often missed.",
    ),
    Kind.HONEST: _Says(
        Dimension.TRUST, True, "Said openly what was wrong or not known", "Relationship: honest",
        "Who owns what is bad is believed about the rest.",
    ),
    Kind.FEELING_DISMISSED: _Says(
        Dimension.EMPATHY, False, "Made light of what the customer said", "Empathic communication: dismissing",
        "It told the customer that their view does not count.",
    ),
    Kind.PRESSURE: _Says(
        Dimension.TRUST, False, "Pressed for a decision", "Relationship: no pressure",
        "Pressure makes the reasons against it louder.",
    ),
    Kind.TURNED_TO_SELF: _Says(
        Dimension.EMPATHY, False, "Turned to themselves", "Empathic communication: self-orientation",
        "The talk was about the customer until then.",
    ),
    Kind.PITCHED_PAST: _Says(
        Dimension.ADAPTABILITY, False, "Pitched past what the customer had just said", "ADAPTS: notices the cue",
    ),
    Kind.ADVICE_UNASKED: _Says(
        Dimension.EMPATHY, False, "Gave advice that nobody had asked for",
        "Empathic communication: unsolicited advice", "Advice before understanding says: I have heard enough.",
    ),
    Kind.TIED_TO_NEED: _Says(
        Dimension.PROBLEM_SOLVING, True, "Tied the proposal to what the customer had said", "SPIN: need and pay-off",
        "A proposal in the customer's own words is theirs already.",
    ),
    Kind.NEXT_STEP_AGREED: _Says(
        Dimension.PROBLEM_SOLVING, True, "Proposed a concrete next step",
        "Objection handling: respond, then confirm", "It is clear what happens now, and who does it.",
    ),
    Kind.APPROACH_REPEATED: _Says(
        Dimension.ADAPTABILITY, False, "Went on in the same way after the customer pushed back", _ALTERS,
    ),
    Kind.APPROACH_CHANGED: _Says(
        Dimension.ADAPTABILITY, True, "Changed the approach after the customer pushed back", _ALTERS,
    ),
}  # fmt: skip
