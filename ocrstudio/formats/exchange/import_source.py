"""What somebody points at to import: a file or a folder, or an archive, which is unpacked first and goes away after."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.formats.archives import (
    UNPACK_IT,
    Entry,
    allowance,
    gigabytes,
    inside,
    is_archive_name,
    opened_archive,
    too_large,
    write_entry,
)
from ocrstudio.formats.atomic import make_folder, write_error
from ocrstudio.formats.exchange.picture_index import MAX_ENTRIES
from ocrstudio.formats.exchange.reading import PdfWishes, Reading
from ocrstudio.formats.exchange.values import Trouble
from ocrstudio.formats.package import MANIFEST, PAGES
from ocrstudio.paths import STATE_DIR

_PREFIX = "unpacked-"
# What a killed program left behind; no import takes so long.
_STALE_S = 24 * 3600

GET_AGAIN = QT_TRANSLATE_NOOP("Errors", "Copy or download it again, or unpack it and choose the folder.")
BAD_ENTRY = QT_TRANSLATE_NOOP("Errors", "The name {entry} leads out of the archive or is none; it is left out.")
SAME_ENTRY = QT_TRANSLATE_NOOP("Errors", "{entry} is in the archive twice, case aside; the first one is taken.")
IS_PACKAGE = QT_TRANSLATE_NOOP("Errors", "{file} is a project package.")
OPEN_PACKAGE = QT_TRANSLATE_NOOP(
    "Errors", "Open it with “Open a project package”, or merge it with “Merge a colleague's work”."
)


class ImportSource:
    """A file, a folder or an archive. Read on one thread at a time; `close` may come from another.

    Args:
        paths: What the user chose; several are files, of which archives are left out.
        project: The project's folder: an archive is unpacked on its disk, in a hidden place; None takes the system's
            place for passing files.
    """

    def __init__(self, paths: Sequence[Path], project: Path | None) -> None:
        path = paths[0] if len(paths) == 1 else Path(os.path.commonpath([one.parent for one in paths]))
        self.path = path
        self._only = [one for one in paths if not is_archive_name(one.name)] if len(paths) > 1 else []
        self.is_archive = is_archive_name(path.name) and path.is_file()
        self._project = project
        self._unpacked: Path | None = None
        self._problems: list[Trouble] = []
        self._is_closed = False

    def reading(
        self, folders: Iterable[Path], progress: Callable[[int, int], None], pdf: PdfWishes | None = None
    ) -> Reading:
        """A new reading of it; an archive is unpacked at the first one.

        Args:
            folders: Where pictures are looked for besides.
            progress: Told (files done, files in all); may raise to stop.
            pdf: What is wished of PDF files.

        Raises:
            FormatError: If it is an archive that is broken, protected, dangerous or a project package.
            ProjectError: If it cannot be unpacked.
        """
        place = self.unpacked(progress)
        reading = Reading(place, folders, progress, pdf=pdf, origin=self.path, only=self._only)
        reading.problems.extend(self._problems)
        return reading

    def unpacked(self, progress: Callable[[int, int], None] = lambda done, total: None) -> Path:
        """The folder an archive is unpacked to, at the first call; what is no archive stays where it is.

        Args:
            progress: Told (files done, files in all); may raise to stop.

        Raises:
            FormatError: If it is broken, protected, dangerous or a project package.
            ProjectError: If it cannot be unpacked.
        """
        if self.is_archive and self._unpacked is None:
            self._unpacked = self._unpack(progress)
            if self._is_closed:
                self.close()
        return self._unpacked or self.path

    def close(self) -> None:
        """Removes what was unpacked, also what is being unpacked now."""
        self._is_closed = True
        unpacked, self._unpacked = self._unpacked, None
        if unpacked is not None:
            shutil.rmtree(unpacked, ignore_errors=True)

    def _unpack(self, progress: Callable[[int, int], None]) -> Path:
        folder = self._new_folder()
        try:
            limit = allowance(self.path, folder)
            with opened_archive(self.path, remedy=GET_AGAIN, max_files=MAX_ENTRIES, max_bytes=limit) as entries:
                if {MANIFEST, PAGES} <= {entry.name for entry in entries}:
                    raise FormatError(IS_PACKAGE, OPEN_PACKAGE, file=self.path)
                if sum(entry.size for entry in entries) > limit:
                    raise too_large(self.path, gigabytes(limit), UNPACK_IT)
                self._extract(entries, folder, limit, progress)
        except BaseException:  # also the wish to stop
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder

    def _new_folder(self) -> Path:
        if self._project is None:
            return Path(tempfile.mkdtemp(prefix=f"ocrstudio-{_PREFIX}"))
        make_folder(self._project)  # it may be a new one
        state = self._project / STATE_DIR
        make_folder(state)
        try:
            for stale in state.glob(f"{_PREFIX}*"):
                if stale.stat().st_mtime < time.time() - _STALE_S:
                    shutil.rmtree(stale, ignore_errors=True)
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=state))
        except OSError as error:
            raise write_error(state, error) from error

    def _extract(self, entries: list[Entry], folder: Path, left: int, progress: Callable[[int, int], None]) -> None:
        seen: set[str] = set()
        limit, self._problems = left, []
        for done, entry in enumerate(entries):
            progress(done, len(entries))
            name = self._name(entry, seen)
            if name is None:
                continue
            target = folder / name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                left = write_entry(entry.open(), target, left)
            except (FileExistsError, NotADirectoryError):  # a file where another entry has a folder
                self._trouble(SAME_ENTRY, entry)
            except OSError as error:
                if error.errno is None:  # gzip and lzma say damage so
                    raise
                raise write_error(target, error) from error
            if left < 0:
                raise too_large(self.path, gigabytes(limit), UNPACK_IT)

    def _name(self, entry: Entry, seen: set[str]) -> PurePosixPath | None:
        """Where it goes; None for what is hidden, and with a problem noted for what cannot be unpacked."""
        name = inside(entry.name)
        if name is None:
            self._trouble(BAD_ENTRY, entry)
            return None
        if any(part.startswith(".") for part in name.parts):
            return None  # what a Mac leaves beside each file, and nothing that is labels or pictures
        if str(name).casefold() in seen:
            self._trouble(SAME_ENTRY, entry)
            return None
        seen.add(str(name).casefold())
        return name

    def _trouble(self, what: str, entry: Entry) -> None:
        # half a character or a control character must not reach the screen
        shown = entry.name if entry.name.isprintable() else ascii(entry.name)
        self._problems.append(Trouble(self.path.name, 0, what, {"entry": shown}))
