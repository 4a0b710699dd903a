"""Crops, batches and lists."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lines import make_dataset, render

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.engine.rec import crops, data
from ocrstudio.engine.rec.augment import Augmentation, RecAug
from ocrstudio.engine.rec.plan import BatchPlan, Share, bucketed
from ocrstudio.engine.rec.versions import LineVersions
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.engine.task import World
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.rec_list import Sample, read_lines, write_rec_list

CHARSET = Charset(tuple("abcdefghijklmnopqrstuvwxyz"))
TEXTS = ["one", "two", "three", "four", "five"]


def store_of(folder: Path, texts: list[str]) -> crops.CropStore:
    for number, text in enumerate(texts):
        render(text).save(folder / f"{number}.png")
    return crops.CropStore([Sample(folder / f"{number}.png", text) for number, text in enumerate(texts)])


def batches_of(folder: Path, workers: int = 0) -> data.CropBatches:
    versions = LineVersions(store_of(folder, TEXTS), TEXTS, CHARSET, Augmentation(RecAug()), seed=5)
    return data.CropBatches(versions, BatchPlan(versions.widths, 2, seed=5), workers)


def test_crops_get_height_48_and_keep_their_ratio():
    assert crops.straighten(np.zeros((24, 100, 3), np.uint8)).shape == (48, 200, 3)
    assert crops.straighten(np.zeros((100, 7, 3), np.uint8)).shape == (48, 4, 3)


def test_endless_lines_are_squeezed_to_the_limit():
    assert crops.straighten(np.zeros((10, 9000, 3), np.uint8)).shape == (48, crops.MAX_WIDTH, 3)


def test_pixels_become_minus_one_to_one_and_padding_zero():
    out = crops.normalised([np.full((48, 10, 3), 255, np.uint8)], 320)

    assert out.shape == (1, 3, 48, 320)
    assert (out[..., :10] == 1).all()
    assert (out[..., 10:] == 0).all()


def test_channels_stay_blue_green_red():
    image = np.zeros((48, 4, 3), np.uint8)
    image[..., 0] = 255

    assert crops.normalised([image], 4)[0, :, 0, 0].tolist() == [1, -1, -1]


def test_every_line_is_in_exactly_one_batch_and_widths_are_not_mixed():
    widths = [320, 480, 320, 800, 320, 480] * 5

    batches = bucketed(widths, 4, np.random.default_rng(1))

    assert sorted(index for batch in batches for index in batch) == list(range(30))
    assert all(len({widths[index] for index in batch}) == 1 for batch in batches)


def test_short_lines_are_padded_to_the_width_that_the_config_names(tmp_path):
    config = TrainConfig.template()
    config.set("Train.dataset.label_file_list", ["train.txt"])
    config.set("Eval.dataset.label_file_list", ["val.txt"])
    assert TrainSettings.of(config).line_width == 320
    config.set("Train.dataset.transforms.3.RecResizeImg.image_shape", [3, 32, 100])

    least = TrainSettings.of(config).line_width
    versions = LineVersions(
        store_of(tmp_path, ["one", "seventeen " * 6]), ["one", "seventeen"], CHARSET, None, 0, least
    )

    assert least == 150
    assert versions.widths[0] == 160
    assert versions.widths[1] >= versions.store.widths[1] > 320


def test_wider_batches_are_smaller():
    assert max(map(len, bucketed([640] * 10, 8, None))) == 4


@pytest.mark.parametrize(("labels", "steps"), [([], 0), ([1, 2], 2), ([1, 1], 3), ([1, 1, 1, 2], 6)])
def test_equal_neighbours_need_a_blank_between(labels, steps):
    assert crops.required_steps(labels) == steps


@pytest.mark.parametrize("workers", [0, 2])
def test_an_epoch_is_the_same_every_time_and_another_epoch_is_not(tmp_path, workers):
    batches = batches_of(tmp_path, workers)

    first, again, other = list(batches.epoch(1)), list(batches.epoch(1)), list(batches.epoch(2))

    assert len(first) == batches.steps == 3
    assert all(np.array_equal(a.inputs, b.inputs) for a, b in zip(first, again, strict=True))
    assert [b.lines for b in first] != [b.lines for b in other] or not np.array_equal(first[0].inputs, other[0].inputs)


def test_skipping_continues_in_the_middle_of_an_epoch(tmp_path):
    batches = batches_of(tmp_path)

    rest = [batch.lines for batch in batches.epoch(1, skip=1)]

    assert rest == [batch.lines for batch in batches.epoch(1)][1:]


def test_evaluation_shows_every_line_unchanged_and_in_order(tmp_path):
    texts = TEXTS[:3]
    store = store_of(tmp_path, texts)

    (batch,) = data.CropBatches.for_evaluation(store, texts, CHARSET, 8).epoch(0)

    assert batch.texts == ("one", "two", "three")
    assert np.array_equal(batch.inputs, crops.normalised([store[line] for line in range(3)], 320))
    assert batch.labels[0].tolist() == [*CHARSET.encode("one"), 0, 0]


WIDTHS = [320] * 30 + [400] * 7 + [640] * 3


def lines_of(plan: BatchPlan, epoch: int) -> list[int]:
    return [line for batch in plan.batches(epoch) for line in batch]


def test_a_ratio_below_one_draws_other_lines_every_epoch_and_the_same_ones_again():
    plan = BatchPlan(WIDTHS, 4, seed=3, share=Share((20, 20), (1.0, 0.5)))

    first, again, second = lines_of(plan, 1), lines_of(plan, 1), lines_of(plan, 2)

    assert first == again
    assert plan.samples == len(first) == 30
    assert set(range(20)) <= set(first)
    assert {line for line in first if line >= 20} != {line for line in second if line >= 20}


def test_every_epoch_has_equally_many_batches_whatever_widths_are_drawn():
    plan = BatchPlan(WIDTHS, 4, seed=3, share=Share((20, 20), (0.3, 0.6)))

    assert {len(plan.batches(epoch)) for epoch in range(1, 30)} == {plan.steps}


def test_processes_share_an_epoch_and_take_equally_many_steps():
    plans = [BatchPlan(WIDTHS, 4, seed=3, world=World(rank, 2)) for rank in range(2)]

    assert plans[0].steps == plans[1].steps
    assert {line for plan in plans for line in lines_of(plan, 1)} == set(range(40))


def test_lines_that_cannot_be_learned_are_named_with_their_cause(tmp_path):
    store = store_of(tmp_path, ["one", "two", "x", "four", "a"])
    texts = ["one", "twö", "", "four", "a" * 21]
    samples = [Sample(sample.image, text) for sample, text in zip(store.samples, texts, strict=True)]

    found = data.objections(crops.CropStore(samples), CHARSET)

    assert sorted(found) == [1, 2, 4]
    assert found[1] == "the dictionary lacks ö"
    assert found[2] == "it has no text"
    assert found[4] == "its text of 21 characters is too long for the picture, which has 40 steps"


def test_missing_pictures_are_named_with_list_and_line(tmp_path):
    render("a").save(tmp_path / "there.png")
    write_rec_list(tmp_path / "train.txt", [("there.png", "a"), ("gone.png", "a"), ("lost.png", "b")])

    with pytest.raises(EngineError, match=r"train.txt, line 2: the picture .*gone.png does not exist, nor do 1 others"):
        read_lines([tmp_path / "train.txt"], tmp_path)


def test_an_empty_list_is_an_error_that_names_it(tmp_path):
    (tmp_path / "train.txt").write_text("")

    with pytest.raises(EngineError, match=r"train.txt lists no text lines"):
        read_lines([tmp_path / "train.txt"], tmp_path)


@pytest.mark.parametrize("content", [b"nothing", b""])
def test_a_damaged_crop_is_named_with_list_and_line(tmp_path, content):
    render("a").save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_bytes(content)
    write_rec_list(tmp_path / "train.txt", [("good.png", "a"), ("bad.png", "b")])
    store = crops.CropStore(read_lines([tmp_path / "train.txt"], tmp_path))

    with pytest.raises(EngineError, match=r"train.txt, line 2: the picture cannot be used. .*bad.png"):
        store.decode()


def test_a_damaged_crop_of_no_list_is_named(tmp_path):
    (tmp_path / "bad.png").write_bytes(b"nothing")

    with pytest.raises(StudioError, match=r"bad.png"):
        crops.CropStore([Sample(tmp_path / "bad.png", "a")])[0]


def test_crops_are_read_again_when_memory_is_used_up(tmp_path):
    dataset = make_dataset(tmp_path / "d", ("one", "two"))
    samples = read_lines([dataset / "rec" / "train.txt"], dataset / "rec")

    store = crops.CropStore(samples, cache_bytes=0)

    assert np.array_equal(store[1], store[1])


def test_stores_can_be_cut_and_joined(tmp_path):
    store = store_of(tmp_path, TEXTS)

    both = crops.joined(store.chosen([3, 1]), store.chosen([0]))

    assert [sample.text for sample in both.samples] == ["four", "two", "one"]
    assert both.widths == [store.widths[line] for line in (3, 1, 0)]
    assert all(np.array_equal(both[new], store[old]) for new, old in enumerate((3, 1, 0)))
