"""The network rebuilt in Paddle, against the ONNX file it was read from."""

from __future__ import annotations

import numpy as np
import pytest
from lines import crop

from ocrstudio.core.charset import Charset, narrowed
from ocrstudio.core.errors import EngineError
from ocrstudio.engine.rec.crops import normalised, straighten


@pytest.fixture(scope="module")
def network(paddle, source):
    from ocrstudio.engine.network import build_network

    built, graft = build_network(source, source.charset, seed=0)
    assert graft is None
    built.eval()
    return built


def test_source_holds_the_weights_and_characters_of_the_wheel(source):
    assert len(source.tensors) == 151
    assert source.charset.classes == 18710
    assert list(source.tensors)[-2:] == ["head.weight", "head.bias"]


def test_narrowed_dictionary_changes_no_logit_of_a_kept_character(paddle, network, source):
    from ocrstudio.engine.network import build_network

    small = narrowed(source.charset, ["Hello 123", "Ⅳ"])
    images = normalised([straighten(crop("Hello 123")), straighten(crop("Ⅳ 31"))], 320)

    grafted, graft = build_network(source, small, seed=0)

    grafted.eval()
    with paddle.no_grad():
        old, new = network(paddle.to_tensor(images)).numpy(), grafted(paddle.to_tensor(images)).numpy()
    kept = [source.charset.index(label) if label else 0 for label in small.labels]
    assert graft.new == ()
    assert np.abs(old[:, :, kept] - new).max() < 1e-5 * np.abs(old).max()
    assert small.decode(new[0].argmax(axis=1).tolist()) == "Hello 123"


def test_new_characters_take_no_prediction_away_before_training(paddle, network, source):
    from ocrstudio.engine.network import build_network

    larger = Charset((*source.charset.characters, "\ue000", "\ue001"), source.charset.use_space)
    images = normalised([straighten(crop(text)) for text in ("Hello 123", "A B C", "Louis ⅩⅣ")], 320)

    grafted, graft = build_network(source, larger, seed=0)

    grafted.eval()
    with paddle.no_grad():
        old, new = network(paddle.to_tensor(images)).numpy(), grafted(paddle.to_tensor(images)).numpy()
    texts = [source.charset.decode(row) for row in old.argmax(axis=2).tolist()]
    assert graft.new == ("\ue000", "\ue001")
    assert [larger.decode(row) for row in new.argmax(axis=2).tolist()] == texts


def test_another_network_is_refused_by_name(paddle, tmp_path):
    import onnx
    from onnx import TensorProto, helper

    from ocrstudio.engine.nets.catalogue import load_source

    node = helper.make_node("Relu", ["x"], ["y"])
    shape = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    graph = helper.make_graph([node], "g", [shape], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])])
    model = helper.make_model(graph)
    onnx.helper.set_model_props(model, {"character": "a\nb"})
    onnx.save(model, str(tmp_path / "foreign.onnx"))

    with pytest.raises(EngineError, match=r"foreign\.onnx is not a recognition model"):
        load_source(str(tmp_path / "foreign.onnx"), "rec")
    with pytest.raises(EngineError, match=r"foreign\.onnx is not a detection model"):
        load_source(str(tmp_path / "foreign.onnx"), "det")


def test_a_file_that_is_no_model_is_refused_by_name(tmp_path):
    from ocrstudio.engine.nets.catalogue import load_source

    (tmp_path / "model.onnx").write_bytes(b"not a model")

    with pytest.raises(EngineError, match=r"model\.onnx is not a recognition model"):
        load_source(str(tmp_path / "model.onnx"), "rec")
