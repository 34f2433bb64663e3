"""The virtual sound card, for every test of sound."""

from __future__ import annotations

from tests.virtual_sound import sound_card

__all__ = ["sound_card"]
