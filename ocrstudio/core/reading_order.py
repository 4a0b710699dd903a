"""The order in which a page's boxes are read.

The rule, in this order:

0. A page most of whose lines are read from the other end, as one that was scanned the wrong way round, is taken as
   turned upright. (One that is turned to the right needs nothing: its lines follow each other as those of rule 2.)
1. The page is level with its lines: the median slant of its long boxes is turned away.
2. If more long boxes stand than lie, the text is vertical: lines run from top to bottom and follow each other from
   right to left. What follows is said for lying lines and holds for standing ones in the same way.
3. Columns of running text are read one after the other. A gutter parts columns if on both sides there are at least
   three lines, the middle one of which fills most of its side and is long. What crosses the gutter, such as a heading,
   is read in its place between what is above and below it. Rows of tables and forms have short texts and are read
   across.
4. Within a column: line by line from top to bottom, each line from left to right, as PPOCRLabel's "Resort position".
   Boxes belong to one line when the middle of one differs from that of its neighbour on the left by less than half of
   the smaller height, so a line may rise or sag. A box much higher than the others stands in the line of its top.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box, Point

# Quarters clockwise: upside down, and from the bottom to the top.
_FROM_THE_OTHER_END = (2, 3)
# Neighbours whose middles differ by less than this share of the smaller height stand in one line.
_SAME_LINE = 0.5
# Boxes that cover more than this share of the shorter one's length stand above each other.
_ABOVE = 0.5
# So many lines above and below a box are looked at: boxes heaped on one spot would cost the square of their number.
_NEIGHBOURS = 8
# This many times as long as high: the box has a direction.
_LONG = 1.5
# This many times as high as the usual one: the box spans lines.
_TALL = 2.0
# Columns of running text: fewest lines, the share of its side that the middle line fills, and its length in heights.
_FEWEST_LINES = 3
_FILLED = 0.75
_RUNNING = 6.0
# A gutter is this many usual heights wide, and one box crosses it, or this share of the lines at the fullest place.
_GUTTER = 0.75
_CROSSING = 0.2
# Gutters that are tried in one region, the emptiest first.
_TRIED = 6


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a box is along its line (start, end) and across the lines (top, bottom); both grow in reading direction."""

    number: int
    start: float
    end: float
    top: float
    bottom: float

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class _Line:
    """A line that grows to the right; `middle` and `height` are those of its last box."""

    middle: float
    height: float
    places: list[_Place]


def reading_order(boxes: Sequence[Box], turns: Sequence[int] = ()) -> list[Box]:
    """The boxes in the order in which they are read, by the rule of this module.

    Args:
        boxes: Of one page.
        turns: For each of them the quarters clockwise by which its text stands turned, as far as reading told that.
    """
    usable = [number for number, box in enumerate(boxes) if box.points]
    if len(usable) < 2:
        return list(boxes)
    outlines: dict[int, Sequence[Point]] = {number: boxes[number].points for number in usable}
    if 2 * sum(turn in _FROM_THE_OTHER_END for turn in turns) > len(boxes):
        outlines = {number: [(-x, -y) for x, y in points] for number, points in outlines.items()}
    slant, vertical = _direction(list(outlines.values()))
    places = [_place(number, points, slant, vertical=vertical) for number, points in outlines.items()]
    ordered = [place.number for place in _region(places, median(place.height for place in places))]
    without_points = [number for number, box in enumerate(boxes) if not box.points]
    return [boxes[number] for number in (*ordered, *without_points)]


def _direction(outlines: Sequence[Sequence[Point]]) -> tuple[float, bool]:
    """The slant of the page in radians, between -45 and 45 degrees, and whether its text is vertical."""
    lying, standing = [], []
    for points in outlines:
        found = _long_side(points)
        if found is None:
            continue
        if abs(found) <= math.pi / 4:
            lying.append(found)
        else:
            standing.append(found - math.pi / 2 if found > 0 else found + math.pi / 2)
    vertical = len(standing) > len(lying)
    slants = standing if vertical else lying
    return (median(slants) if slants else 0.0), vertical


def _long_side(points: Sequence[Point]) -> float | None:
    """The direction of an outline's long side in radians, over -90 to 90 degrees; None if it has none."""
    if len(points) == 4:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
        first = (bx + cx - ax - dx, by + cy - ay - dy)
        second = (cx + dx - ax - bx, cy + dy - ay - by)
    else:
        left, top, right, bottom = bounds(points)
        first, second = (right - left, 0.0), (0.0, bottom - top)
    long, short = sorted((first, second), key=lambda side: -math.hypot(*side))
    if math.hypot(*long) < _LONG * math.hypot(*short) or long == (0.0, 0.0):
        return None
    angle = math.atan2(long[1], long[0])
    return angle - math.pi if angle > math.pi / 2 else angle + math.pi if angle <= -math.pi / 2 else angle


def _place(number: int, points: Sequence[Point], slant: float, *, vertical: bool) -> _Place:
    if slant:
        cos, sin = math.cos(slant), math.sin(slant)
        points = [(x * cos + y * sin, y * cos - x * sin) for x, y in points]
    left, top, right, bottom = bounds(points)
    return _Place(number, top, bottom, -right, -left) if vertical else _Place(number, left, right, top, bottom)


# --- columns ---------------------------------------------------------------------------------------------------------


def _region(places: list[_Place], height: float) -> list[_Place]:
    """A part of the page in reading order; `height` is the usual one of the whole page."""
    lines = _lines(places, height)
    for start, end in _gutters(places, height) if len(places) >= 2 * _FEWEST_LINES else ():
        middle = (start + end) / 2
        left = [[place for place in line if place.end <= middle] for line in lines]
        right = [[place for place in line if place.start >= middle] for line in lines]
        if _is_running_text(left, height) and _is_running_text(right, height):
            crossing = [place for place in places if place.start < middle < place.end]
            return _columns(list(chain(*left)), list(chain(*right)), crossing, height)
    return list(chain(*lines))


def _gutters(places: Sequence[_Place], height: float) -> list[tuple[float, float]]:
    """Stretches along the lines that few boxes cross, with boxes on both sides; the emptiest and widest first."""
    edges = sorted([(place.start, 1) for place in places] + [(place.end, -1) for place in places])
    stretches: list[tuple[int, float, float]] = []
    crossing = 0
    for (here, step), (there, _) in pairwise(edges):
        crossing += step
        stretches.append((crossing, here, there))
    most = max(1.0, _CROSSING * max(crossing for crossing, _, _ in stretches))
    found = [one for one in stretches if one[0] <= most and one[2] - one[1] >= _GUTTER * height]
    found.sort(key=lambda gutter: (gutter[0], gutter[1] - gutter[2]))
    return [(start, end) for _, start, end in found[:_TRIED]]


def _is_running_text(lines: Sequence[Sequence[_Place]], height: float) -> bool:
    inked = [sum(place.length for place in line) for line in lines if line]
    if len(inked) < _FEWEST_LINES:
        return False
    width = max(place.end for line in lines for place in line) - min(place.start for line in lines for place in line)
    return median(inked) >= max(_FILLED * width, _RUNNING * height)


def _columns(left: list[_Place], right: list[_Place], crossing: Sequence[_Place], height: float) -> list[_Place]:
    """Two columns one after the other, over and over between what crosses both."""
    ordered: list[_Place] = []
    for line in _lines(crossing, height):
        top = min(place.top + place.bottom for place in line)
        for column in (left, right):
            above = [place for place in column if place.top + place.bottom < top]
            column[:] = [place for place in column if place.top + place.bottom >= top]
            ordered += _region(above, height)
        ordered += line
    return ordered + _region(left, height) + _region(right, height)


# --- lines -----------------------------------------------------------------------------------------------------------


def _lines(places: Sequence[_Place], height: float) -> list[list[_Place]]:
    """Lines from top to bottom, each from left to right.

    Boxes are taken from left to right; each goes on with the line whose last box is nearest in height.
    """
    open_lines: list[_Line] = []  # by their middle
    for place in sorted(places, key=lambda one: (one.start, one.top)):
        own = min(place.height, height) if place.height > _TALL * height else place.height
        middle = place.top + own / 2
        index = _line_for(open_lines, place, middle, own)
        line = _Line(middle, own, []) if index is None else open_lines.pop(index)
        line.places.append(place)
        line.middle, line.height = middle, own
        insort(open_lines, line, key=_middle)
    lines = [line.places for line in open_lines]
    return sorted(lines, key=lambda line: sum(place.top + min(place.height, height) / 2 for place in line) / len(line))


def _line_for(lines: list[_Line], place: _Place, middle: float, height: float) -> int | None:
    """Index of the line that a box goes on with; None if it begins one."""
    best: tuple[float, int] | None = None
    reach = _SAME_LINE * height
    first = bisect_left(lines, middle - reach, key=_middle)
    last = bisect_left(lines, middle + reach, first, key=_middle)
    if last - first > 2 * _NEIGHBOURS:
        nearest = bisect_left(lines, middle, first, last, key=_middle)
        first, last = max(nearest - _NEIGHBOURS, first), min(nearest + _NEIGHBOURS, last)
    for index in range(first, last):
        line = lines[index]
        away = abs(line.middle - middle)
        before = line.places[-1]
        covered = min(before.end, place.end) - max(before.start, place.start)
        beside = covered <= _ABOVE * min(before.length, place.length)
        if away < _SAME_LINE * min(height, line.height) and beside and (best is None or away < best[0]):
            best = (away, index)
    return best[1] if best is not None else None


def _middle(line: _Line) -> float:
    return line.middle
