"""What was dropped on the window, sorted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QMimeData

from ocrstudio.formats.archives import is_archive_name
from ocrstudio.formats.images import is_image_name
from ocrstudio.formats.pdf_pages import is_pdf_name


@dataclass(frozen=True)
class Dropped:
    """Local files and folders of a drop.

    Attributes:
        folders: Folders.
        images: Pictures.
        documents: PDF files and archives.
        others: Anything else.
    """

    folders: tuple[Path, ...] = ()
    images: tuple[Path, ...] = ()
    documents: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be used."""
        return not self.folders and not self.images and not self.documents


def sort_drop(data: QMimeData | None) -> Dropped:
    """Sorts the local files of a drop or a paste; other things are left out."""
    folders: list[Path] = []
    images: list[Path] = []
    documents: list[Path] = []
    others: list[Path] = []
    for url in data.urls() if data is not None and data.hasUrls() else []:
        if not url.isLocalFile():
            continue
        path = Path(url.toLocalFile())
        if path.is_dir():
            folders.append(path)
        elif is_image_name(path.name):
            images.append(path)
        elif is_pdf_name(path.name) or is_archive_name(path.name):
            documents.append(path)
        else:
            others.append(path)
    return Dropped(tuple(folders), tuple(images), tuple(documents), tuple(others))
