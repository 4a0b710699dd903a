"""Crops, batches and augmentation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lines import crop, make_dataset, render

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.engine.rec import data
from ocrstudio.engine.rec.augment import augment
from ocrstudio.formats.rec_list import Sample, write_rec_list

CHARSET = Charset(tuple("abcdefghijklmnopqrstuvwxyz"))


def store_of(folder: Path, texts: list[str]) -> data.CropStore:
    for number, text in enumerate(texts):
        render(text).save(folder / f"{number}.png")
    return data.CropStore([Sample(folder / f"{number}.png", text) for number, text in enumerate(texts)])


def test_crops_get_height_48_and_keep_their_ratio():
    assert data.straighten(np.zeros((24, 100, 3), np.uint8)).shape == (48, 200, 3)
    assert data.straighten(np.zeros((100, 7, 3), np.uint8)).shape == (48, 4, 3)


def test_endless_lines_are_squeezed_to_the_limit():
    assert data.straighten(np.zeros((10, 9000, 3), np.uint8)).shape == (48, data.MAX_WIDTH, 3)


def test_pixels_become_minus_one_to_one_and_padding_zero():
    out = data.normalised([np.full((48, 10, 3), 255, np.uint8)], 320)

    assert out.shape == (1, 3, 48, 320)
    assert (out[..., :10] == 1).all()
    assert (out[..., 10:] == 0).all()


def test_channels_stay_blue_green_red():
    image = np.zeros((48, 4, 3), np.uint8)
    image[..., 0] = 255

    assert data.normalised([image], 4)[0, :, 0, 0].tolist() == [1, -1, -1]


def test_every_line_is_in_exactly_one_batch_and_widths_are_not_mixed():
    widths = [320, 480, 320, 800, 320, 480] * 5

    batches = data.bucketed(widths, 4, np.random.default_rng(1))

    assert sorted(index for batch in batches for index in batch) == list(range(30))
    assert all(len({widths[index] for index in batch}) == 1 for batch in batches)


def test_wider_batches_are_smaller():
    assert max(map(len, data.bucketed([640] * 10, 8, None))) == 4


@pytest.mark.parametrize(("labels", "steps"), [([], 0), ([1, 2], 2), ([1, 1], 3), ([1, 1, 1, 2], 6)])
def test_equal_neighbours_need_a_blank_between(labels, steps):
    assert data.required_steps(labels) == steps


def test_an_epoch_is_the_same_every_time_and_another_epoch_is_not(tmp_path):
    texts = ["one", "two", "three", "four", "five"]
    batches = data.CropBatches(store_of(tmp_path, texts), texts, CHARSET, 2, seed=5)

    first, again, other = list(batches.epoch(1)), list(batches.epoch(1)), list(batches.epoch(2))

    assert len(first) == batches.steps == 3
    assert all(np.array_equal(a.inputs, b.inputs) for a, b in zip(first, again, strict=True))
    assert [b.lines for b in first] != [b.lines for b in other] or not np.array_equal(first[0].inputs, other[0].inputs)


def test_skipping_continues_in_the_middle_of_an_epoch(tmp_path):
    texts = ["one", "two", "three", "four", "five"]
    batches = data.CropBatches(store_of(tmp_path, texts), texts, CHARSET, 2, seed=5)

    rest = [batch.lines for batch in batches.epoch(1, skip=1)]

    assert rest == [batch.lines for batch in batches.epoch(1)][1:]


def test_evaluation_shows_every_line_unchanged_and_in_order(tmp_path):
    texts = ["one", "two", "three"]
    store = store_of(tmp_path, texts)

    (batch,) = data.CropBatches(store, texts, CHARSET, 8, seed=None).epoch(0)

    assert batch.texts == ("one", "two", "three")
    assert np.array_equal(batch.inputs, data.normalised([store[line] for line in range(3)], 320))
    assert batch.labels[0].tolist() == [*CHARSET.encode("one"), 0, 0]


def test_lines_with_unknown_characters_are_not_learned(tmp_path):
    texts = ["one", "twö", "", "four"]
    store = store_of(tmp_path, ["one", "two", "x", "four"])
    samples = [Sample(Path("x.png"), text) for text in texts]

    assert data.learnable(samples, store, CHARSET) == [0, 3]


def test_texts_too_long_for_their_picture_are_not_learned(tmp_path):
    store = store_of(tmp_path, ["a"])

    assert data.learnable([Sample(Path("x.png"), "a" * 21)], store, CHARSET) == []


def test_missing_pictures_are_counted_and_named(tmp_path):
    write_rec_list(tmp_path / "train.txt", [("gone.png", "a"), ("lost.png", "b")])

    with pytest.raises(EngineError, match=r"train.txt names 2 pictures that do not exist, the first is .*gone.png"):
        data.read_lines([tmp_path / "train.txt"], tmp_path)


def test_an_empty_list_is_an_error_that_names_it(tmp_path):
    (tmp_path / "train.txt").write_text("")

    with pytest.raises(EngineError, match=r"train.txt lists no text lines"):
        data.read_lines([tmp_path / "train.txt"], tmp_path)


def test_a_damaged_crop_is_named(tmp_path):
    (tmp_path / "bad.png").write_bytes(b"nothing")

    with pytest.raises(StudioError, match=r"bad.png"):
        data.CropStore([Sample(tmp_path / "bad.png", "a")])[0]


def test_crops_are_read_again_when_memory_is_used_up(tmp_path):
    dataset = make_dataset(tmp_path / "d", ("one", "two"))
    samples = data.read_lines([dataset / "rec" / "train.txt"], dataset / "rec")

    store = data.CropStore(samples, cache_bytes=0)

    assert np.array_equal(store[1], store[1])


def test_augmentation_depends_on_its_seed_only():
    image = data.straighten(crop("Hello"))

    versions = [augment(image, np.random.default_rng(seed)) for seed in (1, 1, 2)]

    assert np.array_equal(versions[0], versions[1])
    assert versions[0].shape != versions[2].shape or not np.array_equal(versions[0], versions[2])


def test_augmented_lines_keep_height_kind_and_most_of_their_look():
    image = data.straighten(crop("Hello world"))

    for seed in range(60):
        version = augment(image, np.random.default_rng(seed))
        assert version.dtype == np.uint8
        assert version.shape[0] == 48
        assert 0.85 < version.shape[1] / image.shape[1] < 1.15
        assert version.min() < 120 < version.max()
