"""Which corners a box is straightened by."""

import math

import pytest

from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import order_quad
from ocrstudio.core.strips import outline, strip


def arc(first, last, count, radius=200.0, height=40.0, centre=(300.0, 300.0)):
    """Corners of a ring's part: outside from angle to angle (degrees, clockwise from the right), inside back."""
    angles = [math.radians(first + (last - first) * step / (count - 1)) for step in range(count)]
    outside = [(centre[0] + radius * math.cos(one), centre[1] + radius * math.sin(one)) for one in angles]
    inner = radius - height
    inside = [(centre[0] + inner * math.cos(one), centre[1] + inner * math.sin(one)) for one in angles[::-1]]
    return outside + inside


ARCH = arc(200, 340, 5)  # over the top, read from left to right


@pytest.mark.parametrize("start", range(10))
@pytest.mark.parametrize("backwards", [False, True])
def test_the_sides_are_found_wherever_and_however_the_drawing_began(start, backwards):
    drawn = ARCH[start:] + ARCH[:start]
    found = strip(drawn[::-1] if backwards else drawn)
    assert found is not None
    assert found.top == tuple(ARCH[:5])
    assert found.bottom == tuple(ARCH[5:][::-1])
    assert not found.upright


def test_a_smile_reads_from_left_to_right_with_its_inside_above():
    found = strip(arc(160, 20, 5))
    assert found is not None
    assert found.top[0][0] < found.top[-1][0]
    assert all(over[1] < under[1] for over, under in zip(found.top, found.bottom, strict=True))


@pytest.mark.parametrize(("first", "last"), [(-60, 60), (120, 240)])
def test_a_line_bent_along_the_page_reads_downwards(first, last):
    found = strip(arc(first, last, 7))
    assert found is not None
    assert found.upright
    assert found.top[0][1] < found.top[-1][1]
    assert all(over[0] > under[0] for over, under in zip(found.top, found.bottom, strict=True)), "its right side is up"


@pytest.mark.parametrize("opening", [0, 90, 180, 270])
def test_a_ring_reads_clockwise_with_its_outside_above(opening):
    found = strip(arc(opening + 30, opening + 330, 13))
    assert found is not None
    assert math.dist(found.top[3], (300, 300)) == pytest.approx(200)
    assert not found.upright


@pytest.mark.parametrize(
    "points",
    [
        ARCH[:5] + ARCH[6:],
        [(20, 30), (70, 30), (120, 30), (120, 60), (70, 60), (20, 60)],
        [(0, 0), (100, 0), (100, 100), (60, 100), (60, 40), (40, 40), (40, 100), (0, 100)],
        [(50 + 40 * math.cos(one), 50 + 40 * math.sin(one)) for one in range(6)],
        [(0, 0), (50, 50), (100, 0), (100, 100), (50, 50), (0, 100)],
        [(0, 0)] * 6,
        [(5, 5), (5, 5), (5, 5), (50, 5), (50, 5), (50, 9)],
        arc(200, 340, 40),
        [(0, 0), (10, 0), (0, 0), (10, 0), (0, 0), (10, 0)],
    ],
    ids=["odd", "straight", "gate", "disc", "bow tie", "dot", "repeated", "outline", "line"],
)
def test_what_is_no_curved_strip_is_cut_by_its_rectangle(points):
    assert strip(points) is None


def test_a_quad_keeps_its_corners_and_a_dented_or_folded_one_gets_its_rectangle():
    quad = [(10, 10), (50, 12), (56, 40), (8, 36)]
    assert outline(quad) == order_quad(quad)
    dented = [(0, 0), (100, 0), (30, 20), (0, 50)]
    assert set(outline(dented)) != {(float(x), float(y)) for x, y in dented}
    with pytest.raises(GeometryError):
        outline([(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)])
