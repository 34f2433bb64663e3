"""When each word was said, from the features that the text came from: no second encoder pass.

The times follow the decoder's cross-attention (whisper.timing: dynamic time warping over the alignment heads). Child
process only.
"""

from __future__ import annotations

from typing import Any

import torch
import whisper.timing
from torch import Tensor
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

from salespractice.language.transcript import Word
from salespractice.transcription.fast_whisper import Heard
from salespractice.transcription.time_warp import warp

_FRAMES_PER_SECOND = 100  # of the mel spectrogram
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})  # written without spaces: whisper.tokenizer splits these


whisper.timing.dtw = warp  # the same path without numba: this process is ours alone, and nothing is compiled in it


class _FromFeatures:
    """What whisper.timing needs of a model, given features where it would give a mel spectrogram."""

    def __init__(self, model: Whisper) -> None:
        self.decoder = model.decoder
        self.dims: ModelDimensions = model.dims
        self.device = model.device
        self.alignment_heads = model.alignment_heads

    def __call__(self, features: Tensor, tokens: Tensor) -> Any:
        return self.decoder(tokens, features)


@torch.inference_mode()
def word_times(model: Whisper, heard: Heard, *, language: str = "en", offset: float = 0.0) -> tuple[Word, ...]:
    """The words of `heard` in order, punctuation attached, none outside the stretch and none before its predecessor.

    `offset` is the stretch's start in the take, in seconds.
    """
    if not heard.tokens:
        return ()
    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe"
    )
    segment: dict[str, Any] = {"seek": 0, "start": 0.0, "end": heard.seconds, "tokens": list(heard.tokens)}
    whisper.timing.add_word_timestamps(
        segments=[segment],
        model=_FromFeatures(model),
        tokenizer=tokenizer,
        mel=heard.features[0],
        num_frames=max(2, round(heard.seconds * _FRAMES_PER_SECOND)),
        last_speech_timestamp=0.0,
    )
    return tuple(_words(segment["words"], heard.seconds, offset, spaced=language not in _UNSPACED))


def _words(timings: list[dict[str, Any]], seconds: float, offset: float, *, spaced: bool) -> list[Word]:
    """Whisper's timings put in order within the stretch; "cold" and "-hearted" are one word, as in the text."""
    words: list[Word] = []
    earliest = 0.0
    for timing in timings:
        text = str(timing["word"])
        start = min(max(float(timing["start"]), earliest), seconds)
        earliest = end = min(max(float(timing["end"]), start), seconds)
        probability = float(timing["probability"])
        if words and spaced and not text.startswith(" "):
            before = words.pop()
            probability = min(before.probability, probability)
            words.append(Word(before.text + text.strip(), before.start, round(offset + end, 3), probability))
        elif text.strip():
            words.append(Word(text.strip(), round(offset + start, 3), round(offset + end, 3), probability))
    return words
