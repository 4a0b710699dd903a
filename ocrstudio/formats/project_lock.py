"""One writer per project: two windows that save the same folder would erase each other's work."""

from __future__ import annotations

import errno
import logging
import os
import sys
import weakref
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import write_error

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


log = logging.getLogger(__name__)

# What file systems say that have no locks, as some network drives: better no lock than no work.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})


class ProjectLock:
    """A lock file that the system frees by itself when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closer: weakref.finalize[..., ProjectLock] | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._closer is not None

    def acquire(self) -> None:
        """Takes the lock; nothing happens if it is held already.

        Raises:
            ProjectError: If another window or command holds it, or the file cannot be made.
        """
        if self.is_held:
            return
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise write_error(self._path, error) from error
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                os.close(descriptor)
                raise ProjectError(
                    QT_TRANSLATE_NOOP("Errors", "{folder} is being edited in another window or by another command."),
                    QT_TRANSLATE_NOOP("Errors", "Close it there first; nothing was changed here."),
                    folder=self._path.parent.parent,
                ) from error
            log.warning(
                "%s cannot be locked; label files that another window changed are noticed all the same", self._path
            )
        self._closer = weakref.finalize(self, os.close, descriptor)

    def release(self) -> None:
        """Frees the lock; nothing happens if it is not held."""
        if self._closer is not None:
            self._closer()
            self._closer = None
