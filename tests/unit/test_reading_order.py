"""The order in which boxes are read, on pages drawn by hand: the texts say where each box belongs."""

import itertools
import math
import random

import pytest

from ocrstudio.core.page import Box
from ocrstudio.core.reading_order import reading_order


def box(name, x, y, width=20.0, height=10.0):
    return Box(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), str(name))


def order(boxes):
    """What is read, from any order in the list."""
    boxes = list(boxes)
    random.Random(7).shuffle(boxes)
    return [one.text for one in reading_order(boxes)]


def turned(boxes, degrees):
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [Box(tuple((x * cos - y * sin, x * sin + y * cos) for x, y in one.points), one.text) for one in boxes]


def names(count):
    return [str(number) for number in range(count)]


def paragraphs(x, numbers, *, width=200.0, y=0.0):
    """A column of lines 14 px apart, the last one short."""
    numbers = list(numbers)
    return [
        box(number, x, y + 14 * row, width if row < len(numbers) - 1 else width / 2)
        for row, number in enumerate(numbers)
    ]


def test_lines_from_top_to_bottom_each_from_left_to_right():
    boxes = [box("d", 50, 33), box("b", 60, 2), box("a", 5, 4), box("c", 5, 30), box("e", 5, 60, height=30)]
    assert order(boxes) == list("abcde")


@pytest.mark.parametrize("boxes", [[], [box("a", 0, 0)]])
def test_few_boxes_are_in_order_already(boxes):
    assert reading_order(boxes) == boxes


def test_every_box_comes_exactly_once_also_those_without_points():
    boxes = [box(number, number * 7 % 50, number * 13 % 90) for number in range(40)]
    boxes.insert(3, Box((), "none"))
    assert sorted(order(boxes)) == sorted(one.text for one in boxes)


@pytest.mark.parametrize("degrees", [-40, -20, -5, -1, 0, 1, 5, 20, 40])
def test_a_skewed_page_is_read_like_a_level_one(degrees):
    grid = [box(row * 6 + column, 90 * column, 16 * row, 50) for row in range(10) for column in range(6)]
    assert order(turned(grid, degrees)) == names(60)


def test_a_skewed_page_of_upright_boxes_is_followed_from_neighbour_to_neighbour():
    # each line sinks by 24 px over its length, twice the distance of the lines
    grid = [box(row * 13 + column, 50 * column, 12 * row + 2 * column, 45) for row in range(8) for column in range(13)]
    assert order(grid) == names(104)


def test_a_sagging_line_stays_one_line():
    def sag(x):
        return 15 * math.sin(math.pi * x / 600)

    grid = [
        box(row * 12 + column, 50 * column, 20 * row + sag(50 * column), 45) for row in range(3) for column in range(12)
    ]
    assert order(grid) == names(36)


def test_table_rows_are_read_across():
    cells = [
        box(row * 4 + column, 150 * column, 20 * row, 40 + 10 * (row % 3)) for row in range(9) for column in range(4)
    ]
    assert order(cells) == names(36)


def test_a_form_is_read_key_then_value():
    keys = [box(2 * row, 0, 20 * row, 50 + 8 * (row % 4)) for row in range(8)]
    values = [box(2 * row + 1, 120, 20 * row, 60 + 30 * (row % 5)) for row in range(8)]
    assert order(keys + values) == names(16)


def test_two_columns_of_running_text_are_read_one_after_the_other():
    assert order(paragraphs(0, range(20)) + paragraphs(230, range(20, 38))) == names(38)


def test_columns_whose_lines_do_not_meet_are_no_different():
    assert order(paragraphs(0, range(20)) + paragraphs(230, range(20, 38), y=6)) == names(38)


@pytest.mark.parametrize("degrees", [-4, 3])
def test_three_columns_below_a_title_and_above_a_footer(degrees):
    page = [box(0, 60, 0, 500, 20)]
    for column in range(3):
        page += paragraphs(240 * column, range(1 + 15 * column, 16 + 15 * column), y=60)
    page += [box(46, 0, 300, 680)]
    assert order(turned(page, degrees)) == names(47)


def test_a_heading_across_both_columns_parts_what_is_above_from_what_is_below():
    above = paragraphs(0, range(5)) + paragraphs(230, range(5, 10))
    below = paragraphs(0, range(11, 16), y=130) + paragraphs(230, range(16, 21), y=130)
    assert order([*above, box(10, 150, 100, 130, 14), *below]) == names(21)


def test_columns_made_of_words():
    def words(x, first):
        return [box(first + row * 5 + n, x + 41 * n, 14 * row, 36) for row in range(8) for n in range(5)]

    assert order(words(0, 0) + words(230, 40)) == names(80)


def test_vertical_text_runs_down_and_from_right_to_left():
    columns = [box(row * 3 + part, 400 - 20 * row, 110 * part, 14, 100) for row in range(12) for part in range(3)]
    assert order(columns) == names(36)


@pytest.mark.parametrize("degrees", [-6, 6])
def test_skewed_vertical_text(degrees):
    columns = [box(row, 400 - 20 * row, 0, 14, 100 + 5 * (row % 3)) for row in range(12)]
    assert order(turned(columns, degrees)) == names(12)


@pytest.mark.parametrize("quarters", range(4))
def test_a_page_scanned_the_wrong_way_round_is_read_like_an_upright_one(quarters):
    boxes = [box(f"{row}{cell}", 120 * cell, 30 * row, 40) for row in range(5) for cell in range(2)]
    boxes.append(box("9", 0, 200, 9))  # too short for anybody to tell its direction
    rng = random.Random(3)
    shuffled = rng.sample(turned(boxes, 90 * quarters), len(boxes))
    turns = [0 if one.text == "9" else quarters for one in shuffled]
    assert [one.text for one in reading_order(shuffled, turns)] == [one.text for one in boxes]


def test_tiers_of_vertical_text_are_read_one_after_the_other():
    def tier(first, y):
        return [box(first + row, 400 - 20 * row, y, 14, 200) for row in range(10)]

    assert order(tier(0, 0) + tier(10, 240)) == names(20)


def test_a_title_over_vertical_text_comes_first():
    columns = [box(1 + row, 400 - 20 * row, 40, 14, 150) for row in range(10)]
    assert order([box(0, 220, 0, 190, 20), *columns]) == names(11)


def test_a_tall_box_stands_in_the_line_of_its_top():
    lines = [box(number, 60, 14 * row, 100) for row, number in enumerate([1, 2, 3, 4])]
    assert order([box(0, 0, 0, 50, 52), *lines]) == names(5)


def test_small_marks_belong_to_the_line_that_they_stand_on():
    assert order([box(0, 0, 0, 60, 12), box(1, 62, 3, 6, 5), box(2, 70, 0, 60, 12), box(3, 0, 14, 60, 12)]) == names(4)


def test_dense_lines_one_below_the_other_are_not_mixed():
    # taller than their distance: each covers its neighbours by a third
    assert order([box(row, 3 * (row % 2), 8 * row, 100, 12) for row in range(10)]) == names(10)


def test_polygons_count_by_their_bounds():
    curved = Box(((0, 4), (30, 0), (60, 4), (60, 14), (30, 10), (0, 14)), "0")
    assert order([box(2, 0, 20, 60), box(1, 70, 3, 60), curved]) == names(3)


def test_the_order_in_the_list_does_not_matter():
    boxes = [box(0, 0, 0), box(1, 30, 2), box(2, 0, 15), box(3, 30, 14)]
    for listed in itertools.permutations(boxes):
        assert [one.text for one in reading_order(listed)] == names(4)
