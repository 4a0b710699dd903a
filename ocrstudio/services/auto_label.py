"""Automatic labelling: pages through the recogniser one after the other, and single boxes read again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError
from ocrstudio.core.geometry import bounding_quad, order_quad
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.protocol.messages import Failed, PageRead
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import BROKEN_WHAT, NOT_STARTED_WHAT, Quads, Recognizer
from ocrstudio.services.timers import single_shot

# One page is read while the next one waits, so that the child never idles and cancelling drops no more than one.
PAGES_AHEAD = 2
# The remaining time is told from this many pages.
TIMED_PAGES = 8
# Nobody has decided about these pages yet.
_OPEN_STATES = {PageState.NEW, PageState.AUTO, PageState.EDITED}
REREAD_STEP = QT_TRANSLATE_NOOP("Steps", "Read text again")


@dataclass
class LabelReport:
    """How a run over pages ended.

    Attributes:
        total: Pages that were to be read.
        done: Pages that were read.
        lines: Lines found on them.
        failures: (file name, what the recogniser said) of pages that could not be read.
        cancelled: Whether the user stopped it.
        fatal: Why nothing could be read any more; None if the run came to its end.
    """

    total: int = 0
    done: int = 0
    lines: int = 0
    failures: list[tuple[str, Failed]] = field(default_factory=list)
    cancelled: bool = False
    fatal: Failed | None = None


@dataclass(frozen=True)
class _Asked:
    """A page as it was when it was asked for."""

    key: str
    state: PageState
    stamp: tuple[int, int, int] | None  # of the image's file


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
        self._waiting: deque[str] = deque()
        self._asked: dict[int, _Asked] = {}
        self._again: dict[int, tuple[Box, ...]] = {}  # by request of a run that reads boxes again
        self._rereads = False
        self._boxes: dict[int, _BoxReading] = {}
        self._report: LabelReport | None = None
        self._unusable_model = ""
        self._finish_times: deque[float] = deque(maxlen=TIMED_PAGES + 1)
        self._nothing_to_read = single_shot(self, 0, self._page_done)
        recognizer.page_read.connect(self._on_recognizer_page_read)
        recognizer.read_failed.connect(self._on_recognizer_read_failed)
        recognizer.cancelled.connect(self._on_recognizer_cancelled)
        session.project_closed.connect(self._on_session_project_closed)

    @property
    def is_running(self) -> bool:
        """Whether pages are being read."""
        return self._report is not None

    def untouched_keys(self) -> list[str]:
        """The pages that nobody and nothing has labelled yet."""
        store = self._session.store
        return [key for key, state in store.states.items() if state is PageState.NEW] if store is not None else []

    def keys_with_untouched(self) -> list[str]:
        """The pages whose boxes come from automatic labelling, at least in part: checked pages have none."""
        store = self._session.store
        if store is None:
            return []
        return [key for key in store.keys if store.state(key) in _OPEN_STATES and store.box_count(key)]

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
        if self._report is not None or not keys or self._session.store is None:
            return False
        self._rereads = rereads
        self._report = LabelReport(total=len(keys))
        self._waiting = deque(keys)
        self._unusable_model = ""
        self._finish_times.clear()
        self._finish_times.append(time.monotonic())
        self.started.emit(len(keys))
        self.progressed.emit(0, len(keys), -1.0)
        self._ask()
        return True

    def cancel(self) -> None:
        """Stops at once; pages that were read stay labelled."""
        if self._report is not None:
            self._report.cancelled = True
            self._end()

    def read_boxes(self, boxes: Iterable[Box], *, first: bool = False) -> None:
        """Reads the text of boxes of the open page, ahead of the pages that wait.

        Args:
            boxes: Of the open page; those that enclose nothing are left out.
            first: Of a box just drawn: belongs to its undo step, and failure is not told.
        """
        page, store = self._session.document.page, self._session.store
        if page is None or store is None:
            return
        quads, asked = _quads_of(boxes)
        if quads:
            request = self._recognizer.read(store.image_path(page.key), quads, first=True)
            self._boxes[request] = _BoxReading(page.key, asked, first)

    def close(self) -> None:
        """Forgets what is under way; answers that still come are ignored."""
        requests = [*self._asked, *self._boxes]
        self._report = None
        self._waiting.clear()
        self._asked.clear()
        self._again.clear()
        self._boxes.clear()
        if requests:
            self._recognizer.cancel(requests)

    def _ask(self) -> None:
        store = self._session.store
        while store is not None and self._waiting and len(self._asked) < PAGES_AHEAD:
            key = self._waiting.popleft()
            image = store.image_path(key)
            asked = _Asked(key, store.state(key), _stamp(image))
            if not self._rereads:
                self._asked[self._recognizer.read(image)] = asked
                continue
            quads, boxes = _quads_of(box for box in self._page(key).boxes if not box.touched)
            if quads:
                request = self._recognizer.read(image, quads)
                self._asked[request], self._again[request] = asked, boxes
            elif self._report is not None:
                self._report.done += 1
                self._nothing_to_read.start()  # and not at once: a thousand such pages would be looked at in one go
                return

    def _page(self, key: str) -> Page:
        """A page as it is now, which need not be the open one."""
        page, store = self._session.document.page, self._session.store
        if page is not None and page.key == key:
            return page
        return store.page(key) if store is not None else Page(key, "")

    @pyqtSlot()
    def _page_done(self) -> None:
        report = self._report
        if report is None:
            return
        self._finish_times.append(time.monotonic())
        done = report.done + len(report.failures)
        per_page = (self._finish_times[-1] - self._finish_times[0]) / (len(self._finish_times) - 1)
        self.progressed.emit(done, report.total, per_page * (report.total - done))
        if done >= report.total:
            self._end()
        else:
            self._ask()

    def _end(self) -> None:
        report, self._report = self._report, None
        asked, self._asked = list(self._asked), {}
        self._again.clear()
        self._waiting.clear()
        if asked:
            self._recognizer.cancel(asked)
        if report is not None:
            self.finished.emit(report)

    @pyqtSlot(object)
    def _on_recognizer_page_read(self, read: PageRead) -> None:
        reading = self._boxes.pop(read.id, None)
        if reading is not None:
            self._take_boxes(reading, read)
            return
        asked, again = self._asked.pop(read.id, None), self._again.pop(read.id, None)
        store = self._session.store
        if asked is None or self._report is None or store is None:
            return
        if asked.key in store.places and (
            store.is_turning(asked.key) or _stamp(store.image_path(asked.key)) != asked.stamp
        ):
            self._waiting.appendleft(asked.key)  # what was found belongs to another picture
            self._ask()
            return
        if again is not None:
            self._take_again(asked.key, again, read)
        elif asked.key in store.places and store.state(asked.key) in {asked.state} | _OPEN_STATES:
            self._session.apply_auto_labels(asked.key, read)  # not if somebody has decided about the page meanwhile
        self._report.done += 1
        self._report.lines += len(read.lines)
        self._page_done()

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
        if failed.id == 0:
            self._unusable_model = failed.what
            return
        reading = self._boxes.pop(failed.id, None)
        if reading is not None:
            if not reading.first:
                self.box_read_failed.emit(failed)
            return
        asked = self._asked.pop(failed.id, None)
        self._again.pop(failed.id, None)
        if asked is None or self._report is None:
            return
        if failed.what in (BROKEN_WHAT, NOT_STARTED_WHAT, self._unusable_model):
            # It is not this page: the model or the child itself cannot be used, and the next page would fail as well.
            self._report.fatal = failed
            self._end()
            return
        self._report.failures.append((asked.key.rpartition("/")[2], failed))
        self._page_done()

    @pyqtSlot(object)
    def _on_recognizer_cancelled(self, ids: tuple[int, ...]) -> None:
        """Someone else emptied the queue: what belongs to a run under way is asked for again."""
        for request in ids:
            self._boxes.pop(request, None)
            self._again.pop(request, None)
            asked = self._asked.pop(request, None)
            if asked is not None and self._report is not None:
                self._waiting.appendleft(asked.key)
        if self._report is not None:
            self._ask()

    @pyqtSlot()
    def _on_session_project_closed(self) -> None:
        if self._report is not None:
            self._report.cancelled = True
            self._end()
        self.close()


def _stamp(image: Path) -> tuple[int, int, int] | None:
    try:
        status = image.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _quads_of(boxes: Iterable[Box]) -> tuple[Quads, tuple[Box, ...]]:
    """The corners of boxes as the recogniser takes them, and those boxes; what encloses nothing is left out."""
    quads, taken = [], []
    for box in boxes:
        try:
            quad = order_quad(box.points) if len(box.points) == 4 else bounding_quad(box.points)
        except GeometryError:
            continue
        quads.append([[x, y] for x, y in quad])
        taken.append(box)
    return quads, tuple(taken)


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
