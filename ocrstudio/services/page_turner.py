"""Turning the images of pages, their boxes with them, each page as one step that can be undone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from ocrstudio.core.edits import turned_page
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.store_turn import PendingTurn
from ocrstudio.services.background import Background, tried
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.undo import Snapshot

TURN_STEP = QT_TRANSLATE_NOOP("Steps", "Turn page")


@dataclass
class TurnReport:
    """What came of it.

    Attributes:
        turns: Quarters clockwise that were wanted.
        done: Keys of the pages that were turned.
        refused: Keys of those that were not, and why; it may be a `LossyRotation`.
        cancelled: The user stopped it; what was turned stays.
    """

    turns: int
    done: list[str] = field(default_factory=list)
    refused: dict[str, StudioError] = field(default_factory=dict)
    cancelled: bool = False


class PageTurner(QObject):
    """Turns image files on a worker, one after the other. Meanwhile the page whose turn it is is closed, so that nobody
    edits boxes that are about to turn.

    Args:
        document: Where the page is open.
        parent: Owner; it calls `close`.
    """

    turned = pyqtSignal(str)  # key of a page that has just been stored
    leaving = pyqtSignal()  # the open page is about to be closed: views hand over what is typed
    undo_wanted = pyqtSignal(int, object)  # quarters clockwise, Snapshot to show afterwards
    finished = pyqtSignal(str)  # key of the page, which can be opened again, turned or not
    progressed = pyqtSignal(int, int)  # pages done, pages in all
    ended = pyqtSignal(object)  # TurnReport

    def __init__(self, document: AnnotationDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.key: str | None = None
        self._document = document
        self._store: ProjectStore | None = None
        self._waiting: deque[str] = deque()
        self._total = 0
        self._report: TurnReport | None = None
        self._allow_lossy = False
        self._background = Background(self, threads=1)
        document.undo_stack.turn = self.undo_wanted.emit
        # Queued: the step of the open page that asks for it must have ended before the page is closed.
        self.undo_wanted.connect(self._on_undo_wanted, type=Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    @property
    def is_running(self) -> bool:
        """Whether pages are being turned."""
        return self._report is not None

    def attach(self, store: ProjectStore | None) -> None:
        """Works on another project from now on. What was begun there is mended when that project opens again."""
        self._background.drop(wait=True)  # nothing else may write the image and its boxes meanwhile
        self._store = store
        self._waiting.clear()
        self._report = None
        self.key = None
        self.progressed.emit(0, 0)

    def turn(self, keys: Iterable[str], turns: int, *, allow_lossy: bool = False) -> bool:
        """Turns pages by quarters clockwise; `ended` follows. False if there is none, or pages are being turned."""
        return self._start(keys, turns, None, allow_lossy=allow_lossy)

    def cancel(self) -> None:
        """Stops after the page whose turn it is."""
        if self._report is not None:
            self._report.cancelled = True
            self._waiting.clear()

    @pyqtSlot(int, object)
    def _on_undo_wanted(self, turns: int, snapshot: Snapshot) -> None:
        shown = self._document.page
        # Another page may be open by now, or an image that cannot be read.
        if shown is not None and shown.key == snapshot.page.key and self._document.image_size is not None:
            # Whoever turned the image has agreed to what it costs.
            self._start([shown.key], turns, snapshot, allow_lossy=True)

    def _start(self, keys: Iterable[str], turns: int, snapshot: Snapshot | None, *, allow_lossy: bool) -> bool:
        waiting = deque(keys)
        if self._store is None or self.is_running or not waiting:
            return False
        self._waiting, self._total = waiting, len(waiting)
        self._report = TurnReport(turns)
        self._allow_lossy = allow_lossy
        self.progressed.emit(0, self._total)
        self._next(snapshot)
        return True

    def _next(self, snapshot: Snapshot | None = None) -> None:
        """Begins with the next page, or ends."""
        store, report = self._store, self._report
        while store is not None and report is not None and self._waiting:
            key = self._waiting.popleft()
            if key not in store.places:  # its image has gone meanwhile
                continue
            shown = self._document.page
            is_open = shown is not None and shown.key == key
            if is_open and snapshot is None:
                self.leaving.emit()
            try:
                pending = store.begin_turn(key, report.turns, self._document.image_size if is_open else None)
            except StudioError as error:
                report.refused[key] = error
                self._waiting.clear()  # nothing can be written in the folder
                continue
            self.key = key
            if is_open:
                self._document.clear()
            write: Callable[[], None] = partial(pending.write, allow_lossy=self._allow_lossy)
            self._background.run(partial(tried, write), partial(self._on_written, pending, snapshot))
            return
        self._report = None
        self.progressed.emit(self._total, self._total)
        if report is not None:
            self.ended.emit(report)

    def _on_written(self, pending: PendingTurn, snapshot: Snapshot | None, error: StudioError | None) -> None:
        key, self.key = pending.key, None
        store, report = self._store, self._report
        if store is None or report is None:
            return
        before = store.page(key)
        after = None
        if error is None and pending.size is not None:
            after = turned_page(before, pending.size, report.turns) if snapshot is None else snapshot.page
        try:
            store.finish_turn(pending, after)
        except StudioError as failure:
            error = error or failure
        if error is not None:
            report.refused[key] = error
        else:
            report.done.append(key)
            if snapshot is None:
                self._document.undo_stack.record(TURN_STEP, before, store.page(key), turns=report.turns)
            self.turned.emit(key)
        self.finished.emit(key)
        if self._waiting:
            self.progressed.emit(self._total - len(self._waiting), self._total)
        self._next()
