"""Writing the crops of pages while the window stays usable."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QDeadlineTimer, QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import PageState
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.crops import load_opencv
from ocrstudio.formats.dataset import Skipped, crop_prefixes
from ocrstudio.formats.rec_export import (
    CROP_DIR,
    THREADS,
    ExportedPage,
    ExportItem,
    RecExport,
    export_item,
    export_page,
    finish,
    nothing_to_export,
)
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession

log = logging.getLogger(__name__)

# Pages are taken from the project in the window's thread, so long at a time.
SLICE_MS = 8
# Beside the pages being written as many wait, so that no thread idles and cancelling drops nearly everything.
PAGES_AHEAD = 2 * THREADS

GONE = QT_TRANSLATE_NOOP("Errors", "The page is no longer in the project.")
UNEXPECTED = QT_TRANSLATE_NOOP("Errors", "The page could not be exported because of an unexpected error: {reason}.")


class CropExporter(QObject):
    """Exports pages as PPOCRLabel's `rec_gt.txt` and `crop_img/`. Exactly one of the closing signals follows a start.

    Pages are taken from the project a moment after `start`; whatever is edited later does not count.

    Args:
        session: The open project.
        parent: Owner; it calls `close`.
    """

    progressed = pyqtSignal(int, int)  # pages done, pages in all
    finished = pyqtSignal(object)  # formats.rec_export.RecExport
    failed = pyqtSignal(object)  # StudioError; the earlier list is unchanged
    cancelled = pyqtSignal()  # the earlier list is unchanged; crops written so far stay

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self, THREADS)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._running = False
        self._run = 0  # answers of a run that was given up carry another number
        self._out = Path()
        self._to_take: deque[str] = deque()
        self._files: list[str] = []
        self._items: deque[tuple[int, ExportItem]] = deque()
        self._prefixes: dict[str, str] | None = None
        self._written: dict[int, ExportedPage] = {}
        self._under_way = 0
        self._total = 0
        self._finishing = False
        session.project_closed.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        """True from `start` until one of the closing signals."""
        return self._running

    def checked_keys(self) -> list[str]:
        """The checked pages, in the order of the list."""
        store = self._session.store
        return store.checked_order() if store is not None else []

    def labelled_keys(self) -> list[str]:
        """All pages that somebody or something has labelled and nobody rejected, the checked ones first."""
        store = self._session.store
        if store is None:
            return []
        left_out = (PageState.NEW, PageState.REJECTED)
        return list(dict.fromkeys([*store.checked_order(), *(k for k in store.keys if store.state(k) not in left_out)]))

    def start(self, out: Path, keys: Sequence[str] | None = None) -> bool:
        """Exports pages.

        Args:
            out: Folder for `rec_gt.txt` and `crop_img/`; made if missing. Nothing that is there is deleted.
            keys: Pages in the order of the list; None takes all checked ones.

        Returns:
            False if an export is under way or no project is open. Without pages `failed` says so.
        """
        store = self._session.store
        if self._running or store is None:
            return False
        wanted = self.checked_keys() if keys is None else list(keys)
        self._running, self._run = True, self._run + 1
        self._out, self._total = out, len(wanted)
        self._to_take, self._items, self._written, self._under_way = deque(wanted), deque(), {}, 0
        self._prefixes, self._finishing = None, False
        if not wanted:
            self._fail(nothing_to_export(store.folder))
            return True
        self._files = [store.file_of(key) for key in store.keys]
        self._background.run(partial(_prepared, out, self._files), partial(self._on_prepared, self._run))
        self._timer.start()
        return True

    @pyqtSlot()
    def cancel(self) -> None:
        """Stops; the pages being written are finished, no list is written, and `cancelled` follows at once."""
        if self._running:
            self._stop()
            self.cancelled.emit()

    def close(self) -> None:
        """Stops for good; pages being written are finished by themselves. No signal follows."""
        self._stop()
        self._background.close()

    def _stop(self) -> None:
        self._timer.stop()
        self._running = False
        self._run += 1
        self._to_take.clear()
        self._items.clear()

    def _fail(self, error: StudioError) -> None:
        self._stop()
        self.failed.emit(error)

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        """Takes some pages from the project."""
        store = self._session.store
        deadline = QDeadlineTimer(SLICE_MS)
        while self._to_take and store is not None and not deadline.hasExpired():
            place = self._total - len(self._to_take)
            key = self._to_take.popleft()
            try:
                self._items.append((place, export_item(store, key)))
            except KeyError:
                self._written[place] = ExportedPage(skipped=(Skipped(key, GONE),))
        if not self._to_take:
            self._timer.stop()
        self._pump()

    def _on_prepared(self, run: int, result: dict[str, str] | StudioError) -> None:
        if run != self._run:
            return
        if isinstance(result, StudioError):
            self._fail(result)
            return
        self._prefixes = result
        self._pump()

    def _pump(self) -> None:
        while self._running and self._prefixes is not None and self._items and self._under_way < PAGES_AHEAD:
            place, item = self._items.popleft()
            self._under_way += 1
            work = partial(_exported, item, self._out, self._prefixes[item.file])
            self._background.run(work, partial(self._on_exported, self._run, place))
        if self._running and self._prefixes is not None and len(self._written) == self._total and not self._finishing:
            self._finishing = True
            pages = [self._written[number] for number in range(self._total)]
            self._background.run(partial(_finished, self._out, pages), partial(self._on_finished, self._run))

    def _on_exported(self, run: int, place: int, result: ExportedPage | StudioError) -> None:
        if run != self._run:
            return
        if isinstance(result, StudioError):
            self._fail(result)
            return
        self._under_way -= 1
        self._written[place] = result
        self.progressed.emit(len(self._written), self._total)
        self._pump()  # does nothing if somebody answered the signal by cancelling

    def _on_finished(self, run: int, result: RecExport | StudioError) -> None:
        if run != self._run:
            return
        if isinstance(result, StudioError):
            self._fail(result)
            return
        self._stop()
        self.finished.emit(result)


def _prepared(out: Path, files: Sequence[str]) -> dict[str, str] | StudioError:
    try:
        make_folder(out / CROP_DIR)
    except StudioError as error:
        return error
    load_opencv()
    return crop_prefixes(files)


def _exported(item: ExportItem, out: Path, prefix: str) -> ExportedPage | StudioError:
    try:
        return export_page(item, out, prefix)
    except StudioError as error:
        return error
    except Exception as error:  # the boundary of the thread: one page must not end the export unheard
        log.warning("%s could not be exported", item.key, exc_info=True)
        reason = str(error) or type(error).__name__
        return ExportedPage(skipped=(Skipped(item.key, UNEXPECTED, {"reason": reason}),))


def _finished(out: Path, pages: Sequence[ExportedPage]) -> RecExport | StudioError:
    try:
        return finish(out, pages)
    except StudioError as error:
        return error
