"""Labels in and out of other programs' formats while the window goes on: reading and writing happen on a thread.

The store belongs to the window's thread: here only snapshots of its pages are taken, a few at a time, and the threads
work on those.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.exchange.merging import (
    STEP,
    Existing,
    Gathered,
    copy_pictures,
    gather,
    merged,
    same_labels,
    tell_missing,
)
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.registry import Exported, export_pages
from ocrstudio.formats.exchange.values import SourcePage, Trouble
from ocrstudio.formats.exchange.writing import Pictures
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession

log = logging.getLogger(__name__)

T = TypeVar("T")
Parse = Callable[[], Page]

# A slice of work in the window's thread that nobody notices.
SLICE_S = 0.012
# After each page the thread steps aside, or the window would wait for Python's lock at every turn.
YIELD_S = 0.001
# The bar moves at most so often.
PROGRESS_S = 0.05

PROGRAM_FAULT = QT_TRANSLATE_NOOP("Errors", "A fault of the program ended this: {reason}.")
SEE_LOG = QT_TRANSLATE_NOOP("Errors", "Your labels are as they were; the log has the details.")


class _Stopped(Exception):  # noqa: N818 - the user's wish, no failure
    """Raised out of a progress call."""


class _Run(QObject):
    """What importing and exporting share: one thread, progress, a stop."""

    progressed = pyqtSignal(int, int)  # done, total; total 0 while it is not known
    failed = pyqtSignal(object)  # StudioError; nothing of the project changed
    stopped = pyqtSignal()  # after `cancel`

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self, threads=1)
        self._stop = threading.Event()
        self._tell_progress = self._background.messenger(self.progressed.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice_due)
        self._keys: deque[str] = deque()
        self._total = 0
        self._told = 0.0
        self.is_running = False

    def cancel(self) -> None:
        """Ends what runs as soon as a file is whole; `stopped` follows."""
        self._stop.set()
        if self._timer.isActive() or self._is_waiting():
            self._timer.stop()
            self._end(self.stopped.emit)

    def close(self) -> None:
        """Ends what runs, for good, as soon as a file is whole; nothing is emitted any more."""
        self._stop.set()
        self._timer.stop()
        self._background.close()
        self.is_running = False

    def _is_waiting(self) -> bool:
        """Whether it is somebody else's turn, so that nobody would notice the wish to stop."""
        return False

    def _begin(self) -> None:
        self._stop.clear()
        self._told = 0.0
        self.is_running = True

    def _end(self, tell: Callable[[], object]) -> None:
        self.is_running = False
        tell()

    def _in_background(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._background.run(partial(_answer, work), partial(self._on_answer, then))

    def _on_answer(self, then: Callable[[T], None], answer: T | StudioError | _Stopped) -> None:
        if self._stop.is_set() or isinstance(answer, _Stopped):
            self._end(self.stopped.emit)
        elif isinstance(answer, StudioError):
            self._end(partial(self.failed.emit, answer))
        else:
            then(answer)

    def _progress(self, done: int, total: int) -> None:
        """Called on the thread; raises to stop it."""
        if self._stop.is_set():
            raise _Stopped
        time.sleep(YIELD_S)
        now = time.monotonic()
        if now - self._told >= PROGRESS_S or done == total:
            self._told = now
            self._tell_progress(done, total)

    # --- slices of the window's time -------------------------------------------------------------------------------

    def _start_slices(self, keys: list[str]) -> None:
        self._keys = deque(keys)
        self._total = len(keys)
        self._timer.start()

    @pyqtSlot()
    def _on_slice_due(self) -> None:
        until = time.monotonic() + SLICE_S
        while self._keys and time.monotonic() < until:
            if not self._take(self._keys.popleft()):
                self._keys.clear()
        self.progressed.emit(self._total - len(self._keys), self._total)
        if not self._keys:
            self._timer.stop()
            self._taken()

    def _take(self, key: str) -> bool:
        """Handles one page; False ends the slices."""
        raise NotImplementedError

    def _taken(self) -> None:
        """All pages are handled."""
        raise NotImplementedError


class ExportRun(_Run):
    """Writes the open project in another program's format."""

    finished = pyqtSignal(object)  # Exported

    def start(self, form: str, out: Path, *, pictures: Pictures, checked_only: bool = False) -> None:
        """Begins; `finished`, `failed` or `stopped` follows.

        Args:
            form: Key of `FORMATS`.
            out: Folder; made if missing.
            pictures: Whether pictures are copied or referred to.
            checked_only: Leaves out pages that nobody checked.
        """
        store = self._session.store
        if store is None or self.is_running:
            return
        self._session.commit_requested.emit()
        self._begin()
        self._job = (form, out, pictures, store.folder)
        self._pages: list[tuple[Parse, Path]] = []
        self._start_slices([key for key in store.keys if not checked_only or store.state(key) is PageState.CHECKED])

    def _take(self, key: str) -> bool:
        store = self._session.store
        if store is None:
            return False
        if key in store.places:  # else its image has gone meanwhile
            self._pages.append((store.snapshot(key), store.image_path(key)))
        return True

    def _taken(self) -> None:
        self._in_background(self._write, lambda done: self._end(partial(self.finished.emit, done)))

    def _write(self) -> Exported:
        form, out, pictures, project = self._job
        pages, self._pages = self._pages, []
        return export_pages(
            form,
            _sources(pages),
            out,
            pictures=pictures,
            total=len(pages),
            project=project,
            progress=self._progress,
        )


def _sources(pages: list[tuple[Parse, Path]]) -> Iterator[SourcePage]:
    return (SourcePage(parse(), path) for parse, path in pages)


@dataclass(frozen=True)
class ImportPreview:
    """What importing would do.

    Attributes:
        form: Key of `FORMATS`.
        pages: Pages of the project that the source speaks of.
        boxes: Their boxes in the source.
        changed: Pages that would change.
        conflicts: Pages that have labels already.
        missing: Pictures that the project does not have.
        copyable: How many of these the source has.
        problems: What was wrong in the source.
    """

    form: str
    pages: int
    boxes: int
    changed: int
    conflicts: int
    missing: int
    copyable: int
    problems: list[Trouble]


@dataclass(frozen=True)
class Imported:
    """What importing did: pages changed, pictures copied, and what was wrong in the source."""

    changed: int
    copied: int
    problems: list[Trouble] = field(default_factory=list)


class ImportRun(_Run):
    """Reads labels, says what would happen, and brings them into the open project, each page as one undoable step."""

    previewed = pyqtSignal(object)  # ImportPreview
    finished = pyqtSignal(object)  # Imported

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._source = Path()
        self._form: str | None = None
        self._existing: Existing = "untouched"
        self._gathered: Gathered | None = None
        self._before: dict[str, Parse | Page] = {}
        self._after: dict[str, Page] = {}
        self._copied = 0
        self._changed = 0
        self._applying = False
        self._apply_next = False
        session.pages_listed.connect(self._on_session_pages_listed)
        session.failed.connect(self._on_session_failed)
        self._waits_for_pages = False

    def look(self, source: Path, form: str | None, existing: Existing) -> None:
        """Reads labels; `previewed`, `failed` or `stopped` follows. The project does not change.

        Args:
            source: File or folder.
            form: Key of `FORMATS`; None guesses it.
            existing: See `formats.exchange.merging.Existing`.
        """
        if self._session.store is None or self.is_running:
            return
        self._source, self._form, self._existing = source, form, existing
        self._copied = 0
        self._apply_next = False
        self._read()

    def apply(self, *, copy_pictures: bool = False) -> None:
        """Does what `previewed` said; `finished`, `failed` or `stopped` follows.

        Args:
            copy_pictures: First copies pictures that the project lacks and the source has.
        """
        if self._session.store is None or self.is_running or self._gathered is None:
            return
        self._begin()
        if copy_pictures:
            self._in_background(partial(_copied, self._gathered, self._session.store.folder), self._on_copied)
        else:
            self._change()

    # --- reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        store = self._session.store
        if store is None:
            return
        self._session.commit_requested.emit()
        self._begin()
        self._gathered = None
        files = {key: store.file_of(key) for key in store.keys}
        self._in_background(partial(self._gather, files, store.folder), self._on_gathered)

    def _gather(self, files: dict[str, str], folder: Path) -> Gathered:
        gathered = gather(Reading(self._source, [folder], self._progress), self._form, files, folder)
        tell_missing(gathered)
        return gathered

    def _on_gathered(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._before = {}
        self._applying = False
        self._start_slices(list(gathered.pages))

    def _merge(self, gathered: Gathered) -> dict[str, Page]:
        after: dict[str, Page] = {}
        for done, (key, found) in enumerate(gathered.pages.items()):
            self._progress(done, len(gathered.pages))
            before = self._before[key]
            page = before if isinstance(before, Page) else before()
            self._before[key] = page
            changed = merged(page, found, self._existing)
            if changed is not None:
                after[key] = changed
        return after

    def _on_merged(self, gathered: Gathered, after: dict[str, Page]) -> None:
        self._after = after
        if self._apply_next:
            self._change()
        else:
            self._end(partial(self.previewed.emit, self._preview(gathered)))

    def _preview(self, gathered: Gathered) -> ImportPreview:
        return ImportPreview(
            form=gathered.form,
            pages=len(gathered.pages),
            boxes=gathered.boxes,
            changed=len(self._after),
            conflicts=sum(isinstance(page, Page) and bool(page.boxes) for page in self._before.values()),
            missing=len(gathered.missing),
            copyable=len(gathered.copyable),
            problems=list(gathered.reading.problems),
        )

    # --- changing the project --------------------------------------------------------------------------------------

    def _on_copied(self, copied: int) -> None:
        self._copied = copied
        if not copied:
            self._change()
            return
        self._waits_for_pages = True
        self._session.refresh()

    @pyqtSlot()
    def _on_session_pages_listed(self) -> None:
        if self._waits_for_pages:
            self._waits_for_pages = False
            self._apply_next = True
            self._read()

    @pyqtSlot(object)
    def _on_session_failed(self, error: StudioError) -> None:
        if self._waits_for_pages:
            self._waits_for_pages = False
            self._end(partial(self.failed.emit, error))

    def _is_waiting(self) -> bool:
        waits, self._waits_for_pages = self._waits_for_pages, False
        return waits

    def _change(self) -> None:
        self._apply_next = False
        self._applying = True
        self._changed = 0
        self._start_slices(list(self._after))

    def _take(self, key: str) -> bool:
        store = self._session.store
        if store is None:
            return False
        if key not in store.places:  # its image has gone meanwhile
            if self._gathered is not None:
                self._gathered.pages.pop(key, None)
            return True
        if self._applying:
            return self._change_page(key)
        self._before[key] = store.snapshot(key)
        return True

    def _change_page(self, key: str) -> bool:
        store, gathered, before = self._session.store, self._gathered, self._before[key]
        if store is None or gathered is None:
            return False
        page: Page | None = self._after[key]
        now = store.page(key)
        if not (isinstance(before, Page) and same_labels(before, now)):
            # somebody, such as automatic labelling, changed the page since the preview
            page = merged(now, gathered.pages[key], self._existing)
        if page is None:
            return True
        done = self._session.change_pages({key: page}, STEP)
        self._changed += len(done)
        return bool(done)

    def _taken(self) -> None:
        gathered = self._gathered
        if gathered is None:
            self._end(self.stopped.emit)
        elif not self._applying:
            self._in_background(partial(self._merge, gathered), partial(self._on_merged, gathered))
        else:
            self._gathered = None
            done = Imported(self._changed, self._copied, list(gathered.reading.problems))
            self._end(partial(self.finished.emit, done))


def _copied(gathered: Gathered, folder: Path) -> int:
    return len(copy_pictures(gathered, folder))


def _answer(work: Callable[[], T]) -> T | StudioError | _Stopped:
    """The result, or what ended the work, as a value: a thread has nobody to raise to."""
    try:
        return work()
    except _Stopped as stop:
        return stop
    except StudioError as error:
        return error
    except Exception as error:
        log.exception("labels in another format")
        return ProjectError(PROGRAM_FAULT, SEE_LOG, reason=f"{type(error).__name__}: {error}")
