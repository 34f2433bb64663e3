"""A very small Whisper in CTranslate2's format, written by the book, for tests of the reader."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

WIDTH, VOCABULARY, MELS, AUDIO_POSITIONS, TEXT_POSITIONS = 64, 11, 80, 6, 5
_CODES = {"float32": 0, "int8": 1, "int16": 2, "int32": 3, "float16": 4}
Variables = dict[str, NDArray[np.generic]]


def small_variables() -> Variables:
    """One layer each side; every weight has numbers of its own, so that a swap is seen."""
    numbers = np.random.default_rng(7)
    variables: Variables = {"decoder/num_heads": np.array(1, dtype=np.int16), "decoder/pre_norm": np.array(1, np.int8)}

    def put(name: str, *shape: int) -> None:
        variables[name] = numbers.normal(size=shape).astype(np.float16)

    def linear(name: str, out: int, into: int = WIDTH) -> None:
        put(f"{name}/weight", out, into)
        put(f"{name}/bias", out)

    def norm(name: str) -> None:
        put(f"{name}/layer_norm/gamma", WIDTH)
        put(f"{name}/layer_norm/beta", WIDTH)

    for part in ("encoder", "decoder"):
        layer = f"{part}/layer_0"
        norm(f"{layer}/self_attention")
        linear(f"{layer}/self_attention/linear_0", 3 * WIDTH)
        variables[f"{layer}/self_attention/linear_0/bias"][WIDTH : 2 * WIDTH] = 0
        linear(f"{layer}/self_attention/linear_1", WIDTH)
        norm(f"{layer}/ffn")
        linear(f"{layer}/ffn/linear_0", 4 * WIDTH)
        linear(f"{layer}/ffn/linear_1", WIDTH, 4 * WIDTH)
        norm(part)
    norm("decoder/layer_0/attention")
    linear("decoder/layer_0/attention/linear_0", WIDTH)
    linear("decoder/layer_0/attention/linear_1", 2 * WIDTH)
    variables["decoder/layer_0/attention/linear_1/bias"][:WIDTH] = 0
    linear("decoder/layer_0/attention/linear_2", WIDTH)
    put("encoder/conv1/weight", WIDTH, MELS, 3)
    put("encoder/conv1/bias", WIDTH)
    put("encoder/conv2/weight", WIDTH, WIDTH, 3)
    put("encoder/conv2/bias", WIDTH)
    put("encoder/position_encodings/encodings", AUDIO_POSITIONS, WIDTH)
    put("decoder/position_encodings/encodings", TEXT_POSITIONS, WIDTH)
    put("decoder/embeddings/weight", VOCABULARY, WIDTH)
    return variables


def written(variables: Mapping[str, NDArray[np.generic]], *, version: int = 6, kind: str = "WhisperSpec") -> bytes:
    """The bytes of a model.bin with these variables, the projection being an alias of the embedding."""
    parts = [struct.pack("<I", version), _name(kind), struct.pack("<II", 3, len(variables))]
    for name, value in variables.items():
        raw = value.tobytes()
        parts += [_name(name), struct.pack("<B", value.ndim), struct.pack(f"<{value.ndim}I", *value.shape)]
        parts += [struct.pack("<BI", _CODES[value.dtype.name], len(raw)), raw]
    aliases = [("decoder/projection/weight", "decoder/embeddings/weight")]
    parts.append(struct.pack("<I", len(aliases)))
    parts += [_name(alias) + _name(target) for alias, target in aliases]
    return b"".join(parts)


def _name(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw
