"""From speech to what was said: a whole recording at once, or an answer while it is still being spoken.

Only stretches with speech are ever decoded, since Whisper invents words for silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from salespractice.audio.listening import Progress, Speech
from salespractice.audio.sound import Samples
from salespractice.audio.stretches import Stretch, speech_stretches
from salespractice.audio.take import Take
from salespractice.audio.voice_activity import Span
from salespractice.language.glossary import NO_NAMES, Glossary
from salespractice.language.transcript import Word
from salespractice.transcription.transcribed import Transcription, joined, mapped
from salespractice.transcription.transcriber import Transcriber

# Seconds for which the detector goes on to report a voice that has ended.
_TRAIL = 0.07
GLOSSARY_WORDS = 60  # Whisper takes a prompt of 223 tokens; product names are several tokens each


def hear_take(take: Take, ears: Ears) -> Transcription:
    """Start to transcribe a take that is complete; returns at once."""
    spans = [(one.start, one.end) for one in take.stretches]
    return ears.spelled(ears.transcriber.transcribe(take.sound16, spans, language=ears.language, prompt=ears.prompt))


@dataclass(frozen=True, slots=True)
class Ears:
    """A transcriber with what it should know: the language that is spoken and the names of products.

    `spelling` corrects what was heard for one of these names all the same.
    """

    transcriber: Transcriber
    language: str = "en"
    glossary: tuple[str, ...] = ()
    spelling: Glossary = NO_NAMES

    @property
    def prompt(self) -> str:
        """The glossary in the form that primes the transcription."""
        return ", ".join(self.glossary[:GLOSSARY_WORDS])

    def spelled(self, heard: Transcription) -> Transcription:
        """What was heard, with the names as they are spelled."""
        return mapped(heard, self.spelling.spelled, self.spelling.spelled_transcript)


def hear(
    samples: Samples, transcriber: Transcriber, *, language: str = "en", glossary: Sequence[str] = ()
) -> Transcription:
    """Start to transcribe a recording of 16 kHz mono samples, shape (n,); returns at once.

    `glossary` primes the spelling of product names.
    """
    ears = Ears(transcriber, language, tuple(glossary))
    spans = [(one.start, one.end) for one in speech_stretches(samples)]
    return transcriber.transcribe(samples, spans, language=language, prompt=ears.prompt)


class AnswerHearing:
    """One answer while it is spoken. Every stretch is transcribed as soon as it may be complete.

    All methods belong to one thread, to which `run` brings what transcription tells. `on_caption` gets the text that is
    certain so far and the guess that follows it.
    """

    def __init__(
        self,
        ears: Ears,
        run: Callable[[Callable[[], None]], None],
        on_caption: Callable[[str, str], None],
        *,
        key: str,
        start: float = 0.0,
        live: bool = True,
    ) -> None:
        """`key` tells this answer from others; `start` is how much of the take was recorded before, in seconds.

        Where nobody is speaking (`live` is False), there is nothing to guess: only what is complete is transcribed.
        """
        self._ears = ears
        self._run = run
        self._on_caption = on_caption
        self._key = key
        self._start = start
        self._live = live
        self._parts: dict[int, tuple[Stretch, Transcription]] = {}
        self._guesses: dict[int, str] = {}
        self._caption: Future[str] | None = None

    @property
    def text(self) -> str | None:
        """All that was said, as far as it is known for sure; None while a part of it is being transcribed."""
        texts = [_now(part.text) for _, part in self._sorted()]
        known = [text for text in texts if text is not None]
        return " ".join(filter(None, known)) if len(known) == len(texts) else None

    def take_in(self, speech: Speech) -> None:
        """A stretch has come further."""
        number = speech.stretch.number
        if not self._live and speech.progress is not Progress.ENDED:
            return
        if speech.progress is not Progress.SPEAKING:
            self._transcribe(speech.stretch, speech.samples)
            return
        part = self._parts.pop(number, None)
        if part is not None:
            # They went on after all: what was transcribed is the caption for now.
            self._guesses[number] = _now(part[1].text) or self._guesses.get(number, "")
        if all(done.text.done() for _, done in self._parts.values()) and (
            self._caption is None or self._caption.done()
        ):
            self._caption = self._ears.transcriber.caption(
                speech.samples, stretch=self._name(number), language=self._ears.language, prompt=self._ears.prompt
            )
            self._caption.add_done_callback(lambda done: self._run(lambda: self._guessed(number, done)))

    def finish(self, take: Take) -> Transcription:
        """The take is complete; most of it is known already."""
        for stretch in take.stretches:
            if not self._covered(stretch, take.voice):
                self._transcribe(stretch, take.speech(stretch))
        return self._ears.spelled(joined([part for _, part in self._sorted()]))

    def _covered(self, stretch: Stretch, voice: Sequence[Span]) -> bool:
        """Whether this stretch is transcribed already, but for silence at its end."""
        before = self._parts.get(stretch.number)
        if before is None or before[0].start != stretch.start or before[0].end > stretch.end:
            return False
        return not any(span.start < stretch.end and span.end > before[0].end + _TRAIL for span in voice)

    def _transcribe(self, stretch: Stretch, samples: Samples) -> None:
        before = self._parts.get(stretch.number)
        if before is not None and before[0] == stretch:
            return
        part = self._ears.transcriber.transcribe(
            samples,
            [(0.0, stretch.end - stretch.start)],
            language=self._ears.language,
            prompt=self._ears.prompt,
            start=self._start + stretch.start,
            stretch=self._name(stretch.number),
        )
        self._parts[stretch.number] = stretch, part
        part.text.add_done_callback(lambda _: self._run(self._tell))

    def _guessed(self, number: int, caption: Future[str]) -> None:
        guess = _now(caption)
        if guess is not None and number not in self._parts:
            self._guesses[number] = guess
            self._tell()

    def _tell(self) -> None:
        certain: list[str] = []
        guesses: list[str] = []
        for number in sorted({*self._parts, *self._guesses}):
            text = _now(self._parts[number][1].text) if number in self._parts else None
            if text is None or guesses:
                guesses.append(text or self._guesses.get(number, ""))
            else:
                certain.append(text)
        spelled = self._ears.spelling.spelled
        self._on_caption(spelled(" ".join(filter(None, certain))), spelled(" ".join(filter(None, guesses))))

    def _sorted(self) -> list[tuple[Stretch, Transcription]]:
        return [self._parts[number] for number in sorted(self._parts)]

    def _name(self, number: int) -> str:
        return f"{self._key}/{number}"


def in_voice(words: Sequence[Word], voice: Sequence[Span]) -> tuple[Word, ...]:
    """The words with no beginning in a pause: such a word begins where the voice does.

    Whisper's alignment lets the first word of a stretch begin with the stretch, and many a word with the pause before.
    """
    return tuple(replace(word, start=_voiced(word, voice)) for word in words)


def _voiced(word: Word, voice: Sequence[Span]) -> float:
    after = next((span for span in voice if span.end > word.start), None)
    return after.start if after is not None and word.start < after.start < word.end else word.start


def _now(text: Future[str]) -> str | None:
    """The text if it is there."""
    return text.result() if text.done() and not text.cancelled() and text.exception() is None else None
