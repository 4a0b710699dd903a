"""From the map that the network draws to the outlines of the texts on the page.

Source: PaddleOCR's DBPostProcess and DetResizeForTest, whose rules decide what a detector finds when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.engine.det.maps import offset_distance, offset_polygon

Image = NDArray[np.uint8]

# The network's coarsest features are this many pixels apart, so its pictures are multiples of that.
STRIDE = 32
# Marks thinner than this many pixels of the map are no text; grown to a box they need two more.
MIN_SIDE = 3
# No side gets longer, in pixels: the limit of PaddleOCR 3 (`max_side_limit`). A strip of 30 × 3000 pixels would else be
# enlarged to 736 × 73600, for which no memory suffices.
LONGEST_SIDE = 4000
# ImageNet's mean and spread, applied to the channels in the order BGR as PaddleOCR does.
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


@dataclass(frozen=True)
class BoxRules:
    """Constants of the boxes; the keys of PostProcess.

    Attributes:
        thresh: A pixel above it belongs to a text.
        box_thresh: The mean of the map within a box must reach it.
        max_candidates: At most so many marks are looked at.
        unclip_ratio: How far a mark grows to cover its text: area * ratio / perimeter.
        use_dilation: Widen the marks by a pixel before.
        score_mode: fast takes the mean within the box, slow within the mark.
        box_type: quad gives rectangles of any turn, poly outlines of many points.
    """

    thresh: float = 0.3
    box_thresh: float = 0.6
    max_candidates: int = 1000
    unclip_ratio: float = 1.5
    use_dilation: bool = False
    score_mode: str = "fast"
    box_type: str = "quad"


@dataclass(frozen=True)
class ResizeRules:
    """How a page is scaled before it is looked at; the keys of DetResizeForTest.

    Attributes:
        limit_side_len: The length that `limit_type` speaks of, in pixels.
        limit_type: min: the short side is at least so long; max: the long side at most; resize_long: the long side
            exactly.
        multiple: If not 0, the sides grow to the next multiple of it, instead of going to the nearest one of 32.
    """

    limit_side_len: int = 736
    limit_type: str = "min"
    multiple: int = 0

    def size(self, height: int, width: int) -> tuple[int, int]:
        """Height and width that a page of that size gets: multiples of 32."""
        if self.limit_type == "max":
            ratio = min(1.0, self.limit_side_len / max(height, width))
        elif self.limit_type == "min":
            ratio = max(1.0, self.limit_side_len / min(height, width))
        else:
            ratio = self.limit_side_len / max(height, width)
        ratio = min(ratio, max(LONGEST_SIDE, self.limit_side_len) / max(height, width))
        return self._whole(int(height * ratio)), self._whole(int(width * ratio))

    def _whole(self, side: int) -> int:
        if self.multiple:
            return max(1, -(-side // self.multiple)) * self.multiple
        return max(round(side / STRIDE) * STRIDE, STRIDE)


def scaled(page: Image, rules: ResizeRules) -> Image:
    """The page as the network looks at it when it is used or measured."""
    height, width = page.shape[:2]
    new_height, new_width = rules.size(height, width)
    return np.asarray(cv2.resize(page, (new_width, new_height)), np.uint8)


def normalised(image: Image, out: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """(H, W, 3) BGR bytes as the network's (3, H, W) input, into `out` if given."""
    out = np.empty((3, *image.shape[:2]), np.float32) if out is None else out
    scale, shift = 1 / (255 * SPREAD), -MEAN / SPREAD
    for channel in range(3):
        np.multiply(image[:, :, channel], scale[channel], out=out[channel], casting="unsafe")
        out[channel] += shift[channel]
    return out


def boxes_of_map(score_map: NDArray[np.float32], height: int, width: int, rules: BoxRules) -> list[NDArray[np.int32]]:
    """The outlines of the texts on a page.

    Args:
        score_map: (H, W) in 0..1, what the network says of the scaled page.
        height, width: Of the page itself; the outlines are in its pixels.
        rules: Constants.

    Returns:
        (points, 2) each; four points (top left first, clockwise) unless `rules.box_type` is poly.
    """
    marks = (score_map > rules.thresh).astype(np.uint8)
    if rules.use_dilation:
        marks = np.asarray(cv2.dilate(marks, np.ones((2, 2), np.uint8)), np.uint8)
    contours, _ = cv2.findContours(marks, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    outline = _polygon if rules.box_type == "poly" else _quad
    found = (outline(contour.reshape(-1, 2), score_map, rules) for contour in contours[: rules.max_candidates])
    scale = np.array([width / score_map.shape[1], height / score_map.shape[0]])
    return [
        np.clip(np.round(points * scale), 0, (width, height)).astype(np.int32) for points in found if points is not None
    ]


def _quad(contour: NDArray[np.int32], score_map: NDArray[np.float32], rules: BoxRules) -> NDArray[np.float32] | None:
    corners, side = _rectangle(contour)
    if side < MIN_SIDE:
        return None
    region = corners if rules.score_mode == "fast" else contour
    if _mean_inside(score_map, region) < rules.box_thresh:
        return None
    grown = _grown(corners, rules.unclip_ratio)
    if grown is None:
        return None
    corners, side = _rectangle(grown)
    return None if side < MIN_SIDE + 2 else corners


def _polygon(contour: NDArray[np.int32], score_map: NDArray[np.float32], rules: BoxRules) -> NDArray[np.int32] | None:
    points = cv2.approxPolyDP(contour, 0.002 * cv2.arcLength(contour, closed=True), closed=True).reshape(-1, 2)
    if len(points) < 4 or _mean_inside(score_map, points) < rules.box_thresh:
        return None
    grown = _grown(points, rules.unclip_ratio)
    if grown is None or _rectangle(grown)[1] < MIN_SIDE + 2:
        return None
    return grown


def _grown(points: NDArray[np.generic], ratio: float) -> NDArray[np.int32] | None:
    """The mark widened to its text; None if it falls apart."""
    # 1 - 0 ** 2 = 1: area / perimeter
    grown = offset_polygon(points, offset_distance(points, 0.0) * ratio)
    return grown[0] if len(grown) == 1 else None


def _rectangle(points: NDArray[np.generic]) -> tuple[NDArray[np.float32], float]:
    """The smallest rectangle of any turn around points: its corners, and its short side."""
    rectangle = cv2.minAreaRect(points.reshape(-1, 1, 2))
    corners = cv2.boxPoints(rectangle)
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left if left[1, 1] > left[0, 1] else left[::-1]
    top_right, bottom_right = right if right[1, 1] > right[0, 1] else right[::-1]
    ordered = np.stack([top_left, top_right, bottom_right, bottom_left]).astype(np.float32)
    return ordered, min(rectangle[1])


def _mean_inside(score_map: NDArray[np.float32], points: NDArray[np.generic]) -> float:
    """The mean of the map within a polygon."""
    height, width = score_map.shape
    limits = np.array([width - 1, height - 1])
    left, top = np.clip(np.floor(points.min(axis=0)), 0, limits).astype(int)
    right, bottom = np.clip(np.ceil(points.max(axis=0)), 0, limits).astype(int) + 1
    inside = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillPoly(inside, [(points - np.array([left, top])).astype(np.int32)], 1)
    return float(cv2.mean(score_map[top:bottom, left:right], inside)[0])
