"""Which boxes of two versions of a page mean the same line, and what a recogniser finds on a page with boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box, Page, PageState

# Boxes that overlap at least this much (shared area by joint area) mean the same line.
SAME_LINE = 0.5
# A found box that shares more than this of the smaller one's area with a person's box is that line again.
SAME_PLACE = 0.5
_BAND_PX = 64


def overlap(one: Box, other: Box) -> float:
    """Shared area of the bounding rectangles divided by their joint area, 0 to 1."""
    shared, first, second = _areas(one, other)
    joint = first + second - shared
    return shared / joint if joint > 0 else 0.0


def _cover(one: Box, other: Box) -> float:
    """Shared area of the bounding rectangles as a share of the smaller one's, 0 to 1."""
    shared, first, second = _areas(one, other)
    smaller = min(first, second)
    return shared / smaller if smaller > 0 else 0.0


def _areas(one: Box, other: Box) -> tuple[float, float, float]:
    """What the bounding rectangles share, and their own areas."""
    ax0, ay0, ax1, ay1 = bounds(one.points)
    bx0, by0, bx1, by1 = bounds(other.points)
    shared = max(0.0, min(ax1, bx1) - max(ax0, bx0)) * max(0.0, min(ay1, by1) - max(ay0, by0))
    return shared, (ax1 - ax0) * (ay1 - ay0), (bx1 - bx0) * (by1 - by0)


def match_boxes(ones: Sequence[Box], others: Sequence[Box]) -> dict[int, int]:
    """Pairs of boxes that mean the same line: the best overlaps first, each box once; of equal ones the same text.

    Args:
        ones: Boxes of one version.
        others: Boxes of the other version, of the same picture.

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
            if share >= SAME_LINE:
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


def merge_auto_labels(page: Page, found: Iterable[Box]) -> Page:
    """Puts a recogniser's boxes on a page without changing anything a person touched.

    Touched boxes stay as they are, untouched ones are replaced, and a found box at the place of a touched one is
    dropped, so that the person's box stands alone.

    Args:
        page: The page as it is.
        found: The recogniser's boxes.

    Returns:
        The new page; its state is AUTO unless a person had already worked on it. A checked page to which boxes come
        is to be checked again.
    """
    kept = [box for box in page.boxes if box.touched]
    fresh = [box for box in found if all(_cover(box, old) <= SAME_PLACE for old in kept)]
    state = page.state
    if state in (PageState.NEW, PageState.AUTO) and not kept:
        state = PageState.AUTO
    elif state is PageState.CHECKED and fresh:
        state = PageState.EDITED
    return replace(page, boxes=(*kept, *fresh), state=state)
