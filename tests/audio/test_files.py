from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from salespractice.audio.files import read_sound, write_flac
from salespractice.audio.sound import Sound
from salespractice.problem import Problem
from tests.audio.test_sound import tone


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.wav", {"subtype": "PCM_16"}),
        ("a.wav", {"subtype": "PCM_U8"}),
        ("a.wav", {"subtype": "PCM_24"}),
        ("a.wav", {"subtype": "FLOAT"}),
        ("a.flac", {}),
        ("a.ogg", {"format": "OGG", "subtype": "VORBIS"}),
        ("a.opus", {"format": "OGG", "subtype": "OPUS"}),
        ("a.mp3", {"format": "MP3"}),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_kinds_are_read_and_mixed_to_mono(tmp_path: Path, name: str, options: dict[str, str], channels: int) -> None:
    sound = tone(1.0, 48_000)
    path = tmp_path / name
    soundfile.write(path, np.tile(sound.samples[:, np.newaxis], (1, channels)), sound.rate, **options)
    found = read_sound(path)
    assert found.rate == 48_000
    assert found.samples.dtype == np.float32
    assert found.seconds == pytest.approx(1.0, abs=0.1)
    middle = found.between(0.3, 0.7).samples
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


def test_what_is_no_number_becomes_silence_and_peaks_are_scaled(tmp_path: Path) -> None:
    samples = np.array([[np.nan, 0.0], [np.inf, 0.0], [4.0, 0.0], [-2.0, -2.0]], dtype=np.float32)
    soundfile.write(tmp_path / "a.wav", samples, 8000, subtype="FLOAT")
    assert read_sound(tmp_path / "a.wav").samples.tolist() == [0.0, 0.0, 1.0, -1.0]


def test_a_header_that_does_not_know_its_length_is_not_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "streamed.wav"
    soundfile.write(path, tone().samples, 16_000)
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert read_sound(path).seconds == 1.0


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"gone\.wav does not exist"):
        read_sound(tmp_path / "gone.wav")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="is a folder"):
        read_sound(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    with pytest.raises(Problem, match="is empty"):
        read_sound(tmp_path / "a.wav")


@pytest.mark.parametrize("content", [b"not audio at all", os.urandom(3000), b"RIFF\0\0\0\0WAVE", b"fLaC"])
def test_not_audio(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(Problem, match="is not audio") as caught:
        read_sound(tmp_path / "a.wav")
    assert "FLAC" in caught.value.way_out


def test_no_samples(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
    with pytest.raises(Problem, match="not one sample"):
        read_sound(tmp_path / "a.wav")


def test_header_only(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone().samples, 16_000)
    path.write_bytes(path.read_bytes()[:44])
    with pytest.raises(Problem, match="header only"):
        read_sound(path)


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_cut_off(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    soundfile.write(path, np.random.default_rng(1).uniform(-0.5, 0.5, 80_000), 16_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Problem, match="is cut off") as caught:
        read_sound(path)
    assert "2." in caught.value.why


def test_flac_comes_back_to_the_bit(tmp_path: Path) -> None:
    samples = (np.random.default_rng(2).integers(-32768, 32767, 5000) / 32768).astype(np.float32)
    path = tmp_path / "new" / "a.flac"
    write_flac(path, Sound(samples, 16_000))
    found = read_sound(path)
    assert found.rate == 16_000
    assert np.array_equal(found.samples, samples)
    assert [entry.name for entry in path.parent.iterdir()] == ["a.flac"]


def test_flac_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="cannot be written") as caught:
        write_flac(tmp_path / "file" / "a.flac", tone())
    assert str(tmp_path / "file") in caught.value.what


def test_three_hours_are_refused_by_name_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "meeting.flac"
    hour = np.zeros(8000 * 3600, dtype=np.int16)
    with soundfile.SoundFile(path, "w", samplerate=8000, channels=1) as file:
        for _ in range(3):
            file.write(hour)
    with pytest.raises(Problem, match=r"meeting\.flac is too long") as told:
        read_sound(path)
    assert "3 h 0 min" in told.value.why
