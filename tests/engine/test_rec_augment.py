"""Changes to lines: kinds, probabilities, joined lines."""

from __future__ import annotations

import numpy as np
import pytest
from lines import crop

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import ConfigError
from ocrstudio.engine.rec import warp
from ocrstudio.engine.rec.augment import Augmentation, RecAug, RecConAug
from ocrstudio.engine.rec.crops import CropStore, required_steps, straighten
from ocrstudio.engine.rec.versions import LineVersions
from ocrstudio.formats.rec_list import Sample

NEVER = dict.fromkeys(("tia", "crop", "blur", "hsv_aug", "jitter", "noise", "reverse"), 0.0)
KINDS = ("tia_prob", "crop_prob", "blur_prob", "hsv_aug_prob", "jitter_prob", "noise_prob", "reverse_prob")
OWN_KINDS = ("affine_prob", "coarse_prob")
CHARSET = Charset(tuple("abcdefghijklmnopqrstuvwxyz"))
TEXTS = ["one", "two", "three", "four", "five", "a rather longer line of text"]


def only(kind: str) -> RecAug:
    return RecAug(**{f"{name}_prob": 0.0 for name in NEVER} | {kind: 1.0})


def line_versions(augmentation: Augmentation) -> LineVersions:
    images = [straighten(crop(text)) for text in TEXTS]
    return LineVersions(CropStore.of_images(images, [Sample("", text) for text in TEXTS]), TEXTS, CHARSET, augmentation)


def test_changes_depend_on_their_seed_only():
    image = straighten(crop("Hello"))

    versions = [RecAug(1.0)(image, np.random.default_rng(seed)) for seed in (1, 1, 2)]

    assert np.array_equal(versions[0], versions[1])
    assert versions[0].shape != versions[2].shape or not np.array_equal(versions[0], versions[2])


def test_changed_lines_keep_height_kind_and_most_of_their_look():
    image = straighten(crop("Hello world"))

    for seed in range(60):
        version = RecAug(affine_prob=0.4, coarse_prob=0.4)(image, np.random.default_rng(seed))
        assert version.dtype == np.uint8
        assert version.shape[0] == 48
        assert 0.85 < version.shape[1] / image.shape[1] < 1.15
        assert version.min() < 130 < version.max()


@pytest.mark.parametrize("kind", KINDS + OWN_KINDS)
def test_each_kind_can_be_had_alone(kind):
    image = straighten(crop("Hello"))

    version = only(kind)(image, np.random.default_rng(3))

    assert version.shape != image.shape or not np.array_equal(version, image)


def test_a_probability_of_zero_changes_nothing():
    image = straighten(crop("Hello"))

    nothing = RecAug(**{f"{name}_prob": 0.0 for name in NEVER})

    assert all(np.array_equal(nothing(image, np.random.default_rng(seed)), image) for seed in range(20))


def test_inverted_colours_are_exactly_the_opposite():
    image = straighten(crop("Hello"))

    assert np.array_equal(only("reverse_prob")(image, np.random.default_rng(0)), 255 - image)


@pytest.mark.parametrize("bend", warp.WARPS)
def test_bent_lines_keep_their_ink(bend):
    image = straighten(crop("Hello world"))

    for seed in range(20):
        version = bend(image, np.random.default_rng(seed))
        assert version.shape == image.shape
        assert 0.6 < (255.0 - version).sum() / (255.0 - image).sum() < 1.5


def test_a_field_of_zeros_leaves_the_picture_as_it_is():
    image = straighten(crop("Hello"))

    assert np.array_equal(warp.bent(image, np.zeros((2, 4, 2), np.float32)), image)


def test_a_constant_field_moves_the_picture():
    image = np.random.default_rng(0).integers(0, 255, (48, 60, 3), np.uint8)
    field = np.zeros((2, 4, 2), np.float32)
    field[..., 0] = 5

    assert np.array_equal(warp.bent(image, field)[:, :-5], image[:, 5:])


def test_without_entries_nothing_is_changed():
    assert Augmentation.of([{"DecodeImage": {"img_mode": "BGR"}}, {"CTCLabelEncode": None}]) == Augmentation()


def test_entries_are_read_under_paddleocrs_names():
    found = Augmentation.of(
        [{"RecConAug": {"prob": 0.3, "ext_data_num": 1, "image_shape": [48, 640, 3]}}, {"RecAug": {"tia_prob": 0}}]
    )

    assert found.change == RecAug(tia_prob=0.0)
    assert found.join == RecConAug(0.3, 1, (48, 640, 3))
    assert found.join.max_width == 640
    assert Augmentation.of(["RecAug"]) == Augmentation.of([{"RecAug": None}]) == Augmentation(RecAug())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"RecAug": {"tia": 1}}, "RecAug has no parameter tia"),
        ({"RecAug": {"tia_prob": 2}}, "tia_prob of RecAug is 2"),
        ({"RecConAug": {"prob": "often"}}, "prob of RecConAug is often"),
    ],
)
def test_wrong_parameters_are_refused(entry, message):
    with pytest.raises(ConfigError, match=message):
        Augmentation.of([entry])


def test_joined_lines_show_and_say_the_same():
    versions = line_versions(Augmentation(join=RecConAug(prob=1.0)))

    seen = set()
    for number in range(1, 30):
        for line in range(len(versions)):
            text, image = versions.text(line, number), versions.image(line, number)
            assert text.startswith(TEXTS[line])
            assert image.shape[1] <= versions.widths[line]
            if text != TEXTS[line]:
                seen.add(line)
                assert len(text) <= 25
                assert required_steps(CHARSET.encode(text)) <= versions.widths[line] // 8
                assert image.shape[1] > versions.store.widths[line]
                assert np.array_equal(image[:, : versions.store.widths[line]], versions.store[line])
    # the last one is too long for company
    assert seen == set(range(5))


def test_lines_as_they_are_have_no_company():
    versions = line_versions(Augmentation(RecAug(), RecConAug(prob=1.0)))

    assert versions.text(0, None) == "one"
    assert np.array_equal(versions.image(0, None), versions.store[0])
