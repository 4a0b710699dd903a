"""Pages as another camera or another place on the sheet could have shown them; the outlines follow.

Mirroring, turning, cropping and scaling are one step, so that even a large page costs no more than the piece that is
learned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Polygon = NDArray[np.float64]

# A crop is at least this part of the page wide and high.
MIN_CROP = 0.1


@dataclass(frozen=True)
class AugmentRules:
    """What may happen to a page; the keys of IaaAugment and EastRandomCropData.

    Attributes:
        flip: Probability of mirroring left and right.
        turn: Smallest and largest turn in degrees.
        scale: Smallest and largest scale of the page before it is cropped. As the crop is brought to `size`, scales
            above 1 change nothing; those below 1 take away detail.
        size: Width and height of the piece that is learned.
        max_tries: Attempts at a crop with text on it; then the whole page is taken.
        keep_ratio: Pad with black instead of distorting.
    """

    flip: float = 0.5
    turn: tuple[float, float] = (-10.0, 10.0)
    scale: tuple[float, float] = (0.5, 3.0)
    size: tuple[int, int] = (640, 640)
    max_tries: int = 50
    keep_ratio: bool = True

    @classmethod
    def of(cls, transforms: Mapping[str, Any]) -> AugmentRules:
        """Reads `Train.dataset.transforms`, by name.

        A missing or empty IaaAugment changes nothing but the crop. ValueError or TypeError if a value does not fit.
        """
        flip, turn, scale = 0.0, (0.0, 0.0), (1.0, 1.0)
        if "IaaAugment" in transforms:
            steps = (transforms["IaaAugment"] or {}).get("augmenter_args", _USUAL)
            for step in steps or ():
                values = step.get("args") or {}
                if step.get("type") == "Fliplr":
                    flip = float(values.get("p", 1.0))
                elif step.get("type") == "Affine":
                    turn = _pair(values.get("rotate", 0.0))
                elif step.get("type") == "Resize":
                    scale = _pair(values.get("size", 1.0))
                else:
                    raise ValueError(f"IaaAugment {step.get('type')}")
        crop = transforms.get("EastRandomCropData") or {}
        width, height = crop.get("size", cls.size)
        return cls(
            flip=flip,
            turn=turn,
            scale=scale,
            size=(int(width), int(height)),
            max_tries=int(crop.get("max_tries", 10)),
            keep_ratio=bool(crop.get("keep_ratio", True)),
        )


# What PaddleOCR does where IaaAugment names nothing.
_USUAL = (
    {"type": "Fliplr", "args": {"p": 0.5}},
    {"type": "Affine", "args": {"rotate": [-10, 10]}},
    {"type": "Resize", "args": {"size": [0.5, 3]}},
)


def _pair(value: Any) -> tuple[float, float]:
    low, high = (value, value) if isinstance(value, (int, float)) else value
    return float(low), float(high)


@dataclass(frozen=True)
class View:
    """The piece of a page that is learned, before its pixels are looked at.

    Attributes:
        matrix: (2, 3) from pixels of the page to those of the piece.
        shown: Width and height of what the page fills of the piece; the rest is black.
        detail: The page is first shrunk by this factor, at most 1.
        polygons: (points, 2) each in pixels of the piece, those that touch it; they may reach beyond it.
        ignored: One per polygon.
    """

    matrix: NDArray[np.float64]
    shown: tuple[int, int]
    detail: float
    polygons: tuple[Polygon, ...]
    ignored: tuple[bool, ...]


def random_view(
    page_size: tuple[int, int],
    polygons: Sequence[Polygon],
    ignored: Sequence[bool],
    rules: AugmentRules,
    random: np.random.Generator,
) -> View:
    """A random view of a page; the same generator state gives the same one.

    Args:
        page_size: Width and height.
        polygons: (points, 2) each, in pixels of the page.
        ignored: One per polygon; a crop may cut these only.
        rules: What may happen.
        random: Source of all choices.
    """
    matrix = _turned(*page_size, rules, random)
    detail = min(1.0, random.uniform(*rules.scale))
    turned = [cv2.transform(polygon[None], matrix)[0] for polygon in polygons]
    wanted = [polygon for polygon, ignore in zip(turned, ignored, strict=True) if not ignore]
    left, top, right, bottom = crop_between(*page_size, wanted, rules.max_tries, random)
    scale_x, scale_y = rules.size[0] / (right - left), rules.size[1] / (bottom - top)
    if rules.keep_ratio:
        scale_x = scale_y = min(scale_x, scale_y)
    shown = (max(1, round((right - left) * scale_x)), max(1, round((bottom - top) * scale_y)))
    placing = np.array([[scale_x, 0.0, -left * scale_x], [0.0, scale_y, -top * scale_y]])
    placed = [cv2.transform(polygon[None], placing)[0] for polygon in turned]
    kept = [index for index, polygon in enumerate(placed) if _touches(polygon, *shown)]
    return View(
        matrix=_after(placing, matrix),
        shown=shown,
        detail=detail,
        polygons=tuple(placed[index] for index in kept),
        ignored=tuple(bool(ignored[index]) for index in kept),
    )


def seen(page: Image, view: View, size: tuple[int, int]) -> Image:
    """The pixels of a view.

    Args:
        page: (height, width, 3) BGR.
        view: Of this page.
        size: Width and height of the piece.

    Returns:
        (height, width, 3) BGR.
    """
    image = np.zeros((size[1], size[0], 3), np.uint8)
    image[: view.shown[1], : view.shown[0]] = _warped(page, view.detail, view.matrix, view.shown)
    return image


def _turned(width: int, height: int, rules: AugmentRules, random: np.random.Generator) -> NDArray[np.float64]:
    """(2, 3) matrix that mirrors a page and turns it around its centre; the page keeps its size."""
    flip = random.random() < rules.flip
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), random.uniform(*rules.turn), 1.0)
    mirror = np.array([[-1.0, 0.0, width - 1.0], [0.0, 1.0, 0.0]])
    return _after(matrix, mirror) if flip else np.asarray(matrix, np.float64)


def _after(second: NDArray[np.float64], first: NDArray[np.float64]) -> NDArray[np.float64]:
    """One (2, 3) matrix for two moves."""
    result = second[:, :2] @ first
    result[:, 2] += second[:, 2]
    return result


def _warped(page: Image, detail: float, matrix: NDArray[np.float64], size: tuple[int, int]) -> Image:
    """The part of a page that the matrix puts into a picture of that size (width, height)."""
    height, width = page.shape[:2]
    small = (max(1, round(width * detail)), max(1, round(height * detail)))
    if small != (width, height):
        page = np.asarray(cv2.resize(page, small), np.uint8)
        matrix = matrix.copy()
        matrix[:, 0] *= width / small[0]
        matrix[:, 1] *= height / small[1]
    return np.asarray(cv2.warpAffine(page, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


def crop_between(
    width: int, height: int, polygons: Sequence[Polygon], max_tries: int, random: np.random.Generator
) -> tuple[int, int, int, int]:
    """A random rectangle whose sides run between texts and not through them, with some text on it.

    Returns:
        Left, top, right, bottom; the whole page where none was found.
    """
    spans = [(polygon.min(axis=0), polygon.max(axis=0)) for polygon in polygons]
    columns = _gaps(width, [(low[0], high[0]) for low, high in spans])
    rows = _gaps(height, [(low[1], high[1]) for low, high in spans])
    if not (polygons and columns and rows):
        return 0, 0, width, height
    lows, highs = np.array([low for low, _ in spans]), np.array([high for _, high in spans])
    for _ in range(max_tries):
        left, right = _two_cuts(columns, random)
        top, bottom = _two_cuts(rows, random)
        if right - left < max(1, MIN_CROP * width) or bottom - top < max(1, MIN_CROP * height):
            continue
        apart = (highs < (left, top)) | (lows > (right, bottom))
        if not apart.any(axis=1).all():
            return left, top, right, bottom
    return 0, 0, width, height


def _gaps(length: int, spans: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Stretches (first, last pixel) of an axis that no span covers."""
    gaps, free = [], 0
    for low, high in sorted(spans):
        first, last = max(0, round(low)), round(high)
        if first > free:
            gaps.append((free, min(first, length) - 1))
        free = max(free, last)
    if free < length:
        gaps.append((free, length - 1))
    return [(first, last) for first, last in gaps if first <= last < length]


def _two_cuts(gaps: Sequence[tuple[int, int]], random: np.random.Generator) -> tuple[int, int]:
    """Two places in gaps, each gap as likely as the other, in order."""
    cuts = sorted(
        int(random.integers(first, last + 1)) for first, last in (gaps[int(random.integers(len(gaps)))] for _ in "ab")
    )
    return cuts[0], cuts[1]


def _touches(polygon: Polygon, width: int, height: int) -> bool:
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    return bool((high >= 0).all() and low[0] <= width and low[1] <= height)
