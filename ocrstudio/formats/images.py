"""Which files of a folder are pages, and how large they are."""

from __future__ import annotations

import os
import re
import struct
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import list_error, read_error

if TYPE_CHECKING:
    from PIL import Image

# PPOCRLabel lists what Qt can open; these are the ones of them that hold pictures of pages.
EXTENSIONS = frozenset(
    {".bmp", ".gif", ".jpeg", ".jpg", ".pbm", ".pgm", ".png", ".ppm", ".tga", ".tif", ".tiff", ".webp"}
)
# As many as OpenCV opens; Pillow's own limit is below the pages that people have (20,000 x 20,000).
MAX_PIXELS = 2**30
EXIF_ORIENTATION = 0x0112
# Values of the EXIF tag for pictures that viewers turn by a quarter.
QUARTER_TURNS = frozenset({5, 6, 7, 8})
_filters = threading.Lock()
_DIGITS = re.compile(r"(\d+)")
# What PPOCRLabel and we write beside the pages: crops and tables, never pages.
NOT_SEARCHED = frozenset({"crop_img", "tableRec_excel_output"})
# A folder that holds all of these is a dataset, whose pictures are copies of pages and their crops.
_DATASET = frozenset({"split.json", "det", "rec"})
# Windows' folder links that `is_symlink` does not see (stat.IO_REPARSE_TAG_MOUNT_POINT, named only there).
_MOUNT_POINT = 0xA0000003


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
    return _in_order(entry.name for entry in _entries(folder) if _is_page(entry))


def list_image_tree(folder: Path, problem: Callable[[ProjectError], None] = lambda _: None) -> list[str]:
    """The pictures of a folder and its sub-folders, in natural order.

    Hidden folders, links to folders (they could lead in circles), `NOT_SEARCHED` and datasets are left out.

    Args:
        folder: An existing folder.
        problem: Told of each sub-folder that cannot be listed; the others are searched all the same.

    Returns:
        Paths within `folder`, parted by forward slashes: its own pictures first, then folder by folder, each folder's
        pictures before those of its sub-folders.

    Raises:
        ProjectError: If the folder itself does not exist or cannot be listed.
    """
    found: list[str] = []
    waiting = [""]
    while waiting:
        place = waiting.pop()
        try:
            entries = _entries(folder / place)
        except ProjectError as error:
            if not place:
                raise
            problem(error)
            continue
        if place and {entry.name for entry in entries} >= _DATASET:
            continue
        prefix = f"{place}/" if place else ""
        found += [prefix + name for name in _in_order(entry.name for entry in entries if _is_page(entry))]
        # the last one is taken next
        waiting += [prefix + name for name in reversed(_in_order(one.name for one in entries if _is_searched(one)))]
    return found


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        raise list_error(folder, error) from error


def _is_page(entry: os.DirEntry[str]) -> bool:
    try:
        return is_image_name(entry.name) and not entry.name.startswith(".") and entry.is_file()
    except OSError:  # a link to a place that may not be looked at
        return False


def _is_searched(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in NOT_SEARCHED:
        return False
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        return os.name != "nt" or getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _MOUNT_POINT
    except OSError:
        return False


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (natural_key(name), name))


def image_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels as viewers show the picture: turned by its EXIF orientation. Reads only the header.

    Raises:
        ProjectError: If the file is empty, no picture, or too large to open; names the file.
    """
    with opened(path) as picture:
        width, height = picture.size
        # Pillow turns TIFF by itself, size included
        turned = picture.format != "TIFF" and orientation_of(picture) in QUARTER_TURNS
    return (height, width) if turned else (width, height)


def exif_orientation(path: Path) -> int:
    """How viewers turn a picture: EXIF's 1 (not at all) to 8. Reads only the header.

    Raises:
        ProjectError: If the file is empty, no picture, or too large to open; names the file.
    """
    with opened(path) as picture:
        return orientation_of(picture)


def orientation_of(picture: Image.Image) -> int:
    """EXIF orientation of an opened picture, 1 to 8; a missing or impossible one is 1.

    Only EXIF counts: Pillow's own `getexif` also follows XMP, which neither OpenCV nor Qt do.
    """
    from PIL import Image

    value: object = None
    try:
        if picture.format == "TIFF":
            value = getattr(picture, "tag_v2", {}).get(EXIF_ORIENTATION)
        elif data := picture.info.get("exif"):
            exif = Image.Exif()
            with _without_warnings():
                exif.load(data)
                value = exif.get(EXIF_ORIENTATION)
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, struct.error):
        return 1  # viewers show a picture with broken EXIF as it is
    return value if type(value) is int and 1 <= value <= 8 else 1


def upright(picture: Image.Image) -> Image.Image:
    """An opened picture, its pixels read and turned as its EXIF orientation says."""
    from PIL.Image import Transpose

    value = orientation_of(picture)
    if picture.format == "TIFF" or value == 1:
        picture.load()  # Pillow turns TIFF by itself
        return picture
    turn = (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )[value - 2]
    return picture.transpose(turn)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Pillow warns of oddities in headers, which nobody can act on.

    Python's filters belong to the whole process, so only one thread may set and restore them at a time.
    """
    with _filters, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """A picture opened with Pillow, its pixels not read yet; close follows.

    Raises:
        ProjectError: If the file is empty, no picture or a damaged one, or too large to open; names the file. Also
            what goes wrong inside the `with` block counts.
    """
    from PIL import Image

    try:
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # twice of it is an error
        with _without_warnings():
            picture = Image.open(path)
        with picture:
            yield picture
    except Image.DecompressionBombError as error:
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} has too many pixels to be opened."),
            QT_TRANSLATE_NOOP("Errors", "Scale it down or cut it into pages."),
            file=path,
        ) from error
    # Pillow's decoders raise all of these on damaged data
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, struct.error) as error:
        raise unreadable_image(path) from error


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
