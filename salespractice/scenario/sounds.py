"""Whether every line has its recording, every recording its line, and all of them lie inside the pack."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from salespractice.scenario.findings import Finding, Severity, clipped
from salespractice.scenario.model import Scenario, Wording
from salespractice.scenario.pack import SOUND_ENDINGS, Pack, Staged
from salespractice.scenario.yaml_tree import Path_, Tree

LEADS_OUT = Finding(1, "the link leads out of the pack; put what it leads to here instead", code="link")
_OF_NO_LINE = Finding(1, "the recording belongs to no line", Severity.WARNING, "loose-recording")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One wording that the customer may say: where it stands in the file, and how its recording is asked for."""

    path: Path_
    wording: Wording
    place: str
    number: int
    otherwise: bool = False

    def recording(self, staged: Staged) -> Path | None:
        """The file that is played for it, if there is one. A file that the wording names need not exist."""
        if self.wording.audio is not None:
            return staged.pack.folder / self.wording.audio
        return staged.sound_of(self.place, self.number, otherwise=self.otherwise)


def spoken(scenario: Scenario) -> Iterator[Spoken]:
    """Every wording of a scenario. Those of `asks_back` come once, although every beat has them."""
    for index, beat in enumerate(scenario.beats):
        yield from _lines(("beats", index, "lines"), beat.lines, beat.id)
        at: Path_ = ("beats", index, "otherwise")
        usual, impatient = beat.otherwise.lines, beat.otherwise.impatient
        yield from _lines((*at, "lines"), usual, beat.id, otherwise=True)
        yield from _lines((*at, "impatient"), impatient, beat.id, len(usual), otherwise=True)
    first = scenario.start
    own = len(first.otherwise.lines) + len(first.otherwise.impatient)
    yield from _lines(("customer", "asks_back"), scenario.customer.asks_back, first.id, own, otherwise=True)
    for index, ending in enumerate(scenario.endings):
        yield from _lines(("endings", index, "lines"), ending.lines, ending.id)


def _lines(
    path: Path_, wordings: Iterable[Wording], place: str, first: int = 0, *, otherwise: bool = False
) -> Iterator[Spoken]:
    for index, wording in enumerate(wordings):
        yield Spoken((*path, index), wording, place, first + index, otherwise)


def sound_findings(staged: Staged, tree: Tree) -> Iterator[Finding]:
    """A warning for each line without its recording, an error for each that names a file it cannot have.

    A pack with no `audio` folder has no recordings at all, which is worth one warning and not one for each line.
    """
    expected = has_sound(staged.pack)
    for one in spoken(staged.scenario):
        named = one.wording.audio
        if named is not None:
            wrong = _wrong_with(staged.pack.folder, named)
            if wrong:
                yield Finding(tree.line((*one.path, "audio")), f'audio "{clipped(named)}" {wrong}', code="audio")
        elif expected and one.recording(staged) is None:
            stem = staged.stem_of(one.place, one.number, otherwise=one.otherwise)
            message = f"the line has no recording (audio/{staged.scenario.id}/{stem}.opus), so it will only be shown"
            yield Finding(tree.line(one.path), message, Severity.WARNING, "no-recording")


def _wrong_with(folder: Path, named: str) -> str | None:
    path = folder / named
    if Path(named).is_absolute() or not inside(folder, path):
        return "lies outside of the pack; put the file into the pack's audio folder and name it from there"
    if not named.lower().endswith(SOUND_ENDINGS):
        return f"is no sound file; those end in {', '.join(SOUND_ENDINGS)}"
    try:
        return None if path.is_file() else "is not there"
    except OSError:  # a name that no disk would take
        return "is not there"


def has_sound(pack: Pack) -> bool:
    """Whether the pack means its lines to be heard."""
    return (pack.folder / "audio").is_dir()


def loose_files(pack: Pack, used: Collection[Path], scenarios: Collection[str] | None) -> Iterator[tuple[str, Finding]]:
    """What lies in the pack and should not, each with its path inside the pack: links that lead out of it, and
    recordings of no line. `used` are the recordings of lines, in scenarios with these ids; None stands for all.
    """
    kept = {os.path.realpath(path) for path in used}
    for folder, folders, files in os.walk(pack.folder):  # does not follow links to folders
        folders.sort()
        for name in sorted((*folders, *files)):
            path = Path(folder) / name
            inner = path.relative_to(pack.folder)
            known = inner.parts[0] == "audio" and (scenarios is None or "".join(inner.parts[1:2]) in scenarios)
            if path.is_symlink() and not inside(pack.folder, path):
                yield inner.as_posix(), LEADS_OUT
            elif (
                known and name in files and name.lower().endswith(SOUND_ENDINGS) and os.path.realpath(path) not in kept
            ):
                yield inner.as_posix(), _OF_NO_LINE


def inside(folder: Path, path: Path) -> bool:
    """Whether what the path leads to lies in the folder."""
    # Unlike Path.resolve, this takes links that lead in circles.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
