"""Bends a line of text by a few control points on its upper and lower edge (what PaddleOCR calls TIA).

Each control point says where the picture is to be looked up; between them the displacement is interpolated, so the
picture bends smoothly like rubber. The three kinds differ only in how their points may move.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Field = NDArray[np.float32]

# How many stretches of the line move on their own.
MIN_SEGMENTS, MAX_SEGMENTS = 3, 6
# Limits of a control point's way: along the line as a share of a segment's width, across it of the line's height.
ALONG, ACROSS = 0.25, 0.1
# Of the corners' way across in the perspective, as a share of the height.
PERSPECTIVE = 0.18


def distort(image: Image, random: np.random.Generator) -> Image:
    """Every control point goes its own way: handwriting-like waves."""
    height, width = image.shape[:2]
    points = int(random.integers(MIN_SEGMENTS, MAX_SEGMENTS + 1)) + 1
    field = random.uniform(-1, 1, (2, points, 2)).astype(np.float32)
    field *= (min(ALONG * width / (points - 1), height / 4), ACROSS * height)
    return bent(image, field)


def stretch(image: Image, random: np.random.Generator) -> Image:
    """Segments grow wider or narrower at each other's cost: uneven spacing; both ends stay."""
    height, width = image.shape[:2]
    points = int(random.integers(MIN_SEGMENTS, MAX_SEGMENTS + 1)) + 1
    field = np.zeros((2, points, 2), np.float32)
    limit = min(ALONG * width / (points - 1), height / 2)
    field[:, 1:-1, 0] = random.uniform(-limit, limit, points - 2)
    return bent(image, field)


def perspective(image: Image, random: np.random.Generator) -> Image:
    """The corners come closer or go apart: a line seen from the side."""
    field = np.zeros((2, 2, 2), np.float32)
    field[..., 1] = random.uniform(-PERSPECTIVE, PERSPECTIVE, (2, 2)) * image.shape[0]
    # only outwards in the source: letters shrink into the picture and are never cut off
    field[0, :, 1] = -np.abs(field[0, :, 1])
    field[1, :, 1] = np.abs(field[1, :, 1])
    return bent(image, field)


def bent(image: Image, field: Field) -> Image:
    """Looks every pixel up a little beside its place.

    Args:
        image: (height, width, 3).
        field: (2, points, 2): displacement (right, down) in pixels along the upper and the lower edge, the points
            evenly spaced from the left to the right end.

    Returns:
        A picture of the same size; what comes in from outside continues the border.
    """
    height, width = image.shape[:2]
    columns = np.linspace(0, field.shape[1] - 1, width, dtype=np.float32)
    left = np.clip(columns.astype(np.int32), 0, field.shape[1] - 2)
    part = columns - left
    # a cosine between the points: no kinks in long strokes
    part = ((1 - np.cos(np.pi * part)) / 2 if field.shape[1] > 2 else part)[:, None]
    edges = field[:, left] * (1 - part) + field[:, left + 1] * part
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    where = edges[0] * (1 - down) + edges[1] * down
    where[..., 0] += np.arange(width, dtype=np.float32)
    where[..., 1] += np.arange(height, dtype=np.float32)[:, None]
    where = where.astype(np.float32)
    warped = cv2.remap(image, where[..., 0], where[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.uint8)


WARPS = (distort, stretch, perspective)
