"""What was dropped on the window, sorted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QMimeData

from ocrstudio.formats.images import is_image_name


@dataclass(frozen=True)
class Dropped:
    """Local files and folders of a drop; anything that is neither folder nor picture is in `others`."""

    folders: tuple[Path, ...] = ()
    images: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be used."""
        return not self.folders and not self.images


def sort_drop(data: QMimeData | None) -> Dropped:
    """Sorts the local files of a drop or a paste; other things are left out."""
    folders: list[Path] = []
    images: list[Path] = []
    others: list[Path] = []
    for url in data.urls() if data is not None and data.hasUrls() else []:
        if not url.isLocalFile():
            continue
        path = Path(url.toLocalFile())
        (folders if path.is_dir() else images if is_image_name(path.name) else others).append(path)
    return Dropped(tuple(folders), tuple(images), tuple(others))
