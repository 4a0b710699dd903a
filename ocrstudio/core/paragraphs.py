"""Which lines of a page belong together, so that documents flow."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Point

# A line further below the one before than this share of a line's height begins anew.
GAP = 0.9
# So does one whose height differs by more than this factor: a heading.
GROWTH = 1.4


def paragraphs(outlines: Sequence[Sequence[Point]]) -> list[list[int]]:
    """Groups lines that follow each other closely.

    Args:
        outlines: Of each line, (x, y) in pixels, in reading order.

    Returns:
        Indices into `outlines`, in order, group by group.
    """
    boxes = [bounds(points) for points in outlines]
    heights = [max(1.0, bottom - top) for _, top, _, bottom in boxes]
    usual = median(heights) if heights else 1.0
    found: list[list[int]] = []
    for index, box in enumerate(boxes):
        if found and _goes_on(boxes[index - 1], box, usual):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _goes_on(before: tuple[float, float, float, float], line: tuple[float, float, float, float], usual: float) -> bool:
    """Whether a line belongs to the one before it."""
    heights = sorted((max(1.0, before[3] - before[1]), max(1.0, line[3] - line[1])))
    beside = before[1] < (line[1] + line[3]) / 2 < before[3]  # on the same height, such as the cells of a table
    if beside:
        return True
    apart = line[1] - before[3]
    under = line[0] < before[2] and before[0] < line[2]
    return under and -usual < apart <= GAP * usual and heights[1] <= GROWTH * heights[0]
