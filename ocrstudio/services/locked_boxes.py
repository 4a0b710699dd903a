"""Boxes that repeat on the pages opened after them, as forms that are all alike need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core import edits
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.shaping import Size
from ocrstudio.services.project_session import ProjectSession


class LockedBoxes(QObject):
    """Holds locked boxes and puts them, without text, on every untouched page without boxes that is opened.

    They come at the same relative place, as one undo step; a page from which they were taken back gets them no second
    time.
    """

    changed = pyqtSignal()  # boxes were locked or unlocked

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._boxes: tuple[Box, ...] = ()
        self._size: Size | None = None
        self._served: set[str] = set()
        session.page_opened.connect(self._on_session_page_opened)
        session.project_closed.connect(self.unlock_all)

    @property
    def count(self) -> int:
        """How many boxes are locked."""
        return len(self._boxes)

    def lock(self, ids: Iterable[str]) -> bool:
        """Locks boxes of the open page in place of those locked before; without any, nothing changes."""
        page = self._session.document.page
        boxes = edits.chosen(page, ids) if page is not None else []
        if page is None or not boxes:
            return False
        # Entities and links belong to the page that they were made on.
        self._boxes = tuple(replace(box.with_extra(id=None, linking=None), text="") for box in boxes)
        self._size = self._session.document.image_size
        self._served = {page.key}
        self.changed.emit()
        return True

    @pyqtSlot()
    def unlock_all(self) -> None:
        """Locks nothing any more; boxes that were put on pages stay."""
        if self._boxes:
            self._boxes = ()
            self._served.clear()
            self.changed.emit()

    @pyqtSlot(str)
    def _on_session_page_opened(self, key: str) -> None:
        document = self._session.document
        page, size = document.page, document.image_size
        if not self._boxes or page is None or page.key != key or key in self._served:
            return
        # Without its picture nobody sees what stands in the boxes.
        if size is None or page.boxes or page.state is not PageState.NEW:
            return
        self._served.add(key)
        after = edits.copied_from(page, self._boxes, size, self._size)
        document.replace_page(after, QT_TRANSLATE_NOOP("Steps", "Put locked boxes"))
