"""Changing many pages of the open project: in slices, each page one step that can be undone there, and all at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.page import Page
from ocrstudio.services.project_session import ProjectSession

# A slice of work that nobody notices; a page costs a write to the journal.
SLICE_S = 0.012


@dataclass
class LotReport:
    """What came of it.

    Attributes:
        lines, pages: How many were changed (or taken back).
        skipped: Lines that were no longer as they had been shown, or pages edited since.
        stopped: A page could not be stored; `session.failed` said why, and nothing further was tried.
        cancelled: The user stopped it; what was done stays.
    """

    lines: int = 0
    pages: int = 0
    skipped: int = 0
    stopped: bool = False
    cancelled: bool = False


class PageLot(QObject):
    """Puts changes on pages of the open project, and takes the last lot back. What a change is, says a subclass.

    Args:
        session: The open project.
        parent: Owner.
    """

    progressed = pyqtSignal(int, int)  # pages done, pages in all
    finished = pyqtSignal(object)  # LotReport of a lot
    taken_back = pyqtSignal(object)  # LotReport of `undo_all`

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[Any] = deque()
        self._to_undo: deque[Any] = deque()
        self._done: list[Any] = []
        self._report: LotReport | None = None
        self._total = 0
        self._is_undo = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        session.project_closed.connect(self._on_session_project_closed)

    @property
    def is_running(self) -> bool:
        """Whether pages are being changed."""
        return self._report is not None

    @property
    def progress(self) -> tuple[int, int]:
        """How many pages are done, and how many there are in all."""
        return self._total - len(self._waiting) - len(self._to_undo), self._total

    @property
    def can_undo(self) -> bool:
        """Whether there is a lot to take back."""
        return bool(self._done) and not self.is_running

    def undo_all(self) -> bool:
        """Gives every page of the last lot back what it was, unless it was edited since; `taken_back` follows."""
        if not self.can_undo:
            return False
        self._session.commit_requested.emit()
        self._to_undo, self._done = deque(self._done), []
        self._begin(len(self._to_undo))
        return True

    def cancel(self) -> None:
        """Stops between two pages; what is done stays, and the report follows."""
        if self._report is not None:
            self._report.cancelled = True
            self._waiting.clear()
            self._to_undo.clear()

    def close(self) -> None:
        """Stops between two pages; what is done stays."""
        self._timer.stop()
        self._waiting.clear()
        self._to_undo.clear()
        self._report = None
        self.progressed.emit(0, 0)

    def _change(self, report: LotReport, item: Any) -> None:
        """Changes the page of an item, counts it, and adds to `_done` what `_take_back` needs."""
        raise NotImplementedError

    def _take_back(self, report: LotReport, done: Any) -> None:
        """Undoes one change, and counts it."""
        raise NotImplementedError

    def _start(self, items: Iterable[Any]) -> bool:
        """Begins a lot; False if there is nothing to do or something is under way."""
        if self.is_running or self._session.store is None:
            return False
        waiting = deque(items)
        if not waiting:
            return False
        self._session.commit_requested.emit()
        self._waiting, self._done = waiting, []
        self._begin(len(waiting))
        return True

    def _begin(self, total: int) -> None:
        self._report = LotReport()
        self._total = total
        self._is_undo = bool(self._to_undo)
        self.progressed.emit(0, total)
        self._timer.start()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        until = time.monotonic() + SLICE_S
        while self._report is not None and (self._waiting or self._to_undo) and time.monotonic() < until:
            if self._is_undo:
                self._take_back(self._report, self._to_undo.popleft())
            else:
                self._change(self._report, self._waiting.popleft())
            if self._report.stopped:
                self._waiting.clear()
                self._to_undo.clear()
        self.progressed.emit(*self.progress)
        if not (self._waiting or self._to_undo):
            self._timer.stop()
            report, self._report = self._report, None
            (self.taken_back if self._is_undo else self.finished).emit(report)

    def _put(self, report: LotReport, page: Page, step: str, lines: int) -> bool:
        """Stores a page and counts it; False if that failed, which ends the lot."""
        if not self._session.change_page(page.key, page, step):
            report.stopped = True
            return False
        report.lines += lines
        report.pages += 1
        return True

    def _page(self, key: str) -> Page | None:
        """A page as it is now; None if its image has gone."""
        try:
            return self._session.store.page(key) if self._session.store is not None else None
        except KeyError:
            return None

    @pyqtSlot()
    def _on_session_project_closed(self) -> None:
        self.close()
        self._done = []
