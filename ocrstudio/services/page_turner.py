"""Turning the image of the open page, its boxes with it, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from ocrstudio.core.edits import turned_page
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Page
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.store_turn import PendingTurn
from ocrstudio.services.background import Background, tried
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.undo import Snapshot

TURN_STEP = QT_TRANSLATE_NOOP("Steps", "Turn page")


class PageTurner(QObject):
    """Turns image files on a worker. Meanwhile the page is closed, so that nobody edits boxes that are about to turn.

    Args:
        document: Where the page is open.
        parent: Owner; it calls `close`.
    """

    turned = pyqtSignal(str)  # key of a page that has just been stored
    refused = pyqtSignal(object, int)  # StudioError (perhaps a LossyRotation) and the quarters that were wanted
    undo_wanted = pyqtSignal(int, object)  # quarters clockwise, Snapshot to show afterwards
    finished = pyqtSignal(str)  # key of the page, which can be opened again, turned or not

    def __init__(self, document: AnnotationDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.key: str | None = None
        self._document = document
        self._store: ProjectStore | None = None
        self._background = Background(self, threads=1)
        document.undo_stack.turn = self.undo_wanted.emit
        # Queued: the step of the open page that asks for it must have ended before the page is closed.
        self.undo_wanted.connect(self._on_undo_wanted, type=Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def attach(self, store: ProjectStore | None) -> None:
        """Works on another project from now on. What was begun there is mended when that project opens again."""
        self._background.drop(wait=True)  # nothing else may write the image and its boxes meanwhile
        self._store = store
        self.key = None

    def turn(self, turns: int, *, allow_lossy: bool = False) -> bool:
        """Turns the open page by quarters clockwise; False if none is open or its image cannot be read."""
        return self._begin(turns, None, allow_lossy=allow_lossy)

    @pyqtSlot(int, object)
    def _on_undo_wanted(self, turns: int, snapshot: Snapshot) -> None:
        shown = self._document.page
        if shown is None or shown.key != snapshot.page.key:
            return  # another page was opened meanwhile
        # Whoever turned the image has agreed to what it costs.
        self._begin(turns, snapshot, allow_lossy=True)

    def _begin(self, turns: int, snapshot: Snapshot | None, *, allow_lossy: bool) -> bool:
        store, page, size = self._store, self._document.page, self._document.image_size
        if store is None or page is None or size is None or self.key is not None:
            return False
        try:
            pending = store.begin_turn(page.key, turns, size)
        except StudioError as error:
            self.refused.emit(error, turns)
            return False
        after = snapshot.page if snapshot is not None else turned_page(page, size, turns)
        step = TURN_STEP if snapshot is None else ""
        self.key = page.key
        self._document.clear()
        write: Callable[[], None] = partial(pending.write, allow_lossy=allow_lossy)
        self._background.run(partial(tried, write), partial(self._on_written, pending, page, after, turns, step))
        return True

    def _on_written(
        self, pending: PendingTurn, before: Page, after: Page, turns: int, step: str, error: StudioError | None
    ) -> None:
        key, self.key = pending.key, None
        store = self._store
        if store is None:
            return
        try:
            store.finish_turn(pending, after if error is None else None)
        except StudioError as failure:
            error = error or failure
        if error is not None:
            self.refused.emit(error, turns)
        else:
            if step:
                self._document.undo_stack.record(step, before, store.page(key), turns=turns)
            self.turned.emit(key)
        self.finished.emit(key)
