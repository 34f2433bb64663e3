"""From a recording to what was said: find the speech, have each stretch transcribed, prime the names of products."""

from __future__ import annotations

from collections.abc import Sequence

from salespractice.audio.sound import Samples
from salespractice.audio.voice_activity import speech_spans
from salespractice.transcription.transcriber import Transcriber, Transcription

GLOSSARY_WORDS = 60  # Whisper takes a prompt of 223 tokens; product names are several tokens each


def hear(
    samples: Samples, transcriber: Transcriber, *, language: str = "en", glossary: Sequence[str] = ()
) -> Transcription:
    """Start to transcribe a recording of 16 kHz mono samples, shape (n,); returns at once.

    Only stretches with speech are decoded, since Whisper invents words for silence. `glossary` primes the spelling of
    product names.
    """
    spans = [(span.start, span.end) for span in speech_spans(samples)]
    prompt = ", ".join(glossary[:GLOSSARY_WORDS])
    return transcriber.transcribe(samples, spans, language=language, prompt=prompt)
