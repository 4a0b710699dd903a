"""A PaddleOCR release out of its archive, without letting the archive write anywhere else."""

from __future__ import annotations

import lzma
import os
import re
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError
from ocrstudio.formats.atomic import make_folder, read_error, write_error
from ocrstudio.formats.checkout import Checkout, find_checkout

Progress = Callable[[int, int], None]
# PaddleOCR with its documents has some 6,000 files and 400 MB.
MAX_FILES = 100_000
MAX_BYTES = 4 << 30
_CHUNK = 1 << 20
_PROGRESS_EACH = 100
_ENDING = re.compile(r"\.(zip|tar|tgz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
_WINDOWS_NAMES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")

NO_ARCHIVE = QT_TRANSLATE_NOOP("Errors", "{file} is no archive that can be unpacked ({reason}).")
TAKE_ARCHIVE = QT_TRANSLATE_NOOP("Errors", "Download PaddleOCR's source code as .zip or .tar.gz again.")
LEADS_OUT = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: its entry {entry} leads out of the folder.")
TWICE = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: it has the entry {entry} twice.")
TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: it holds more than {limit}.")
EXISTS = QT_TRANSLATE_NOOP("Errors", "{folder} exists already.")
OTHER_PLACE = QT_TRANSLATE_NOOP("Errors", "Choose another place, or use the checkout that is there.")
STOPPED = QT_TRANSLATE_NOOP("Errors", "Stopped; nothing was kept.")


@dataclass(frozen=True)
class _Entry:
    """One file of an archive: its name, and how to read it."""

    name: str
    open: Callable[[], IO[bytes]]


def is_archive(path: Path) -> bool:
    """Whether a file is called like an archive that `unpack` takes."""
    return bool(_ENDING.search(path.name)) and path.is_file()


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
        EngineError: If the archive is broken, would write outside of `folder`, or is too large; or if it was stopped.
        ProjectError: If `folder` exists or cannot be written, or holds no checkout of PaddleOCR.
    """
    folder = Path(folder).expanduser().absolute()
    with unfinished(folder) as part:
        with _entries(Path(archive)) as entries:
            _extract(Path(archive), entries, part, progress, cancelled)
        move_into_place(find_checkout(part).path, folder)
    return find_checkout(folder)


def folder_name(archive: Path) -> str:
    """What an archive is called without its ending."""
    return _ENDING.sub("", archive.name)


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
    archive: Path, entries: list[_Entry], part: Path, progress: Progress, cancelled: Callable[[], bool]
) -> None:
    left = MAX_BYTES
    for done, entry in enumerate(entries):
        if cancelled():
            raise EngineError(STOPPED)
        if done % _PROGRESS_EACH == 0:
            progress(done, len(entries))
        target = part / _safe_name(entry.name, archive)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            left = _copy(entry, target, left, archive)
        except FileExistsError as error:
            raise EngineError(TWICE, TAKE_ARCHIVE, file=archive, entry=entry.name) from error
        except _BROKEN as error:
            raise EngineError(NO_ARCHIVE, TAKE_ARCHIVE, file=archive, reason=error) from error
        except OSError as error:
            raise write_error(part.with_name(part.name.split(".part-")[0].lstrip(".")), error) from error
    progress(len(entries), len(entries))


def _copy(entry: _Entry, target: Path, left: int, archive: Path) -> int:
    """Writes one file and returns how many bytes more may come; what a header says of its size is not believed."""
    with entry.open() as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise EngineError(TOO_LARGE, TAKE_ARCHIVE, file=archive, limit=f"{MAX_BYTES >> 30} GB")
            file.write(chunk)
    return left


def _safe_name(name: str, archive: Path) -> PurePosixPath:
    """An entry's name if it stays inside the folder on every system."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = path.parts
    odd = any(part == ".." or ":" in part or "\0" in part or _WINDOWS_NAMES.match(part) for part in parts)
    if path.is_absolute() or odd or not parts:
        raise EngineError(LEADS_OUT, TAKE_ARCHIVE, file=archive, entry=ascii(name))
    return path


# What damaged archives raise, besides the OSErrors of the disk.
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@contextmanager
def _entries(archive: Path) -> Iterator[list[_Entry]]:
    """The plain files of an archive, which is open meanwhile."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as zipped:
                infos = [info for info in zipped.infolist() if not info.is_dir() and not _is_zipped_link(info)]
                yield _limited([_Entry(info.filename, partial(zipped.open, info)) for info in infos], archive)
        else:
            with tarfile.open(archive) as tar:
                members = [member for member in _members(tar, archive) if member.isreg()]
                yield [_Entry(member.name, partial(_opened, tar, member)) for member in members]
    except _BROKEN as error:
        raise EngineError(NO_ARCHIVE, TAKE_ARCHIVE, file=archive, reason=error) from error
    except OSError as error:
        # gzip and lzma say damage as an OSError without a number
        if error.errno is None:
            raise EngineError(NO_ARCHIVE, TAKE_ARCHIVE, file=archive, reason=error) from error
        raise read_error(archive, error) from error


def _members(tar: tarfile.TarFile, archive: Path) -> Iterator[tarfile.TarInfo]:
    size = 0
    for number, member in enumerate(tar):
        # also what is not unpacked has to be read to get past it
        size += member.size
        if number >= MAX_FILES or size > MAX_BYTES:
            limit = f"{MAX_FILES} files" if number >= MAX_FILES else f"{MAX_BYTES >> 30} GB"
            raise EngineError(TOO_LARGE, TAKE_ARCHIVE, file=archive, limit=limit)
        yield member
    # the checksum of the whole stands at its end
    while tar.fileobj is not None and tar.fileobj.read(_CHUNK):
        pass


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise tarfile.ReadError(member.name)
    return file


def _limited(entries: list[_Entry], archive: Path) -> list[_Entry]:
    if len(entries) > MAX_FILES:
        raise EngineError(TOO_LARGE, TAKE_ARCHIVE, file=archive, limit=f"{MAX_FILES} files")
    return entries


def _is_zipped_link(info: zipfile.ZipInfo) -> bool:
    """Unix archives keep a file's kind in the upper half of this field; none means a plain file."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG)
