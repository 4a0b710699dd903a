"""Pictures on their way in: dropped, pasted or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PyQt5.QtCore import QMimeData
from PyQt5.QtGui import QImage

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.images import is_image_name, list_images
from ocrstudio.paths import user_cache

PASTED_DIR = "pasted"


@dataclass(frozen=True)
class Found:
    """Files in the order they came, each with the reason if it cannot be a picture; and what is wrong as a whole."""

    files: tuple[tuple[Path, StudioError | None], ...]
    problem: StudioError | None = None


def can_take(data: QMimeData | None) -> bool:
    """Whether a drop or the clipboard holds a picture or local files."""
    return data is not None and (data.hasImage() or any(url.isLocalFile() for url in data.urls()))


def files_of(data: QMimeData) -> list[Path]:
    """The local files and folders of a drop."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def image_of(data: QMimeData) -> QImage | None:
    """The picture itself, when there is one instead of a file."""
    if not data.hasImage():
        return None
    image = QImage(data.imageData())
    return None if image.isNull() else image


def expand(paths: Sequence[Path]) -> Found:
    """Folders become the pictures in them; what is no picture keeps its place, with the reason. Reads the disk."""
    files: list[tuple[Path, StudioError | None]] = []
    problem: StudioError | None = None
    for path in paths:
        if not path.is_dir():
            files.append((path, _fault(path)))
            continue
        try:
            names = list_images(path)
        except StudioError as error:
            problem = error
            continue
        if not names:
            problem = ProjectError(
                QT_TRANSLATE_NOOP("Errors", "There are no pictures in the folder {folder}."),
                QT_TRANSLATE_NOOP("Errors", "Choose a folder with JPG, PNG or other pictures."),
                folder=path.name or str(path),
            )
        files.extend((path / name, None) for name in names)
    return Found(tuple(files), problem)


def _fault(path: Path) -> StudioError | None:
    if not path.exists():
        return ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} is not there any more."),
            QT_TRANSLATE_NOOP("Errors", "Look whether it was moved or renamed."),
            file=path.name,
        )
    if not is_image_name(path.name):
        return ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} is not a picture."),
            QT_TRANSLATE_NOOP("Errors", "Save it as JPG or PNG and try again."),
            file=path.name,
        )
    return None


def store_pasted(image: QImage) -> Path | StudioError:
    """Writes a pasted picture to the cache, so that it can be read like any other. Writes to disk.

    Returns:
        The file, or why it could not be written.
    """
    folder = user_cache() / PASTED_DIR
    stamp = datetime.now().strftime("%Y-%m-%d %H-%M-%S-%f")[:-3]
    path = folder / f"pasted {stamp}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        done = image.save(str(path), "PNG")
    except OSError:
        done = False
    if done:
        return path
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "The pasted picture could not be kept in {folder}."),
        QT_TRANSLATE_NOOP("Errors", "Make room on the disk, or save the picture as a file and choose that."),
        folder=folder,
    )
