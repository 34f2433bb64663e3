"""A copy of Whisper whose decoder multiplies in 8-bit integers: what bounds a decoding step is reading the weights.

Weights are quantised symmetrically per output row, activations per call. The encoder stays in 32 bits (quantising it
makes short clips loop) and is shared with the original, as are the embeddings. Child process only.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from whisper.model import TextDecoder, Whisper


class Int8Linear(nn.Module):
    """`nn.Linear` with an int8 weight, shape (out, in), and a float bias; input and output are float32."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        weight = weight.detach().float()
        scales = weight.abs().amax(dim=1).clamp(min=1e-8) / 127
        zeros = torch.zeros(weight.shape[0], dtype=torch.int64)
        quantised = torch.quantize_per_channel(weight, scales.double(), zeros, 0, torch.qint8)
        self._packed = torch.ops.quantized.linear_prepack(quantised, None if bias is None else bias.detach().float())

    def forward(self, x: Tensor) -> Tensor:
        """The product, shape (..., out), of `x`, shape (..., in)."""
        # Without the reduced range, pairs of products overflow 16 bits on processors that lack VNNI.
        product: Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, reduce_range=True)
        return product


class Int8TextDecoder(TextDecoder):  # type: ignore[misc]
    """Whisper's text decoder made of `Int8Linear`, the projection onto the vocabulary included."""

    def __init__(self, decoder: TextDecoder) -> None:
        nn.Module.__init__(self)
        self.token_embedding = decoder.token_embedding
        self.positional_embedding = decoder.positional_embedding
        self.blocks = _quantised(decoder.blocks)
        self.ln = decoder.ln
        self.projection = Int8Linear(decoder.token_embedding.weight, None)
        self.register_buffer("mask", decoder.mask, persistent=False)

    def forward(self, x: Tensor, xa: Tensor, kv_cache: dict[nn.Module, Tensor] | None = None) -> Tensor:
        """Logits, shape (batch, tokens, vocabulary), of tokens `x` given audio features `xa`."""
        offset = next(iter(kv_cache.values())).shape[1] if kv_cache else 0
        y = self.token_embedding(x) + self.positional_embedding[offset : offset + x.shape[-1]]
        for block in self.blocks:
            y = block(y, xa, mask=self.mask, kv_cache=kv_cache)
        logits: Tensor = self.projection(self.ln(y))
        return logits


def with_int8_decoder(model: Whisper) -> Whisper:
    """A Whisper that shares everything with `model` except the decoder's linear layers."""
    twin = copy.copy(model)
    twin._modules = dict(model._modules)
    twin.decoder = Int8TextDecoder(model.decoder)
    return twin


def _quantised(blocks: nn.ModuleList) -> nn.ModuleList:
    # Copies only the structure: every parameter that stays is entered in the memo, so that it is shared.
    shared = {id(parameter): parameter for parameter in blocks.parameters()}
    twin = copy.deepcopy(blocks, shared)
    for parent in twin.modules():
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Linear):
                setattr(parent, name, Int8Linear(child.weight, child.bias))
    return twin
