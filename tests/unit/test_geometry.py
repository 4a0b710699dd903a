"""Points against values worked out by hand."""

import itertools
import math

import pytest

from ocrstudio.core import geometry
from ocrstudio.core.errors import GeometryError

RECTANGLE = ((10, 20), (110, 20), (110, 50), (10, 50))


def turned(degrees, width=100.0, height=20.0):
    """A line's rectangle, reading from its first to its second corner, turned clockwise on the screen."""
    angle = math.radians(degrees)
    corners = [(-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2)]
    return [
        (200 + x * math.cos(angle) - y * math.sin(angle), 200 + x * math.sin(angle) + y * math.cos(angle))
        for x, y in corners
    ]


@pytest.mark.parametrize("drawn", list(itertools.permutations(RECTANGLE)))
def test_every_order_of_drawing_gives_top_left_first_and_clockwise(drawn):
    assert geometry.order_quad(drawn) == RECTANGLE


@pytest.mark.parametrize("degrees", [-70, -60, -45, -30, -10, 0, 10, 30, 45, 60, 70])
def test_long_lines_are_read_along_their_length_at_every_slant(degrees):
    corners = turned(degrees)
    for drawn in itertools.permutations(corners):
        for one, other in zip(geometry.order_quad(drawn), corners, strict=True):
            assert one == pytest.approx(other)


def test_a_square_on_its_corner_still_has_an_order():
    assert geometry.order_quad([(0, 5), (5, 10), (10, 5), (5, 0)]) == ((5, 0), (10, 5), (5, 10), (0, 5))


@pytest.mark.parametrize(
    "points", [[], [(0, 0)] * 4, [(0, 0), (1, 1), (2, 2), (3, 3)], [(0, 0), (1, 0), (1, 1)], [*RECTANGLE, (0, 0)]]
)
def test_what_encloses_nothing_has_no_order(points):
    with pytest.raises(GeometryError):
        geometry.order_quad(points)


def test_sizes_are_the_longer_edges():
    assert geometry.quad_size(RECTANGLE) == (100, 30)
    assert geometry.quad_size(((0, 0), (3, 0), (4, 4), (0, 5))) == (pytest.approx(math.hypot(4, 1)), 5)


def test_area_is_positive_clockwise():
    assert geometry.polygon_area(RECTANGLE) == 3000
    assert geometry.polygon_area(RECTANGLE[::-1]) == -3000
    assert geometry.polygon_area([(0, 0), (4, 0), (0, 3)]) == 6


def test_clamping():
    assert geometry.clamp_point((-1, 5.5), 10, 5) == (0, 5)
    assert geometry.clamp_point((3.25, 2), 10, 5) == (3.25, 2)


def test_the_smallest_rectangle_of_a_polygon():
    assert geometry.bounding_quad([(0, 0), (10, 0), (12, 3), (10, 5), (0, 5)]) == ((0, 0), (12, 0), (12, 5), (0, 5))
    corners = turned(30)
    inner = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]
    found = geometry.bounding_quad([*corners, *inner])
    for one, other in zip(found, corners, strict=True):
        assert one == pytest.approx(other)


@pytest.mark.parametrize("points", [[], [(0, 0), (1, 1)], [(0, 0), (1, 1), (2, 2)], [(3, 3)] * 5])
def test_points_on_a_line_have_no_rectangle(points):
    with pytest.raises(GeometryError):
        geometry.bounding_quad(points)


def test_inside_and_outside_of_a_polygon_with_a_bay():
    bay = [(0, 0), (10, 0), (10, 10), (5, 4), (0, 10)]
    assert geometry.point_in_polygon((1, 1), bay)
    assert geometry.point_in_polygon((9, 8), bay)
    assert not geometry.point_in_polygon((5, 8), bay)
    assert not geometry.point_in_polygon((11, 1), bay)


@pytest.mark.parametrize(("point", "expected"), [((5, 3), 3), ((-3, 4), 5), ((13, -4), 5), ((10, 0), 0)])
def test_distance_to_an_edge(point, expected):
    assert geometry.distance_to_segment(point, (0, 0), (10, 0)) == expected
    assert geometry.distance_to_segment((3, 4), (0, 0), (0, 0)) == 5
