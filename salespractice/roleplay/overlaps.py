"""Whether a beat's replies can be told apart by their meaning: each example is said to the customer, as a rep would.

An example is left out of its own reply, and whatever the matcher takes it for then is what a rep would have got who
said something like it. The matcher that decides in a practice decides here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salespractice.language.embedding import Embedder
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.turn import sentences_said
from salespractice.scenario.conditions import listed, never_together
from salespractice.scenario.findings import Finding, Severity, clipped
from salespractice.scenario.model import Beat, Reply, Scenario
from salespractice.scenario.yaml_tree import Path_, Tree

CONFUSED = 0.2  # of a reply's examples: more are an error, unless it is a single one of very few
ALIKE = 0.95  # cosine from which two sentences say the same
REPLIES, EXAMPLES = 40, 60  # of one beat and of one reply: what is compared, so that any file comes to an end


@dataclass(frozen=True, slots=True)
class _Example:
    """One example of one reply, by their indices in the beat."""

    reply: int
    number: int
    text: str


def overlap_findings(scenario: Scenario, tree: Tree, matcher: Matcher, embedder: Embedder) -> Iterator[Finding]:
    """A warning for each example that another reply would get or that stands in another reply as well, an error for
    each reply that loses more than a fifth of its examples. Takes some 3 ms an example.
    """
    for number, beat in enumerate(scenario.beats):
        replies = tuple(
            reply.model_copy(update={"examples": reply.examples[:EXAMPLES]}) for reply in beat.replies[:REPLIES]
        )
        place = _Place(beat, replies, ("beats", number, "replies"), tree)
        yield from place.left_out()
        for index in range(len(replies)):
            yield from place.taken_for_others(index, matcher)
        yield from place.alike(embedder)


@dataclass(frozen=True, slots=True)
class _Place:
    """A beat with the replies to compare, and where they stand."""

    beat: Beat
    replies: tuple[Reply, ...]
    path: Path_
    tree: Tree

    def line(self, reply: int, example: int | None = None) -> int:
        if example is None:
            return self.tree.line((*self.path, reply, "id"))
        return self.tree.line((*self.path, reply, "examples", example))

    def left_out(self) -> Iterator[Finding]:
        """What there is too much of to be compared."""
        many = len(self.beat.replies)
        if many > REPLIES:
            message = f'beat "{self.beat.id}" has {many} replies; only the first {REPLIES} were compared'
            yield Finding(self.tree.line(self.path), message, Severity.WARNING, "overlap")
        for index, reply in enumerate(self.beat.replies[:REPLIES]):
            if len(reply.examples) > EXAMPLES:
                message = f'reply "{reply.id}" has {len(reply.examples)} examples; only {EXAMPLES} were compared'
                yield Finding(self.line(index), message, Severity.WARNING, "overlap")

    def taken_for_others(self, index: int, matcher: Matcher) -> Iterator[Finding]:
        """The examples of one reply that the customer would take for another."""
        reply = self.replies[index]
        confused = []
        for number, example in enumerate(reply.examples):
            others = tuple(one for at, one in enumerate(reply.examples) if at != number)
            without = reply.model_copy(update={"examples": others})
            chosen = matcher.match(example, self._possible(index, without, example, matcher), self.beat.texts).chosen
            if chosen is None or chosen.reply.id == reply.id:
                continue
            confused.append(chosen.reply.id)
            other = next(at for at, one in enumerate(self.replies) if one.id == chosen.reply.id)
            line = self.line(other, self.replies[other].examples.index(chosen.example))
            yield Finding(
                self.line(index, number),
                f'"{_quoted(example)}" of reply "{reply.id}" would be taken for reply "{chosen.reply.id}", '
                f'because of "{_quoted(chosen.example)}" on line {line}',
                Severity.WARNING,
                "overlap",
            )
        if len(confused) > max(1, CONFUSED * len(reply.examples)):
            yield Finding(
                self.line(index),
                f'reply "{reply.id}" is hard to tell from {listed(set(confused))}: {len(confused)} of its '
                f"{len(reply.examples)} examples would be taken for that",
                code="overlap",
            )

    def _possible(self, index: int, own: Reply, example: str, matcher: Matcher) -> Sequence[Reply]:
        """Its own reply, and those that could be given in its place: at the same time, and with what is said in it."""
        together = [
            (at, own if at == index else one)
            for at, one in enumerate(self.replies)
            if at == index or not never_together(own.when, one.when)
        ]
        acts = self._acts(example, matcher) if any(one.when.said or one.when.not_said for _, one in together) else set()
        return [
            one
            for at, one in together
            if at == index or (acts.issuperset(one.when.said) and acts.isdisjoint(one.when.not_said))
        ]

    def _acts(self, example: str, matcher: Matcher) -> set[str]:
        """What the example does, as an answer to any of the beat's lines."""
        return {
            found.act
            for line in self.beat.lines
            for sentence in sentences_said(example, line.text, matcher.acts)
            for found in sentence.acts
        }

    def alike(self, embedder: Embedder) -> Iterator[Finding]:
        """Examples that stand in two replies, in the same words or nearly."""
        examples = [
            _Example(at, number, text)
            for at, reply in enumerate(self.replies)
            for number, text in enumerate(reply.examples)
        ]
        vectors = embedder.embed([example.text for example in examples])
        for later, example in enumerate(examples):
            near = vectors[:later] @ vectors[later]
            for earlier in (examples[at] for at in (near > ALIKE).nonzero()[0]):
                one, other = self.replies[earlier.reply], self.replies[example.reply]
                if one is not other and not never_together(one.when, other.when):
                    yield Finding(
                        self.line(example.reply, example.number),
                        f'"{_quoted(example.text)}" of reply "{other.id}" says the same as "{_quoted(earlier.text)}" '
                        f'of reply "{one.id}" on line {self.line(earlier.reply, earlier.number)}',
                        Severity.WARNING,
                        "alike",
                    )


def _quoted(example: str) -> str:
    """An example as a whole, as long as it is a sentence."""
    return clipped(example, 160)
