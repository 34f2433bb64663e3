from __future__ import annotations

import pytest

from salespractice.transcription.models import CHECKPOINTS


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that are imported
def test_our_table_is_whispers() -> None:
    import whisper

    official = {url.split("/")[-1].removesuffix(".pt"): url.split("/")[-2] for url in whisper._MODELS.values()}
    assert {each.name: each.sha256 for each in CHECKPOINTS if each.container == "openai"} == official
