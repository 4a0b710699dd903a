"""Labels out to other programs' formats while the window goes on: writing happens on a thread.

The store belongs to the window's thread: here only snapshots of its pages are taken, a few at a time, and the thread
works on those.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.exchange.registry import Exported, export_pages
from ocrstudio.formats.exchange.values import SourcePage
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


class SlicedRun(QObject):
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


class ExportRun(SlicedRun):
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
