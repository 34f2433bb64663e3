from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest

from salespractice.language.transcript import Transcript
from salespractice.problem import Problem
from salespractice.transcription.models import FoundModel
from salespractice.transcription.stretches import SAMPLE_RATE
from salespractice.transcription.transcriber import WhisperTranscriber
from tests.transcription.conftest import Clip

PATIENCE = 120  # seconds until a test gives up, on the slowest machine
ROOT = Path(__file__).resolve().parents[2]
SECOND = np.zeros(SAMPLE_RATE, dtype=np.float32)


def missing(tmp_path: Path) -> FoundModel:
    return FoundModel("tiny.en", (tmp_path / "gone",), "openai", "0")


def test_without_speech_nothing_is_started_and_nothing_heard(tmp_path: Path) -> None:
    transcriber = WhisperTranscriber(missing(tmp_path))
    answer = transcriber.transcribe(SECOND, [])
    assert answer.text.result(0) == ""
    assert answer.transcript.result(0) == Transcript("")
    assert transcriber.child_pid is None
    transcriber.close()


def test_closing_before_starting_and_twice_is_fine(tmp_path: Path) -> None:
    transcriber = WhisperTranscriber(missing(tmp_path))
    transcriber.close()
    transcriber.close()
    assert transcriber.ready.cancelled()
    with pytest.raises(Problem, match="stopped"):
        transcriber.transcribe(SECOND, [(0, 1)])


def test_closing_while_loading_cancels_what_waits(tmp_path: Path) -> None:
    with WhisperTranscriber(missing(tmp_path)) as transcriber:
        answer = transcriber.transcribe(SECOND, [(0, 1)])
        transcriber.close()
    with pytest.raises((CancelledError, Problem)):
        answer.text.result(PATIENCE)
    assert transcriber.child_pid is None


@pytest.mark.slow
def test_a_missing_model_fails_every_future_with_its_problem(tmp_path: Path) -> None:
    with WhisperTranscriber(missing(tmp_path)) as transcriber:
        answer = transcriber.transcribe(SECOND, [(0, 1)])
        for future in (transcriber.ready, answer.text, answer.transcript, answer.doubts):
            with pytest.raises(Problem, match="cannot be read"):
                future.result(PATIENCE)
        with pytest.raises(Problem, match="cannot be read"):
            transcriber.transcribe(SECOND, [(0, 1)]).text.result(PATIENCE)


@pytest.mark.slow
def test_hears_a_clip_with_word_times(transcriber: WhisperTranscriber, clip: Clip) -> None:
    answer = transcriber.transcribe(clip.samples, [(0.0, 9.0), (9.0, clip.seconds)])
    transcript = answer.transcript.result(PATIENCE)
    assert transcript.text == answer.text.result(0)
    assert "beer" in transcript.text
    assert " ".join(word.text for word in transcript.words) == transcript.text
    edges = [edge for word in transcript.words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= clip.seconds
    assert all(0 <= word.probability <= 1 for word in transcript.words)


@pytest.mark.slow
def test_silence_gives_nothing_or_is_doubted(transcriber: WhisperTranscriber) -> None:
    answer = transcriber.transcribe(np.zeros(5 * SAMPLE_RATE, dtype=np.float32), [(0, 5)])
    assert not answer.text.result(PATIENCE) or answer.doubts.result(PATIENCE)
    assert answer.transcript.result(PATIENCE).text == answer.text.result(0)


@pytest.mark.slow
def test_one_bad_request_costs_the_others_nothing(transcriber: WhisperTranscriber, clip: Clip) -> None:
    bad = transcriber.transcribe(clip.samples, [(0, 2)], language="klingon")
    good = transcriber.transcribe(clip.samples, [(0, 3)])
    with pytest.raises(RuntimeError, match="klingon"):
        bad.text.result(PATIENCE)
    assert good.transcript.result(PATIENCE).words


@pytest.mark.slow
def test_a_process_killed_in_mid_decode_is_replaced_and_no_answer_is_lost(tiny: FoundModel, clip: Clip) -> None:
    with WhisperTranscriber(tiny) as transcriber:
        short = transcriber.transcribe(clip.samples, [(0.0, 3.0)])
        long = transcriber.transcribe(clip.samples, [(0.0, clip.seconds)])
        short.text.result(PATIENCE)  # now it turns to the long one
        first = transcriber.child_pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert "beer" in long.text.result(PATIENCE)
        assert short.transcript.result(PATIENCE).words
        assert long.transcript.result(PATIENCE).words
        assert transcriber.child_pid not in (first, None)


@pytest.mark.slow
def test_a_second_death_fails_the_answer_and_no_later_one(tiny: FoundModel, clip: Clip) -> None:
    with WhisperTranscriber(tiny) as transcriber:
        short = transcriber.transcribe(clip.samples, [(0.0, 3.0)])
        answer = transcriber.transcribe(clip.samples, [(0.0, clip.seconds)] * 20)
        short.text.result(PATIENCE)  # now both have been sent
        first = transcriber.child_pid
        kill(first)
        kill(next_pid(transcriber, first))
        with pytest.raises(Problem, match="could not be transcribed"):
            answer.text.result(PATIENCE)
        assert transcriber.transcribe(clip.samples, [(0.0, 3.0)]).text.result(PATIENCE)


@pytest.mark.slow
def test_a_process_that_always_dies_is_given_up(tiny: FoundModel) -> None:
    with WhisperTranscriber(tiny) as transcriber:
        number = None
        for _ in range(3):
            number = next_pid(transcriber, number)
            kill(number)
        with pytest.raises(Problem, match="ended 3 times by itself"):
            transcriber.ready.result(PATIENCE)


def kill(number: int | None) -> None:
    assert number is not None
    os.kill(number, signal.SIGKILL)


def next_pid(transcriber: WhisperTranscriber, before: int | None) -> int:
    """The process that follows the process `before`, as soon as it exists."""
    patience, never = time.monotonic() + PATIENCE, threading.Event()
    while (number := transcriber.child_pid) in (before, None):
        assert time.monotonic() < patience
        never.wait(0.005)
    assert number is not None
    return number


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["", "<&-", "<&- >&- 2>&-"])
def test_works_from_a_program_with_odd_standard_streams(tmp_path: Path, tiny: FoundModel, closed: str) -> None:
    program = tmp_path / "main.py"
    program.write_text(
        "import sys; from pathlib import Path; import numpy as np\n"
        "from salespractice.transcription.models import find_model\n"
        "from salespractice.transcription.transcriber import WhisperTranscriber\n"
        "if __name__ == '__main__':\n"
        "    with WhisperTranscriber(find_model('tiny.en')) as transcriber:\n"
        "        heard = transcriber.transcribe(np.zeros(16000, np.float32), [(0, 1)]).transcript.result(120)\n"
        "        Path(sys.argv[1]).write_text('done')\n",
        encoding="utf-8",
    )
    witness = tmp_path / "witness"
    command = f'exec "{sys.executable}" "{program}" "{witness}" {closed}'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(["sh", "-c", command], check=True, timeout=PATIENCE, env=environment)
    assert witness.read_text() == "done"
