"""One picture that somebody wants read: a file, or a page of a PDF; turned by hand if it lies on its side."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.images import opened
from ocrstudio.formats.pdf_pages import DEFAULT_DPI, POINTS_PER_INCH, opened_pdf

if TYPE_CHECKING:
    from ocrstudio.formats.crops import Image

PAGE_NAME = QT_TRANSLATE_NOOP("Formats", "{file}, page {page}")
# What scanners and cameras write in between is a resolution, what lies outside is a program's idle value.
LOWEST_DPI, HIGHEST_DPI = 90, 1200


@dataclass(frozen=True)
class PictureSource:
    """Where a picture comes from.

    Attributes:
        path: The file.
        page: Page of a PDF, from 1; 0 for a file that is a picture itself.
        turn: Quarters clockwise by which a person turned it, 0 to 3.
        password: What opens the PDF.
    """

    path: Path
    page: int = 0
    turn: int = 0
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The name people know it by, in English."""
        name = shown_name(self.path)
        return PAGE_NAME.format(file=name, page=self.page) if self.page else name

    def read(self) -> Image:
        """The pixels as they are shown: upright, turned.

        Returns:
            (height, width, 3) BGR.

        Raises:
            StudioError: If it cannot be read; names the file.
        """
        import numpy as np

        from ocrstudio.formats.crops import read_image

        if self.page:
            with opened_pdf(self.path, self.password) as document:
                pixels = np.ascontiguousarray(np.asarray(document.picture(self.page), np.uint8)[:, :, ::-1])
        else:
            pixels = read_image(self.path)
        return np.ascontiguousarray(np.rot90(pixels, -self.turn)) if self.turn else pixels

    def dpi(self) -> float:
        """Pixels per inch, as far as the file says; what a page of a PDF is drawn at.

        Raises:
            StudioError: If the file cannot be read.
        """
        if self.page:
            with opened_pdf(self.path, self.password) as document:
                width, height = document.size(self.page)
                drawn = max(document.pixels(self.page))
            return POINTS_PER_INCH * drawn / max(width, height)
        with opened(self.path) as picture:
            stated: Any = picture.info.get("dpi")
        try:
            dpi = float(stated[0])
        except (TypeError, ValueError, IndexError, ZeroDivisionError):
            return DEFAULT_DPI
        return dpi if LOWEST_DPI <= dpi <= HIGHEST_DPI else DEFAULT_DPI


def pdf_sources(path: Path, password: str = "") -> list[PictureSource]:
    """The pages of a PDF.

    Raises:
        PdfPasswordError: If it is protected and the password is missing or wrong.
        StudioError: If it is damaged or cannot be read.
    """
    with opened_pdf(path, password) as document:
        return [PictureSource(path, page, password=password) for page in range(1, document.count + 1)]


def shown_name(path: Path) -> str:
    """A file's name as one line that every screen and file can hold: no line ends, no bytes that are no characters."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
