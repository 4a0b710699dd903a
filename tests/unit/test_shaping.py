"""How a drag changes an outline."""

import pytest

from ocrstudio.core.shaping import (
    is_rectangle,
    normalized,
    rectangle,
    with_corner,
    with_edge,
    with_rectangle_corner,
)

RECTANGLE = ((10.0, 20.0), (50.0, 20.0), (50.0, 40.0), (10.0, 40.0))
SLANTED = ((10.0, 20.0), (50.0, 24.0), (48.0, 44.0), (8.0, 40.0))


@pytest.mark.parametrize(
    ("start", "end"),
    [((10, 20), (50, 40)), ((50, 40), (10, 20)), ((50, 20), (10, 40)), ((10, 40), (50, 20))],
)
def test_a_rectangle_has_the_same_order_of_corners_whichever_way_it_is_drawn(start, end):
    assert rectangle(start, end) == RECTANGLE


def test_a_slanted_quad_is_no_rectangle():
    assert is_rectangle(RECTANGLE)
    assert is_rectangle(RECTANGLE[1:] + RECTANGLE[:1])
    assert not is_rectangle(SLANTED)
    assert not is_rectangle(RECTANGLE[:3])


def test_a_dragged_corner_leaves_the_others_of_a_quad_alone():
    assert with_corner(SLANTED, 1, (60, 22)) == (SLANTED[0], (60, 22), SLANTED[2], SLANTED[3])


@pytest.mark.parametrize("index", range(4))
def test_a_dragged_corner_of_a_rectangle_keeps_it_a_rectangle(index):
    shaped = with_rectangle_corner(RECTANGLE, index, (30.0, 33.0))
    assert shaped[index] == (30.0, 33.0)
    assert shaped[(index + 2) % 4] == RECTANGLE[(index + 2) % 4]
    assert is_rectangle(shaped)


def test_a_side_moves_only_across_itself():
    assert with_edge(RECTANGLE, 1, 7, 99) == ((10, 20), (57, 20), (57, 40), (10, 40))
    assert with_edge(RECTANGLE, 0, 99, -5) == ((10, 15), (50, 15), (50, 40), (10, 40))


def test_a_side_of_a_slanted_quad_stays_parallel():
    shaped = with_edge(SLANTED, 0, 0, -10)
    (ax, ay), (bx, by) = shaped[:2]
    assert (bx - ax, by - ay) == pytest.approx((40, 4))
    assert shaped[2:] == SLANTED[2:]


def test_a_rectangle_turned_inside_out_is_put_in_order_again():
    crossed = with_rectangle_corner(RECTANGLE, 0, (70.0, 60.0))
    assert normalized(crossed) == ((50, 40), (70, 40), (70, 60), (50, 60))
    assert normalized(SLANTED) == SLANTED
