"""Changing lines on many pages: in slices, each page one step that can be undone there, and all of it at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.edits import removed, with_texts
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.lines import PageLines, page_lines
from ocrstudio.core.page import Page
from ocrstudio.services.project_session import ProjectSession

STEP = QT_TRANSLATE_NOOP("Steps", "Replace text")
REMOVE_STEP = QT_TRANSLATE_NOOP("Steps", "Delete boxes")
UNDO_STEP = QT_TRANSLATE_NOOP("Steps", "Take back replacing")
# A slice of work that nobody notices; a page costs a write to the journal.
SLICE_S = 0.012


@dataclass
class ReplaceReport:
    """What came of it.

    Attributes:
        lines, pages: How many were changed (or taken back).
        skipped: Lines that were no longer as the preview showed them, or pages edited since.
        stopped: A page could not be stored; `session.failed` said why, and nothing further was tried.
    """

    lines: int = 0
    pages: int = 0
    skipped: int = 0
    stopped: bool = False


class Replacing(QObject):
    """Puts changes on the pages of the open project, and takes the last lot back.

    Args:
        session: The open project.
        parent: Owner.
    """

    progressed = pyqtSignal(int, int)  # pages done, pages in all
    finished = pyqtSignal(object)  # ReplaceReport of `apply`
    taken_back = pyqtSignal(object)  # ReplaceReport of `undo_all`

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[tuple[PageLines, list[int]]] = deque()
        self._rewrite: Callable[[str], str | None] = str
        self._to_undo: deque[tuple[Page, Page, int]] = deque()
        self._done: list[tuple[Page, Page, int]] = []
        self._report: ReplaceReport | None = None
        self._total = 0
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

    def apply(self, lines: Sequence[tuple[PageLines, list[int]]], rewrite: Callable[[str], str | None]) -> bool:
        """Changes lines; `finished` follows.

        Args:
            lines: Pages as the preview showed them, and the rows to change.
            rewrite: The new text of a line, None if its box goes; one that was previewed, so it raises nothing.

        Returns:
            False if there is nothing to do or something is under way.
        """
        if self.is_running or not lines or self._session.store is None:
            return False
        self._session.commit_requested.emit()
        self._waiting = deque(lines)
        self._rewrite = rewrite
        self._done = []
        self._begin(len(lines))
        return True

    def undo_all(self) -> bool:
        """Gives every page of the last lot back its texts, unless it was edited since; `taken_back` follows."""
        if not self.can_undo:
            return False
        self._session.commit_requested.emit()
        self._to_undo, self._done = deque(self._done), []
        self._begin(len(self._to_undo))
        return True

    def close(self) -> None:
        """Stops between two pages; what is done stays."""
        self._timer.stop()
        self._waiting.clear()
        self._to_undo.clear()
        self._report = None

    def _begin(self, total: int) -> None:
        self._report = ReplaceReport()
        self._total = total
        self.progressed.emit(0, total)
        self._timer.start()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        until = time.monotonic() + SLICE_S
        is_undo = bool(self._to_undo)
        while self._report is not None and (self._waiting or self._to_undo) and time.monotonic() < until:
            if is_undo:
                self._take_back(self._report, *self._to_undo.popleft())
            else:
                self._change(self._report, *self._waiting.popleft())
            if self._report.stopped:
                self._waiting.clear()
                self._to_undo.clear()
        self.progressed.emit(*self.progress)
        if not (self._waiting or self._to_undo):
            self._timer.stop()
            report, self._report = self._report, None
            (self.taken_back if is_undo else self.finished).emit(report)

    def _change(self, report: ReplaceReport, seen: PageLines, rows: list[int]) -> None:
        page = self._page(seen.key)
        if page is None:
            report.skipped += len(rows)
            return
        lines = page_lines(page)
        texts: dict[str, str] = {}
        gone: set[str] = set()
        for row in rows:
            was = (seen.texts[row], seen.marks[row])
            if row < len(lines.texts) and (lines.texts[row], lines.marks[row]) == was:
                text = self._rewrite(seen.texts[row])
                if text is None:
                    gone.add(page.boxes[row].id)
                else:
                    texts[page.boxes[row].id] = text
            else:
                report.skipped += 1
        count = len(texts) + len(gone)
        if not count:
            return
        changed = removed(with_texts(page, texts), gone) if gone else with_texts(page, texts)
        if self._session.change_page(page.key, changed, REMOVE_STEP if gone else STEP):
            self._done.append((page, self._page(page.key) or page, count))
            report.lines += count
            report.pages += 1
        else:
            report.stopped = True

    def _take_back(self, report: ReplaceReport, before: Page, after: Page, lines: int) -> None:
        now = self._page(before.key)
        if now is None or not _same(now, after):
            report.skipped += lines
        elif self._session.change_page(before.key, before, UNDO_STEP):
            report.lines += lines
            report.pages += 1
        else:
            report.stopped = True

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


def _same(one: Page, other: Page) -> bool:
    """Whether two pages say the same; ids differ once a page was saved and read again."""
    if one.state is not other.state or one.note != other.note or len(one.boxes) != len(other.boxes):
        return False
    return page_lines(one) == page_lines(other)
