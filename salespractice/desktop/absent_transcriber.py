"""In place of a transcriber where there is none: typed answers need nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future

from salespractice.audio.sound import Samples
from salespractice.problem import Problem
from salespractice.transcription.transcribed import Transcription, fail


class AbsentTranscriber:
    """Answers every request with the reason why it cannot."""

    def __init__(self, reason: Problem) -> None:
        self.ready: Future[float] = Future()
        self.ready.set_exception(reason)
        self._reason = reason

    def start(self) -> None:
        """Nothing to start."""

    def transcribe(
        self,
        samples: Samples,
        spans: Iterable[tuple[float, float]],
        *,
        language: str = "en",
        prompt: str = "",
        start: float = 0.0,
        stretch: str = "",
    ) -> Transcription:
        """Fails at once with the reason."""
        failed = Transcription()
        fail(failed, self._reason)
        return failed

    def caption(self, samples: Samples, *, stretch: str, language: str = "en", prompt: str = "") -> Future[str]:
        """Fails at once with the reason."""
        return self.transcribe(samples, ()).text

    def close(self) -> None:
        """Nothing to stop."""
