"""openai-whisper without its waste: one encoder pass on the real length, 8-bit decoding, no second guesses.

Whisper as shipped pads every answer to 30 seconds, and encodes again for each fallback temperature and for the word
times. Here a stretch is padded only as far as it needs (too short a context makes Whisper repeat itself for ever, and
that is watched for), encoded once, and both the text and the word times come from the same features. What was heard
before more was said is read over as a draft instead of being written once more. Child only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor
from whisper.audio import N_SAMPLES, log_mel_spectrogram
from whisper.decoding import DecodingOptions, DecodingResult, DecodingTask, LogitFilter
from whisper.model import Whisper

from salespractice.transcription.step_decoder import Memory, StepDecoder
from salespractice.transcription.stretches import SAMPLE_RATE

_SILENCE_AFTER = 3.0  # seconds; with less, short answers loop
_AT_LEAST = 10.0  # seconds in all
_FRAME = 320  # samples; one position of the encoder, 20 ms
_SPARE_TOKENS = 24
_TOKENS_PER_SECOND = 10  # the fastest speakers come to about 8; beyond it the decoder is making things up

# Whisper's own thresholds (openai/whisper, transcribe.py).
_COMPRESSION_RATIO = 2.4
_NO_SPEECH = 0.6
_LOG_PROBABILITY = -1.0
_WORDS_PER_SECOND = 7.0  # auctioneers reach 6 to 7 for a stretch


@dataclass(frozen=True, slots=True)
class Heard:
    """What Whisper heard in one stretch. `doubt` says in words why it may be wrong; empty when nothing speaks for it.

    `features` (1, positions, width) belong to `model`'s decoder and are kept for the word times.
    """

    text: str
    tokens: tuple[int, ...]
    features: Tensor
    seconds: float
    doubt: str = ""


class FastWhisper:
    """Whisper, loaded, with a decoder made for one speaker. Deterministic: temperature 0, nothing is sampled."""

    def __init__(self, model: Whisper) -> None:
        self.model = model
        self._steps = StepDecoder(model.decoder)

    @torch.inference_mode()
    def hear(
        self,
        samples: NDArray[np.float32],
        *,
        language: str = "en",
        prompt: str = "",
        draft: Sequence[int] = (),
        unwanted: Callable[[], bool] = bool,
    ) -> Heard:
        """Transcribe one stretch of mono 16 kHz speech of at most 30 seconds.

        `prompt` primes the spelling of names (Whisper reads its last 223 tokens). `draft` is a guess at the tokens,
        such as what was heard before the last words came: as far as it is right, it is read instead of being written
        again, and it changes nothing. A stretch that is silence to Whisper gives empty text.

        Raises:
            Unwanted: `unwanted` said so on the way.
        """
        seconds = len(samples) / SAMPLE_RATE
        options = DecodingOptions(
            language=language,
            prompt=prompt or None,
            fp16=False,
            sample_len=min(self.model.dims.n_text_ctx // 2, math.ceil(seconds * _TOKENS_PER_SECOND) + _SPARE_TOKENS),
        )
        features = self._encode(samples, _padded_length(len(samples)), unwanted)
        result, looped = _run(_StepTask(self.model, options, self._steps, draft, unwanted), features)
        if looped or result.compression_ratio > _COMPRESSION_RATIO:
            features = self._encode(samples, N_SAMPLES, unwanted)
            result, looped = _run(_FeaturesTask(self.model, options), features)
        if result.no_speech_prob > _NO_SPEECH and result.avg_logprob < _LOG_PROBABILITY:
            return Heard("", (), features, seconds)
        return Heard(result.text, tuple(result.tokens), features, seconds, _doubt(result, seconds, looped=looped))

    def _encode(self, samples: NDArray[np.float32], length: int, unwanted: Callable[[], bool] = bool) -> Tensor:
        """Features, shape (1, length / 320, width), of the samples padded with silence to `length` samples."""
        encoder = self.model.encoder
        padded = F.pad(torch.from_numpy(samples[:N_SAMPLES]), (0, max(0, length - len(samples))))
        mel = log_mel_spectrogram(padded, self.model.dims.n_mels)[None]
        x = F.gelu(encoder.conv2(F.gelu(encoder.conv1(mel)))).permute(0, 2, 1)
        x = x + encoder.positional_embedding[: x.shape[1]]
        for block in encoder.blocks:
            if unwanted():
                raise Unwanted
            x = block(x)
        features: Tensor = encoder.ln_post(x)
        return features


class _FeaturesTask(DecodingTask):  # type: ignore[misc]
    """Whisper's decoding from features of any length; as shipped it takes features of 30 seconds only."""

    def __init__(self, model: Whisper, options: DecodingOptions) -> None:
        super().__init__(model, options)
        self.repetition = StopRepeating(self.sample_begin, self.tokenizer.eot)
        self.logit_filters.append(self.repetition)

    def _get_audio_features(self, mel: Tensor) -> Tensor:
        return mel


class Unwanted(Exception):
    """Nobody waits for this text any more."""


class _StepTask(_FeaturesTask):
    """The same with `StepDecoder`, for one stretch: begins with a draft, and stops where it is no longer wanted."""

    def __init__(
        self,
        model: Whisper,
        options: DecodingOptions,
        steps: StepDecoder,
        draft: Sequence[int],
        unwanted: Callable[[], bool],
    ) -> None:
        super().__init__(model, options)
        self._steps = steps
        self._draft = list(draft[: min(self.sample_len, self.n_ctx - len(self.initial_tokens) - 1)])
        self._unwanted = unwanted

    def _main_loop(self, audio_features: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor, list[float]]:
        memory = self._steps.listen(audio_features)
        said: list[int] = tokens[0].tolist()
        begin, guess = len(said), self._draft
        rows = [self.sot_index, *range(begin - 1, begin + len(guess))]
        at_start, *ahead = self._steps.logits(memory, said + guess, 0, rows).unsqueeze(1)
        with _one_thread():
            return self._write(memory, said, guess, ahead, at_start)

    def _write(
        self, memory: Memory, said: list[int], guess: list[int], ahead: list[Tensor], at_start: Tensor
    ) -> tuple[Tensor, Tensor, list[float]]:
        """Go on from `said`: `ahead` holds what follows it, and what follows as much of the draft as is left."""
        total = torch.zeros(1)
        for _ in range(self.sample_len):
            if self._unwanted():
                raise Unwanted
            row = ahead[0]
            so_far = torch.tensor([said])
            for rule in self.logit_filters:
                rule.apply(row, so_far)
            chosen = int(row.argmax())
            total += row[0, chosen] - row.logsumexp(dim=-1)
            said.append(chosen)
            if chosen == self.tokenizer.eot or len(said) > self.n_ctx:
                break
            right = guess and guess[0] == chosen
            guess, ahead = (guess[1:], ahead[1:]) if right else ([], [])
            ahead = ahead or [self._steps.logits(memory, [chosen], len(said) - 1)]
        no_speech = float(at_start.softmax(dim=-1)[0, self.tokenizer.no_speech])
        return torch.tensor([said]), total, [no_speech]


@contextmanager
def _one_thread() -> Iterator[None]:
    """For products so small that waking another thread for each takes longer than they do: 3.7 ms a token, not 6.7."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class StopRepeating(LogitFilter):  # type: ignore[misc]
    """Ends the text as soon as it goes round in circles, instead of paying for the circles until the limit.

    A circle is a phrase of up to `_LONGEST_PHRASE` tokens said so often that its repetitions fill `_CIRCLE` tokens
    and are at least three: "no, no, no, no" passes, a sentence said for the third time does not.
    """

    _LONGEST_PHRASE = 24
    _CIRCLE = 15

    def __init__(self, sample_begin: int, eot: int) -> None:
        self.found = False
        self._sample_begin = sample_begin
        self._eot = eot

    def apply(self, logits: Tensor, tokens: Tensor) -> None:
        """Leave nothing but the end of the text possible (batch of one) once a circle is found."""
        said = [token for token in tokens[0, self._sample_begin :].tolist() if token < self._eot]
        if self._circles(said):
            self.found = True
            logits[:, : self._eot] = -np.inf
            logits[:, self._eot + 1 :] = -np.inf

    def _circles(self, said: list[int]) -> bool:
        for size in range(1, min(self._LONGEST_PHRASE, len(said) // 3) + 1):
            times = max(3, math.ceil(self._CIRCLE / size))
            if len(said) >= size * times and said[-size * times :] == said[-size:] * times:
                return True
        return False


def _run(task: _FeaturesTask, features: Tensor) -> tuple[DecodingResult, bool]:
    """The text of the features, and whether it went round in circles."""
    result = task.run(features)[0]
    return result, task.repetition.found


def _padded_length(length: int) -> int:
    wanted = max(length + int(_SILENCE_AFTER * SAMPLE_RATE), int(_AT_LEAST * SAMPLE_RATE))
    return min(int(N_SAMPLES), math.ceil(wanted / _FRAME) * _FRAME)


def _doubt(result: DecodingResult, seconds: float, *, looped: bool) -> str:
    words = len(result.text.split())
    if looped or result.compression_ratio > _COMPRESSION_RATIO:
        return "it repeats itself"
    if words > 3 and words / seconds > _WORDS_PER_SECOND:
        return "nobody can speak so fast"
    if result.no_speech_prob > _NO_SPEECH:
        return "it may not be speech"
    if result.avg_logprob < _LOG_PROBABILITY:
        return "it was hard to hear"
    return ""
