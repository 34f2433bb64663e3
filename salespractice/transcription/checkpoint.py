"""From a verified file to a Whisper ready to use. Child process only: imports torch."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import torch
import whisper
from torch.overrides import TorchFunctionMode
from whisper.model import ModelDimensions, Whisper

from salespractice.transcription import ctranslate2_file
from salespractice.transcription.models import FoundModel


def load(found: FoundModel) -> Whisper:
    """Read, verify and convert in memory; every weight must find its place. Raises `Problem` for a damaged file.

    The file is never opened by name by whisper itself: an unknown name there means a download.
    """
    contents = found.read()
    if found.container == "ctranslate2":
        arrays = ctranslate2_file.state_dict(ctranslate2_file.read_variables(contents))
        dimensions = ctranslate2_file.dimensions(arrays)
        state = {name: torch.from_numpy(array) for name, array in arrays.items()}
    else:
        checkpoint = torch.load(io.BytesIO(contents), map_location="cpu", weights_only=True)
        dimensions, state = checkpoint["dims"], checkpoint["model_state_dict"]
    with _Uninitialised():
        model = Whisper(ModelDimensions(**dimensions))
    model.load_state_dict(state, strict=True)
    # Without the official heads the word times come from the upper half of all heads, and are worse.
    model.set_alignment_heads(whisper._ALIGNMENT_HEADS[found.name])
    return model.requires_grad_(requires_grad=False).eval()


class _Uninitialised(TorchFunctionMode):
    """Skips the random initialisation of layers, half a second of work that loading would overwrite at once."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", None) == "torch.nn.init":
            return kwargs["tensor"] if "tensor" in kwargs else args[0]
        return func(*args, **kwargs)
