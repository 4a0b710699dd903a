"""How a gesture or a command changes an outline: pure rules in image pixels, y down."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ocrstudio.core.geometry import bounding_quad, bounds, clamp_point, distance, order_quad, polygon_area
from ocrstudio.core.page import Point

# A side that leans by less than this many pixels still counts as upright or level.
LEVEL_TOLERANCE_PX = 0.51
# A pointed corner goes out no further than this many times what its sides go.
_LONGEST_CORNER = 2.0
# An outline is never shrunk below this many square pixels.
_LEAST_AREA_PX = 1.0

Size = tuple[int, int]


def clamped(points: Sequence[Point], size: Size | None) -> tuple[Point, ...]:
    """The points moved into an image of `size` (width, height in pixels); unchanged without a size."""
    if size is None:
        return tuple((float(x), float(y)) for x, y in points)
    return tuple(clamp_point((float(x), float(y)), float(size[0]), float(size[1])) for x, y in points)


def clamped_shift(outlines: Sequence[Sequence[Point]], dx: float, dy: float, size: Size | None) -> tuple[float, float]:
    """How far outlines can move together towards `(dx, dy)` without leaving the image.

    Args:
        outlines: Point lists in image pixels.
        dx: Wanted pixels to the right.
        dy: Wanted pixels down.
        size: Width and height of the image in pixels; None sets no limit.

    Returns:
        The possible shift. An outline that lies outside already may still come back in.
    """
    xs = [x for outline in outlines for x, _ in outline]
    ys = [y for outline in outlines for _, y in outline]
    if size is None or not xs:
        return dx, dy
    return (
        min(max(dx, min(0.0, -min(xs))), max(0.0, size[0] - max(xs))),
        min(max(dy, min(0.0, -min(ys))), max(0.0, size[1] - max(ys))),
    )


def shifted(points: Sequence[Point], dx: float, dy: float) -> tuple[Point, ...]:
    """The outline moved by that many pixels."""
    return tuple([(x + dx, y + dy) for x, y in points])


def brought_inside(points: Sequence[Point], size: Size | None) -> tuple[Point, ...]:
    """The outline moved, as it is, by as little as brings it into the image; what is larger than the image is cut."""
    if size is None or not points:
        return clamped(points, size)
    left, top, right, bottom = bounds(points)
    if left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]:
        return tuple(points)
    dx = -left if left < 0 or right - left > size[0] else min(0.0, size[0] - right)
    dy = -top if top < 0 or bottom - top > size[1] else min(0.0, size[1] - bottom)
    return clamped(shifted(points, dx, dy), size)


def rectangle(one: Point, other: Point) -> tuple[Point, ...]:
    """The rectangle between two opposite corners as TL, TR, BR, BL, whichever way it was drawn."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return (left, top), (right, top), (right, bottom), (left, bottom)


def is_rectangle(points: Sequence[Point]) -> bool:
    """Whether the outline is an upright rectangle (corners in any order around it)."""
    if len(points) != 4:
        return False
    for first in (0, 1):
        level = all(
            abs(points[i][1 - (i + first) % 2] - points[(i + 1) % 4][1 - (i + first) % 2]) <= LEVEL_TOLERANCE_PX
            for i in range(4)
        )
        if level:
            return True
    return False


def with_corner(points: Sequence[Point], index: int, target: Point) -> tuple[Point, ...]:
    """The outline with one corner moved; the other corners stay."""
    return (*points[:index], target, *points[index + 1 :])


def with_rectangle_corner(points: Sequence[Point], index: int, target: Point) -> tuple[Point, ...]:
    """An upright rectangle with one corner moved: the two neighbours follow, so that it stays a rectangle.

    Args:
        points: An outline for which `is_rectangle` holds.
        index: The corner, 0 to 3.
        target: Where it goes.

    Returns:
        The outline with the same order of corners, also when the corner is dragged past its opposite.
    """
    changed = [*points]
    changed[index] = target
    for neighbour in ((index + 1) % 4, (index - 1) % 4):
        x, y = points[neighbour]
        shares_x = abs(x - points[index][0]) <= abs(y - points[index][1])
        changed[neighbour] = (target[0], y) if shares_x else (x, target[1])
    return tuple(changed)


def with_edge(points: Sequence[Point], index: int, dx: float, dy: float) -> tuple[Point, ...]:
    """The outline with the side from corner `index` to the next one pushed out or in, along its normal.

    Args:
        points: At least 3 corners.
        index: The side's first corner.
        dx: Pixels the pointer moved to the right; only the part across the side counts.
        dy: Pixels it moved down.
    """
    after = (index + 1) % len(points)
    (ax, ay), (bx, by) = points[index], points[after]
    length_squared = (bx - ax) ** 2 + (by - ay) ** 2
    if length_squared == 0:
        return tuple(points)
    # normal = (by - ay, ax - bx) / length
    along = (dx * (by - ay) + dy * (ax - bx)) / length_squared
    sx, sy = along * (by - ay), along * (ax - bx)
    changed = [*points]
    changed[index] = (ax + sx, ay + sy)
    changed[after] = (bx + sx, by + sy)
    return tuple(changed)


def normalized(points: Sequence[Point]) -> tuple[Point, ...]:
    """A rectangle again in TL, TR, BR, BL order, as after a corner was dragged past its opposite; others unchanged."""
    if not is_rectangle(points):
        return tuple(points)
    left, top, right, bottom = bounds(points)
    return rectangle((left, top), (right, bottom))


def upright(points: Sequence[Point]) -> tuple[Point, ...]:
    """The upright rectangle around an outline, as TL, TR, BR, BL."""
    left, top, right, bottom = bounds(points)
    return rectangle((left, top), (right, bottom))


def turned_about_centre(points: Sequence[Point], degrees: float) -> tuple[Point, ...]:
    """The outline turned clockwise about its middle, which no turn moves, so that turns in both directions cancel.

    The middle is that of a quad's corners, of any other polygon that of its least rectangle.

    Raises:
        GeometryError: If the points of a polygon enclose nothing.
    """
    quad = points if len(points) == 4 else bounding_quad(points)
    centre_x, centre_y = sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return tuple(
        (
            centre_x + (x - centre_x) * cos - (y - centre_y) * sin,
            centre_y + (x - centre_x) * sin + (y - centre_y) * cos,
        )
        for x, y in points
    )


def expanded(points: Sequence[Point], px: float) -> tuple[Point, ...]:
    """The outline with every side pushed out along its normal.

    Args:
        points: At least 3 corners; corners that lie on each other stay so.
        px: Pixels outwards; negative shrinks.

    Returns:
        As many corners in the same order; the outline unchanged if it encloses nothing or would shrink to nothing.
    """
    corners = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    area = polygon_area(corners)
    if len(corners) < 3 or abs(area) < _LEAST_AREA_PX:
        return tuple(points)
    normals = _outward_normals(corners, area)
    grown: dict[Point, Point] = {}
    moved: list[Point] = []
    for number, (x, y) in enumerate(corners):
        (ax, ay), (bx, by) = normals[number - 1], normals[number]
        # Both sides move by px when the corner moves by (a + b) / (1 + a.b) times px.
        spread = max(1 + ax * bx + ay * by, 1 / _LONGEST_CORNER)
        moved.append((x + (ax + bx) / spread * px, y + (ay + by) / spread * px))
        grown[(x, y)] = moved[-1]
    if abs(polygon_area(moved)) < _LEAST_AREA_PX or not _same_directions(corners, moved):
        return tuple(points)
    return tuple(grown[point] for point in points)


def _outward_normals(corners: Sequence[Point], area: float) -> list[Point]:
    """For each side, which runs from its corner to the next one, the direction away from the inside, of length 1."""
    side = 1.0 if area > 0 else -1.0
    normals = []
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        length = math.hypot(x1 - x0, y1 - y0) * side
        normals.append(((y1 - y0) / length, (x0 - x1) / length))
    return normals


def _same_directions(before: Sequence[Point], after: Sequence[Point]) -> bool:
    """Whether no side turned round, as sides do when an outline is shrunk past its middle."""
    for number in range(len(before)):
        (ax, ay), (bx, by) = before[number - 1], before[number]
        (cx, cy), (dx, dy) = after[number - 1], after[number]
        if (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) <= 0:
            return False
    return True


def around(outlines: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    """The rectangle around several outlines that lies in their common direction, as TL, TR, BR, BL.

    Upright rectangles give an upright rectangle; slanted ones the slant of their mean, the long ones counting most.

    Raises:
        GeometryError: If an outline, or all of them together, enclose nothing.
    """
    every = [point for outline in outlines for point in outline]
    if all(is_rectangle(outline) for outline in outlines):
        return upright(every)
    lean_x = lean_y = 0.0
    for outline in outlines:
        first, second, third, _ = bounding_quad(outline)
        start, end = max(((first, second), (second, third)), key=lambda side: distance(*side))
        # Directions that differ by a quarter turn are those of one rectangle; four times the angle makes them equal.
        angle = 4 * math.atan2(end[1] - start[1], end[0] - start[0])
        lean_x += distance(start, end) * math.cos(angle)
        lean_y += distance(start, end) * math.sin(angle)
    angle = math.atan2(lean_y, lean_x) / 4
    cos, sin = math.cos(angle), math.sin(angle)
    left, top, right, bottom = bounds([(x * cos + y * sin, y * cos - x * sin) for x, y in every])
    corners = rectangle((left, top), (right, bottom))
    return order_quad([(x * cos - y * sin, x * sin + y * cos) for x, y in corners])


def cut(points: Sequence[Point], share: float, *, down: bool) -> tuple[tuple[Point, ...], tuple[Point, ...]] | None:
    """Cuts an outline in two across its reading direction.

    Args:
        points: At least 3 corners.
        share: Where, as a share of the length, between 0 and 1.
        down: It is read from top to bottom, not from left to right.

    Returns:
        What is read first and what is read after it. A quad gives two quads in TL, TR, BR, BL order. None if the cut
        leaves nothing on one side.

    Raises:
        GeometryError: If the points enclose nothing.
    """
    if not 0 < share < 1:
        return None
    quad = order_quad(points) if len(points) == 4 else bounding_quad(points)
    first, second, third, fourth = quad
    ends = ((first, fourth), (second, third)) if down else ((first, second), (fourth, third))
    start, end = (_between(one, other, share) for one, other in ends)
    if len(points) == 4:
        if down:
            return (first, second, end, start), (start, end, third, fourth)
        return (first, start, end, fourth), (start, second, third, end)
    middle = _between(ends[0][0], ends[1][0], 0.5)
    before, after = _beside(points, start, end, middle, 1), _beside(points, start, end, middle, -1)
    if min(abs(polygon_area(before)), abs(polygon_area(after))) < _LEAST_AREA_PX:
        return None
    return before, after


def _beside(points: Sequence[Point], start: Point, end: Point, there: Point, sign: int) -> tuple[Point, ...]:
    """The part of a polygon on that side of a straight line on which `there` lies (`sign` 1), or on the other (-1).

    Source: the clipping of Sutherland and Hodgman (1974) at a single line.
    """

    def height(point: Point) -> float:
        return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])

    towards = sign * math.copysign(1, height(there))
    kept: list[Point] = []
    for number, point in enumerate(points):
        before = points[number - 1]
        here, last = towards * height(point), towards * height(before)
        if (here > 0 > last) or (here < 0 < last):
            kept.append(_between(before, point, last / (last - here)))
        if here >= 0:
            kept.append(point)
    return tuple(kept)


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
