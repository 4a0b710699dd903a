"""How a drag changes an outline."""

import math

import pytest

from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import polygon_area
from ocrstudio.core.shaping import (
    around,
    brought_inside,
    clamped,
    clamped_shift,
    cut,
    expanded,
    is_rectangle,
    normalized,
    rectangle,
    shifted,
    turned_about_centre,
    upright,
    with_corner,
    with_edge,
    with_rectangle_corner,
)

RECTANGLE = ((10.0, 20.0), (50.0, 20.0), (50.0, 40.0), (10.0, 40.0))
HEXAGON = ((0.0, 0.0), (10.0, -2.0), (20.0, 0.0), (20.0, 8.0), (10.0, 6.0), (0.0, 8.0))
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


def close(one, other):
    return [pytest.approx(point) for point in other] == list(one)


def test_points_outside_go_to_the_nearest_edge_and_stay_without_a_size():
    assert clamped([(-3, 5), (400, 250)], (300, 200)) == ((0, 5), (300, 200))
    assert clamped([(-3, 5)], None) == ((-3, 5),)


@pytest.mark.parametrize(
    ("points", "inside"),
    [
        (((10, 20), (50, 20), (50, 40), (10, 40)), RECTANGLE),
        (((-10, 20), (30, 20), (30, 40), (-10, 40)), rectangle((0, 20), (40, 40))),
        (((280, 190), (320, 190), (320, 210), (280, 210)), rectangle((260, 180), (300, 200))),
        (((900, 900), (940, 900), (940, 920), (900, 920)), rectangle((260, 180), (300, 200))),
        (((-50, 20), (350, 20), (350, 40), (-50, 40)), rectangle((0, 20), (300, 40))),
        ((), ()),
    ],
)
def test_an_outline_outside_comes_in_whole_and_only_what_is_too_large_is_cut(points, inside):
    assert brought_inside(points, (300, 200)) == inside


def test_outlines_move_together_until_the_first_meets_the_edge():
    assert clamped_shift([RECTANGLE, shifted(RECTANGLE, 100, 100)], 500, 500, (300, 200)) == (150, 60)
    assert clamped_shift([RECTANGLE], -500, 3, (300, 200)) == (-10, 3)
    assert clamped_shift([RECTANGLE], -500, 3, None) == (-500, 3)


def test_the_upright_rectangle_of_a_polygon():
    assert upright(HEXAGON) == rectangle((0, -2), (20, 8))
    assert upright(RECTANGLE[2:] + RECTANGLE[:2]) == RECTANGLE


def test_a_turn_is_about_the_middle_and_turns_back():
    assert close(turned_about_centre(RECTANGLE, 90), ((40, 10), (40, 50), (20, 50), (20, 10)))
    assert close(turned_about_centre(turned_about_centre(HEXAGON, 17), -17), HEXAGON)


@pytest.mark.parametrize("outline", [RECTANGLE, RECTANGLE[::-1], RECTANGLE[2:] + RECTANGLE[:2]])
def test_expanding_pushes_every_side_out_whichever_way_it_was_drawn(outline):
    grown = expanded(outline, 3)
    assert {*grown} == {(7, 17), (53, 17), (53, 43), (7, 43)}
    assert [outline.index(point) for point in sorted(outline)] == [grown.index(point) for point in sorted(grown)]
    assert expanded(grown, -3) == outline


def test_expanding_a_slanted_line_keeps_its_direction():
    line = turned_about_centre(RECTANGLE, 30)
    assert close(expanded(line, 4), turned_about_centre(rectangle((6, 16), (54, 44)), 30))


def test_expanding_a_polygon_with_a_bay_keeps_all_its_corners():
    grown = expanded(HEXAGON, 2)
    assert len(grown) == 6
    assert grown[0][0] == pytest.approx(-2)
    assert polygon_area(grown) > polygon_area(HEXAGON)


@pytest.mark.parametrize(
    "outline",
    [
        ((0.0, 0.0), (10.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)),
        ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)),
    ],
)
def test_corners_that_lie_on_each_other_stay_so(outline):
    grown = expanded(outline, 1)
    assert {*grown} == {(-1, -1), (11, -1), (11, 11), (-1, 11)}
    assert len(grown) == 5


@pytest.mark.parametrize("px", [-10, -11, -1000])
def test_nothing_shrinks_to_nothing(px):
    assert expanded(RECTANGLE, px) == RECTANGLE


@pytest.mark.parametrize("points", [((0, 0), (5, 5), (9, 9)), ((1, 1),) * 4, ((0, 0), (1, 0))])
def test_what_encloses_nothing_does_not_grow(points):
    assert expanded(points, 5) == points


def test_a_pointed_corner_goes_out_only_so_far():
    needle = ((0.0, 0.0), (100.0, 1.0), (0.0, 2.0))
    assert max(x for x, _ in expanded(needle, 1)) < 105


def test_the_rectangle_around_upright_ones_is_upright():
    assert around([RECTANGLE, rectangle((60, 25), (90, 45))]) == rectangle((10, 20), (90, 45))


@pytest.mark.parametrize("degrees", [-40, -10, 5, 30, 44])
def test_the_rectangle_around_words_of_a_slanted_line_has_its_slant(degrees):
    whole = turned_about_centre(rectangle((0, 0), (100, 10)), degrees)
    words = [[whole[0], between(whole, 0, 1, 0.3), between(whole, 3, 2, 0.3), whole[3]]]
    words.append([between(whole, 0, 1, 0.4), whole[1], whole[2], between(whole, 3, 2, 0.4)])
    assert close(around(words), whole)


def between(quad, one, other, share):
    (ax, ay), (bx, by) = quad[one], quad[other]
    return ax + (bx - ax) * share, ay + (by - ay) * share


def test_standing_and_lying_parts_of_one_slant_agree():
    lying = turned_about_centre(rectangle((0, 0), (100, 10)), 10)
    standing = shifted(turned_about_centre(rectangle((0, 0), (10, 100)), 10), 40, 0)
    (ax, ay), (bx, by) = around([lying, standing])[:2]
    assert math.degrees(math.atan2(by - ay, bx - ax)) == pytest.approx(10)


def test_lines_without_area_have_no_rectangle_around_them():
    with pytest.raises(GeometryError):
        around([((0, 0), (5, 5), (9, 9)), SLANTED])


def test_a_rectangle_is_cut_at_a_share_of_its_length():
    assert cut(RECTANGLE, 0.25, down=False) == (rectangle((10, 20), (20, 40)), rectangle((20, 20), (50, 40)))
    assert cut(RECTANGLE, 0.75, down=True) == (rectangle((10, 20), (50, 35)), rectangle((10, 35), (50, 40)))


def test_a_slanted_quad_is_cut_on_both_its_long_sides_however_it_was_drawn():
    for drawn in (SLANTED, SLANTED[2:] + SLANTED[:2], SLANTED[::-1]):
        first, second = cut(drawn, 0.5, down=False)
        assert first == ((10, 20), (30, 22), (28, 42), (8, 40))
        assert second == ((30, 22), (50, 24), (48, 44), (28, 42))


def test_a_polygon_is_cut_along_with_all_its_corners():
    arch = ((0.0, 0.0), (10.0, -2.0), (20.0, 0.0), (20.0, 10.0), (10.0, 8.0), (0.0, 10.0))
    first, second = cut(arch, 0.25, down=False)
    assert sorted(first) == [(0, 0), (0, 10), (5, -1), (5, 9)]
    assert sorted(second) == [(5, -1), (5, 9), (10, -2), (10, 8), (20, 0), (20, 10)]
    assert abs(polygon_area(first)) + abs(polygon_area(second)) == pytest.approx(abs(polygon_area(arch)))
    upper, lower = cut(arch, 0.5, down=True)
    assert max(y for _, y in upper) == pytest.approx(4)
    assert min(y for _, y in lower) == pytest.approx(4)


@pytest.mark.parametrize("share", [0, 1, -0.5, 7])
def test_a_cut_outside_the_outline_cuts_nothing(share):
    assert cut(RECTANGLE, share, down=False) is None
    assert cut(HEXAGON, share, down=True) is None
