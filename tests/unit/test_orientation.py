"""Which way a box is cut out, and where points go when a page is turned."""

import numpy as np
import pytest

from ocrstudio.core.orientation import graphemes, page_turn, turned_points, turned_size, turns
from ocrstudio.core.page import Orientation


@pytest.mark.parametrize(
    ("width", "height", "turned"), [(100, 30, False), (30, 44.9, False), (30, 45, True), (30, 200, True)]
)
@pytest.mark.parametrize("text", ["", "TEMPORARY", "待识别", "###", "*", "竖排文字", "Hello", "100"])
def test_without_a_hint_the_shape_decides_as_in_ppocrlabel(width, height, turned, text):
    assert turns(width, height, text) is turned


@pytest.mark.parametrize(
    "text", ["Ⅰ", "1", "I", "丨", " l ", "|", "!", "é", "e\u0301\u0323", "क्ष", "가", "한", "👩\u200d💻"]
)
def test_a_single_glyph_is_never_turned_by_accident(text):
    assert not turns(10, 40, text)
    assert turns(10, 40, text, Orientation.TURNED)


@pytest.mark.parametrize("text", ["II", "1.", "il", "!!", "í:"])
def test_two_narrow_glyphs_side_by_side_stay_upright_and_stacked_ones_lie(text):
    assert not turns(20, 36, text)
    assert turns(10, 40, text)


def test_two_ordinary_glyphs_are_a_line():
    assert turns(20, 36, "中国")
    assert turns(20, 36, "ab")


@pytest.mark.parametrize("text", ["", "I", "Hello", "竖排"])
def test_the_box_s_own_orientation_goes_before_everything(text):
    for size in ((100, 10), (10, 100)):
        assert not turns(*size, text, Orientation.DRAWN)
        assert turns(*size, text, Orientation.TURNED)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("ab", 2),
        ("e\u0301x", 2),
        ("🇩🇪🇫🇷", 2),
        ("👍🏽", 1),
        ("각", 1),
        ("नि", 1),
        ("\u0301", 1),
        ("A\ufe0f", 1),
    ],
)
def test_glyphs_are_counted_as_readers_do(text, count):
    assert len(graphemes(text)) == count
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize("quarters", [-5, -1, 0, 1, 2, 3, 4])
def test_points_turn_with_the_picture(quarters):
    picture = np.zeros((6, 9), np.uint8)
    picture[1, 7] = 1
    turned = np.rot90(picture, -quarters)
    assert turned_size(9, 6, quarters) == turned.shape[::-1]
    [(x, y)] = turned_points([(7.5, 1.5)], 9, 6, quarters)
    assert turned[int(y), int(x)] == 1


def test_four_turns_bring_every_point_back():
    points, (width, height) = ((1.25, 2.5), (8.0, 0.0)), (9, 6)
    before = points
    for _ in range(4):
        points = turned_points(points, width, height, 1)
        width, height = turned_size(width, height, 1)
    assert points == before


@pytest.mark.parametrize(
    ("lines", "turn"),
    [
        ([], 0),
        ([("upright", 0), ("on its head", 2)], 0),
        ([("upright", 0), ("on its head", 2), ("and this", 2)], 2),
        ([("¥1", 2), ("a", 2), ("upright", 0)], 0),  # what is short tells nothing
        ([("from below", 3)], 3),
        ([("to the right", 1), ("2024-05-06", 1)], 1),
        ([("床前明月光", 1), ("疑是地上霜", 1)], 0),  # written downwards
        ([("床前明月光", 3), ("疑是地上霜", 7)], 3),
    ],
)
def test_a_page_lies_as_most_of_its_lines_tell(lines, turn):
    assert page_turn(lines) == turn
