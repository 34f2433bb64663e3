"""The scenario format, version 1: a customer, what they hide, where the conversation can go, and what good looks like.

Everything here is data, read-only once loaded. Conditions and effects are a small closed vocabulary; nothing in a
scenario is ever evaluated. References between the parts (a reply goes to a beat) are checked in `references`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

FORMAT = 1

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Level = Annotated[int, Field(ge=0, le=100)]
Change = Annotated[int, Field(ge=-100, le=100)]


class Dimension(StrEnum):
    """The six dimensions of a conversation's quality; the first three are the headline."""

    ADAPTABILITY = "adaptability"
    EMPATHY = "empathy"
    PROBLEM_SOLVING = "problem-solving"
    TRUST = "trust"
    PERSUASION = "persuasion"
    JUDGEMENT = "judgement"


class Act(StrEnum):
    """What a sentence does, as far as a scenario may ask for it."""

    OPEN_QUESTION = "open-question"
    CLOSED_QUESTION = "closed-question"
    SITUATION_QUESTION = "situation-question"
    PROBLEM_QUESTION = "problem-question"
    IMPLICATION_QUESTION = "implication-question"
    NEED_PAYOFF_QUESTION = "need-payoff-question"
    REFLECTION = "reflection"
    ACKNOWLEDGES_FEELING = "acknowledges-feeling"
    TAKES_UP_WORDS = "takes-up-words"
    SUMMARISES = "summarises"
    ASKS_PERMISSION = "asks-permission"
    INFORMS = "informs"
    PITCHES = "pitches"
    LINKS_BENEFIT = "links-benefit"
    GIVES_EVIDENCE = "gives-evidence"
    ADVISES = "advises"
    PROPOSES = "proposes"
    PROPOSES_NEXT_STEP = "proposes-next-step"
    CONCEDES_PRICE = "concedes-price"
    APOLOGISES = "apologises"
    REASSURES = "reassures"
    TURNS_TO_SELF = "turns-to-self"
    CONTRADICTS = "contradicts"
    DISMISSES = "dismisses"
    PRESSURES = "pressures"
    PROMISES = "promises"
    SMALL_TALK = "small-talk"


class Outcome(StrEnum):
    """How an ending leaves the customer, best first."""

    AGREES = "agrees"
    NEXT_STEP = "next-step"
    THINKS_IT_OVER = "thinks-it-over"
    LEAVES = "leaves"


class Part(BaseModel):
    """A part of a scenario: read-only, and with no keys that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _wording(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class Wording(Part):
    """One way to say a line. Without `audio`, the pack is searched for `audio/<scenario>/<beat>-<number>.*`."""

    text: Text
    audio: str | None = None


AnyWordings = tuple[Annotated[Wording, BeforeValidator(_wording)], ...]
Wordings = Annotated[AnyWordings, Field(min_length=1)]


class Effects(Part):
    """How a reply moves the customer's state of mind, in points of 100."""

    trust: Change = 0
    patience: Change = 0
    interest: Change = 0


class Conditions(Part):
    """When something applies. All that is given must hold."""

    trust_at_least: Level | None = None
    patience_at_least: Level | None = None
    interest_at_least: Level | None = None
    found: tuple[Id, ...] = ()
    not_found: tuple[Id, ...] = ()
    said: tuple[Act, ...] = ()
    not_said: tuple[Act, ...] = ()


class Route(Part):
    """A place to go on to, and when. `to` is the id of a beat or an ending."""

    to: Id
    when: Conditions = Conditions()


def _routes(value: object) -> object:
    return [{"to": value}] if isinstance(value, str) else value


Routes = Annotated[tuple[Route, ...], BeforeValidator(_routes), Field(min_length=1)]


class Cue(Part):
    """Something in a line that the rep should notice: the customer's words, and what they give away."""

    quote: Text
    notice: Text


class Reply(Part):
    """One way in which the rep may answer a beat."""

    id: Id
    meaning: Text
    examples: Annotated[tuple[Text, ...], Field(min_length=3)]
    worth: Literal["strong", "fair", "weak"]
    why: Text
    when: Conditions = Conditions()
    effects: Effects = Effects()
    reveals: tuple[Id, ...] = ()
    goes_to: Routes


class Otherwise(Part):
    """What happens when the answer was none of the beat's replies, or nothing was said.

    `impatient` is said from the second such answer in a row. Without `goes_to` the beat stays.
    """

    lines: Wordings
    impatient: AnyWordings = ()
    effects: Effects = Effects(patience=-8)
    goes_to: Id | None = None


class Beat(Part):
    """A place in the conversation: what the customer says there, what to notice in it, and how it can be answered."""

    id: Id
    lines: Wordings
    feeling: Text
    cues: tuple[Cue, ...] = ()
    replies: Annotated[tuple[Reply, ...], Field(min_length=1)]
    otherwise: Otherwise

    @property
    def texts(self) -> list[str]:
        """Every wording of what the customer says here."""
        return [one.text for one in self.lines]

    def cues_in(self, line: str) -> tuple[Cue, ...]:
        """What there was to notice in a line of the customer's."""
        return tuple(cue for cue in self.cues if cue.quote.casefold() in line.casefold())


class Ending(Part):
    """A way the conversation can close: the customer's last line, and in plain words what it means for the rep."""

    id: Id
    lines: Wordings
    feeling: Text
    outcome: Outcome
    summary: Text


class Need(Part):
    """A pain point of the customer, hidden until the rep asks well enough.

    A reply that `reveals` it does so only where `when` holds: this customer must trust first, or be asked properly.
    """

    id: Id
    title: Text
    detail: Text
    when: Conditions = Conditions()


class Check(Part):
    """A yes, partly or no question that the debrief answers, shown to the rep before the practice.

    `yes` and `no` name replies as `beat/reply`. A turn that matched one of them is the evidence.
    """

    id: Id
    dimension: Dimension
    question: Text
    yes: Annotated[tuple[str, ...], Field(min_length=1)]
    no: tuple[str, ...] = ()


class StateOfMindStart(Part):
    """The customer's state of mind when the conversation opens, each 0 to 100."""

    trust: Level = 50
    patience: Level = 60
    interest: Level = 50


Measure = Annotated[float, Field(ge=0.5, le=2.0)]


class Temperament(Part):
    """How strongly a customer feels what happens, each 0.5 to 2 times as much as the effects say.

    `warms`: what raises trust and interest. `cools`: what lowers them. `hurries`: what costs patience.
    """

    warms: Measure = 1.0
    cools: Measure = 1.0
    hurries: Measure = 1.0


class Customer(Part):
    """Who the rep talks to. `voice` names the voice that the lines are rendered with; recordings need none.

    `waits` is how many seconds of silence this customer lets pass before they take the rep's turn to be over.
    `asks_back` is what they say when an answer could have meant one thing or another.
    """

    name: Text
    role: Text
    about: Text
    voice: str | None = None
    waits: Annotated[float, Field(ge=0.8, le=5.0)] | None = None
    state_of_mind: StateOfMindStart = StateOfMindStart()
    temperament: Temperament = Temperament()
    asks_back: AnyWordings = ()


class Brief(Part):
    """What the rep knows before the customer speaks."""

    situation: Text
    goal: Text
    facts: tuple[Text, ...] = ()


class Scenario(Part):
    """A complete scenario, as one YAML file holds it."""

    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)]
    id: Id
    title: Text
    summary: Text
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "en"
    minutes: Annotated[int, Field(ge=1, le=90)]
    trains: tuple[Dimension, ...]
    brief: Brief
    customer: Customer
    glossary: tuple[Text, ...] = ()
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]
    beats: Annotated[tuple[Beat, ...], Field(min_length=1)]
    endings: Annotated[tuple[Ending, ...], Field(min_length=1)]
    when_patience_ends: Id

    @property
    def start(self) -> Beat:
        """The beat that opens the conversation: the first one written."""
        return self.beats[0]

    def place(self, place_id: str) -> Beat | Ending:
        """The beat or ending with this id; `KeyError` if there is none (the reader has checked all references)."""
        places: tuple[Beat | Ending, ...] = (*self.beats, *self.endings)
        for place in places:
            if place.id == place_id:
                return place
        raise KeyError(place_id)

    def otherwise_of(self, beat: Beat) -> tuple[Wording, ...]:
        """All that the customer may say at a beat instead of going on: usual, impatient, asking back, in this order."""
        return (*beat.otherwise.lines, *beat.otherwise.impatient, *self.customer.asks_back)

    def need(self, need_id: str) -> Need:
        """The need with this id; `KeyError` if there is none."""
        for need in self.needs:
            if need.id == need_id:
                return need
        raise KeyError(need_id)
