from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salespractice.transcription.models import FoundModel
from salespractice.transcription.stretches import SAMPLE_RATE
from tests.transcription.conftest import Clip

if TYPE_CHECKING:
    from salespractice.transcription.fast_whisper import FastWhisper

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # the warnings are torch's


@pytest.fixture(scope="module")
def whisper(tiny: FoundModel) -> FastWhisper:
    from salespractice.transcription.checkpoint import load
    from salespractice.transcription.fast_whisper import FastWhisper

    return FastWhisper(load(tiny))


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def test_steps_in_8_bits_choose_the_words_of_the_original(whisper: FastWhisper, clip: Clip) -> None:
    import torch

    from salespractice.transcription.step_decoder import StepDecoder

    heard = whisper.hear(clip.samples)
    tokens = [50257, *heard.tokens]
    steps = StepDecoder(whisper.model.decoder)
    with torch.inference_mode():
        expected = whisper.model.decoder(torch.tensor([tokens]), heard.features)[0]
        memory = steps.listen(heard.features)
        found = torch.cat([steps.logits(memory, [token], at) for at, token in enumerate(tokens)])
        at_once = steps.logits(steps.listen(heard.features), tokens, 0)
    assert (found.argmax(dim=-1) == expected.argmax(dim=-1)).float().mean() > 0.9  # the rest: ties of spelling and time
    assert torch.allclose(at_once, expected, atol=1e-3)


def test_a_draft_changes_nothing_whether_right_or_wrong(whisper: FastWhisper, clip: Clip) -> None:
    heard = whisper.hear(clip.samples)
    shorter = whisper.hear(clip.samples[: len(clip.samples) // 2])
    for draft in (heard.tokens, shorter.tokens, heard.tokens[5:], (1, 2, 3)):
        assert plain(whisper.hear(clip.samples, draft=draft).text) == plain(heard.text)


def test_a_text_that_nobody_waits_for_is_given_up(whisper: FastWhisper, clip: Clip) -> None:
    from salespractice.transcription.fast_whisper import Unwanted

    asked = iter([False, False, False, True])
    with pytest.raises(Unwanted):
        whisper.hear(clip.samples, unwanted=lambda: next(asked))
    assert plain(whisper.hear(clip.samples).text) == plain(clip.text)


@pytest.mark.parametrize("name", ["spk1_snt1.flac", "LJ001-0004.flac", "LJ001-0008.flac"])
def test_hears_what_was_said(whisper: FastWhisper, clips: dict[str, Clip], name: str) -> None:
    heard = whisper.hear(clips[name].samples)
    assert plain(heard.text) == plain(clips[name].text)
    assert not heard.doubt


def test_a_glossary_is_accepted(whisper: FastWhisper, clips: dict[str, Clip]) -> None:
    clip = clips["spk1_snt1.flac"]
    assert plain(whisper.hear(clip.samples, prompt="Acme Renewals, Northwind. " * 60).text) == plain(clip.text)


def test_word_times_are_ordered_inside_the_clip_and_spell_the_text(
    whisper: FastWhisper, clips: dict[str, Clip]
) -> None:
    from salespractice.transcription.word_times import word_times

    clip = clips["librivox-0890.flac"]  # has hyphens, which Whisper takes apart
    heard = whisper.hear(clip.samples)
    words = word_times(whisper.model, heard, offset=10.0)
    assert " ".join(word.text for word in words) == heard.text
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[0] >= 10.0
    assert edges[-1] <= 10.0 + clip.seconds + 0.001


def test_noise_is_doubted_or_gives_nothing(whisper: FastWhisper) -> None:
    heard = whisper.hear(np.random.default_rng(1).normal(0, 0.2, 4 * SAMPLE_RATE).astype(np.float32))
    assert heard.doubt or not heard.text


@pytest.fixture
def circles() -> Iterator[list[int]]:
    return iter(([5, 6, 7, 8, 9] * 3, [5] * 15, [3, *([1, 2] * 8)]))


def test_going_round_in_circles_ends_the_text(circles: Iterator[list[int]]) -> None:
    for said in circles:
        assert _stopped(said)


def test_ordinary_repetition_does_not_end_it() -> None:
    for said in ([5, 5, 5, 5], [1, 2, 1, 2, 1, 2], list(range(40)), [5, 6, 7, 8, 9, 5, 6, 7, 8, 9]):
        assert not _stopped(said)


def _stopped(said: list[int]) -> bool:
    import torch

    from salespractice.transcription.fast_whisper import StopRepeating

    logits = torch.zeros(1, 60)
    stop = StopRepeating(sample_begin=2, eot=50)
    stop.apply(logits, torch.tensor([[51, 52, *said]]))
    assert stop.found == (logits.max(dim=-1).values.item() == 0 and torch.isinf(logits).any().item())
    return stop.found
