"""Pages of PDFs that are one picture: the scanner's own file is better than any that is drawn from it."""

from __future__ import annotations

import ctypes
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

# Both pictures are compared at this size in pixels, and may differ by so much of 255, which scaling and colours do.
COMPARED_SIDE = 128
_MOST_DIFFERENT, _MEAN_DIFFERENT = 96, 8
# How far the picture may be from the edge of the page, as a part of its side.
_EDGE = 0.01
_INVISIBLE_TEXT = 3


def lone_jpeg(page: Any) -> bytes | None:
    """The JPEG that fills an open PDFium page as its only visible thing. The caller holds PDFium's lock.

    Args:
        page: A `pypdfium2.PdfPage`.

    Returns:
        The file as it is embedded; None if the page shows anything else, or turns or mirrors it.
    """
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_GetRotation(page) or pdfium.FPDFPage_GetAnnotCount(page):
        return None
    picture = None
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE_TEXT:
            continue  # what a text recognition left
        if kind != pdfium.FPDF_PAGEOBJ_IMAGE or picture is not None:
            return None
        picture = thing
    if picture is None or not _fills(page, picture) or _filters(picture) != [b"DCTDecode"]:
        return None
    size = pdfium.FPDFImageObj_GetImageDataRaw(picture, None, 0)
    buffer = (ctypes.c_ubyte * size)()
    pdfium.FPDFImageObj_GetImageDataRaw(picture, buffer, size)
    return bytes(buffer)


def looks_like(data: bytes, page: Image.Image) -> bool:
    """Whether a JPEG by itself shows what the page does: no mask, no other colours, not turned by its EXIF data.

    Args:
        data: The file.
        page: The page, drawn small.
    """
    import numpy as np  # here, as the window imports this module and does without
    from PIL import Image

    from ocrstudio.formats.images import MAX_PIXELS, orientation_of

    try:
        with Image.open(BytesIO(data)) as picture:
            large = picture.width * picture.height > MAX_PIXELS
            if picture.format != "JPEG" or picture.mode not in ("L", "RGB") or large or orientation_of(picture) != 1:
                return False
            picture.draft("RGB", (2 * page.width, 2 * page.height))
            small = picture.convert("RGB").resize(page.size, Image.Resampling.BOX)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    # neighbours are taken together: the two are scaled by different rules
    one, other = (np.asarray(each.reduce(4), np.int16) for each in (small, page))
    difference = np.abs(one - other)
    return bool(difference.max() <= _MOST_DIFFERENT and difference.mean() <= _MEAN_DIFFERENT)


def _fills(page: Any, picture: Any) -> bool:
    """Whether it stands upright and reaches from edge to edge of what is shown of the page."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(picture, matrix):
        return False
    width, height = page.get_size()
    left, bottom, *_ = page.get_cropbox()
    slack = _EDGE * max(width, height)
    offsets = (matrix.e - left, matrix.f - bottom, matrix.a - width, matrix.d - height, matrix.b, matrix.c)
    return matrix.a > 0 and matrix.d > 0 and all(abs(offset) <= slack for offset in offsets)


def _filters(picture: Any) -> list[bytes]:
    import pypdfium2.raw as pdfium

    found = []
    for index in range(pdfium.FPDFImageObj_GetImageFilterCount(picture)):
        size = pdfium.FPDFImageObj_GetImageFilter(picture, index, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFImageObj_GetImageFilter(picture, index, buffer, size)
        found.append(buffer.value)
    return found
