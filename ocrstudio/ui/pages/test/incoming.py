"""Pictures on their way in: dropped, pasted, chosen, or taken from the screen."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PyQt5.QtCore import QMimeData, QUrl
from PyQt5.QtGui import QImage

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.images import is_image_name, list_images, natural_key
from ocrstudio.formats.pdf_pages import is_pdf_name
from ocrstudio.formats.picture_source import PictureSource, pdf_sources, shown_name
from ocrstudio.paths import user_cache

PASTED_DIR = "pasted"
Passwords = Mapping[Path, str]
NONE_THERE = QT_TRANSLATE_NOOP("Errors", "There are no pictures in the folder {folder}.")
NONE_PACKED = QT_TRANSLATE_NOOP("Errors", "There are no pictures in {folder}.")


@dataclass(frozen=True)
class Found:
    """What came in.

    Attributes:
        pictures: In the order they came, each with the reason if it cannot be read.
        locked: PDF files that open with a password only; `wrong` are those of them that were given one.
        wrong: See there.
        problem: What is wrong as a whole.
    """

    pictures: tuple[tuple[PictureSource, StudioError | None], ...]
    locked: tuple[Path, ...] = ()
    wrong: tuple[Path, ...] = ()
    problem: StudioError | None = None


def can_take(data: QMimeData | None) -> bool:
    """Whether a drop or the clipboard holds a picture or local files."""
    return data is not None and (data.hasImage() or any(url.isLocalFile() for url in data.urls()))


def files_of(data: QMimeData) -> list[Path]:
    """The local files and folders of a drop."""
    return [_path_of(url) for url in data.urls() if url.isLocalFile()]


def _path_of(url: QUrl) -> Path:
    if os.name == "nt":
        return Path(url.toLocalFile())
    # Qt's own way loses bytes that are no characters, which file names on Linux may have.
    path = bytes(url.toEncoded())
    return Path(os.fsdecode(unquote_to_bytes(path.removeprefix(b"file://"))))


def image_of(data: QMimeData) -> QImage | None:
    """The picture itself, when there is one instead of a file."""
    if not data.hasImage():
        return None
    image = QImage(data.imageData())
    return None if image.isNull() else image


def expand(paths: Sequence[Path], passwords: Passwords, archives: Mapping[Path, ImportSource]) -> Found:
    """Folders and archives become the pictures and PDF files in them, PDF files their pages. Reads the disk.

    Args:
        paths: Files and folders. What can be neither keeps its place, with the reason.
        passwords: Of PDF files, as far as they are known.
        archives: Those among the paths; whoever shows their pictures closes them afterwards.
    """
    pictures: list[tuple[PictureSource, StudioError | None]] = []
    locked: list[Path] = []
    wrong: list[Path] = []
    problem: StudioError | None = None
    for path in paths:
        files, trouble = _files_of(path, archives.get(path))
        problem = trouble or problem
        for file in files:
            fault = _fault(file)
            if fault is not None or not is_pdf_name(file.name):
                pictures.append((PictureSource(file), fault))
                continue
            try:
                pictures += [(page, None) for page in pdf_sources(file, passwords.get(file, ""))]
            except StudioError as error:
                if "given" not in error.values:
                    pictures.append((PictureSource(file), _named(error, file)))
                    continue
                locked.append(file)
                wrong += [file] if error.values["given"] else []
    return Found(tuple(pictures), tuple(locked), tuple(wrong), problem)


def locked_fault(path: Path) -> StudioError:
    """Why a PDF whose password nobody knows is not read."""
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} is protected by a password."),
        QT_TRANSLATE_NOOP("Errors", "Bring it in again when you know the password."),
        file=shown_name(path),
    )


def _files_of(path: Path, archive: ImportSource | None) -> tuple[list[Path], StudioError | None]:
    """The files that somebody means by a path, or what is wrong with it."""
    if path.is_dir():
        return _files_in(path)
    if archive is None or not archive.is_archive:
        return [path], None
    try:
        unpacked = archive.unpacked()
    except StudioError as error:
        return [], _named(error, path)
    inside = [Path(where) / name for where, _, names in os.walk(unpacked) for name in names]
    files = [file for file in inside if is_image_name(file.name) or is_pdf_name(file.name)]
    problem = None if files else _no_pictures(NONE_PACKED, path)
    return sorted(files, key=lambda file: natural_key(str(file.relative_to(unpacked)))), problem


def _files_in(folder: Path) -> tuple[list[Path], StudioError | None]:
    """The pictures and PDF files of a folder, or what is wrong with it."""
    try:
        names = list_images(folder)
        names += [entry.name for entry in os.scandir(folder) if is_pdf_name(entry.name) and entry.is_file()]
    except StudioError as error:
        return [], error
    if names:
        return [folder / name for name in sorted(names, key=natural_key)], None
    return [], _no_pictures(NONE_THERE, folder)


def _no_pictures(what: str, place: Path) -> StudioError:
    remedy = QT_TRANSLATE_NOOP("Errors", "Choose a folder with JPG, PNG or other pictures.")
    return ProjectError(what, remedy, folder=shown_name(place) or str(place))


def _fault(path: Path) -> StudioError | None:
    if not path.exists():
        return ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} is not there any more."),
            QT_TRANSLATE_NOOP("Errors", "Look whether it was moved or renamed."),
            file=shown_name(path),
        )
    if not is_image_name(path.name) and not is_pdf_name(path.name):
        return ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} is not a picture."),
            QT_TRANSLATE_NOOP("Errors", "Save it as JPG or PNG and try again."),
            file=shown_name(path),
        )
    return None


def _named(error: StudioError, path: Path) -> StudioError:
    """The same error with the file named by its name alone: the folder is no news to who dropped it."""
    return type(error)(error.what, error.remedy, **{**error.values, "file": shown_name(path)})


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
