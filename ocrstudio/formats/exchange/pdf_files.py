"""PDF files: each page becomes a picture of the project, and the text that lies in it boxes that nobody touched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Box
from ocrstudio.core.shaping import rectangle
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import PdfWishes, Reading
from ocrstudio.formats.exchange.texts import safe_name
from ocrstudio.formats.exchange.values import FoundPage, MadePicture
from ocrstudio.formats.free_place import numbered
from ocrstudio.formats.pdf_pages import PDF_EXTENSION, PdfFile, PdfPasswordError, opened_pdf

if TYPE_CHECKING:
    from PIL import Image

# At least: `a_p001`, so that pages stay in order in programs that sort by letters.
_DIGITS = 3
# A page of letters takes a tenth of it; beyond it is a photograph, which JPEG keeps well enough.
_MOST_PNG_BYTES = 4_000_000
_JPEG_QUALITY = 95


def detect(place: Place) -> bool:
    """Whether there are PDF files."""
    return bool(place.with_ending(PDF_EXTENSION))


def read(reading: Reading) -> Iterator[FoundPage]:
    """One page for each page, called `<file>_p001`, or `<file>-2_p001` if another file's pages have these names.

    Raises:
        PdfPasswordError: If it is a single file, so that its password can be asked for; of several, such a one is told.
    """
    files = reading.place.with_ending(PDF_EXTENSION)
    taken: set[str] = set()
    for file in files:
        try:
            with opened_pdf(file, reading.pdf.password) as pdf:
                yield from _pages(reading, pdf, taken)
        except PdfPasswordError as error:
            if len(files) == 1:
                raise
            _tell(reading, file, error)
        except StudioError as error:
            _tell(reading, file, error)


def _tell(reading: Reading, file: Path, error: StudioError) -> None:
    # the message itself names the file
    reading.trouble("", 0, error.what, error.remedy, **{**error.values, "file": reading.name(file)})


def _pages(reading: Reading, pdf: PdfFile, taken: set[str]) -> Iterator[FoundPage]:
    stem = _stem(reading, pdf, taken)
    for page in range(1, pdf.count + 1):
        reading.progress(page - 1, pdf.count)
        try:
            size = pdf.pixels(page, dpi=reading.pdf.dpi)
            boxes = _boxes(pdf, page, size) if reading.pdf.text else ()
        except StudioError as error:
            _tell(reading, pdf.path, error)
            continue
        name = _name(stem, page, pdf.count)
        picture = MadePicture(partial(_made, pdf.path, page, reading.pdf))
        yield FoundPage(name, boxes, size, picture=picture, file=reading.name(pdf.path), target=name, is_scale=True)


def _boxes(pdf: PdfFile, page: int, size: tuple[int, int]) -> tuple[Box, ...]:
    # whole pixels, as they are stored: the next import finds the same
    corners = (
        ((round(line.left), round(line.top)), (round(line.right), round(line.bottom)), line.text)
        for line in pdf.lines(page, *size)
    )
    return tuple(Box(rectangle(one, other), text) for one, other, text in corners)


def _name(stem: str, page: int, pages: int) -> str:
    return f"{stem}_p{page:0{max(_DIGITS, len(str(pages)))}d}"


def _stem(reading: Reading, pdf: PdfFile, taken: set[str]) -> str:
    """What its pages are called: a name that is free, or that they have already from an import before."""
    wanted = PurePosixPath(safe_name(pdf.path.stem) or "pdf")
    stems = (place.name for place in numbered(wanted, "-{}", is_folder=True))
    stem = next(stem for stem in stems if stem.casefold() not in taken and _is_free(reading, pdf, stem))
    taken.add(stem.casefold())
    return stem


def _is_free(reading: Reading, pdf: PdfFile, stem: str) -> bool:
    """Whether the first page that has such a picture in the project is a page of this very file."""
    for page in range(1, pdf.count + 1):
        there = reading.own_picture(_name(stem, page, pdf.count))
        if there is not None:
            try:
                return there.read_bytes() == _made(pdf.path, page, reading.pdf)[0]
            except (OSError, StudioError):
                return False
    return True


def _made(path: Path, page: int, wishes: PdfWishes) -> tuple[bytes, str]:
    """A page as the content of a picture file, and its ending: the same each time."""
    with opened_pdf(path, wishes.password) as pdf:
        scan = pdf.scan(page)
        return (scan, ".jpg") if scan is not None else _encoded(pdf.picture(page, dpi=wishes.dpi))


def _encoded(picture: Image.Image) -> tuple[bytes, str]:
    from PIL import ImageChops

    red, green, blue = picture.split()
    if not any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
        picture = red  # black on white takes a third as grey
    out = BytesIO()
    picture.save(out, "PNG", compress_level=3)
    if out.tell() <= _MOST_PNG_BYTES:
        return out.getvalue(), ".png"
    out = BytesIO()
    picture.save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue(), ".jpg"
