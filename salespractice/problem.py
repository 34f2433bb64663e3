"""The one kind of error that is shown to a person: something about their machine or files, and the way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Problem(Exception):
    """What went wrong, why, and what the person can do about it.

    Raise it for what the program foresees: a missing model, a microphone that refuses, a scenario with an error. Any
    other exception that reaches the surface is a bug of ours and is reported as one.
    """

    what: str
    why: str = ""
    way_out: str = ""

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.why, self.way_out) if part)

    def __reduce__(self) -> tuple[type[Problem], tuple[str, str, str]]:
        # Exceptions pickle by their args, which a dataclass leaves empty; problems do cross process borders.
        return (type(self), (self.what, self.why, self.way_out))

    def as_json(self) -> dict[str, str]:
        """The shape of a problem in every `--json` output."""
        return {"problem": self.what, "why": self.why, "way_out": self.way_out}
