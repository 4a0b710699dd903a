"""Pictures and the straightened crops of their boxes, as recognition is trained on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError
from ocrstudio.core.geometry import bounding_quad, order_quad, quad_size
from ocrstudio.core.page import Point
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.images import unreadable_image

Image = NDArray[np.uint8]

# A crop at least this much taller than wide is a line written downwards: it is turned to lie (PPOCRLabel, PaddleOCR).
UPRIGHT_RATIO = 1.5
# Larger ones are no line of text but a slip of the hand; warping them would take the memory of a whole page and more.
_MAX_SIDE = 32_768


def read_image(path: Path) -> Image:
    """A picture as viewers show it.

    Args:
        path: Any name, non-ASCII ones too.

    Returns:
        (height, width, 3) BGR, turned by its EXIF orientation. 16-bit pictures are brought to 8 bits.

    Raises:
        ProjectError: If the file cannot be read or is no picture; names it.
    """
    import cv2

    data = read_bytes(path)
    decoded: Any = None
    if data:
        try:
            decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            decoded = None
    if decoded is None:
        decoded = _read_with_pillow(path) if data else None
    if decoded is None:
        raise unreadable_image(path)
    image: Image = decoded
    return image


def _read_with_pillow(path: Path) -> Image | None:
    """Formats that OpenCV does not know (TGA, some TIFF and GIF)."""
    import warnings

    from PIL import Image as PillowImage
    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PillowImage.open(path) as picture:
                turned = ImageOps.exif_transpose(picture) or picture
                rgb = np.asarray(turned.convert("RGB"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError):
        return None
    return np.ascontiguousarray(rgb[:, :, ::-1])


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
