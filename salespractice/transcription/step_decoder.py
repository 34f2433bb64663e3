"""Whisper's text decoder for one speaker and one guess at a time: what bounds a step is reading weights from memory.

So a single token is multiplied in 8-bit integers (weights quantised symmetrically per output row, activations per
call), with query, key and value in one product and the caches laid out once. Several tokens at once, which is how a
prompt or the draft of a text is read, go through the original 32-bit layers: they read those weights once for all of
them, and one scale for activations as different as a start token's and a word's would blur both. Child process only.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from whisper.model import ResidualAttentionBlock, TextDecoder

_FEW = 6  # rows; reading the vocabulary in 32 bits once costs as much as reading it so often in 8


class Int8Linear:
    """One or several `nn.Linear` of the same input as one int8 product; input and output are float32."""

    def __init__(self, *layers: nn.Linear) -> None:
        weight = torch.cat([layer.weight.detach().float() for layer in layers])
        bias = torch.cat([_bias(layer) for layer in layers])
        scales = weight.abs().amax(dim=1).clamp(min=1e-8) / 127
        zeros = torch.zeros(len(scales), dtype=torch.int64)
        quantised = torch.quantize_per_channel(weight, scales.double(), zeros, 0, torch.qint8)
        self._packed = torch.ops.quantized.linear_prepack(quantised, bias)

    def __call__(self, x: Tensor) -> Tensor:
        """The product, shape (..., out of all layers), of `x`, shape (..., in)."""
        # Without the reduced range, pairs of products overflow 16 bits on processors that lack VNNI.
        product: Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, reduce_range=True)
        return product


@dataclass(slots=True)
class LayerMemory:
    """One layer's keys and values, shape (heads, positions, width of a head): of the audio, and of the tokens so far.

    The audio's keys stand transposed, (heads, width, positions), as the one query of a step reads them.
    """

    audio_keys: Tensor
    audio_values: Tensor
    keys: Tensor
    values: Tensor


Memory = list[LayerMemory]
"""All layers', from the first to the last."""


class StepDecoder:
    """A `TextDecoder` read step by step. Its weights are those of `decoder`, which it keeps for several tokens."""

    def __init__(self, decoder: TextDecoder) -> None:
        self._decoder = decoder
        self._layers = [_Layer(block) for block in decoder.blocks]
        embedding = nn.Linear(0, 0, bias=False)
        embedding.weight = nn.Parameter(decoder.token_embedding.weight, requires_grad=False)
        self._projection = Int8Linear(embedding)

    def listen(self, features: Tensor) -> Memory:
        """What every step needs of the audio `features`, shape (1, positions, width)."""
        positions = len(self._decoder.positional_embedding)
        return [layer.listen(features, positions) for layer in self._layers]

    def logits(self, memory: Memory, tokens: list[int], at: int, rows: list[int] | None = None) -> Tensor:
        """Logits, shape (rows, vocabulary), after `tokens` that stand from position `at` on.

        `rows` names the tokens wanted; all of them unless given. Later positions of an earlier call are forgotten.
        """
        decoder = self._decoder
        x = decoder.token_embedding(torch.tensor(tokens)) + decoder.positional_embedding[at : at + len(tokens)]
        for layer, remembered in zip(self._layers, memory, strict=True):
            x = layer.step(x, remembered, at) if len(tokens) == 1 else layer.read(x, remembered, at)
        x = decoder.ln(x if rows is None else x[rows])
        if len(x) > _FEW:
            return F.linear(x, decoder.token_embedding.weight)
        # Row by row, each with a scale of its own.
        return torch.cat([self._projection(row) for row in x.split(1)])


class _Layer:
    """One block of the decoder."""

    def __init__(self, block: ResidualAttentionBlock) -> None:
        attention, cross, mlp = block.attn, block.cross_attn, block.mlp
        self._block = block
        self._heads: int = attention.n_head
        self._query_key_value = Int8Linear(attention.query, attention.key, attention.value)
        self._out = Int8Linear(attention.out)
        self._cross_query, self._cross_out = Int8Linear(cross.query), Int8Linear(cross.out)
        self._wide, self._narrow = Int8Linear(mlp[0]), Int8Linear(mlp[2])

    def listen(self, features: Tensor, positions: int) -> LayerMemory:
        cross = self._block.cross_attn
        keys, values = self._apart(cross.key(features[0])), self._apart(cross.value(features[0]))
        empty = torch.empty(self._heads, positions, keys.shape[-1])
        return LayerMemory(keys.transpose(1, 2).contiguous(), values.contiguous(), empty, torch.empty_like(empty))

    def step(self, x: Tensor, memory: LayerMemory, at: int) -> Tensor:
        """One token, `x` of shape (1, width)."""
        block = self._block
        query, key, value = self._query_key_value(block.attn_ln(x)).chunk(3, dim=-1)
        memory.keys[:, at], memory.values[:, at] = key.view(self._heads, -1), value.view(self._heads, -1)
        keys, values = memory.keys[:, : at + 1].transpose(1, 2), memory.values[:, : at + 1]
        x = x + self._out(self._attend(query, keys, values))
        query = self._cross_query(block.cross_attn_ln(x))
        x = x + self._cross_out(self._attend(query, memory.audio_keys, memory.audio_values))
        return x + self._narrow(F.gelu(self._wide(block.mlp_ln(x))))

    def read(self, x: Tensor, memory: LayerMemory, at: int) -> Tensor:
        """Several tokens, `x` of shape (tokens, width), each of which sees itself and what stands before it."""
        block, end = self._block, at + len(x)
        y = block.attn_ln(x)
        memory.keys[:, at:end] = self._apart(block.attn.key(y))
        memory.values[:, at:end] = self._apart(block.attn.value(y))
        before = torch.ones(len(x), end, dtype=torch.bool).tril(at)
        attended = F.scaled_dot_product_attention(
            self._apart(block.attn.query(y)), memory.keys[:, :end], memory.values[:, :end], attn_mask=before
        )
        x = x + block.attn.out(_together(attended))
        query = self._apart(block.cross_attn.query(block.cross_attn_ln(x)))
        attended = F.scaled_dot_product_attention(query, memory.audio_keys.transpose(1, 2), memory.audio_values)
        x = x + block.cross_attn.out(_together(attended))
        read: Tensor = x + block.mlp(block.mlp_ln(x))
        return read

    def _attend(self, query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        # Two plain products: torch's fused attention takes three times as long for a single query.
        query = query.view(self._heads, 1, -1)
        weights = torch.softmax(torch.bmm(query * query.shape[-1] ** -0.5, keys), dim=-1)
        return torch.bmm(weights, values).view(1, -1)

    def _apart(self, x: Tensor) -> Tensor:
        """Shape (tokens, width) as (heads, tokens, width of a head)."""
        return x.view(len(x), self._heads, -1).transpose(0, 1)


def _together(x: Tensor) -> Tensor:
    """Shape (heads, tokens, width of a head) as (tokens, width)."""
    return x.transpose(0, 1).reshape(x.shape[1], -1)


def _bias(layer: nn.Linear) -> Tensor:
    bias: Tensor | None = layer.bias
    return torch.zeros(layer.weight.shape[0]) if bias is None else bias.detach().float()
