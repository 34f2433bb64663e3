"""CTranslate2's `model.bin`, read in memory into the names and shapes of openai-whisper.

The mapping is one to one and loses nothing: CTranslate2 stacks query, key and value into one matrix and leaves out the
key's bias, which Whisper does not have. Everything here is numpy, so the format can be understood and tested without
torch.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]
Buffer = bytes | bytearray | memoryview

VERSION = 6
SPECIFICATION = "WhisperSpec"

_DTYPES: dict[int, np.dtype[np.generic]] = {
    number: np.dtype(name) for number, name in enumerate(("<f4", "i1", "<i2", "<i4", "<f2"))
}
_HEAD_SIZE = 64  # every Whisper model's attention heads are 64 wide


class FormatError(ValueError):
    """The bytes are not a Whisper model in CTranslate2's format; the message says where they stop making sense."""


@dataclass
class _Cursor:
    """A place in the bytes that moves on with each value read."""

    buffer: memoryview
    offset: int = 0

    def take(self, size: int) -> memoryview:
        end = self.offset + size
        if end > len(self.buffer):
            raise FormatError(f"the file ends at byte {len(self.buffer)}, inside a value that begins at {self.offset}")
        piece = self.buffer[self.offset : end]
        self.offset = end
        return piece

    def number(self, code: str) -> int:
        (value,) = struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))
        return int(value)

    def name(self) -> str:
        start = self.offset
        raw = bytes(self.take(self.number("H")))
        if not raw.endswith(b"\0"):
            raise FormatError(f"the name at byte {start} does not end with NUL")
        try:
            return raw[:-1].decode("ascii")
        except UnicodeDecodeError as error:
            raise FormatError(f"the name at byte {start} is not text") from error

    def variable(self) -> Array:
        shape = tuple(self.number("I") for _ in range(self.number("B")))
        code = self.number("B")
        size = self.number("I")
        if code not in _DTYPES:
            raise FormatError(f"unknown number type {code} before byte {self.offset}")
        dtype = _DTYPES[code]
        if size != dtype.itemsize * int(np.prod(shape, dtype=np.int64)):
            raise FormatError(f"{size} bytes cannot hold shape {shape} of {dtype} at byte {self.offset}")
        return np.frombuffer(self.take(size), dtype=dtype).reshape(shape)


def read_variables(data: Buffer) -> dict[str, Array]:
    """All variables by name, aliases included, as views into `data` (writable when `data` is).

    Raises `FormatError` for another version, another kind of model, or bytes that end too soon or too late.
    """
    cursor = _Cursor(memoryview(data))
    if (version := cursor.number("I")) != VERSION:
        raise FormatError(f"binary version {version}, expected {VERSION}")
    if (specification := cursor.name()) != SPECIFICATION:
        raise FormatError(f"a {specification}, expected a {SPECIFICATION}")
    cursor.number("I")  # the specification's revision: differences lie in the decoding options, not the weights
    variables: dict[str, Array] = {}
    for _ in range(cursor.number("I")):
        name = cursor.name()
        variables[name] = cursor.variable()
    for _ in range(cursor.number("I")):
        alias, target = cursor.name(), cursor.name()
        if target not in variables:
            raise FormatError(f"{alias} stands for {target}, which does not exist")
        variables[alias] = variables[target]
    if cursor.offset != len(cursor.buffer):
        raise FormatError(f"{len(cursor.buffer) - cursor.offset} bytes follow the end of the model")
    return variables


@dataclass
class _Translation:
    """Whisper's state dict in the making. `rest` holds what has not been taken yet, so that nothing is overlooked."""

    rest: dict[str, Array]
    state: dict[str, Array] = field(default_factory=dict)

    def move(self, target: str, source: str) -> None:
        if source not in self.rest:
            raise FormatError(f"the model has no {source}")
        self.state[target] = self.rest.pop(source)

    def linear(self, target: str, source: str) -> None:
        self.move(f"{target}.weight", f"{source}/weight")
        self.move(f"{target}.bias", f"{source}/bias")

    def norm(self, target: str, source: str) -> None:
        self.move(f"{target}.weight", f"{source}/layer_norm/gamma")
        self.move(f"{target}.bias", f"{source}/layer_norm/beta")

    def stacked(self, targets: tuple[str, ...], source: str) -> None:
        """Cut one stacked projection into equal parts; a part named `key` has no bias in Whisper."""
        self.move("weight", f"{source}/weight")
        self.move("bias", f"{source}/bias")
        weight, bias = self.state.pop("weight"), self.state.pop("bias")
        if weight.shape[0] % len(targets):
            raise FormatError(f"{source}: {weight.shape[0]} rows cannot be cut into {len(targets)} projections")
        weights, biases = np.split(weight, len(targets)), np.split(bias, len(targets))
        for target, part, part_bias in zip(targets, weights, biases, strict=True):
            self.state[f"{target}.weight"] = part
            if not target.endswith(".key"):
                self.state[f"{target}.bias"] = part_bias
            elif np.any(part_bias):
                raise FormatError(f"{source}: the key has a bias, which Whisper has no place for")

    def block(self, target: str, source: str, *, cross: bool) -> None:
        attention, own = f"{target}.attn", f"{source}/self_attention"
        self.norm(f"{target}.attn_ln", own)
        self.stacked((f"{attention}.query", f"{attention}.key", f"{attention}.value"), f"{own}/linear_0")
        self.linear(f"{attention}.out", f"{own}/linear_1")
        if cross:
            attention, other = f"{target}.cross_attn", f"{source}/attention"
            self.norm(f"{target}.cross_attn_ln", other)
            self.linear(f"{attention}.query", f"{other}/linear_0")
            self.stacked((f"{attention}.key", f"{attention}.value"), f"{other}/linear_1")
            self.linear(f"{attention}.out", f"{other}/linear_2")
        self.norm(f"{target}.mlp_ln", f"{source}/ffn")
        self.linear(f"{target}.mlp.0", f"{source}/ffn/linear_0")
        self.linear(f"{target}.mlp.2", f"{source}/ffn/linear_1")


def state_dict(variables: Mapping[str, Array]) -> dict[str, Array]:
    """Whisper's state dict (same precision as in the file, views where possible) from CTranslate2's variables.

    Raises `FormatError` when a weight is missing or one remains that Whisper has no place for.
    """
    translation = _Translation(dict(variables))
    for part, norm in (("encoder", "ln_post"), ("decoder", "ln")):
        for layer in range(_layers(variables, part)):
            translation.block(f"{part}.blocks.{layer}", f"{part}/layer_{layer}", cross=part == "decoder")
        translation.norm(f"{part}.{norm}", part)
        translation.move(f"{part}.positional_embedding", f"{part}/position_encodings/encodings")
    translation.linear("encoder.conv1", "encoder/conv1")
    translation.linear("encoder.conv2", "encoder/conv2")
    translation.move("decoder.token_embedding.weight", "decoder/embeddings/weight")
    # The projection is the embedding again (Whisper ties them); scalars are settings of CTranslate2's decoder.
    left = [name for name, value in translation.rest.items() if value.ndim and name != "decoder/projection/weight"]
    if left:
        raise FormatError(f"no place in Whisper for {', '.join(sorted(left)[:3])}")
    return translation.state


def dimensions(state: Mapping[str, Array]) -> dict[str, int]:
    """The arguments of whisper's `ModelDimensions`, read off the shapes of its state dict."""
    audio_state, n_mels, _ = state["encoder.conv1.weight"].shape
    n_vocab, text_state = state["decoder.token_embedding.weight"].shape
    return {
        "n_mels": n_mels,
        "n_audio_ctx": state["encoder.positional_embedding"].shape[0],
        "n_audio_state": audio_state,
        "n_audio_head": audio_state // _HEAD_SIZE,
        "n_audio_layer": _blocks(state, "encoder"),
        "n_vocab": n_vocab,
        "n_text_ctx": state["decoder.positional_embedding"].shape[0],
        "n_text_state": text_state,
        "n_text_head": text_state // _HEAD_SIZE,
        "n_text_layer": _blocks(state, "decoder"),
    }


def _layers(variables: Mapping[str, Array], part: str) -> int:
    prefix = f"{part}/layer_"
    found = {name.removeprefix(prefix).split("/", 1)[0] for name in variables if name.startswith(prefix)}
    return len(found - {"norm"})  # `encoder/layer_norm/gamma` begins like a layer


def _blocks(state: Mapping[str, Array], part: str) -> int:
    prefix = f"{part}.blocks."
    return len({name.removeprefix(prefix).split(".", 1)[0] for name in state if name.startswith(prefix)})
