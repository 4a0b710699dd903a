"""Pictures and the straightened crops of their boxes, as recognition is trained on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError
from ocrstudio.core.geometry import bounding_quad, order_quad, quad_size
from ocrstudio.core.page import Point
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.images import opened, upright

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

Image = NDArray[np.uint8]

# A crop at least this much taller than wide is a line written downwards: it is turned to lie (PPOCRLabel, PaddleOCR).
UPRIGHT_RATIO = 1.5
_JPEG = b"\xff\xd8\xff"
# Larger ones are no line of text but a slip of the hand; warping them would take the memory of a whole page and more.
_MAX_SIDE = 32_768


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
    with opened(path) as picture:
        return np.ascontiguousarray(_rgb(upright(picture))[:, :, ::-1])


def _rgb(picture: PillowImage) -> Image:
    from PIL import Image as Pillow

    if picture.mode.startswith("I;16"):
        return _grey(np.asarray(picture) >> 8)
    if picture.mode in ("I", "F"):
        return _grey(_stretched(np.asarray(picture, np.float64)))
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Pillow.alpha_composite(Pillow.new("RGBA", picture.size, "white"), picture)
    return np.asarray(picture.convert("RGB"), np.uint8)


def _grey(values: NDArray[Any]) -> Image:
    return np.repeat(values.astype(np.uint8)[:, :, None], 3, axis=2)


def _stretched(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measured values as 0 to 255: 16 bits use their whole range, others go from their darkest to their brightest."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if low >= 0 and high <= 255:
        return np.nan_to_num(values)
    if low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    stretched: NDArray[np.float64] = np.nan_to_num((values - low) * (255.0 / max(high - low, 1.0)))
    return stretched


def crop_quad(image: NDArray[np.uint8], points: Sequence[Point] | Sequence[Sequence[float]]) -> Image:
    """The straightened content of a box.

    A box of four points is warped to a rectangle of its longer edges; other polygons through their smallest rectangle.
    The points are put in order first, so that the crop is upright however the box was drawn. Crops much taller than
    wide are turned by a quarter counter-clockwise.

    Args:
        image: (height, width, 3).
        points: At least 3 (x, y) in pixels; parts outside the image repeat its border.

    Returns:
        (h, w, 3) with w, h >= 1.

    Raises:
        GeometryError: If the points enclose nothing.

    Source: PPOCRLabel's get_rotate_crop_image (INTER_CUBIC, BORDER_REPLICATE, longer edges, rot90 from h/w 1.5), which
    PaddleOCR's detection pipeline shares, so that training crops look like those the trained model will meet.
    """
    import cv2

    corners = [(float(x), float(y)) for x, y in points]
    quad = order_quad(corners) if len(corners) == 4 else bounding_quad(corners)
    width, height = quad_size(quad)
    columns, rows = int(width), int(height)
    if columns < 1 or rows < 1 or columns > _MAX_SIDE or rows > _MAX_SIDE:
        raise GeometryError(
            QT_TRANSLATE_NOOP("Errors", "A box of {width} x {height} pixels cannot be cut out."),
            QT_TRANSLATE_NOOP("Errors", "Delete it or draw it again."),
            width=columns,
            height=rows,
        )
    target = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(quad, np.float32), target)
    crop: Any = cv2.warpPerspective(
        image, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    if rows / columns >= UPRIGHT_RATIO:
        crop = np.rot90(crop)
    straight: Image = np.ascontiguousarray(crop)
    return straight


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
