"""A screen and a sound card for the tests that drive the whole program."""

from tests.end_to_end.virtual_screen import screen  # noqa: F401 - a fixture
from tests.virtual_sound import sound_card  # noqa: F401 - a fixture
