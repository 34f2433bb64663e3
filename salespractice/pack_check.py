"""Check a whole pack, or one scenario file: everything that can be said about it before anybody practises with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from salespractice.language.embedding import Embedder
from salespractice.language.glossary import Glossary
from salespractice.problem import Problem
from salespractice.roleplay.matching import Matcher
from salespractice.roleplay.overlaps import overlap_findings
from salespractice.scenario.checker import structure_findings
from salespractice.scenario.enough import enough_findings
from salespractice.scenario.findings import Finding, Refused, Severity
from salespractice.scenario.model import FORMAT, Scenario
from salespractice.scenario.pack import Pack, PackNotes, Staged
from salespractice.scenario.pack_file import ENDING, unpack
from salespractice.scenario.reader import as_part, scenario_of
from salespractice.scenario.sounds import LEADS_OUT, has_sound, inside, loose_files, sound_findings, spoken
from salespractice.scenario.spelling import spelling_findings
from salespractice.scenario.yaml_tree import Tree, read_tree

NOTES = "pack.yaml"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the check needs to know of language: the program's own matcher and embedder, and how names are spelled."""

    matcher: Matcher
    embedder: Embedder
    spelling: Callable[[Scenario], Glossary]


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A finding and the file it is in, by the path that the person gave."""

    file: str
    finding: Finding


@dataclass(slots=True)
class Checked:
    """What was looked at, and what was found, in the order of files and lines."""

    found: list[Found] = field(default_factory=list)
    scenarios: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(one.finding.severity is severity for one in self.found)


def check_pack(place: Path, understanding: Understanding) -> Checked:
    """Check the pack in a folder or a file, or one scenario in a file. Raises `Problem` where there is none."""
    if place.name.endswith(ENDING) and place.is_file():
        return _check_file(place, understanding)
    try:
        there = place.exists()
    except OSError as error:
        raise Problem(f"{place} cannot be looked at.", str(error), "Name a folder that you may read.") from error
    if place.name == NOTES and there:
        place = place.parent
    if there and place.is_dir():
        if not (place / NOTES).exists():
            raise Problem(
                f"{place} is not a pack.", f"It has no {NOTES}.", f"Name a folder with {NOTES}, or a scenario's file."
            )
        check = _Check(place, understanding)
        check.folder()
    elif there and place.suffix in (".yaml", ".yml"):
        check = _Check(place.parent, understanding)
        check.file(place)
    else:
        what = "is no scenario's file." if there else "does not exist."
        raise Problem(
            f"{place} {what}", way_out=f"Name a pack's folder, with its {NOTES}, or one scenario's YAML file."
        )
    check.checked.found = sorted(set(check.checked.found))
    return check.checked


def _check_file(place: Path, understanding: Understanding) -> Checked:
    """Check a pack that is one file: unpacked where nobody else looks, and told of as if the file were its folder."""
    with TemporaryDirectory(prefix="salespractice-") as unpacked:
        try:
            folder = unpack(place, Path(unpacked))
        except Refused as refused:
            return Checked([Found(place.as_posix(), one) for one in refused.findings])
        checked = check_pack(folder, understanding)
        checked.found = [
            Found(place.joinpath(Path(one.file).relative_to(folder)).as_posix(), one.finding) for one in checked.found
        ]
    return checked


class _Check:
    """One run over a pack."""

    def __init__(self, folder: Path, understanding: Understanding) -> None:
        self.checked = Checked()
        self._folder = folder
        self._understanding = understanding
        self._ids: dict[str, str] = {}

    def folder(self) -> None:
        """The whole pack."""
        pack = self._pack()
        files = sorted(self._folder.glob("*.yaml"))
        staged = [self._scenario(path, pack) for path in files if path.name != NOTES]
        if not staged:
            self._tell(NOTES, Finding(1, "the pack has no scenario", code="empty"))
        for path in sorted(self._folder.glob("*.yml")):
            message = "the file is not read as a scenario; give it the ending .yaml"
            self._tell(path.name, Finding(1, message, Severity.WARNING, "not-read"))
        if pack is None:
            return
        whole = [one for one in staged if one is not None]
        # Which recordings a scenario with an error has is not known.
        self._sound(pack, whole, scenarios=None if len(whole) == len(staged) else {one.scenario.id for one in whole})

    def file(self, path: Path) -> None:
        """One scenario, with its own recordings if it lies in a pack."""
        pack = None
        if (self._folder / NOTES).exists():
            pack = self._pack()
        else:
            message = f"the file lies in no pack: practising it needs a {NOTES} beside it"
            self._tell(path.name, Finding(1, message, Severity.WARNING, "no-pack"))
        staged = self._scenario(path, pack)
        if staged is not None and pack is not None:
            self._sound(pack, [staged], scenarios={staged.scenario.id})

    def _pack(self) -> Pack | None:
        tree = self._tree(NOTES)
        if tree is None:
            return None
        try:
            notes = as_part(PackNotes, tree, NOTES)
        except Refused as refused:
            self._tell(NOTES, *refused.findings)
            return None
        if notes.format > FORMAT:
            message = f"this pack is in format {notes.format}; this program reads up to format {FORMAT}"
            self._tell(NOTES, Finding(tree.line(("format",)), message))
        return Pack(self._folder, notes)

    def _scenario(self, path: Path, pack: Pack | None) -> Staged | None:
        """Check one scenario; returns it if it could be read and the pack is known."""
        self.checked.scenarios += 1
        tree = self._tree(path.name)
        if tree is None:
            return None
        try:
            scenario = scenario_of(tree, path.name)
        except Refused as refused:
            self._tell(path.name, *refused.findings)
            return None
        first = self._ids.setdefault(scenario.id, path.name)
        if first != path.name:
            message = f'the id "{scenario.id}" belongs to {first} already'
            self._tell(path.name, Finding(tree.line(("id",)), message, code="id-taken"))
        self._tell(path.name, *self._about(scenario, tree))
        if pack is None:
            return None
        staged = Staged(scenario, pack)
        self._tell(path.name, *sound_findings(staged, tree))
        return staged

    def _about(self, scenario: Scenario, tree: Tree) -> Iterator[Finding]:
        yield from structure_findings(scenario, tree)
        yield from enough_findings(scenario, tree)
        yield from spelling_findings(scenario, tree, self._understanding.spelling(scenario).spelled)
        yield from overlap_findings(scenario, tree, self._understanding.matcher, self._understanding.embedder)

    def _tree(self, name: str) -> Tree | None:
        """A file of the pack as a tree; what cannot be read is told, and None comes back."""
        path = self._folder / name
        if not inside(self._folder, path):
            self._tell(name, LEADS_OUT)
            return None
        try:
            return read_tree(path, name)
        except Refused as refused:
            self._tell(name, *refused.findings)
        except Problem as problem:
            self._tell(name, Finding(1, f"the file cannot be read: {problem.why}", code="unreadable"))
        return None

    def _sound(self, pack: Pack, staged: list[Staged], scenarios: set[str] | None) -> None:
        """Whether there is any sound, and what lies about in the pack, as far as these scenarios know."""
        if not has_sound(pack):
            message = "the pack has no folder `audio`: no line can be heard"
            self._tell(NOTES, Finding(1, message, Severity.WARNING, "no-recording"))
        used = [path for one in staged for line in spoken(one.scenario) if (path := line.recording(one))]
        for name, finding in loose_files(pack, used, scenarios):
            self._tell(name, finding)

    def _tell(self, name: str, *findings: Finding) -> None:
        # A file's name may hold anything, line breaks and bytes that are no text included.
        file = "".join(one if one.isprintable() else "?" for one in (self._folder / name).as_posix())
        self.checked.found += [Found(file, finding) for finding in findings]
