"""Which corners a box is straightened by: a quad, or for curved lines the two long sides of a strip."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ocrstudio.core.geometry import Points, bounding_quad, distance, order_quad, polygon_area
from ocrstudio.core.page import Point

Quad = tuple[Point, Point, Point, Point]

# More corners than anybody sets along a line; drawn outlines with hundreds are no strips.
MAX_CORNERS = 64
# Of its smallest rectangle a straight line fills nearly all; only what fills less is worth bending.
CURVED_SHARE = 0.85
# A strip is so much longer than high, and nowhere so much higher than elsewhere.
LEAST_LENGTH, MOST_TAPER = 2.0, 2.0
# Ends that are nearer to each other than this share of the length belong to a ring.
RING_SHARE = 0.5


@dataclass(frozen=True)
class Strip:
    """A curved line.

    Attributes:
        top: Corners along the upper side of the line once it lies, from its left to its right.
        bottom: As many along its lower side; each belongs to the one above.
        upright: The line runs down the page: lying, it is turned by a quarter counter-clockwise already.
    """

    top: tuple[Point, ...]
    bottom: tuple[Point, ...]
    upright: bool


def outline(points: Points) -> Quad:
    """The corners that a box without a bend is straightened by, from the top left clockwise.

    Four corners of a convex quad are taken as they are, in `order_quad`'s order, however they were drawn. Everything
    else is cut through its smallest rectangle.

    Raises:
        GeometryError: If the points enclose nothing.
    """
    if len(points) == 4:
        quad = order_quad(points)
        if _is_convex(quad):
            return quad
    return bounding_quad(points)


def strip(points: Points) -> Strip | None:
    """The sides of a curved line; None if the polygon is no such strip and `outline` is the way to cut it.

    A strip has an even number of at least 6 corners that can be parted in two chains of the same length, so that the
    corners of one lie across from those of the other: each two neighbouring pairs enclose a convex cell, all pairs are
    about equally far apart, and the strip is at least twice as long as high. Of all partings the one with the shortest
    crossings counts, so that neither the first corner nor the direction of drawing matters. Polygons that fill most of
    their smallest rectangle are straight enough for that.

    The line reads from left to right; one that runs down the page reads downwards, and one bent into more than about
    two thirds of a ring reads clockwise.
    """
    count = len(points)
    if count < 6 or count % 2 or count > MAX_CORNERS or abs(polygon_area(points)) < 1:
        return None
    walk = list(points) if polygon_area(points) > 0 else list(points)[::-1]
    half = count // 2
    partings = [_parting(walk, start) for start in range(half)]
    top, bottom = min(partings, key=lambda sides: sum(map(distance, *sides)))
    if not _is_strip(top, bottom):
        return None
    quad = bounding_quad(points)
    if polygon_area(walk) >= CURVED_SHARE * abs(polygon_area(quad)):
        return None
    return _reading_way(top, bottom)


def _parting(walk: list[Point], start: int) -> tuple[list[Point], list[Point]]:
    half = len(walk) // 2
    turned = walk[start:] + walk[:start]
    return turned[:half], turned[half:][::-1]


def _is_strip(top: list[Point], bottom: list[Point]) -> bool:
    crossings = [distance(one, other) for one, other in zip(top, bottom, strict=True)]
    if min(crossings) <= 0 or max(crossings) > MOST_TAPER * min(crossings):
        return False
    if _length(top, bottom) < LEAST_LENGTH * sum(crossings) / len(crossings):
        return False
    cells = zip(pairwise(top), pairwise(bottom), strict=True)
    return all(_is_convex((a, b, d, c)) for (a, b), (c, d) in cells)


def _reading_way(top: list[Point], bottom: list[Point]) -> Strip:
    across, down = _ends(top, bottom)
    reach = (across * across + down * down) ** 0.5
    upright = False
    if reach < RING_SHARE * _length(top, bottom):
        forward = _chain_length(top) >= _chain_length(bottom)
    elif abs(across) >= abs(down):
        forward = across > 0
    else:
        forward, upright = down > 0, True
    # the walk is clockwise, so the other chain walked backwards has its outside above as well
    return (
        Strip(tuple(top), tuple(bottom), upright) if forward else Strip(tuple(bottom[::-1]), tuple(top[::-1]), upright)
    )


def _ends(top: list[Point], bottom: list[Point]) -> tuple[float, float]:
    """From the middle of the strip's beginning to that of its end."""
    across = (top[-1][0] + bottom[-1][0] - top[0][0] - bottom[0][0]) / 2
    down = (top[-1][1] + bottom[-1][1] - top[0][1] - bottom[0][1]) / 2
    return across, down


def _length(top: list[Point], bottom: list[Point]) -> float:
    return (_chain_length(top) + _chain_length(bottom)) / 2


def _chain_length(chain: list[Point]) -> float:
    return sum(distance(one, other) for one, other in pairwise(chain))


def _is_convex(quad: Points) -> bool:
    """Whether four corners, walked clockwise, never turn left and enclose something."""
    area = polygon_area(quad)
    if area <= 0:
        return False
    around = [*quad, *quad[:2]]
    turns = (
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for a, b, c in zip(around, around[1:], around[2:], strict=False)
    )
    return all(turn >= -1e-6 * area for turn in turns)
