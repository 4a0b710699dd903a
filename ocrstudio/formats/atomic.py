"""Writing files so that a crash, a full disk or a read-only folder leaves the earlier file as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.paths import STATE_DIR

T = TypeVar("T")

# Seconds between tries; see `patiently`. A hurried thread takes only the first ones.
_WAITS = (0.01, 0.02, 0.04, 0.08, 0.16) if os.name == "nt" else ()
_HURRIED_TRIES = 2
_this_thread = threading.local()
_REASONS = {
    errno.ENOSPC: (
        QT_TRANSLATE_NOOP("Errors", "{file} could not be written: the disk is full."),
        QT_TRANSLATE_NOOP("Errors", "Free some space and save again; nothing that was saved before is lost."),
    ),
    errno.EROFS: (
        QT_TRANSLATE_NOOP("Errors", "{file} could not be written: the folder is read-only."),
        QT_TRANSLATE_NOOP("Errors", "Copy the folder to a place you may write to and open it there."),
    ),
    errno.EACCES: (
        QT_TRANSLATE_NOOP("Errors", "{file} could not be written: you have no permission."),
        QT_TRANSLATE_NOOP("Errors", "Allow writing to the folder, or copy it to your own folder and open it there."),
    ),
}
_REASONS[errno.ENOENT] = (
    QT_TRANSLATE_NOOP("Errors", "{file} could not be written: its folder is gone."),
    QT_TRANSLATE_NOOP(
        "Errors", "It was moved, renamed or deleted, or its drive was taken out. Put it back and try again."
    ),
)
_REASONS[getattr(errno, "EDQUOT", errno.ENOSPC)] = _REASONS[errno.ENOSPC]
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]
_REASONS[errno.EEXIST] = _REASONS[errno.ENOTDIR] = (
    QT_TRANSLATE_NOOP("Errors", "{file} could not be written: a file is where a folder should be."),
    QT_TRANSLATE_NOOP("Errors", "Choose another place, or rename that file."),
)


def write_error(path: Path, error: OSError) -> ProjectError:
    """The error users see when `path` could not be written.

    Args:
        path: The file that was to be written.
        error: What the system said.

    Returns:
        A `ProjectError` that names the file and the remedy.
    """
    known = _REASONS.get(error.errno or 0)
    if known:
        return ProjectError(*known, file=path)
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be written: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "The earlier file is unchanged; try again when this is solved."),
        file=path,
        reason=error.strerror or str(error),
    )


def read_error(path: Path, error: OSError) -> ProjectError:
    """The error users see when `path` could not be read."""
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        # the second is what Windows says of it
        return ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} is a folder."),
            QT_TRANSLATE_NOOP("Errors", "A file is needed here: name one that lies in it."),
            file=path,
        )
    return list_error(path, error)


def list_error(path: Path, error: OSError) -> ProjectError:
    """The error users see when `path` could not be read, be it a file or a folder."""
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check that the file exists and that you may read it."),
        file=path,
        reason=error.strerror or str(error),
    )


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        ProjectError: If it cannot be read; names the file.
    """
    try:
        return patiently(path.read_bytes)
    except OSError as error:
        raise read_error(path, error) from error


def write_all(descriptor: int, data: bytes) -> None:
    """Writes every byte to an open file descriptor; `os.write` may stop half way on a filling disk."""
    view = memoryview(data)
    while view:
        written = os.write(descriptor, view)
        if written == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


def write_atomic(
    path: Path, data: str | bytes, *, durable: bool = True, before_replacing: Callable[[], None] = lambda: None
) -> os.stat_result:
    """Replaces a file in one step: readers see the old content or the new one, never a part.

    The temporary file is in the same folder, because a rename is atomic only within one file system. A symbolic link
    stays one: its target is replaced. Permissions of an existing file are kept.

    Args:
        path: The file to write; its folder must exist.
        data: The whole content; text is written as UTF-8.
        durable: Wait until it would survive a power cut. Not needed for what can be made again, thousands at a time.
        before_replacing: Called at the last moment; what it raises leaves the earlier file as it was.

    Returns:
        The status of the new file, as no other program can have changed it yet.

    Raises:
        ProjectError: If it could not be written; the earlier file is unchanged and no temporary file stays.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    # a thread's number is no other process's, either
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{threading.get_native_id()}.tmp")
    try:
        status = _write_temporary(temporary, content, _mode_of(target), durable)
        before_replacing()
        replace_file(temporary, target)
    except OSError as error:
        _remove(temporary)
        raise write_error(path, error) from error
    except ProjectError:
        _remove(temporary)
        raise
    if durable:
        sync_folder(target.parent)
    return status


def _remove(temporary: Path) -> None:
    # where nothing may be written nothing can be removed either
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Makes a folder and its parents, but no project that is gone: it would come back without its pictures.

    Raises:
        ProjectError: If that fails; names the folder.
    """
    try:
        for folder in (path, *path.parents):
            if folder.name == STATE_DIR and not folder.parent.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(path, error) from error


def replace_folder(new: Path, place: Path) -> None:
    """Puts a finished folder in its place; what stood there goes only when the new one is complete.

    Raises:
        OSError: If that fails; the old one is in its place then.
    """
    for file in new.iterdir():
        if file.is_file():
            # without it a power cut could leave files of the right names without content
            with file.open("rb+") as written:
                os.fsync(written.fileno())
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    try:
        new.replace(place)
    except OSError:
        if old.exists():
            old.replace(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return None


def _write_temporary(path: Path, content: bytes, mode: int | None, durable: bool) -> os.stat_result:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        write_all(descriptor, content)
        if durable:
            os.fsync(descriptor)
        status = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if mode is not None:
        path.chmod(mode)
    return status


def replace_file(source: Path, target: Path) -> None:
    """`os.replace`, with patience."""
    patiently(lambda: source.replace(target))


def hurry_here() -> None:
    """From now on this thread waits 30 ms for a file at most: more is felt, in the thread of a window."""
    _this_thread.is_hurried = True


def patiently(act: Callable[[], T]) -> T:
    """What Windows refuses while a virus scanner, a reader or a writer holds the file for a moment is tried again.

    Args:
        act: Replaces or reads one file.

    Raises:
        OSError: If it fails to the end; on other systems at once.
    """
    for wait in _WAITS[:_HURRIED_TRIES] if getattr(_this_thread, "is_hurried", False) else _WAITS:
        try:
            return act()
        except PermissionError:
            time.sleep(wait)
    return act()


def sync_folder(folder: Path) -> None:
    """Makes the rename itself survive a power cut where the system can do that (not on Windows)."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return  # some network file systems refuse; the data itself is already synced
    finally:
        os.close(descriptor)
