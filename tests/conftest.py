"""What all tests share: no screen, no network, no trace on the person's own folders, nothing left running."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.leftovers import nothing_left_running  # noqa: F401 - a fixture of every test
from tests.offline import forbid_network

_ROOT = Path(__file__).resolve().parent.parent

# Before anything creates a QApplication. A test that needs a real screen starts a program of its own on one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
forbid_network()

# No deadline: a busy machine is no failure. Nothing remembered: a run depends on the code alone.
settings.register_profile("here", deadline=None, database=None)
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", metavar="DIR", help="the folder with measuring data (speech, feedback)")


@pytest.fixture(scope="session")
def shared_data(request: pytest.FixtureRequest) -> Path:
    """The folder with measuring data; a test that needs it is skipped where it is absent."""
    chosen = request.config.getoption("--shared") or os.environ.get("SALESPRACTICE_SHARED")
    folder = Path(chosen) if chosen else _ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the measuring data is not at {folder}; name its folder with --shared or SALESPRACTICE_SHARED")
    return folder


@pytest.fixture(scope="session", autouse=True)
def no_practice_of_the_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that forgets to name a data folder gets one of its own, never the journal of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALESPRACTICE_DATA", str(tmp_path_factory.mktemp("person")))
        yield
