"""Pages, pieces, targets and boxes: what is learned, and what is made of what was learned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from ocrstudio.core.errors import ConfigError, EngineError, FormatError
from ocrstudio.engine.det.augment import AugmentRules, crop_between, random_view, seen
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules, boxes_of_map, normalised, scaled
from ocrstudio.engine.det.data import EpochOrder, PageStore, PieceBatches, read_pages
from ocrstudio.engine.det.maps import MapRules, draw_maps, outline_distance
from ocrstudio.engine.det.rules import DetRules
from ocrstudio.engine.feature_file import FeatureFile, feature_key
from ocrstudio.engine.settings import ListSource, TrainSettings
from ocrstudio.engine.task import World
from ocrstudio.formats.config import TrainConfig


def quad(x: float, y: float, width: float, height: float) -> np.ndarray:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], float)


def settings(**values: object) -> TrainSettings:
    config = TrainConfig.template("ppocrv4_mobile_det")
    for key, value in values.items():
        config.set(key.replace("__", "."), value)
    return TrainSettings.of(config)


RULES = DetRules.of(settings())


# --- targets ---------------------------------------------------------------------------------------------------------


def test_core_and_border_of_a_square_by_hand() -> None:
    # area 10000, perimeter 400: the core is 10000 * (1 - 0.4 ** 2) / 400 = 21 pixels smaller on each side
    maps = draw_maps([quad(50, 50, 100, 100)], [False], 200, 200, MapRules())
    ys, xs = np.nonzero(maps.shrink)
    assert (ys.min(), ys.max(), xs.min(), xs.max()) == (71, 129, 71, 129)
    assert maps.shrink_mask.all()
    ys, xs = np.nonzero(maps.threshold_mask)
    assert (ys.min(), ys.max(), xs.min(), xs.max()) == (29, 171, 29, 171)
    assert maps.threshold[100, 50] == pytest.approx(0.7)
    assert maps.threshold[100, 60] == pytest.approx(0.3 + 0.4 * (1 - 10 / 21))
    assert maps.threshold[100, 40] == pytest.approx(0.3 + 0.4 * (1 - 10 / 21))
    assert maps.threshold[100, 100] == pytest.approx(0.3)
    assert maps.threshold[10, 10] == pytest.approx(0.3)


def test_ignored_and_too_small_texts_are_left_out() -> None:
    maps = draw_maps([quad(10, 10, 50, 20), quad(10, 50, 50, 7)], [True, False], 100, 100, MapRules())
    assert not maps.shrink.any()
    assert not maps.shrink_mask[10:31, 10:61].any()
    assert not maps.shrink_mask[50:58, 10:61].any()
    assert maps.shrink_mask.sum() == 100 * 100 - 21 * 51 - 8 * 51
    # the border of an ignored text is not learned either
    assert not maps.threshold_mask[:35].any()


def test_texts_beyond_the_edge_and_flat_ones_do_no_harm() -> None:
    polygons = [quad(-50, -50, 100, 100), quad(500, 500, 40, 40), quad(20, 20, 0, 0), quad(20, 20, 30, 0)]
    maps = draw_maps(polygons, [False] * 4, 100, 100, MapRules())
    assert maps.shrink[:20, :20].any()
    assert np.isfinite(maps.threshold).all()
    assert not maps.shrink[60:, 60:].any()


def test_distance_to_an_outline() -> None:
    distance = outline_distance(quad(10, 10, 20, 10), 0, 0, 40, 30)
    assert distance.shape == (30, 40)
    assert (distance[15, 12], distance[15, 20], distance[10, 0]) == pytest.approx((2, 5, 10))
    assert distance[6, 7] == pytest.approx(5)  # 3 and 4 from the corner


# --- pieces ----------------------------------------------------------------------------------------------------------


def test_outlines_follow_the_pixels() -> None:
    """A white text stays inside its outline and fills it, wherever the page goes."""
    page = np.zeros((300, 400, 3), np.uint8)
    outline = quad(100, 100, 120, 40)
    cv2.fillPoly(page, [outline.astype(np.int32)], (255, 255, 255))
    for seed in range(20):
        view = random_view((400, 300), [outline], [False], AugmentRules(), np.random.default_rng(seed))
        piece = seen(page, view, (640, 640))
        inside = np.zeros((640, 640), np.uint8)
        cv2.fillPoly(inside, [np.round(view.polygons[0]).astype(np.int32)], 1)
        white = piece[:, :, 0] > 127
        shared, joint = (white & (inside > 0)).sum(), (white | (inside > 0)).sum()
        assert shared / joint > 0.93, seed


def test_the_same_key_shows_the_same_piece_and_another_one_another() -> None:
    polygons = [quad(20, 20, 80, 20), quad(150, 200, 90, 25)]

    def view(seed: int) -> Any:
        return random_view((400, 300), polygons, [False, True], AugmentRules(), np.random.default_rng(seed))

    assert np.array_equal(view(3).matrix, view(3).matrix)
    assert not np.array_equal(view(3).matrix, view(4).matrix)


def test_crops_run_between_texts() -> None:
    random = np.random.default_rng(0)
    texts = [quad(40, 30, 100, 20), quad(200, 30, 100, 20), quad(60, 120, 180, 30)]
    crops = {crop_between(400, 300, texts, 50, random) for _ in range(200)}
    assert len(crops) > 50
    for left, top, right, bottom in crops:
        assert right - left >= 40
        assert bottom - top >= 30
        for text in texts:
            (x0, y0), (x1, y1) = text.min(axis=0), text.max(axis=0)
            outside = x1 <= left or x0 >= right or y1 <= top or y0 >= bottom
            assert outside or (left <= x0 and x1 <= right + 1 and top <= y0 and y1 <= bottom + 1)


def test_a_page_without_text_or_without_room_is_shown_whole() -> None:
    random = np.random.default_rng(0)
    assert crop_between(400, 300, [], 50, random) == (0, 0, 400, 300)
    assert crop_between(400, 300, [quad(-10, -10, 500, 400)], 50, random) == (0, 0, 400, 300)


# --- boxes -----------------------------------------------------------------------------------------------------------


def test_box_of_a_mark_by_hand() -> None:
    score = np.zeros((100, 200), np.float32)
    score[40:61, 20:101] = 0.9  # 81 x 21 pixels, corners 80 x 20 apart: 1600 / 200 * 1.5 = 12 more on each side
    (box,) = boxes_of_map(score, 200, 400, BoxRules())
    assert np.abs(box - 2 * np.array([[8, 28], [112, 28], [112, 72], [8, 72]])).max() <= 2
    assert boxes_of_map(score * 0.6, 200, 400, BoxRules()) == []
    assert len(boxes_of_map(score, 200, 400, BoxRules(box_type="poly"))) == 1
    assert boxes_of_map(np.zeros((64, 64), np.float32), 64, 64, BoxRules()) == []


@pytest.mark.parametrize(
    ("rules", "size", "expected"),
    [
        (ResizeRules(), (1200, 900), (1216, 896)),
        (ResizeRules(), (300, 600), (736, 1472)),
        (ResizeRules(960, "max"), (1200, 900), (960, 704)),
        (ResizeRules(960, "max"), (500, 900), (512, 896)),
        (ResizeRules(960, "resize_long"), (500, 250), (960, 480)),
        (ResizeRules(960, "resize_long", multiple=128), (500, 250), (1024, 512)),
        (ResizeRules(64, "max"), (10, 6000), (32, 64)),
        (ResizeRules(), (30, 3000), (32, 4000)),
        (ResizeRules(), (6000, 4500), (4000, 3008)),
    ],
)
def test_size_of_a_measured_page(rules: ResizeRules, size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert rules.size(*size) == expected
    assert scaled(np.zeros((*size, 3), np.uint8), rules).shape[:2] == expected


def test_pixels_are_normalised_in_the_order_of_the_channels() -> None:
    image = np.full((32, 32, 3), (255, 0, 51), np.uint8)
    wanted = [(1 - 0.485) / 0.229, -0.456 / 0.224, (0.2 - 0.406) / 0.225]
    assert normalised(image)[:, 5, 5] == pytest.approx(wanted, rel=1e-5)


# --- lists and batches -----------------------------------------------------------------------------------------------


@pytest.fixture
def listed(tmp_path: Path) -> ListSource:
    lists = []
    for name, count in (("a", 3), ("b", 4)):
        lines = []
        for number in range(count):
            Image.new("RGB", (120, 90), (number, 0, 0)).save(tmp_path / f"{name}{number}.png")
            label = [{"transcription": "x", "points": quad(10, 10 + number, 80, 20).tolist()}]
            lines.append(f"{name}{number}.png\t{json.dumps(label)}\n")
        (tmp_path / f"{name}.txt").write_text("".join(lines), encoding="utf-8")
        lists.append(str(tmp_path / f"{name}.txt"))
    return ListSource(tuple(lists), (1.0, 0.5), str(tmp_path), batch_size=2, workers=1)


def test_an_epoch_draws_its_share_of_each_list(listed: ListSource) -> None:
    counts = [len(part) for part in read_pages(listed)]
    order = EpochOrder(counts, listed, 7, World())
    assert (counts, order.samples, len(order.batches(1))) == ([3, 4], 5, 3)
    assert order.batches(1) == order.batches(1) != order.batches(2)
    assert sorted(page for batch in order.batches(1) for page, _ in batch)[:3] == [0, 1, 2]
    two = [EpochOrder(counts, listed, 7, World(rank, 2)).batches(1) for rank in (0, 1)]
    assert [len(part) for part in two] == [2, 2]
    with pytest.raises(EngineError, match="ratio_list"):
        EpochOrder([3], ListSource((), (0.0,), "", 2), 7, World())


def test_batches_are_the_same_for_the_same_epoch(listed: ListSource) -> None:
    parts = read_pages(listed)
    store = PageStore([sample for part in parts for sample in part])
    batches = PieceBatches(store, EpochOrder([3, 4], listed, 7, World()), RULES, 7, 1)
    one, again, other = list(batches.epoch(1)), list(batches.epoch(1)), list(batches.epoch(2))
    assert len(one) == batches.steps
    assert one[0].inputs[0].shape == (2, 3, 640, 640)
    assert set(one[0].target()) == {"shrink", "shrink_mask", "threshold", "threshold_mask"}
    assert all(np.array_equal(a.inputs[0], b.inputs[0]) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one[0].inputs[0], other[0].inputs[0])
    assert np.array_equal(next(iter(batches.epoch(1, skip=2))).inputs[0], one[2].inputs[0])


def test_a_damaged_picture_is_told_with_its_line(listed: ListSource) -> None:
    samples = [sample for part in read_pages(listed) for sample in part]
    samples[1].image.write_bytes(b"\x00" * 100)
    with pytest.raises(FormatError, match=r"a\.txt, line 2: the picture cannot be used"):
        PageStore(samples).decode(1, lambda done: None)


def test_no_pages(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(EngineError, match="lists no pages"):
        read_pages(ListSource((str(tmp_path / "empty.txt"),), (1.0,), str(tmp_path), 2))


# --- config ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("Loss.main_loss_type", "BCELoss", "DiceLoss"),
        ("PostProcess.box_type", "circle", "quad, poly"),
        ("PostProcess.thresh", 3, "must be 1 or less"),
        ("Train.dataset.transforms", [{"EastRandomCropData": {"size": [600, 640]}}], "multiples of 32"),
        ("Train.dataset.transforms", [{"IaaAugment": {"augmenter_args": [{"type": "Solarize"}]}}], "Solarize"),
        ("Train.dataset.transforms", [{"MakeShrinkMap": {"shrink_ratio": "x"}}], "wrong kind"),
        ("Eval.dataset.transforms", [{"DetResizeForTest": {"image_shape": [640, 640]}}], "image_shape"),
    ],
)
def test_values_that_do_not_fit_are_named(key: str, value: object, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        DetRules.of(settings(**{key.replace(".", "__"): value}))


def test_transforms_are_read_by_name() -> None:
    steps = [
        {"IaaAugment": {"augmenter_args": [{"type": "Affine", "args": {"rotate": 5}}]}},
        {"EastRandomCropData": {"size": [320, 640], "keep_ratio": False}},
        {"MakeBorderMap": {"thresh_max": 0.8}},
        {"MakeShrinkMap": {"min_text_size": 4}},
    ]
    rules = DetRules.of(settings(Train__dataset__transforms=steps))
    assert (rules.augment.flip, rules.augment.turn, rules.augment.scale) == (0.0, (5.0, 5.0), (1.0, 1.0))
    assert (rules.augment.size, rules.augment.keep_ratio) == ((320, 640), False)
    assert (rules.maps.high, rules.maps.min_text_size, rules.maps.shrink_ratio) == (0.8, 4.0, 0.4)
    long_side = [{"DetResizeForTest": {"resize_long": 960}}]
    resize = DetRules.of(settings(Eval__dataset__transforms=long_side)).resize
    assert resize == ResizeRules(960, "resize_long", multiple=128)


# --- feature file ----------------------------------------------------------------------------------------------------


def test_features_are_kept_and_damaged_ones_forgotten(tmp_path: Path) -> None:
    key = feature_key([b"a", b"b"])
    assert key != feature_key([b"ab", b""])
    table = FeatureFile(key, [3, 2], tmp_path)
    assert table.get(0) is None
    table.put(0, [np.array([1.0, 2.5], np.float32), np.array([[1e9]], np.float32)])
    table.put(1, [np.array([7.0, 8.0], np.float32)])
    assert np.array_equal(table.get(0), [1.0, 2.5, 65504.0])
    del table
    data = bytearray((tmp_path / f"{key}.f16").read_bytes())
    data[0] ^= 1
    (tmp_path / f"{key}.f16").write_bytes(data)
    again = FeatureFile(key, [3, 2], tmp_path)
    assert again.get(0) is None
    assert np.array_equal(again.get(1), [7.0, 8.0])
