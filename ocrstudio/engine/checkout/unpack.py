"""A PaddleOCR release out of its archive, without letting the archive write anywhere else."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, FormatError, ProjectError
from ocrstudio.formats.archives import (
    Entry,
    gigabytes,
    inside,
    is_archive_name,
    opened_archive,
    too_large,
    without_ending,
    write_entry,
)
from ocrstudio.formats.atomic import make_folder, write_error
from ocrstudio.formats.checkout import Checkout, find_checkout

Progress = Callable[[int, int], None]
# PaddleOCR with its documents has some 6,000 files and 400 MB.
MAX_FILES = 100_000
MAX_BYTES = 4 << 30
_PROGRESS_EACH = 100

TAKE_ARCHIVE = QT_TRANSLATE_NOOP("Errors", "Download PaddleOCR's source code as .zip or .tar.gz again.")
LEADS_OUT = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: its entry {entry} leads out of the folder.")
TWICE = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: it has the entry {entry} twice.")
EXISTS = QT_TRANSLATE_NOOP("Errors", "{folder} exists already.")
OTHER_PLACE = QT_TRANSLATE_NOOP("Errors", "Choose another place, or use the checkout that is there.")
STOPPED = QT_TRANSLATE_NOOP("Errors", "Stopped; nothing was kept.")


def is_archive(path: Path) -> bool:
    """Whether a file is called like an archive that `unpack` takes."""
    return is_archive_name(path.name) and path.is_file()


def unpack(
    archive: Path,
    folder: Path,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Checkout:
    """Unpacks a release; what is at `folder` afterwards is complete or not there at all.

    Links and devices in the archive are left out; PaddleOCR has none.

    Args:
        archive: A .zip, or .tar with or without compression.
        folder: The checkout's place; must not exist.
        progress: Told (files done, files in all).
        cancelled: Asked between files.

    Raises:
        FormatError: If the archive is broken, would write outside of `folder`, or is too large.
        EngineError: If it was stopped.
        ProjectError: If `folder` exists or cannot be written, or holds no checkout of PaddleOCR.
    """
    folder = Path(folder).expanduser().absolute()
    with unfinished(folder) as part:
        with opened_archive(Path(archive), remedy=TAKE_ARCHIVE, max_files=MAX_FILES, max_bytes=MAX_BYTES) as entries:
            _extract(Path(archive), entries, part, progress, cancelled)
        move_into_place(find_checkout(part).path, folder)
    return find_checkout(folder)


def folder_name(archive: Path) -> str:
    """What an archive is called without its ending."""
    return without_ending(archive.name)


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A hidden folder beside `folder` to build it in; it is gone afterwards, whatever happened.

    Raises:
        ProjectError: If `folder` exists, or the hidden one cannot be made.
    """
    if folder.exists() or folder.is_symlink():
        raise ProjectError(EXISTS, OTHER_PLACE, folder=folder)
    make_folder(folder.parent)
    part = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    _remove(part)
    try:
        part.mkdir()
    except OSError as error:
        raise write_error(folder, error) from error
    try:
        yield part
    finally:
        _remove(part)


def move_into_place(built: Path, folder: Path) -> None:
    """Renames what was built in the hidden folder; `ProjectError` if that fails."""
    try:
        built.rename(folder)
    except OSError as error:
        raise write_error(folder, error) from error


def _remove(part: Path) -> None:
    if os.name == "nt":
        # git's objects are read-only, which Windows does not delete
        for path in part.rglob("*"):
            path.chmod(stat.S_IWRITE)
    shutil.rmtree(part, ignore_errors=True)


def _extract(
    archive: Path, entries: list[Entry], part: Path, progress: Progress, cancelled: Callable[[], bool]
) -> None:
    left = MAX_BYTES
    for done, entry in enumerate(entries):
        if cancelled():
            raise EngineError(STOPPED)
        if done % _PROGRESS_EACH == 0:
            progress(done, len(entries))
        name = inside(entry.name)
        if name is None:
            raise FormatError(LEADS_OUT, TAKE_ARCHIVE, file=archive, entry=ascii(entry.name))
        target = part / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            left = write_entry(entry.open(), target, left)
        except FileExistsError as error:
            raise FormatError(TWICE, TAKE_ARCHIVE, file=archive, entry=entry.name) from error
        except OSError as error:
            if error.errno is None:  # gzip and lzma say damage so
                raise
            raise write_error(part.with_name(part.name.split(".part-")[0].lstrip(".")), error) from error
        if left < 0:
            raise too_large(archive, gigabytes(MAX_BYTES), TAKE_ARCHIVE)
    progress(len(entries), len(entries))
