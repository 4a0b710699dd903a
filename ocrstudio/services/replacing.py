"""Changing lines on many pages, and taking all of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject

from ocrstudio.core.edits import removed, with_texts
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.lines import PageLines, page_lines
from ocrstudio.core.page import Page
from ocrstudio.services.page_lot import LotReport, PageLot
from ocrstudio.services.project_session import ProjectSession

STEP = QT_TRANSLATE_NOOP("Steps", "Replace text")
REMOVE_STEP = QT_TRANSLATE_NOOP("Steps", "Delete boxes")
UNDO_STEP = QT_TRANSLATE_NOOP("Steps", "Take back replacing")


class Replacing(PageLot):
    """Puts other texts on the pages of the open project, and takes the last lot back. Arguments as of `PageLot`."""

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rewrite: Callable[[str], str | None] = str

    def apply(self, lines: Sequence[tuple[PageLines, list[int]]], rewrite: Callable[[str], str | None]) -> bool:
        """Changes lines; `finished` follows.

        Args:
            lines: Pages as the preview showed them, and the rows to change.
            rewrite: The new text of a line, None if its box goes; one that was previewed, so it raises nothing.

        Returns:
            False if there is nothing to do or something is under way.
        """
        if not self._start(lines):
            return False
        self._rewrite = rewrite
        return True

    def _change(self, report: LotReport, item: tuple[PageLines, list[int]]) -> None:
        seen, rows = item
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
        if self._put(report, changed, REMOVE_STEP if gone else STEP, count):
            self._done.append((page, self._page(page.key) or page, count))

    def _take_back(self, report: LotReport, done: tuple[Page, Page, int]) -> None:
        before, after, lines = done
        now = self._page(before.key)
        if now is None or not _same(now, after):
            report.skipped += lines
        else:
            self._put(report, before, UNDO_STEP, lines)


def _same(one: Page, other: Page) -> bool:
    """Whether two pages say the same; ids differ once a page was saved and read again."""
    if one.state is not other.state or one.note != other.note or len(one.boxes) != len(other.boxes):
        return False
    return page_lines(one) == page_lines(other)
