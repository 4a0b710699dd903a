"""Rows of the output layer move by character."""

from __future__ import annotations

import numpy as np

from ocrstudio.core.charset import Charset
from ocrstudio.engine.graft import NEW_CHARACTER_MARGIN, graft_head

OLD = Charset(("a", "b", "c"))
# each class has its own number, so that a row tells where it came from
WEIGHT = np.tile(np.arange(5, dtype=np.float32), (4, 1))
BIAS = np.array([10, 11, 12, 13, 14], np.float32)


def test_every_kept_character_brings_its_own_row():
    new = Charset(("c", "x", "a"))

    graft = graft_head(WEIGHT, BIAS, OLD, new)

    assert graft.weight[0, [0, 1, 3]].tolist() == [0, 3, 1]
    assert graft.bias[[0, 1, 3]].tolist() == [10, 13, 11]
    assert graft.kept == ("c", "a")
    assert graft.new == ("x",)


def test_space_keeps_its_row_although_its_place_moves():
    graft = graft_head(WEIGHT, BIAS, OLD, Charset(("a", "b", "c", "d")))

    assert graft.bias[-1] == 14
    assert graft.weight[0, -1] == 4


def test_new_characters_start_below_all_known_ones():
    random = np.random.default_rng(1)
    weight, bias = random.normal(size=(8, 5)).astype(np.float32), random.normal(size=5).astype(np.float32)

    graft = graft_head(weight, bias, OLD, Charset(("a", "b", "c", "x", "y")), look_alikes={"y": "b"})
    # features far larger than any network makes
    logits = (100 * random.normal(size=(10_000, 8))).astype(np.float32) @ graft.weight + graft.bias

    # blank, a, b, c | x, y | space
    assert (logits[:, [4, 5]].max(axis=1) < logits[:, [0, 1, 2, 3, 6]].max(axis=1)).all()
    assert np.allclose(logits[:, 5], logits[:, 2] - NEW_CHARACTER_MARGIN, atol=1e-3)


def test_look_alike_lends_its_row_but_starts_lower():
    graft = graft_head(WEIGHT, BIAS, OLD, Charset(("a", "b", "x")), look_alikes={"x": "b"})

    assert graft.bias[3] == 12 - NEW_CHARACTER_MARGIN
    assert np.allclose(graft.weight[:, 3], 2, atol=1)


def test_same_seed_gives_the_same_new_rows():
    one, other = (graft_head(WEIGHT, BIAS, OLD, Charset(("x",)), seed=3).weight for _ in range(2))

    assert np.array_equal(one, other)


def test_dropping_the_space_drops_its_row_only():
    graft = graft_head(WEIGHT, BIAS, OLD, Charset(("a", "b", "c"), use_space=False))

    assert graft.bias.tolist() == [10, 11, 12, 13]


def test_new_rows_differ_from_each_other():
    weight = np.random.default_rng(1).normal(size=(8, 502)).astype(np.float32)
    old = Charset(tuple(chr(0x4E00 + number) for number in range(500)))

    graft = graft_head(weight, np.zeros(502, np.float32), old, Charset((*old.characters, "x", "y")))

    assert np.abs(graft.weight[:, 501] - graft.weight[:, 502]).max() > 0.01


def test_a_space_line_and_the_appended_space_keep_their_own_rows():
    old = Charset(("a", " ", "c"))

    graft = graft_head(WEIGHT, BIAS, old, Charset(("a", " ", "c", "d")))

    assert graft.bias[[2, 5]].tolist() == [12, 14]


def test_a_dictionary_with_nothing_in_common_is_possible():
    graft = graft_head(WEIGHT, BIAS, OLD, Charset(("x", "y"), use_space=False))

    assert graft.bias[0] == 10
    assert np.isfinite(graft.weight).all()
    assert graft.new == ("x", "y")
