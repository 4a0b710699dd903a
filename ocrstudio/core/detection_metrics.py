"""How well text was found on pages: precision, recall and their harmonic mean, as PaddleOCR's DetMetric counts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ocrstudio.core.page import Point

Polygon = Sequence[Point]

# A found box is a hit when it shares more than this part of the joint area with a true one.
MIN_IOU = 0.5
# A found box does not count at all when more than this part of it lies in a region to be ignored.
MIN_IGNORED_SHARE = 0.5


@dataclass(frozen=True)
class PageMatch:
    """The counts of one page.

    Attributes:
        truths: True boxes that count: those not to be ignored.
        found: Found boxes that count: those outside ignored regions.
        matched: Pairs of the two.
        missed: Which of the true polygons count and have no found one.
        false: Which of the found polygons count and have no true one.
    """

    truths: int
    found: int
    matched: int
    missed: tuple[int, ...] = field(default=(), compare=False)
    false: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class DetectionScore:
    """Measures of a whole set, 0 to 1; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    hmean: float


def match_page(truths: Sequence[Polygon], ignored: Sequence[bool], found: Sequence[Polygon]) -> PageMatch:
    """Pairs the found boxes of a page with its true ones.

    Args:
        truths: True polygons of at least three points, any unit.
        ignored: One per truth: it is no error to find it or to miss it.
        found: Found polygons in the same unit.

    Returns:
        Counts. Polygons that cross themselves or enclose nothing do not count on either side.

    Source: PaddleOCR, DetMetric (the ICDAR 2015 protocol): true boxes in their order take the first free found box
    with an overlap above one half.
    """
    import shapely

    true_shapes, keep = _shapes(truths)
    ignores = [bool(ignored[index]) for index in keep]
    found_shapes, found_keep = _shapes(found)
    left_out = _inside_ignored(
        found_shapes, [shape for shape, ignore in zip(true_shapes, ignores, strict=True) if ignore]
    )
    counted = [shape for shape, out in zip(found_shapes, left_out, strict=True) if not out]
    counted_places = [place for place, out in zip(found_keep, left_out, strict=True) if not out]
    wanted = [(place, shape) for place, shape, ignore in zip(keep, true_shapes, ignores, strict=True) if not ignore]
    free = [True] * len(counted)
    missed = []
    tree = shapely.STRtree(counted)
    for place, shape in wanted:
        for index in sorted(tree.query(shape)):
            other = counted[index]
            if free[index] and shape.intersection(other).area / shape.union(other).area > MIN_IOU:
                free[index] = False
                break
        else:
            missed.append(place)
    false = tuple(place for place, is_free in zip(counted_places, free, strict=True) if is_free)
    return PageMatch(len(wanted), len(counted), len(counted) - len(false), tuple(missed), false)


def _shapes(polygons: Sequence[Polygon]) -> tuple[list[Any], list[int]]:
    """The valid ones as shapes, and their places."""
    import shapely

    shapes = [shapely.Polygon(points) for points in polygons]
    keep = [index for index, shape in enumerate(shapes) if shape.is_valid]
    return [shapes[index] for index in keep], keep


def _inside_ignored(found: Sequence[Any], ignored: Sequence[Any]) -> list[bool]:
    def lies_inside(shape: Any) -> bool:
        area = shape.area
        return area > 0 and any(region.intersection(shape).area / area > MIN_IGNORED_SHARE for region in ignored)

    return [lies_inside(shape) for shape in found]


def detection_score(pages: Iterable[PageMatch]) -> DetectionScore:
    """The measures of a set of pages: all boxes of all pages count alike.

    Source: PaddleOCR, DetMetric.
    """
    truths = found = matched = 0
    for page in pages:
        truths += page.truths
        found += page.found
        matched += page.matched
    precision = matched / found if found else 0.0
    recall = matched / truths if truths else 0.0
    total = precision + recall
    return DetectionScore(precision, recall, 2 * precision * recall / total if total else 0.0)
