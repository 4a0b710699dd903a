"""Files out of archives, without letting an archive write anywhere else: what all unpacking here shares.

Names are checked before anything is written, links and devices are never made, and what a header says of a size is not
believed.
"""

from __future__ import annotations

import lzma
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

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.formats.atomic import read_error

_CHUNK = 1 << 20
_ENDING = re.compile(r"\.(zip|tar|tgz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
_WINDOWS_NAMES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
_ENCRYPTED, _UTF8 = 0x1, 0x800
# Pictures hardly shrink and texts to a tenth; a bomb to a thousandth. Empty bitmaps may do so up to a few gigabytes.
_LIKELY_RATIO, _LIKELY_BYTES = 200, 4 << 30
# What stays free of the disk, for the labels.
_SPARE_BYTES = 512 << 20

NO_ARCHIVE = QT_TRANSLATE_NOOP("Errors", "{file} is no archive that can be unpacked ({reason}).")
NO_KNOWN_ARCHIVE = QT_TRANSLATE_NOOP(
    "Errors", "{file} is no archive that can be unpacked: it is damaged, or something else."
)
LOCKED = QT_TRANSLATE_NOOP("Errors", "{file} is protected by a password.")
UNPACK_IT = QT_TRANSLATE_NOOP("Errors", "Unpack it with another program and choose the folder.")
TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: it holds more than {limit}.")
NO_ROOM = QT_TRANSLATE_NOOP("Errors", "{file} needs more room than there is on the disk of {folder}.")
FREE_ROOM = QT_TRANSLATE_NOOP("Errors", "Free some space, or unpack it on another disk and choose that folder.")


@dataclass(frozen=True)
class Entry:
    """One plain file of an archive: its name, how large it says it is, and how to read it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


def is_archive_name(name: str) -> bool:
    """Whether a file is called like an archive that can be unpacked."""
    return bool(_ENDING.search(name))


def without_ending(name: str) -> str:
    """What an archive is called without its ending."""
    return _ENDING.sub("", name)


@contextmanager
def opened_archive(archive: Path, *, remedy: str, max_files: int, max_bytes: int) -> Iterator[list[Entry]]:
    """The plain files of a .zip, or .tar with or without compression, which is open meanwhile.

    Args:
        archive: The file.
        remedy: What somebody does about a broken one.
        max_files: More are refused.
        max_bytes: Larger .tar archives are refused; those of a .zip are counted as they are written.

    Raises:
        FormatError: If it is broken, protected or too large, also while its files are read.
        ProjectError: If it cannot be read.
    """
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as zipped:
                infos = [info for info in zipped.infolist() if not info.is_dir() and not _is_zipped_link(info)]
                if any(info.flag_bits & _ENCRYPTED for info in infos):
                    raise FormatError(LOCKED, UNPACK_IT, file=archive)
                if len(infos) > max_files:
                    raise too_large(archive, f"{max_files} files", remedy)
                names = _names(infos)
                yield [Entry(names[info.filename], info.file_size, partial(zipped.open, info)) for info in infos]
        else:
            with tarfile.open(archive) as tar:
                members = list(_members(tar, archive, remedy, max_files, max_bytes))
                yield [Entry(one.name, one.size, partial(_opened, tar, one)) for one in members if one.isreg()]
    except _BROKEN as error:
        raise _broken(archive, error, remedy) from error
    except OSError as error:
        # gzip and lzma say damage as an OSError without a number
        if error.errno is None:
            raise _broken(archive, error, remedy) from error
        raise read_error(archive, error) from error


def _broken(archive: Path, error: Exception, remedy: str) -> FormatError:
    if isinstance(error, tarfile.ReadError):  # many lines, one for each kind of archive that it is not
        return FormatError(NO_KNOWN_ARCHIVE, remedy, file=archive)
    return FormatError(NO_ARCHIVE, remedy, file=archive, reason=error)


def inside(name: str) -> PurePosixPath | None:
    """An entry's name if it is one, and stays inside the folder, on every system."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or not path.parts:
        return None
    odd = any(part == ".." or ":" in part or "\0" in part or _WINDOWS_NAMES.match(part) for part in path.parts)
    return None if odd else path


def write_entry(opened: IO[bytes], target: Path, left: int) -> int:
    """Writes one file that must not exist yet.

    Args:
        opened: Where its content comes from.
        target: The file; its folder exists.
        left: How many bytes may be written at most.

    Returns:
        How many are left; less than nothing if it was too large, and then only its beginning is written.

    Raises:
        OSError: If it exists or cannot be written; other errors if the archive is broken.
    """
    with opened as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                break
            file.write(chunk)
    return left


def too_large(archive: Path, limit: str, remedy: str) -> FormatError:
    """The error for an archive that holds more than anybody wants."""
    return FormatError(TOO_LARGE, remedy, file=archive, limit=limit)


def allowance(archive: Path, folder: Path) -> int:
    """How many bytes an archive from anywhere may unpack to in a folder: no bomb, and no full disk.

    Raises:
        FormatError: If the disk is nearly full already.
        ProjectError: If either cannot be looked at.
    """
    try:
        likely = max(_LIKELY_BYTES, archive.stat().st_size * _LIKELY_RATIO)
        free = shutil.disk_usage(folder).free - _SPARE_BYTES
    except OSError as error:
        raise read_error(archive, error) from error
    if free <= 0:
        raise FormatError(NO_ROOM, FREE_ROOM, file=archive, folder=folder)
    return min(likely, free)


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


def _names(infos: list[zipfile.ZipInfo]) -> dict[str, str]:
    """The names of a zip's entries as their writer meant them.

    Without the mark for UTF-8 Python takes them for the old PC encoding, which fits names from Western Europe. Other
    programs write UTF-8 without the mark, and on Chinese Windows GBK.
    """
    unmarked = [info.filename for info in infos if not info.flag_bits & _UTF8 and _is_old(info.filename)]
    encoding = _encoding([name.encode("cp437") for name in unmarked])
    renamed = {name: name.encode("cp437").decode(encoding) for name in unmarked} if encoding else {}
    return {info.filename: renamed.get(info.filename, info.filename) for info in infos}


def _is_old(name: str) -> bool:
    """Whether a name holds letters of the old PC encoding; newer Pythons find some names in Unicode elsewhere."""
    try:
        return not name.encode("cp437").isascii()
    except UnicodeEncodeError:
        return False


def _encoding(names: list[bytes]) -> str | None:
    """UTF-8, GBK, or None for the old PC encoding."""
    for encoding in ("utf-8", "gbk"):
        try:
            letters = [letter for name in names for letter in name.decode(encoding) if not letter.isascii()]
        except UnicodeDecodeError:
            continue
        # letters with accents can pass for GBK, but hardly for the characters that are in use
        common = sum(_is_common(letter) for letter in letters)
        if encoding == "utf-8" or common * 2 >= len(letters):
            return encoding
    return None


def _is_common(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_zipped_link(info: zipfile.ZipInfo) -> bool:
    """Unix archives keep a file's kind in the upper half of this field; none means a plain file."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG)


def _members(
    tar: tarfile.TarFile, archive: Path, remedy: str, max_files: int, max_bytes: int
) -> Iterator[tarfile.TarInfo]:
    size = 0
    for number, member in enumerate(tar):
        # also what is not unpacked has to be read to get past it
        size += member.size
        if number >= max_files or size > max_bytes:
            raise too_large(archive, f"{max_files} files" if number >= max_files else gigabytes(max_bytes), remedy)
        yield member
    # the checksum of the whole stands at its end
    while tar.fileobj is not None and tar.fileobj.read(_CHUNK):
        pass


def gigabytes(size: int) -> str:
    """A limit as people read it."""
    return f"{size >> 30} GB"


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise tarfile.ReadError(member.name)
    return file
