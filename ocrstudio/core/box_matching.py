"""Which boxes of two versions of a page mean the same line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box

# Boxes that overlap at least this much (shared area by joint area) mean the same line.
SAME_LINE = 0.5
_BAND_PX = 64


def overlap(one: Box, other: Box) -> float:
    """Shared area of the bounding rectangles divided by their joint area, 0 to 1."""
    ax0, ay0, ax1, ay1 = bounds(one.points)
    bx0, by0, bx1, by1 = bounds(other.points)
    shared = max(0.0, min(ax1, bx1) - max(ax0, bx0)) * max(0.0, min(ay1, by1) - max(ay0, by0))
    joint = (ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - shared
    return shared / joint if joint > 0 else 0.0


def match_boxes(ones: Sequence[Box], others: Sequence[Box], least: float = SAME_LINE) -> dict[int, int]:
    """Pairs of boxes that mean the same line: the best overlaps first, each box once; of equal ones the same text.

    Args:
        ones: Boxes of one version.
        others: Boxes of the other version, of the same picture.
        least: The overlap from which two boxes can be a pair, above 0.

    Returns:
        Place in `ones` to place in `others`.
    """
    bands: dict[int, list[int]] = defaultdict(list)
    for place, box in enumerate(others):
        for band in _bands(box):
            bands[band].append(place)
    candidates = []
    for place, box in enumerate(ones):
        near = {other for band in _bands(box) for other in bands.get(band, ())}
        for other in near:
            share = overlap(box, others[other])
            if share >= least:
                candidates.append((-share, box.text != others[other].text, abs(place - other), place, other))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, place, other in sorted(candidates):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return pairs


def _bands(box: Box) -> range:
    _, top, _, bottom = bounds(box.points)
    return range(int(top // _BAND_PX), int(bottom // _BAND_PX) + 1)
