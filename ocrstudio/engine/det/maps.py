"""What the network learns on a page, pixel by pixel: the cores of the texts and the borders around them.

Source: "Real-time Scene Text Detection with Differentiable Binarization" (Liao et al., 2020), with the constants and
special cases of PaddleOCR's MakeShrinkMap and MakeBorderMap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pyclipper
from numpy.typing import NDArray

Polygon = NDArray[np.float64]


@dataclass(frozen=True)
class MapRules:
    """Constants of the targets; the keys of MakeShrinkMap and MakeBorderMap.

    Attributes:
        shrink_ratio: 1 leaves a polygon as it is, 0 shrinks it most.
        min_text_size: Texts lower or narrower than this many pixels are not learned.
        low, high: Threshold far from and on the outline of a text.
    """

    shrink_ratio: float = 0.4
    min_text_size: float = 8
    low: float = 0.3
    high: float = 0.7


@dataclass(frozen=True)
class Maps:
    """Targets of one page.

    Attributes:
        shrink: (H, W) uint8, 1 in the core of a text.
        shrink_mask: (H, W) uint8, 0 where nothing is to be learned.
        threshold: (H, W) float32 between low and high.
        threshold_mask: (H, W) uint8, 1 where the threshold is learned: on the texts and a little around them.
    """

    shrink: NDArray[np.uint8]
    shrink_mask: NDArray[np.uint8]
    threshold: NDArray[np.float32]
    threshold_mask: NDArray[np.uint8]


def draw_maps(polygons: Sequence[Polygon], ignored: Sequence[bool], height: int, width: int, rules: MapRules) -> Maps:
    """Draws the targets of a page.

    Args:
        polygons: (points, 2) each, in pixels of the page; they may reach beyond it.
        ignored: One per polygon: neither learned as text nor as background.
        height, width: Of the page.
        rules: Constants.
    """
    shrink = np.zeros((height, width), np.uint8)
    shrink_mask = np.ones((height, width), np.uint8)
    nearness = np.zeros((height, width), np.float32)
    threshold_mask = np.zeros((height, width), np.uint8)
    limits = np.array([width - 1, height - 1], np.float64)
    for polygon, ignore in zip(polygons, ignored, strict=True):
        inside = np.clip(polygon, 0, limits)
        cores = [] if ignore else _cores(inside, rules)
        if cores:
            cv2.fillPoly(shrink, cores, 1)
        else:
            cv2.fillPoly(shrink_mask, [inside.astype(np.int32)], 0)
        if not ignore:
            _draw_border(polygon, nearness, threshold_mask, rules)
    threshold = nearness * np.float32(rules.high - rules.low) + np.float32(rules.low)
    return Maps(shrink, shrink_mask, threshold, threshold_mask)


def offset_polygon(polygon: NDArray[np.generic], distance: float) -> list[NDArray[np.int32]]:
    """A polygon grown by so many pixels (shrunk if negative) with round corners: (points, 2) each, none to several.

    Source: Vatti's clipping algorithm, as pyclipper has it; it works on whole pixels.
    """
    offset = pyclipper.PyclipperOffset()
    try:
        offset.AddPath(polygon.astype(np.int64).tolist(), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
        return [np.array(path, np.int32) for path in offset.Execute(distance)]
    except pyclipper.ClipperException:  # nothing is left of it on whole pixels
        return []


def offset_distance(polygon: NDArray[np.generic], ratio: float) -> float:
    """By how many pixels a polygon is shrunk or grown: area * (1 - ratio ** 2) / perimeter; 0 if it has none."""
    points = polygon.astype(np.float32)
    perimeter = cv2.arcLength(points, closed=True)
    return cv2.contourArea(points) * (1 - ratio**2) / perimeter if perimeter > 0 else 0.0


def _cores(polygon: Polygon, rules: MapRules) -> list[NDArray[np.int32]]:
    """The shrunk polygon; empty if it is too small to be learned."""
    if min(np.ptp(polygon, axis=0)) < rules.min_text_size or cv2.contourArea(polygon.astype(np.float32)) < 1:
        return []
    cores: list[NDArray[np.int32]] = []
    # one that falls apart is shrunk less
    for ratio in np.arange(rules.shrink_ratio, 1, rules.shrink_ratio):
        cores = offset_polygon(polygon, -offset_distance(polygon, float(ratio)))
        if len(cores) == 1:
            break
    return cores


def _draw_border(polygon: Polygon, nearness: NDArray[np.float32], mask: NDArray[np.uint8], rules: MapRules) -> None:
    """Marks the surroundings of a text: nearness is 1 on its outline and falls to 0 at the offset distance."""
    reach = offset_distance(polygon, rules.shrink_ratio)
    grown = offset_polygon(polygon, reach) if reach > 0 else []
    if not grown:
        return
    cv2.fillPoly(mask, grown[:1], 1)
    height, width = mask.shape
    left, top = np.maximum(grown[0].min(axis=0), 0)
    right, bottom = np.minimum(grown[0].max(axis=0) + 1, (width, height))
    if left >= right or top >= bottom:
        return
    distance = outline_distance(polygon, int(left), int(top), int(right), int(bottom))
    distance *= np.float32(-1 / reach)
    distance += 1
    part = nearness[top:bottom, left:right]
    # everything below 0 loses against what is there
    np.maximum(part, distance, out=part)


def outline_distance(polygon: Polygon, left: int, top: int, right: int, bottom: int) -> NDArray[np.float32]:
    """Distance of each pixel of a rectangle to the nearest edge of a polygon.

    Returns:
        (bottom - top, right - left) in pixels.
    """
    starts = polygon.astype(np.float32)
    edges = np.roll(starts, -1, axis=0) - starts
    halves = np.hypot(edges[:, 0], edges[:, 1]) / 2
    real = halves > 0
    edges, halves = edges[real], halves[real]
    middles = starts[real] + edges / 2
    along = edges / (2 * halves[:, None])
    xs = np.arange(left, right, dtype=np.float32) - middles[:, :1]
    ys = np.arange(top, bottom, dtype=np.float32) - middles[:, 1:]
    # (edges, rows, columns): how far each pixel lies beyond the ends of the edge, and how far from its line
    beyond = (ys * along[:, 1:])[:, :, None] + (xs * along[:, :1])[:, None, :]
    np.abs(beyond, out=beyond)
    beyond -= halves[:, None, None]
    np.maximum(beyond, 0, out=beyond)
    beyond *= beyond
    aside = (ys * along[:, :1])[:, :, None] - (xs * along[:, 1:])[:, None, :]
    aside *= aside
    aside += beyond
    nearest: NDArray[np.float32] = np.sqrt(aside.min(axis=0))
    return nearest
