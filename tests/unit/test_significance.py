"""The paired bootstrap against cases whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from ocrstudio.core.significance import FEWEST_UNITS, Difference, compare, hmean, ratio


def test_the_measures_are_those_of_the_whole_set():
    found = compare([[1, 10], [3, 30]], [[0, 10], [2, 30]], ratio)
    assert (found.first, found.second) == (4 / 40, 2 / 40)
    assert found.value == pytest.approx(-0.05)
    assert found.units == 2

    pages = compare([[8, 10, 10], [9, 10, 12]], [[10, 10, 10], [10, 10, 10]], hmean)
    assert pages.first == pytest.approx(2 * 17 / (20 + 22))
    assert pages.second == 1


def test_the_interval_of_a_binomial_difference_is_the_textbooks():
    # 400 lines, 40 wrong with the first and 20 of these with the second: the difference per line is -1 in 20 lines
    first = [[1, 1]] * 40 + [[0, 1]] * 360
    second = [[1, 1]] * 20 + [[0, 1]] * 380
    found = compare(first, second, ratio)
    share = 20 / 400
    half = 1.96 * np.sqrt(share * (1 - share) / 400)
    assert found.value == pytest.approx(-share)
    assert found.low == pytest.approx(-share - half, abs=0.003)
    assert found.high == pytest.approx(-share + half, abs=0.003)
    assert found.is_sure
    assert found.higher == 0


def test_pairing_shows_what_two_separate_intervals_would_hide():
    random = np.random.default_rng(1)
    hard = random.integers(0, 60, 200)  # errors of a page: they differ much from page to page
    found = compare([[n + 1, 100] for n in hard], [[n, 100] for n in hard], ratio)
    assert found.value == pytest.approx(-0.01)
    assert found.low == pytest.approx(-0.01)
    assert found.is_sure


def test_equal_readings_are_no_difference_and_no_set_would_show_one():
    found = compare([[2, 50]] * 30, [[2, 50]] * 30, ratio)
    assert (found.low, found.high, found.higher) == (0, 0, 0.5)
    assert not found.is_sure
    assert found.units_needed is None


def test_noise_is_not_called_a_difference_more_often_than_promised():
    random = np.random.default_rng(7)
    wrong = 0
    for trial in range(100):
        pair = random.random((2, 120)) < 0.2
        rows = [[[float(one), 1.0] for one in side] for side in pair]
        wrong += compare(rows[0], rows[1], ratio, draws=400, seed=trial).is_sure
    assert wrong <= 12  # 5 are expected; more than 12 of 100 happens once in 700 times


def test_the_number_of_lines_that_would_be_needed_shows_the_difference_then():
    random = np.random.default_rng(3)
    first, second = (random.random((2, 4000)) < np.array([[0.20], [0.17]])).astype(float)
    few = compare([[one, 1] for one in first[:150]], [[one, 1] for one in second[:150]], ratio)
    assert not few.is_sure

    needed = Difference(0.20, 0.17, -0.12, 0.06, 150, 0.2).units_needed
    assert needed == 1350
    many = compare([[one, 1] for one in first[:needed]], [[one, 1] for one in second[:needed]], ratio)
    assert many.is_sure


def test_a_handful_of_units_is_never_sure():
    few = compare([[9, 10]] * (FEWEST_UNITS - 1), [[0, 10]] * (FEWEST_UNITS - 1), ratio)
    assert few.high < 0
    assert not few.is_sure
    assert compare([[9, 10]] * FEWEST_UNITS, [[0, 10]] * FEWEST_UNITS, ratio).is_sure


def test_the_same_seed_gives_the_same_interval_and_empty_truths_do_no_harm():
    rows = [[1.0, 7.0], [0.0, 0.0], [2.0, 9.0]] * 5
    other = [[0.0, 7.0], [1.0, 0.0], [2.0, 9.0]] * 5
    assert compare(rows, other, ratio) == compare(rows, other, ratio)
    assert compare([[1, 0]], [[1, 0]], ratio).first == 0


@pytest.mark.parametrize(("first", "second"), [([], []), ([[1, 2]], []), ([[1, 2]], [[1, 2], [1, 2]])])
def test_sets_that_do_not_fit_are_refused(first, second):
    with pytest.raises(ValueError, match="cannot be compared"):
        compare(first, second, ratio)
