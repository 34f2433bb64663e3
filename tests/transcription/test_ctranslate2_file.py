from __future__ import annotations

import numpy as np
import pytest

from salespractice.transcription.ctranslate2_file import FormatError, dimensions, read_variables, state_dict
from tests.transcription.ctranslate2_bytes import WIDTH, small_variables, written


def test_reads_every_variable_as_it_was_written() -> None:
    variables = small_variables()
    found = read_variables(written(variables))
    assert found.keys() == {*variables, "decoder/projection/weight"}
    for name, value in variables.items():
        assert found[name].dtype == value.dtype
        np.testing.assert_array_equal(found[name], value)
    assert found["decoder/projection/weight"] is found["decoder/embeddings/weight"]


def test_cuts_the_stacked_attention_into_whispers_projections() -> None:
    variables = small_variables()
    state = state_dict(read_variables(written(variables)))
    stacked = variables["encoder/layer_0/self_attention/linear_0/weight"]
    np.testing.assert_array_equal(state["encoder.blocks.0.attn.query.weight"], stacked[:WIDTH])
    np.testing.assert_array_equal(state["encoder.blocks.0.attn.key.weight"], stacked[WIDTH : 2 * WIDTH])
    np.testing.assert_array_equal(state["encoder.blocks.0.attn.value.weight"], stacked[2 * WIDTH :])
    stacked = variables["decoder/layer_0/attention/linear_1/weight"]
    np.testing.assert_array_equal(state["decoder.blocks.0.cross_attn.value.weight"], stacked[WIDTH:])
    assert "decoder.blocks.0.cross_attn.key.bias" not in state


def test_infers_the_dimensions_from_the_shapes() -> None:
    assert dimensions(state_dict(small_variables())) == {
        "n_mels": 80,
        "n_audio_ctx": 6,
        "n_audio_state": 64,
        "n_audio_head": 1,
        "n_audio_layer": 1,
        "n_vocab": 11,
        "n_text_ctx": 5,
        "n_text_state": 64,
        "n_text_head": 1,
        "n_text_layer": 1,
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that are imported
def test_whisper_takes_every_key() -> None:
    import torch
    from whisper.model import ModelDimensions, Whisper

    state = state_dict(read_variables(bytearray(written(small_variables()))))
    model = Whisper(ModelDimensions(**dimensions(state)))
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()}, strict=True)


@pytest.mark.parametrize("length", [0, 3, 30, 500, -1])
def test_a_file_cut_short_is_refused(length: int) -> None:
    with pytest.raises(FormatError, match="the file ends at byte"):
        read_variables(written(small_variables())[:length])


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(FormatError, match="1 bytes follow"):
        read_variables(written(small_variables()) + b"!")


def test_another_version_or_kind_is_refused() -> None:
    with pytest.raises(FormatError, match="version 5"):
        read_variables(written({}, version=5))
    with pytest.raises(FormatError, match="TransformerSpec"):
        read_variables(written({}, kind="TransformerSpec"))


def test_a_missing_weight_is_named() -> None:
    variables = small_variables()
    del variables["encoder/conv1/bias"]
    with pytest.raises(FormatError, match="encoder/conv1/bias"):
        state_dict(variables)


def test_a_weight_without_a_place_is_named() -> None:
    variables = small_variables() | {"decoder/extra/weight": np.zeros((2, 2), np.float16)}
    with pytest.raises(FormatError, match="decoder/extra/weight"):
        state_dict(variables)


def test_a_key_with_a_bias_is_refused() -> None:
    variables = small_variables()
    variables["encoder/layer_0/self_attention/linear_0/bias"][WIDTH] = 1
    with pytest.raises(FormatError, match="the key has a bias"):
        state_dict(variables)
