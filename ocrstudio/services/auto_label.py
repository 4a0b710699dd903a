"""Automatic labelling: pages through the recogniser one after the other, and single boxes read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.orientation import page_turn
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.protocol.messages import Failed, PageRead
from ocrstudio.services.page_run import PageRun, RunReport, Wanted, quads_of
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer

# Nobody has decided about these pages yet.
_OPEN_STATES = {PageState.NEW, PageState.AUTO, PageState.EDITED}
REREAD_STEP = QT_TRANSLATE_NOOP("Steps", "Read text again")


@dataclass
class LabelReport(RunReport):
    """How a run ended; `lines` is how many were found."""

    lines: int = 0


@dataclass(frozen=True)
class _Asked:
    """A page as it was when it was asked for; `boxes` are those that are read again, None if they are to be found."""

    state: PageState
    stamp: tuple[int, int, int] | None  # of the image's file
    boxes: tuple[Box, ...] | None = None


@dataclass(frozen=True)
class _BoxReading:
    key: str
    boxes: tuple[Box, ...]  # as they were when they were asked for
    first: bool


class AutoLabeler(QObject):
    """Reads pages and boxes for the open project. A page that fails is noted and the next one follows."""

    started = pyqtSignal(int)  # pages
    progressed = pyqtSignal(int, int, float)  # pages done, pages in all, seconds left (below 0: not known yet)
    finished = pyqtSignal(object)  # LabelReport
    box_read_failed = pyqtSignal(object)  # Failed: boxes the user asked to read again

    def __init__(self, session: ProjectSession, recognizer: Recognizer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._recognizer = recognizer
        self._rereads = False
        self._boxes: dict[int, _BoxReading] = {}
        # The image's stamp, and how the page lies, of pages that do not lie upright.
        self._lying: dict[str, tuple[tuple[int, int, int] | None, int]] = {}
        self._report = LabelReport()
        self._run = PageRun(recognizer, self._want, self._take, self)
        self._run.progressed.connect(self.progressed)
        self._run.finished.connect(self.finished)
        recognizer.page_read.connect(self._on_recognizer_page_read)
        recognizer.read_failed.connect(self._on_recognizer_read_failed)
        recognizer.cancelled.connect(self._on_recognizer_cancelled)
        session.project_closed.connect(self._on_session_project_closed)

    @property
    def is_running(self) -> bool:
        """Whether pages are being read."""
        return self._run.is_running

    def untouched_keys(self) -> list[str]:
        """The pages that nobody and nothing has labelled yet."""
        store = self._session.store
        return [key for key, state in store.states.items() if state is PageState.NEW] if store is not None else []

    def keys_with_untouched(self, keys: Iterable[str]) -> list[str]:
        """Those pages whose boxes come from automatic labelling, at least in part: checked pages have none."""
        store = self._session.store
        if store is None:
            return []
        return [key for key in keys if store.state(key) in _OPEN_STATES and store.box_count(key)]

    def label_pages(self, keys: Sequence[str]) -> bool:
        """Reads pages and puts what is found on them.

        Args:
            keys: In the order of reading.

        Returns:
            False if there is nothing to read or a run is under way.
        """
        return self._start(keys, rereads=False)

    def reread_pages(self, keys: Sequence[str]) -> bool:
        """Reads the text of all boxes again that nobody has touched; their outlines stay, one undo step a page.

        Args:
            keys: In the order of reading.

        Returns:
            False if there is nothing to read or a run is under way.
        """
        return self._start(keys, rereads=True)

    def _start(self, keys: Sequence[str], *, rereads: bool) -> bool:
        if self.is_running or not keys or self._session.store is None:
            return False
        self._rereads, self._report = rereads, LabelReport()
        self.started.emit(len(keys))
        self.progressed.emit(0, len(keys), -1.0)
        self._run.start(keys, self._report)
        return True

    def cancel(self) -> None:
        """Stops at once; pages that were read stay labelled."""
        self._run.cancel()

    def read_boxes(self, boxes: Iterable[Box], *, first: bool = False) -> None:
        """Reads the text of boxes of the open page, ahead of the pages that wait.

        Args:
            boxes: Of the open page; those that enclose nothing are left out.
            first: Of a box just drawn: belongs to its undo step, and failure is not told.
        """
        page, store = self._session.document.page, self._session.store
        if page is None or store is None:
            return
        quads, asked = quads_of(boxes)
        if quads:
            request = self._recognizer.read(store.image_path(page.key), quads, first=True)
            self._boxes[request] = _BoxReading(page.key, asked, first)

    def close(self) -> None:
        """Forgets what is under way; answers that still come are ignored."""
        self._run.forget()
        asked, self._boxes = list(self._boxes), {}
        if asked:
            self._recognizer.cancel(asked)

    def _want(self, key: str) -> Wanted | None:
        store = self._session.store
        if store is None:
            return None
        image = store.image_path(key)
        asked = _Asked(store.state(key), _stamp(image))
        if not self._rereads:
            return Wanted(image, None, asked)
        quads, boxes = quads_of(box for box in self._page(key).boxes if not box.touched)
        return Wanted(image, quads, replace(asked, boxes=boxes)) if quads else None

    def _page(self, key: str) -> Page:
        """A page as it is now, which need not be the open one."""
        page, store = self._session.document.page, self._session.store
        if page is not None and page.key == key:
            return page
        return store.page(key) if store is not None else Page(key, "")

    def _take(self, key: str, asked: _Asked, read: PageRead) -> bool:
        """Puts on a page what was read; False if that belongs to another picture."""
        store = self._session.store
        if store is None:
            return True
        if key in store.places and (store.is_turning(key) or _stamp(store.image_path(key)) != asked.stamp):
            return False
        if asked.boxes is not None:
            self._take_again(key, asked.boxes, read)
        elif key in store.places and store.state(key) in {asked.state} | _OPEN_STATES:
            self._session.apply_auto_labels(key, read)  # not if somebody has decided about the page meanwhile
            self._note_turn(key, asked, read)
        self._report.lines += len(read.lines)
        return True

    def _note_turn(self, key: str, asked: _Asked, read: PageRead) -> None:
        turn = page_turn((str(line.get("text", "")), int(line.get("turn") or 0)) for line in read.lines)
        self._lying.pop(key, None)
        if turn:
            self._lying[key] = asked.stamp, turn

    def turn_of(self, key: str) -> int:
        """Quarters clockwise by which a page that was labelled lies turned; 0 if it does not, or was turned since."""
        store = self._session.store
        stamp, turn = self._lying.get(key, (None, 0))
        return turn if turn and store is not None and _stamp(store.image_path(key)) == stamp else 0

    @pyqtSlot(object)
    def _on_recognizer_page_read(self, read: PageRead) -> None:
        reading = self._boxes.pop(read.id, None)
        if reading is not None:
            self._take_boxes(reading, read)

    def _take_boxes(self, reading: _BoxReading, read: PageRead) -> None:
        page = self._session.document.page
        if page is not None and page.key == reading.key:
            texts = _texts_of(reading.boxes, read, {box.id: box for box in page.boxes})
            if texts:
                self._session.document.set_read_texts(texts, first_reading=reading.first)

    def _take_again(self, key: str, asked: tuple[Box, ...], read: PageRead) -> None:
        """Puts texts into the boxes of a page that nobody has touched since they were asked for."""
        page = self._page(key)
        untouched = {box.id: box for box in page.boxes if not box.touched}
        texts = _texts_of(asked, read, untouched)
        boxes = tuple(
            replace(box, text=texts[box.id][0], score=texts[box.id][1]) if box.id in texts else box
            for box in page.boxes
        )
        if boxes != page.boxes:
            self._session.change_page(key, replace(page, boxes=boxes), REREAD_STEP)

    @pyqtSlot(object)
    def _on_recognizer_read_failed(self, failed: Failed) -> None:
        reading = self._boxes.pop(failed.id, None)
        if reading is not None and not reading.first:
            self.box_read_failed.emit(failed)

    @pyqtSlot(object)
    def _on_recognizer_cancelled(self, ids: tuple[int, ...]) -> None:
        for request in ids:
            self._boxes.pop(request, None)

    @pyqtSlot()
    def _on_session_project_closed(self) -> None:
        self.cancel()
        self.close()
        self._lying.clear()


def _stamp(image: Path) -> tuple[int, int, int] | None:
    try:
        status = image.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _texts_of(asked: Sequence[Box], read: PageRead, now: Mapping[str, Box]) -> dict[str, tuple[str, float]]:
    """Box id to text and score, for those boxes that are still there with the text they had when they were read."""
    if len(read.lines) != len(asked):
        return {}
    texts = {}
    for box, line in zip(asked, read.lines, strict=True):
        still = now.get(box.id)
        if still is not None and still.text == box.text:
            score = line.get("score")
            texts[box.id] = (str(line.get("text", "")), float(score) if isinstance(score, (int, float)) else 0.0)
    return texts
