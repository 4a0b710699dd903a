"""The text that lies in a page of a PDF, as lines with their places in its picture.

PDFium gives characters in the order of the file, with a line break where it sees one. A line is cut further where a gap
wider than its height shows that two columns or cells share it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

# Spaces are up to half a height wide, tabs and columns begin beyond one.
_CUT = 1.5
# PDFium's page coordinates come back as whole pixels: this many of them for one of the picture keep the boxes sharp.
_FINE = 16
# More characters than this no page has; a broken one may claim so.
_MAX_CHARACTERS = 200_000

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class PdfLine:
    """A line of text of a page: left, top, right and bottom in pixels of its picture, y down."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def text_lines(page: Any, width: int, height: int) -> tuple[PdfLine, ...]:
    """The lines of an open PDFium page. The caller holds PDFium's lock.

    Args:
        page: A `pypdfium2.PdfPage`.
        width: Width in pixels of the picture that the boxes are for.
        height: Its height.

    Returns:
        Lines in the order of the file, clipped to the picture; what lies outside of it is left out.
    """
    with closing(page.get_textpage()) as textpage:
        runs = [run for line in _broken_lines(page, textpage, width, height) for run in _cut(line)]
    found = (_line(run, width, height) for run in runs)
    return tuple(line for line in found if line is not None)


def _broken_lines(page: Any, textpage: Any, width: int, height: int) -> Iterator[list[tuple[int, Rect]]]:
    """Characters with their boxes, a list for each line as PDFium breaks them."""
    import pypdfium2.raw as pdfium

    line: list[tuple[int, Rect]] = []
    for index in range(min(textpage.count_chars(), _MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in (0x0A, 0x0D):
            yield line
            line = []
        elif code > 0x1F and code not in (0xFFFE, 0xFFFF):  # PDFium's marks for hyphens and for no character
            box = _character_box(textpage, index)
            if box is not None:
                line.append((code, _box(page, box, width, height)))
    yield line


def _character_box(textpage: Any, index: int) -> Rect | None:
    """Left, bottom, right and top in the page's own points; None for what has no place."""
    from pypdfium2 import PdfiumError

    try:
        box: Rect = textpage.get_charbox(index, loose=True)
    except PdfiumError:
        return None
    return box


def _box(page: Any, box: Rect, width: int, height: int) -> Rect:
    """Left, bottom, right, top in the page's own points to left, top, right, bottom in the picture."""
    import pypdfium2.raw as pdfium

    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width * _FINE, height * _FINE, 0, x, y, across, down)
        corners.append((across.value / _FINE, down.value / _FINE))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _cut(line: list[tuple[int, Rect]]) -> Iterator[list[tuple[int, Rect]]]:
    """Cuts a line where the gap between two visible characters is too wide for a space."""
    run: list[tuple[int, Rect]] = []
    last: Rect | None = None
    for code, box in line:
        if not _is_space(code):
            if last is not None and _gap(last, box) > _CUT * _thickness(last, box):
                yield run
                run = []
            last = box
        run.append((code, box))
    yield run


def _gap(one: Rect, other: Rect) -> float:
    return max(other[0] - one[2], one[0] - other[2], other[1] - one[3], one[1] - other[3])


def _thickness(one: Rect, other: Rect) -> float:
    """Height of the line that two characters stand in, be it level or upright; a narrow letter is not the measure."""
    return max(max(box[2] - box[0], box[3] - box[1]) for box in (one, other))


def _line(run: list[tuple[int, Rect]], width: int, height: int) -> PdfLine | None:
    text = _text([code for code, _ in run]).strip()
    boxes = [box for code, box in run if not _is_space(code)]
    if not text or not boxes:
        return None
    left, top = max(0.0, min(box[0] for box in boxes)), max(0.0, min(box[1] for box in boxes))
    right = min(float(width), max(box[2] for box in boxes))
    bottom = min(float(height), max(box[3] for box in boxes))
    if right - left < 1 or bottom - top < 1:
        return None
    return PdfLine(text, left, top, right, bottom)


def _is_space(code: int) -> bool:
    return code == 0x20 or chr(code).isspace()


def _text(codes: list[int]) -> str:
    """Characters outside the first plane may come as two halves; a lone half becomes the replacement character."""
    raw = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass")
    return raw.decode("utf-16-le", "replace")
