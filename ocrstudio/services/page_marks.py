"""Marking many pages as checked, as not checked or as left out, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PyQt5.QtCore import QObject

from ocrstudio.core.edits import marked, may_become
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import PageState
from ocrstudio.formats.history import Marks
from ocrstudio.services.page_document import mark_step
from ocrstudio.services.page_lot import LotReport, PageLot
from ocrstudio.services.project_session import ProjectSession

UNDO_STEP = QT_TRANSLATE_NOOP("Steps", "Take the marks back")


@dataclass(frozen=True)
class _Marked:
    """What taking a mark back needs; the boxes themselves are on the page.

    Attributes:
        key: The page.
        before: Its state before.
        boxes: Names its boxes as they are left.
        unconfirmed: Places of the boxes that nobody had touched before.
    """

    key: str
    before: PageState
    boxes: str
    unconfirmed: tuple[int, ...]


class PageMarks(PageLot):
    """Gives pages of the open project another state. Arguments as of `PageLot`."""

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.state = PageState.CHECKED  # of the last lot

    def apply(self, keys: Iterable[str], state: PageState) -> bool:
        """Marks pages; a few are done when this returns. `finished` follows, or has come already.

        Args:
            keys: The pages; those that are so already are passed over.
            state: CHECKED or REJECTED; EDITED takes either back.

        Returns:
            False if there is nothing to do or something is under way.
        """
        store = self._session.store
        if store is None or self.is_running:
            return False
        states, self.state = store.states, state
        if not self._start(key for key in keys if key in states and may_become(states[key], state)):
            return False
        self._on_timer_timeout()
        return True

    def _change(self, report: LotReport, item: str) -> None:
        page = self._page(item)
        if page is None or not may_become(page.state, self.state):
            report.skipped += 1
            return
        after = marked(page, self.state)
        if self._put(report, after, mark_step(self.state), len(page.boxes)):
            unconfirmed = tuple(place for place, box in enumerate(page.boxes) if not box.touched)
            self._done.append(_Marked(item, page.state, Marks().of(after.boxes), unconfirmed))

    def _take_back(self, report: LotReport, done: _Marked) -> None:
        page = self._page(done.key)
        if page is None or page.state is not self.state or Marks().of(page.boxes) != done.boxes:
            report.skipped += 1
            return
        boxes = list(page.boxes)
        for place in done.unconfirmed:
            boxes[place] = replace(boxes[place], touched=False)
        self._put(report, replace(page, boxes=tuple(boxes), state=done.before), UNDO_STEP, len(boxes))
