"""How a drag changes an outline: pure rules in image pixels, y down."""

from __future__ import annotations

from collections.abc import Sequence

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Point

# A side that leans by less than this many pixels still counts as upright or level.
LEVEL_TOLERANCE_PX = 0.51


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
