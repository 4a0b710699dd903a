"""Pages of PDF files: how many, how large, as pictures, and the text that lies in them.

PDFium does the work. It must never be entered twice at the same time, so every call here goes through one lock, and
what it hands out is closed before the lock is given back (left to Python, it would be closed on any thread). A page may
take seconds: call from a background thread, never from the window's own.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError, StudioError
from ocrstudio.formats.atomic import read_error
from ocrstudio.formats.pdf_scan import COMPARED_SIDE, lone_jpeg, looks_like
from ocrstudio.formats.pdf_text import PdfLine, text_lines

if TYPE_CHECKING:
    from PIL import Image

PDF_EXTENSION = ".pdf"
DEFAULT_DPI = 200
POINTS_PER_INCH = 72
# A0 at 200 dpi has 62 million; a page of five metres square at that resolution would take 4.6 GB.
MAX_PIXELS = 2**26
# JPEG ends at 65,535, what Qt can draw at 32,767.
MAX_SIDE = 30_000
# Acrobat, too, looks for the mark no further.
_HEAD_BYTES = 1024
_lock = threading.Lock()


def is_pdf_name(name: str) -> bool:
    """Whether a file name ends like a PDF."""
    return len(name) > len(PDF_EXTENSION) and name.lower().endswith(PDF_EXTENSION)


class PdfPasswordError(FormatError):
    """A PDF that opens with its password only; `values["given"]` says whether one was tried."""


@dataclass(frozen=True)
class PdfFile:
    """An open PDF. Pages are counted from 1. Safe to use from any thread; made by `opened_pdf`.

    Attributes:
        path: The file.
        count: How many pages it has, at least 1.
    """

    path: Path
    count: int
    _document: Any

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as it is shown, in points (1/72 inch).

        Raises:
            FormatError: If that page is damaged; names the file and the page.
        """
        with _lock, self._guarded(page):
            width, height = self._document.get_page_size(page - 1)
        if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
            raise self._damaged(page)
        return width, height

    def pixels(self, page: int, *, dpi: float = DEFAULT_DPI, longest: int | None = None) -> tuple[int, int]:
        """Width and height in pixels of the picture that `picture` would make of a page."""
        width, height, scale = self._scaled(page, dpi, longest)
        return max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale))

    def picture(self, page: int, *, dpi: float = DEFAULT_DPI, longest: int | None = None) -> Image.Image:
        """A page as a picture, on white, with the content of its form fields.

        Args:
            page: From 1.
            dpi: Pixels per inch. Pages that would exceed `MAX_PIXELS` or `MAX_SIDE` get fewer.
            longest: Longest side in pixels instead.

        Returns:
            An RGB picture.

        Raises:
            FormatError: If that page is damaged; names the file and the page.
        """
        *_, scale = self._scaled(page, dpi, longest)
        with (
            _lock,
            self._guarded(page),
            closing(self._document[page - 1]) as opened,
            closing(opened.render(scale=scale, rev_byteorder=True)) as bitmap,
        ):
            # its own pixels: PDFium's go with the bitmap
            picture: Image.Image = bitmap.to_pil().convert("RGB").copy()
            return picture

    def scan(self, page: int) -> bytes | None:
        """The JPEG file that fills a page, as scanners make them; None if there is anything else to be seen.

        Raises:
            FormatError: If that page is damaged; names the file and the page.
        """
        with _lock, self._guarded(page), closing(self._document[page - 1]) as opened:
            data = lone_jpeg(opened)
        if data is None or not looks_like(data, self.picture(page, longest=COMPARED_SIDE)):
            return None
        return data

    def lines(self, page: int, width: int, height: int) -> tuple[PdfLine, ...]:
        """The lines of text that lie in a page, such as OCR left them; none for a plain scan.

        Args:
            page: From 1.
            width: Width in pixels of the picture that the boxes are for.
            height: Its height.

        Returns:
            In the order of the file.

        Raises:
            FormatError: If that page is damaged; names the file and the page.
        """
        with _lock, self._guarded(page), closing(self._document[page - 1]) as opened:
            return text_lines(opened, width, height)

    def _scaled(self, page: int, dpi: float, longest: int | None) -> tuple[float, float, float]:
        """Width and height in points, and pixels per point."""
        width, height = self.size(page)
        wanted = dpi / POINTS_PER_INCH if longest is None else longest / max(width, height)
        # sides are rounded up
        most = min((MAX_SIDE - 1) / max(width, height), math.sqrt(MAX_PIXELS / (width * height)) * 0.999)
        return width, height, min(wanted, most)

    @contextmanager
    def _guarded(self, page: int) -> Iterator[None]:
        from pypdfium2 import PdfiumError

        try:
            yield
        except (PdfiumError, ValueError, IndexError, MemoryError, OSError) as error:
            raise self._damaged(page) from error

    def _damaged(self, page: int) -> FormatError:
        return FormatError(
            QT_TRANSLATE_NOOP("Errors", "Page {page} of {file} is damaged."),
            QT_TRANSLATE_NOOP("Errors", "The other pages can be used; print the file to a new PDF to mend it."),
            file=self.path,
            page=page,
        )


@contextmanager
def opened_pdf(path: Path, password: str = "") -> Iterator[PdfFile]:
    """A PDF, open while the `with` block runs.

    Args:
        path: The file.
        password: What opens it, if it is protected.

    Raises:
        PdfPasswordError: If it is protected and the password is missing or wrong.
        FormatError: If it is empty, damaged or no PDF; names the file.
        ProjectError: If it cannot be read.
    """
    _check_head(path)
    with _lock:
        document, count = _open(path, password)
    try:
        yield PdfFile(path, count, document)
    finally:
        with _lock:
            document.close()


def _check_head(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise read_error(path, error) from error
    if not head:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is empty (0 bytes)."),
            QT_TRANSLATE_NOOP("Errors", "Copy the file again."),
            file=path,
        )
    if b"%PDF" not in head:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is not a PDF, whatever its name says."),
            QT_TRANSLATE_NOOP("Errors", "Open it in the program that made it and export it as PDF or as pictures."),
            file=path,
        )


def _open(path: Path, password: str) -> tuple[Any, int]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path, password=password or None)
    except PdfiumError as error:
        raise _opening_error(path, password, str(error)) from error
    except OSError as error:
        raise read_error(path, error) from error
    try:
        if document.get_formtype():
            document.init_forms()
        return document, len(document)
    except PdfiumError as error:
        document.close()
        raise _opening_error(path, password, str(error)) from error


def _opening_error(path: Path, password: str, reason: str) -> StudioError:
    if "password" not in reason.lower():
        return FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is damaged and cannot be opened."),
            QT_TRANSLATE_NOOP("Errors", "Copy or export it again; a copy that broke off is the usual cause."),
            file=path,
        )
    what = (
        QT_TRANSLATE_NOOP("Errors", "The password for {file} is wrong.")
        if password
        else QT_TRANSLATE_NOOP("Errors", "{file} is protected by a password.")
    )
    remedy = QT_TRANSLATE_NOOP("Errors", "Give its password, or save a copy of the file without one.")
    return PdfPasswordError(what, remedy, file=path, given=bool(password))
