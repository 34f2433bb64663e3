"""A pack: a folder with `pack.yaml`, one YAML file for each scenario, and the sound of its lines under `audio/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from salespractice.problem import Problem
from salespractice.scenario.findings import did_you_mean
from salespractice.scenario.model import Beat, Id, Part, Scenario, Text
from salespractice.scenario.reader import as_part, read_scenario
from salespractice.scenario.yaml_tree import read_tree

ASKS_BACK = "asks-back"
SOUND_ENDINGS = (".opus", ".ogg", ".flac", ".wav", ".mp3")


class PackNotes(Part):
    """What `pack.yaml` says of the pack as a whole."""

    format: int
    id: Id
    title: Text
    version: Text
    author: Text
    licence: Text
    about: Text


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack on disk, with its notes."""

    folder: Path
    notes: PackNotes

    def scenario_files(self) -> list[Path]:
        """The scenario files, by name."""
        return sorted(path for path in self.folder.glob("*.yaml") if path.name != "pack.yaml")

    def label(self, path: Path) -> str:
        """How messages call a file of this pack."""
        return f"{self.folder.name}/{path.name}"


@dataclass(frozen=True, slots=True)
class Staged:
    """A scenario with the pack it comes from: what a practice is made of."""

    scenario: Scenario
    pack: Pack

    @property
    def address(self) -> str:
        """`pack/scenario`: how the command line and the journal name it."""
        return f"{self.pack.notes.id}/{self.scenario.id}"

    def sound_of(self, place_id: str, number: int, *, otherwise: bool = False) -> Path | None:
        """The recording of a line's wording (`number` from 0), or None where it was not recorded.

        Recordings are named `audio/<scenario>/<stem>`; a wording may name another file of the pack instead.
        """
        place = self.scenario.place(place_id)
        wordings = self.scenario.otherwise_of(place) if otherwise and isinstance(place, Beat) else place.lines
        named = wordings[number].audio
        if named is not None:
            path = (self.pack.folder / named).resolve()
            inside = path.is_relative_to(self.pack.folder.resolve())
            return path if inside and path.is_file() else None
        stem = self.stem_of(place_id, number, otherwise=otherwise)
        for ending in SOUND_ENDINGS:
            path = self.pack.folder / "audio" / self.scenario.id / f"{stem}{ending}"
            if path.is_file():
                return path
        return None

    def stem_of(self, place_id: str, number: int, *, otherwise: bool = False) -> str:
        """The name of a line's recording without its ending; `number` from 0, the name's own from 1.

        `<beat>-<number>`, `<beat>-otherwise-<number>` (where `impatient` counts on after `lines`), and
        `asks-back-<number>`, which all beats share.
        """
        place = self.scenario.place(place_id)
        if not otherwise or not isinstance(place, Beat):
            return f"{place_id}-{number + 1}"
        own = len(place.otherwise.lines) + len(place.otherwise.impatient)
        return f"{place_id}-otherwise-{number + 1}" if number < own else f"{ASKS_BACK}-{number - own + 1}"


def open_pack(folder: Path) -> Pack:
    """Open the pack in a folder. Raises `Problem` where there is none."""
    notes = folder / "pack.yaml"
    if not notes.is_file():
        raise Problem(f"{folder} is not a pack.", "It has no pack.yaml.", "Choose the folder that contains pack.yaml.")
    name = f"{folder.name}/pack.yaml"
    return Pack(folder, as_part(PackNotes, read_tree(notes, name), name))


def open_packs(folders: Iterable[Path]) -> Iterator[Pack | Problem]:
    """Every pack found directly below the given folders; one that cannot be opened comes as its problem."""
    for parent in folders:
        for notes in sorted(parent.glob("*/pack.yaml")):
            try:
                yield open_pack(notes.parent)
            except Problem as problem:
                yield problem


def staged_scenarios(packs: Iterable[Pack | Problem]) -> Iterator[Staged | Problem]:
    """Every scenario of the packs; one with an error comes as its problem, so that it does not hide the rest."""
    seen: dict[str, str] = {}
    for pack in packs:
        if isinstance(pack, Problem):
            yield pack
            continue
        for path in pack.scenario_files():
            label = pack.label(path)
            try:
                staged = Staged(read_scenario(path, label), pack)
            except Problem as problem:
                yield problem
                continue
            first = seen.setdefault(staged.address, label)
            if first == label:
                yield staged
            else:
                yield Problem(
                    f'{label}: the id "{staged.address}" belongs to {first} already.',
                    "Each scenario needs an id of its own: its sound and its practices are found by it.",
                    "Change the `id` in the copy, or the pack's `id` in pack.yaml.",
                )


def find_scenario(name: str, folders: Iterable[Path]) -> Staged:
    """The scenario that a person means: a YAML file, `pack/scenario`, or the scenario's id alone.

    Raises `Problem` with the names that exist, or with the error of the file that was meant.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        pack = open_pack(path.parent.resolve())
        return Staged(read_scenario(path, pack.label(path)), pack)
    found: list[Staged] = []
    problems: list[Problem] = []
    for one in staged_scenarios(open_packs(folders)):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            found.append(one)
    for staged in found:
        if name in (staged.address, staged.scenario.id):
            return staged
    for problem in problems:
        if name.rpartition("/")[2] in problem.what:
            raise problem
    known = [staged.address for staged in found]
    ids = [staged.scenario.id for staged in found]
    raise Problem(
        f'There is no scenario "{name}"{did_you_mean(name, known + ids)}.',
        f"The scenarios on this machine: {', '.join(known) or 'none'}.",
        "Name one of these, or a scenario's YAML file inside its pack folder.",
    )
