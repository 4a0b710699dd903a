"""Pictures and the straightened crops of their boxes, as recognition is trained on them."""

from __future__ import annotations

import contextlib
import importlib.util
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError
from ocrstudio.core.geometry import bounding_quad, quad_size
from ocrstudio.core.orientation import turns
from ocrstudio.core.page import Box, Orientation, Point
from ocrstudio.core.strips import Quad, Strip, outline, strip
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.images import opened, upright

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

Image = NDArray[np.uint8]

_JPEG = b"\xff\xd8\xff"
# Larger ones are no line of text but a slip of the hand; warping them would take the memory of a whole page and more.
# OpenCV makes no picture of 32,768 pixels or more.
_MAX_SIDE, _MAX_PIXELS = 32_766, 100_000_000
# Bytes of a library read at a time.
_READ_CHUNK = 1 << 20
# Pixels around a region that cubic interpolation looks at.
_MARGIN = 4


def load_opencv() -> None:
    """Imports OpenCV for a worker thread of the window, at most once.

    An import keeps Python's lock while the system fetches the libraries; from a cold disk that would hold up the window
    for a good part of a second. Reading the files first does not.
    """
    if "cv2" in sys.modules:
        return
    found = importlib.util.find_spec("cv2")
    if found is not None and found.origin is not None:
        package = Path(found.origin).parent
        for pattern in ("cv2/*.so", "cv2/*.pyd", "cv2/*.dll", "opencv*.libs/*"):
            for file in package.parent.glob(pattern):
                with contextlib.suppress(OSError), file.open("rb") as library:
                    while library.read(_READ_CHUNK):
                        pass
    importlib.import_module("cv2")


def read_image(path: Path) -> Image:
    """A picture as viewers show it: labelled, exported, trained on and read from the same pixels.

    Args:
        path: Any name, non-ASCII ones too.

    Returns:
        (height, width, 3) BGR, turned by its EXIF orientation, the first of several pictures, transparent parts white,
        more than 8 bits brought to 8.

    Raises:
        ProjectError: If the file cannot be read, is no picture, damaged or too large; names it.
    """
    import cv2

    data = read_bytes(path)
    if data.startswith(_JPEG):
        # faster than Pillow, and an incomplete photo still shows what is there, as on the canvas
        try:
            decoded: Any = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            decoded = None
        if decoded is not None:
            image: Image = decoded
            return image
    return _read_with_pillow(path)


def _read_with_pillow(path: Path) -> Image:
    import cv2

    with opened(path) as picture:
        pixels = _grey_or_rgb(upright(picture))
    # Pillow's own pixels are gone by now: a page of 300 million takes 900 MB each time it is held
    kind = cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR
    return np.asarray(cv2.cvtColor(pixels, kind), np.uint8)


def _grey_or_rgb(picture: PillowImage) -> Image:
    """(height, width), or (height, width, 3) RGB."""
    from PIL import Image as Pillow

    if picture.mode.startswith("I;16"):
        return (np.asarray(picture) >> 8).astype(np.uint8)
    if picture.mode in ("I", "F"):
        return _stretched(np.asarray(picture, np.float64)).astype(np.uint8)
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Pillow.alpha_composite(Pillow.new("RGBA", picture.size, "white"), picture)
    return np.asarray(picture.convert("L" if picture.mode in ("L", "1") else "RGB"), np.uint8)


def _stretched(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measured values as 0 to 255: 16 bits use their whole range, others go from their darkest to their brightest."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if low >= 0 and high <= 255:
        return np.nan_to_num(values)
    if low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    stretched: NDArray[np.float64] = np.nan_to_num((values - low) * (255.0 / max(high - low, 1.0)))
    return stretched


def crop_box(image: NDArray[np.uint8], box: Box) -> Image:
    """The straightened content of a box, the way it stands in lists, is trained on, tested and read.

    Args:
        image: (height, width, 3), the whole page.
        box: Its text and orientation decide with its shape which way it is cut; see `core.orientation.turns`.

    Raises:
        GeometryError: See `crop_quad`.
    """
    return crop_quad(image, box.points, box.text, box.orientation)


def crop_quad(
    image: NDArray[np.uint8],
    points: Sequence[Point] | Sequence[Sequence[float]],
    text: str = "",
    orientation: Orientation = Orientation.AUTO,
) -> Image:
    """The straightened content of a region.

    A region of four corners is warped to a rectangle of its longer edges, a curved strip is bent straight along its
    sides (`core.strips.strip`), any other polygon is cut through its smallest rectangle. The points are put in order
    first, so that the crop is upright however they were drawn.

    Args:
        image: (height, width, 3).
        points: At least 3 (x, y) in pixels; parts outside the image repeat its border.
        text: What is written there, as far as known; decides with `orientation` whether the crop is turned.
        orientation: See `core.orientation.turns`.

    Returns:
        (h, w, 3) with w, h >= 1.

    Raises:
        GeometryError: If the points enclose nothing, nothing of the image, or more than a line of text can have.

    Source: PPOCRLabel's get_rotate_crop_image (INTER_CUBIC, BORDER_REPLICATE, longer edges), which PaddleOCR's
    detection pipeline shares, so that training crops look like those the trained model will meet.
    """
    import cv2

    corners = [(float(x), float(y)) for x, y in points]
    if not all(math.isfinite(value) for corner in corners for value in corner):
        raise GeometryError(
            QT_TRANSLATE_NOOP("Errors", "The box has corners that are no numbers."),
            QT_TRANSLATE_NOOP("Errors", "Delete it or draw it again."),
        )
    bent = strip(corners)
    try:
        crop = _straightened(image, outline(corners)) if bent is None else _unbent(image, bent)
    except cv2.error as error:
        raise _cannot_be_cut(*quad_size(bounding_quad(corners))) from error
    height, width = crop.shape[:2]
    if turns(width, height, text, orientation):
        crop = np.rot90(crop)
    straight: Image = np.ascontiguousarray(crop)
    return straight


def _straightened(image: NDArray[np.uint8], quad: Quad) -> Image:
    import cv2

    columns, rows = (int(side) for side in quad_size(quad))
    _check_size(columns, rows)
    whole = _whole_pixels(image, quad)
    if whole is not None:
        return whole
    part, left, top = _part(image, np.array(quad, np.float64))
    target = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(quad, np.float32) - np.array([left, top], np.float32), target)
    crop: Any = cv2.warpPerspective(
        part, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    straight: Image = crop
    return straight


def _whole_pixels(image: NDArray[np.uint8], quad: Quad) -> Image | None:
    """The content of an upright rectangle on whole pixels, which warping would give just so, fifty times slower."""
    (left, top), _, (right, bottom), _ = quad
    upright = quad == ((left, top), (right, top), (right, bottom), (left, bottom))
    if not upright or any(value != int(value) for value in (left, top, right, bottom)):
        return None
    if left < 0 or top < 0 or right > image.shape[1] or bottom > image.shape[0]:
        return None
    return image[int(top) : int(bottom), int(left) : int(right)].copy()


def _unbent(image: NDArray[np.uint8], bent: Strip) -> Image:
    """A curved strip as a rectangle, upright where the line runs down the page."""
    import cv2

    top, bottom = np.array(bent.top), np.array(bent.bottom)
    steps = (np.hypot(*np.diff(top, axis=0).T) + np.hypot(*np.diff(bottom, axis=0).T)) / 2
    places = np.concatenate([[0.0], np.cumsum(steps)])
    columns, rows = int(places[-1]), int(np.hypot(*(bottom - top).T).mean())
    _check_size(columns, rows)
    along = np.arange(columns) * (places[-1] / columns)
    down = (np.arange(rows) / rows)[:, None, None]
    upper, lower = _smooth(top, places, along), _smooth(bottom, places, along)
    part, left, above = _part(image, np.concatenate([top, bottom, upper, lower]))
    where = (upper * (1 - down) + lower * down - (left, above)).astype(np.float32)
    crop: Any = cv2.remap(part, where, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    straight: Image = np.rot90(crop, -1) if bent.upright else crop
    return straight


def _smooth(
    corners: NDArray[np.float64], places: NDArray[np.float64], along: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of a smooth curve through some corners: cubic pieces that take their slopes from the neighbours.

    Args:
        corners: (n, 2).
        places: (n,) where the corners are along the line, growing.
        along: (m,) where points are wanted.

    Returns:
        (m, 2).
    """
    slopes = np.gradient(corners, places, axis=0, edge_order=2)
    piece = np.clip(np.searchsorted(places, along, side="right") - 1, 0, len(places) - 2)
    length = np.diff(places)[piece][:, None]
    t = (along - places[piece])[:, None] / length
    start, end = corners[piece], corners[piece + 1]
    curve: NDArray[np.float64] = (
        start * (1 + 2 * t) * (1 - t) ** 2
        + end * t**2 * (3 - 2 * t)
        + (slopes[piece] * t * (1 - t) ** 2 - slopes[piece + 1] * t**2 * (1 - t)) * length
    )
    return curve


def _part(image: NDArray[np.uint8], corners: NDArray[np.float64]) -> tuple[NDArray[np.uint8], int, int]:
    """The part of a page that a region needs, and where it begins: OpenCV warps no picture of 32,768 pixels or more."""
    height, width = image.shape[:2]
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        raise GeometryError(
            QT_TRANSLATE_NOOP("Errors", "The box lies outside of the picture."),
            QT_TRANSLATE_NOOP("Errors", "Delete it or draw it again."),
        )
    x, y = max(0, int(left) - _MARGIN), max(0, int(top) - _MARGIN)
    return image[y : int(bottom) + 1 + _MARGIN, x : int(right) + 1 + _MARGIN], x, y


def _check_size(columns: int, rows: int) -> None:
    too_large = columns > _MAX_SIDE or rows > _MAX_SIDE or columns * rows > _MAX_PIXELS
    if columns < 1 or rows < 1 or too_large:
        raise _cannot_be_cut(columns, rows)


def _cannot_be_cut(width: float, height: float) -> GeometryError:
    return GeometryError(
        QT_TRANSLATE_NOOP("Errors", "A box of {width} x {height} pixels cannot be cut out."),
        QT_TRANSLATE_NOOP("Errors", "Delete it or draw it again."),
        width=int(width),
        height=int(height),
    )


def encode_image(image: NDArray[np.uint8], extension: str, quality: int | None = None) -> bytes:
    """A picture as the bytes of a file.

    Args:
        image: (height, width, 3) BGR.
        extension: ".png" or ".jpg".
        quality: For JPEG, 0 to 100; None for OpenCV's own (95).
    """
    import cv2

    options = [cv2.IMWRITE_JPEG_QUALITY, quality] if quality is not None else []
    done, data = cv2.imencode(extension, image, options)
    if not done:
        raise GeometryError(QT_TRANSLATE_NOOP("Errors", "The crop could not be written as {kind}."), kind=extension)
    return bytes(data.tobytes())
