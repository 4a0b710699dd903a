"""Points, quads and polygons in image pixels, y down."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError
from ocrstudio.core.page import Point

Points = Sequence[Point]


def polygon_area(points: Points) -> float:
    """Area in square pixels, positive when the points run clockwise on the screen (y down), else negative."""
    total = 0.0
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], *points[:1]], strict=True):
        total += x0 * y1 - x1 * y0
    return total / 2


def distance(one: Point, other: Point) -> float:
    """Pixels between two points."""
    return math.hypot(one[0] - other[0], one[1] - other[1])


def clamp_point(point: Point, width: float, height: float) -> Point:
    """The nearest point inside an image of that size."""
    return (min(max(point[0], 0.0), width), min(max(point[1], 0.0), height))


def bounds(points: Points) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def order_quad(points: Points) -> tuple[Point, Point, Point, Point]:
    """Puts four corners in the order top-left, top-right, bottom-right, bottom-left.

    The order of drawing does not matter: the corners are walked clockwise around their centre, starting at the upper
    one of the two leftmost. Long lines are read along their length unless they are nearly upright.

    Args:
        points: (x, y), any order.

    Returns:
        The same points.

    Raises:
        GeometryError: If there are not four, or they enclose nothing.

    Source: the rule of PaddleOCR's detection (get_mini_boxes), so that boxes drawn by hand are cut as found ones are.
    """
    if len(points) != 4:
        raise _not_a_region(points)
    centre_x = sum(x for x, _ in points) / 4
    centre_y = sum(y for _, y in points) / 4
    # y down: a growing angle is clockwise on the screen
    walk = sorted(points, key=lambda point: math.atan2(point[1] - centre_y, point[0] - centre_x))
    if abs(polygon_area(walk)) < 1e-6:
        raise _not_a_region(points)
    leftmost = sorted(range(4), key=lambda corner: walk[corner])[:2]
    start = min(leftmost, key=lambda corner: walk[corner][1])
    first, second, third, fourth = (walk[(start + step) % 4] for step in range(4))
    return first, second, third, fourth


def quad_size(quad: Points) -> tuple[float, float]:
    """Width and height of the rectangle that a quad (in `order_quad`'s order) is straightened to: its longer edges."""
    first, second, third, fourth = quad
    width = max(distance(first, second), distance(third, fourth))
    height = max(distance(first, fourth), distance(second, third))
    return width, height


def convex_hull(points: Points) -> list[Point]:
    """The corners of the smallest convex polygon around some points, in a fixed turning direction (monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    chains: list[Point] = []
    for walk in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in walk:
            while len(chain) >= 2 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        chains += chain[:-1]
    return chains


def _turn(origin: Point, one: Point, other: Point) -> float:
    return (one[0] - origin[0]) * (other[1] - origin[1]) - (one[1] - origin[1]) * (other[0] - origin[0])


def bounding_quad(points: Points) -> tuple[Point, Point, Point, Point]:
    """The rectangle of least area around some points, at any angle, in `order_quad`'s order.

    Raises:
        GeometryError: If the points enclose nothing.

    Source: one side of that rectangle lies on an edge of the convex hull (Freeman and Shapira 1975).
    """
    hull = convex_hull(points)
    if len(hull) < 3:
        raise _not_a_region(points)
    best: tuple[float, list[Point]] | None = None
    for (x0, y0), (x1, y1) in zip(hull, [*hull[1:], hull[0]], strict=True):
        length = math.hypot(x1 - x0, y1 - y0)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        along = [x * ux + y * uy for x, y in hull]
        across = [y * ux - x * uy for x, y in hull]
        area = (max(along) - min(along)) * (max(across) - min(across))
        if best is None or area < best[0] - 1e-9:
            corners = [
                (min(along), min(across)),
                (max(along), min(across)),
                (max(along), max(across)),
                (min(along), max(across)),
            ]
            best = (area, [(a * ux - b * uy, a * uy + b * ux) for a, b in corners])
    if best is None or best[0] < 1e-6:
        raise _not_a_region(points)
    return order_quad(best[1])


def point_in_polygon(point: Point, points: Points) -> bool:
    """Whether a point is inside a polygon (even-odd rule; the edge itself may count either way)."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], *points[:1]], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """Pixels from a point to the nearest point of a straight edge."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    share = min(max(share, 0.0), 1.0)
    return distance(point, (start[0] + share * dx, start[1] + share * dy))


def _not_a_region(points: Points) -> GeometryError:
    return GeometryError(
        QT_TRANSLATE_NOOP("Errors", "{count} points do not enclose a region."),
        QT_TRANSLATE_NOOP("Errors", "Delete the box or draw it again."),
        count=len(points),
    )
