"""Straight outlines drawn into an image by numpy: thousands of boxes in a few milliseconds.

QPainter needs an object for each side and twice the time; with smooth edges a hundred times as long. Upright sides lose
nothing without smooth edges, and nearly all sides are upright.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QRect
from PyQt5.QtGui import QColor, QImage

# The share of the ground that shines through the dark halo beside each line, of 256.
HALO_KEEPS = 90
# Painted and left out pixels of a dashed line.
DASH_PX, GAP_PX = 4, 3

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class LinePixels:
    """The pixels of many straight lines within a rectangle of an image.

    Args:
        segments: `(n, 4)` x, y, x, y in the image's pixels.
        clip: Nothing outside it is touched; it lies within the image.
        width: Of the lines, in the image's pixels.
    """

    def __init__(self, segments: Floats, clip: QRect, width: int) -> None:
        self._width = width
        whole = np.floor(np.clip(segments, -1e6, 1e6) + 0.5).astype(np.int32)
        level = whole[:, 1] == whole[:, 3]
        upright = (whole[:, 0] == whole[:, 2]) & ~level
        slanted = ~level & ~upright
        self._parts: list[_Straight | _Slanted] = [
            _Straight(whole[level], clip, along=0),
            _Straight(whole[upright], clip, along=1),
        ]
        if slanted.any():
            self._parts.append(_Slanted(segments[slanted], clip))

    def darken(self, image: QImage) -> None:
        """Draws the halo: a dark edge a pixel wide on both sides, so that lines show on light and on dark ground."""
        pixels, row_pixels = _pixels(image)
        places = np.concatenate(
            [part.places(offset, row_pixels, dashed=False) for part in self._parts for offset in (-1, self._width)]
        )
        ground = pixels[places]
        outer = ((ground & 0xFF00FF) * HALO_KEEPS >> 8) & 0xFF00FF
        middle = ((ground >> 8 & 0xFF) * HALO_KEEPS) & 0xFF00
        pixels[places] = outer | middle | 0xFF000000

    def draw(self, image: QImage, color: QColor, *, dashed: bool = False) -> None:
        """Draws the lines themselves."""
        pixels, row_pixels = _pixels(image)
        for part in self._parts:
            for offset in range(self._width):
                pixels[part.places(offset, row_pixels, dashed=dashed)] = color.rgb()


class _Straight:
    """Level (`along` 0) or upright (1) lines."""

    def __init__(self, lines: Ints, clip: QRect, *, along: int) -> None:
        low = (clip.left(), clip.top())
        high = (clip.right(), clip.bottom())
        self._along = along
        self._across_limits = low[1 - along], high[1 - along]
        self._across = lines[:, 1 - along]
        one, other = lines[:, along], lines[:, along + 2]
        begin = np.minimum(one, other)
        self._first = np.maximum(begin, low[along])
        self._counts = np.maximum(np.minimum(np.maximum(one, other), high[along]) - self._first + 1, 0)
        self._skipped = self._first - begin

    def places(self, offset: int, row_pixels: int, *, dashed: bool) -> NDArray[np.int64]:
        """Places in the image's memory of all pixels, moved sideways by `offset`."""
        across = self._across + offset
        inside = (across >= self._across_limits[0]) & (across <= self._across_limits[1])
        counts = self._counts[inside]
        across, first = across[inside].astype(np.int64), self._first[inside]
        starts = across * row_pixels + first if self._along == 0 else first * np.int64(row_pixels) + across
        stride = 1 if self._along == 0 else row_pixels
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        steps = np.arange(total) * stride
        places: NDArray[np.int64] = steps + np.repeat(starts - (ends - counts) * stride, counts)
        if dashed:
            place = np.arange(total) + np.repeat(self._skipped[inside] - (ends - counts), counts)
            places = places[place % (DASH_PX + GAP_PX) < DASH_PX]
        return places


class _Slanted:
    """Lines at any angle."""

    def __init__(self, segments: Floats, clip: QRect) -> None:
        self._clip = clip
        x0, y0, x1, y1 = (segments + 0.5).T
        dx, dy = x1 - x0, y1 - y0
        steps = np.maximum(np.ceil(np.maximum(np.abs(dx), np.abs(dy))), 1.0)
        first, last = _visible(clip, x0, y0, dx, dy, steps)
        counts = np.maximum(last - first + 1, 0)
        owner = np.repeat(np.arange(len(segments)), counts)
        ends = np.cumsum(counts)
        self._k = np.arange(len(owner)) + np.repeat(first - (ends - counts), counts)
        self._x = np.floor(x0[owner] + (dx / steps)[owner] * self._k).astype(np.int64)
        self._y = np.floor(y0[owner] + (dy / steps)[owner] * self._k).astype(np.int64)
        self._steep = (np.abs(dy) > np.abs(dx))[owner]

    def places(self, offset: int, row_pixels: int, *, dashed: bool) -> NDArray[np.int64]:
        """Places in the image's memory of all pixels, moved sideways by `offset`."""
        x = self._x + offset * self._steep
        y = self._y + offset * ~self._steep
        clip = self._clip
        inside = (x >= clip.left()) & (x <= clip.right()) & (y >= clip.top()) & (y <= clip.bottom())
        if dashed:
            inside &= self._k % (DASH_PX + GAP_PX) < DASH_PX
        places: NDArray[np.int64] = (y * row_pixels + x)[inside]
        return places


def _visible(
    clip: QRect, x0: Floats, y0: Floats, dx: Floats, dy: Floats, steps: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last step of each line that may touch a rectangle (Liang and Barsky 1984), with some to spare."""
    spare = 4
    first, last = np.zeros_like(x0), np.ones_like(x0)
    for start, length, low, high in (
        (x0, dx, clip.left() - spare, clip.right() + spare),
        (y0, dy, clip.top() - spare, clip.bottom() + spare),
    ):
        flat = length == 0
        safe = np.where(flat, 1.0, length)
        one, other = (low - start) / safe, (high - start) / safe
        beside = flat & ((start < low) | (start > high))
        first = np.where(flat, first, np.maximum(first, np.minimum(one, other)))
        last = np.where(flat, last, np.minimum(last, np.maximum(one, other)))
        last = np.where(beside, -1.0, last)
    begin = np.ceil(first * steps).astype(np.int64)
    end = np.where(last < first, begin - 1, np.floor(last * steps).astype(np.int64))
    return begin, end


def _pixels(image: QImage) -> tuple[NDArray[np.uint32], int]:
    """The memory of an RGB32 image, to be written, and its pixels per row."""
    memory = image.bits()
    if memory is None:  # an image without pixels
        return np.empty(0, np.uint32), 0
    return np.frombuffer(memory.asarray(image.sizeInBytes()), np.uint32), image.bytesPerLine() // 4
