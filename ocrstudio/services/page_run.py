"""Pages through the recogniser one after the other, whatever is done with what it reads."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import GeometryError, StudioError
from ocrstudio.core.geometry import bounding_quad, order_quad
from ocrstudio.core.page import Box
from ocrstudio.protocol.messages import Failed, PageRead
from ocrstudio.services.recognizer import BROKEN_WHAT, NOT_STARTED_WHAT, Quads, Recognizer
from ocrstudio.services.timers import single_shot

# One page is read while the next one waits, so that the child never idles and cancelling drops no more than one.
PAGES_AHEAD = 2
# The remaining time is told from this many pages.
TIMED_PAGES = 8
# Pages on which there is nothing to read are passed over for so long at a time.
PASSING_S = 0.01


@dataclass
class RunReport:
    """How a run over pages ended.

    Attributes:
        total: Pages that were to be read.
        done: Pages that were, those with nothing to read included.
        failures: (file name, what the recogniser said) of pages that could not be read.
        cancelled: Whether the user stopped it.
        fatal: Why nothing could be read any more; None if the run came to its end.
    """

    total: int = 0
    done: int = 0
    failures: list[tuple[str, Failed]] = field(default_factory=list)
    cancelled: bool = False
    fatal: Failed | StudioError | None = None


@dataclass(frozen=True)
class Wanted:
    """What is to be read of a page.

    Attributes:
        image: Its picture.
        quads: The regions; None: they are to be found, too.
        note: Whatever belongs to it, for whoever takes the answer.
    """

    image: Path
    quads: Quads | None
    note: Any


class PageRun(QObject):
    """A run. A page that fails is noted and the next one follows.

    Args:
        recognizer: The child that reads; shared.
        want: What is to be read of the page with a key; None if there is nothing.
        take: Gets key, note and answer; False if the page is to be asked for again. It may set the report's `fatal`.
        parent: Owner.
    """

    progressed = pyqtSignal(int, int, float)  # pages done, pages in all, seconds left (below 0: not known yet)
    finished = pyqtSignal(object)  # the report that it was started with

    def __init__(
        self,
        recognizer: Recognizer,
        want: Callable[[str], Wanted | None],
        take: Callable[[str, Any, PageRead], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._recognizer, self._want, self._take = recognizer, want, take
        self._waiting: deque[str] = deque()
        self._asked: dict[int, tuple[str, Any]] = {}
        self._unusable_model = ""
        self._times: deque[float] = deque(maxlen=TIMED_PAGES + 1)
        self._go_on = single_shot(self, 0, self._ask)
        self.report: RunReport | None = None
        recognizer.page_read.connect(self._on_recognizer_page_read)
        recognizer.read_failed.connect(self._on_recognizer_read_failed)
        recognizer.cancelled.connect(self._on_recognizer_cancelled)

    @property
    def is_running(self) -> bool:
        """Whether pages are being read."""
        return self.report is not None

    def start(self, keys: Sequence[str], report: RunReport) -> None:
        """Reads pages in their order; `finished` follows.

        Args:
            keys: The pages.
            report: A new one; it is filled in.
        """
        report.total = len(keys)
        self.report = report
        self._waiting = deque(keys)
        self._unusable_model = ""
        self._times.clear()
        self._times.append(time.monotonic())
        self._ask()

    def cancel(self) -> None:
        """Stops at once; what was read stays."""
        if self.report is not None:
            self.report.cancelled = True
            self._end()

    def forget(self) -> None:
        """Stops, and tells nobody."""
        self.report = None
        self._let_go()

    def _let_go(self) -> None:
        self._go_on.stop()
        self._waiting.clear()
        asked, self._asked = list(self._asked), {}
        if asked:
            self._recognizer.cancel(asked)

    def _end(self) -> None:
        report, self.report = self.report, None
        self._let_go()
        if report is not None:
            self.finished.emit(report)

    @pyqtSlot()
    def _ask(self) -> None:
        report, begun, passed = self.report, time.monotonic(), 0
        while report is not None and self._waiting and len(self._asked) < PAGES_AHEAD:
            if passed and time.monotonic() - begun > PASSING_S:
                self._go_on.start()
                break
            key = self._waiting.popleft()
            wanted = self._want(key)
            if wanted is None:
                report.done += 1
                passed += 1
            else:
                self._asked[self._recognizer.read(wanted.image, wanted.quads)] = (key, wanted.note)
        if report is None:
            return
        if not self._asked and not self._waiting:
            self._tell(report)
            self._end()
        elif passed:
            self._tell(report)

    def _tell(self, report: RunReport) -> None:
        done, timed = report.done + len(report.failures), len(self._times) - 1
        per_page = (self._times[-1] - self._times[0]) / timed if timed else 0.0
        self.progressed.emit(done, report.total, per_page * (report.total - done) if timed else -1.0)

    def _page_done(self, report: RunReport) -> None:
        if report is not self.report:
            return  # whoever took the page has ended the run
        if report.fatal is not None:
            self._end()
            return
        self._times.append(time.monotonic())
        if self._waiting or self._asked:
            self._tell(report)
        self._ask()

    @pyqtSlot(object)
    def _on_recognizer_page_read(self, read: PageRead) -> None:
        asked, report = self._asked.pop(read.id, None), self.report
        if asked is None or report is None:
            return
        key, note = asked
        if self._take(key, note, read):
            report.done += 1
            self._page_done(report)
        else:
            self._waiting.appendleft(key)
            self._ask()

    @pyqtSlot(object)
    def _on_recognizer_read_failed(self, failed: Failed) -> None:
        if failed.id == 0:
            self._unusable_model = failed.what
            return
        asked, report = self._asked.pop(failed.id, None), self.report
        if asked is None or report is None:
            return
        if failed.what in (BROKEN_WHAT, NOT_STARTED_WHAT, self._unusable_model):
            # It is not this page: the model or the child itself cannot be used, and the next page would fail as well.
            report.fatal = failed
        else:
            report.failures.append((asked[0].rpartition("/")[2], failed))
        self._page_done(report)

    @pyqtSlot(object)
    def _on_recognizer_cancelled(self, ids: tuple[int, ...]) -> None:
        """Someone else emptied the queue: what belongs to a run under way is asked for again."""
        for request in ids:
            asked = self._asked.pop(request, None)
            if asked is not None:
                self._waiting.appendleft(asked[0])
        if self.report is not None:
            self._ask()


def quads_of(boxes: Iterable[Box]) -> tuple[Quads, tuple[Box, ...]]:
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
