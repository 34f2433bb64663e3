"""Characters that no text of a scenario needs and that nobody can see: they make it read otherwise than it is.

Control characters, marks that turn the direction of writing around, invisible spaces and joints, private and broken
characters. What people write in any language stays allowed, direction marks of a single place (U+200E, U+200F) and the
joiners of emoji and of Persian (U+200C, U+200D) included.
"""

from __future__ import annotations

import re
import unicodedata

_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, except tab and the ends of lines
    "\u200b\u2060-\u2064\ufeff"  # without width
    "\u2028\u2029"  # ends of lines that few editors show
    "\u202a-\u202e\u2066-\u206f"  # turn the direction of what follows
    "\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff"  # halves, private ones, and what stands for a broken one
    "\U000e0000-\U0010ffff]"  # invisible tags, and private ones
)


def refused_character(text: str) -> tuple[int, str] | None:
    """Where the first such character stands, and how to call it (`U+202E RIGHT-TO-LEFT OVERRIDE`); None without one."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    character = found[0]
    name = unicodedata.name(character, "a control or private character")
    return found.start(), f"U+{ord(character):04X} {name}"
