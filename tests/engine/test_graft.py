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
    graft = graft_head(WEIGHT, BIAS, OLD, Charset(("a", "x")))

    assert graft.bias[2] == 10 - NEW_CHARACTER_MARGIN


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
