"""Which files of a folder are pages, and how large they are."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import read_error

# PPOCRLabel lists what Qt can open; these are the ones of them that hold pictures of pages.
EXTENSIONS = frozenset(
    {".bmp", ".gif", ".jpeg", ".jpg", ".pbm", ".pgm", ".png", ".ppm", ".tga", ".tif", ".tiff", ".webp"}
)
_EXIF_ORIENTATION = 0x0112
# Values of the EXIF tag for pictures that viewers turn by a quarter.
_QUARTER_TURNS = frozenset({5, 6, 7, 8})
_DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that puts `page2` before `page10`, regardless of case."""
    parts = _DIGITS.split(name.lower())
    # str.isdigit() is wider than \d, int() accepts every \d
    return tuple((0, int(part), part) if index % 2 else (1, 0, part) for index, part in enumerate(parts))


def is_image_name(name: str) -> bool:
    """Whether a file name ends like a picture that the program can open."""
    stem, dot, extension = name.rpartition(".")
    return bool(stem) and dot + extension.lower() in EXTENSIONS


def list_images(folder: Path) -> list[str]:
    """The names of the pictures in a folder, in natural order; sub-folders are not searched.

    Args:
        folder: An existing folder.

    Returns:
        File names; hidden files (a leading dot) are left out, as PPOCRLabel's folders never hold any.

    Raises:
        ProjectError: If the folder does not exist or cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name
                for entry in entries
                if is_image_name(entry.name) and not entry.name.startswith(".") and entry.is_file()
            ]
    except OSError as error:
        raise read_error(folder, error) from error
    return sorted(names, key=lambda name: (natural_key(name), name))


def image_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels as viewers show the picture: turned by its EXIF orientation. Reads only the header.

    Raises:
        ProjectError: If the file is empty, no picture, or too large to open; names the file.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as picture:
                width, height = picture.size
                turned = picture.getexif().get(_EXIF_ORIENTATION) in _QUARTER_TURNS
    except Image.DecompressionBombError as error:
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} has too many pixels to be opened."),
            QT_TRANSLATE_NOOP("Errors", "Scale it down or cut it into pages."),
            file=path,
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise unreadable_image(path) from error
    return (height, width) if turned else (width, height)


def unreadable_image(path: Path) -> ProjectError:
    """The error for a file that ends like a picture and is none."""
    try:
        empty = path.stat().st_size == 0
    except OSError as error:
        return read_error(path, error)
    if empty:
        return ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} is empty (0 bytes)."),
            QT_TRANSLATE_NOOP("Errors", "Copy the picture again or remove the file."),
            file=path,
        )
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} is not a picture that can be read."),
        QT_TRANSLATE_NOOP("Errors", "Open it in an image viewer and save it again as PNG or JPEG, or remove it."),
        file=path,
    )
