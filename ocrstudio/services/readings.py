"""A second opinion: a model reads the boxes of pages, and lines that it reads differently are found."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import GeometryError, StudioError
from ocrstudio.core.geometry import bounding_quad, order_quad
from ocrstudio.core.lines import PageLines, box_mark
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.search import Breath, LineKind, kind_of
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.bundle import BUNDLED, read_card
from ocrstudio.formats.readings import READINGS_FILE, PageReadings, ReadingsTable, append_readings, load_readings
from ocrstudio.paths import STATE_DIR
from ocrstudio.protocol.messages import Failed, PageRead
from ocrstudio.services.background import Background
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import BROKEN_WHAT, NOT_STARTED_WHAT, Recognizer

# One page is read while the next one waits, so that the child never idles and cancelling drops no more than one.
PAGES_AHEAD = 2
# The remaining time is told from this many pages.
TIMED_PAGES = 8


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A line that the model reads differently.

    Attributes:
        page, row: The line.
        read: What the model read.
        weight: Characters that differ, times the model's confidence: the higher, the likelier the label is wrong.
    """

    page: PageLines
    row: int
    read: str
    weight: float


@dataclass
class ReadingReport:
    """How a run ended.

    Attributes:
        total: Pages that were to be compared.
        done: Pages that were, those whose readings were known already included.
        failures: (file name, what the recogniser said) of pages that could not be read.
        cancelled: Whether the user stopped it.
        fatal: Why nothing could be read any more.
    """

    total: int = 0
    done: int = 0
    failures: list[tuple[str, Failed]] = field(default_factory=list)
    cancelled: bool = False
    fatal: Failed | StudioError | None = None


class Readings(QObject):
    """What the chosen model reads in the project's boxes. Labels are never changed here.

    Args:
        session: The open project.
        recognizer: The child that reads; shared.
        index: The project's lines: pages whose boxes are all known are passed over.
        parent: Owner; it calls `close`.
    """

    loaded = pyqtSignal()  # what earlier runs read is in memory
    changed = pyqtSignal(str)  # key of a page with new readings
    started = pyqtSignal(int)  # pages
    progressed = pyqtSignal(int, int, float)  # pages done, pages in all, seconds left (below 0: not known yet)
    finished = pyqtSignal(object)  # ReadingReport
    failed = pyqtSignal(object)  # StudioError: the readings of earlier runs cannot be read

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, index: LineIndex, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._recognizer, self._index = session, recognizer, index
        self._table: ReadingsTable | None = None
        self._is_loading = False
        self._generation = 0
        self._to_compare: list[str] | None = None
        self._report: ReadingReport | None = None
        self._waiting: deque[str] = deque()
        self._asked: dict[int, tuple[str, list[int]]] = {}
        self._finish_times: deque[float] = deque(maxlen=TIMED_PAGES + 1)
        self._unusable_model = ""
        self._background = Background(self, threads=1)
        recognizer.page_read.connect(self._on_recognizer_page_read)
        recognizer.read_failed.connect(self._on_recognizer_read_failed)
        recognizer.cancelled.connect(self._on_recognizer_cancelled)
        session.project_opened.connect(self._on_session_project_changed)
        session.project_closed.connect(self._on_session_project_changed)

    # --- what is known ---------------------------------------------------------------------------------------------

    @property
    def is_loaded(self) -> bool:
        """Whether what earlier runs read is in memory."""
        return self._table is not None

    @property
    def is_running(self) -> bool:
        """Whether pages are being compared."""
        return self._report is not None or self._to_compare is not None

    def require(self) -> None:
        """Reads what earlier runs left, in the background; `loaded` follows unless it is there already."""
        path = self._path()
        if path is None or self._is_loading or self._table is not None:
            return
        self._is_loading = True
        generation = self._generation
        self._background.run(lambda: _load(path), lambda found: self._on_loaded(generation, found))

    def reading(self, key: str, mark: int) -> tuple[str, float] | None:
        """What the chosen model read in a box, with its confidence; None if it has not read that box."""
        return None if self._table is None else self._table.of(key, self._model()).get(mark)

    def comparison(self) -> Callable[[Sequence[PageLines]], list[Disagreement]]:
        """A function, for any thread, that finds the lines of pages that the chosen model reads differently."""
        model = self._model()
        table = self._table or ReadingsTable()
        readings = {page: found for (page, of_model), found in table.pages.items() if of_model == model}
        return lambda pages: disagreements(pages, readings)

    # --- a run -----------------------------------------------------------------------------------------------------

    def compare(self, keys: Sequence[str]) -> bool:
        """Reads the boxes of pages that the chosen model has not read yet.

        Args:
            keys: The pages, in the order of reading.

        Returns:
            False if there is nothing to do or a run is under way.
        """
        if self.is_running or not keys or self._session.store is None:
            return False
        self._to_compare = list(keys)
        self.started.emit(len(keys))
        self.progressed.emit(0, len(keys), -1.0)
        if self._table is None:
            self.require()
        else:
            self._start_run()
        return True

    def cancel(self) -> None:
        """Stops at once; what was read stays."""
        if self._to_compare is not None:
            self._report = ReadingReport(total=len(self._to_compare))
            self._to_compare = None
        if self._report is not None:
            self._report.cancelled = True
            self._end()

    def close(self) -> None:
        """Forgets what is under way and stops the worker."""
        asked, self._asked = list(self._asked), {}
        self._report = self._to_compare = None
        self._waiting.clear()
        self._generation += 1
        if asked:
            self._recognizer.cancel(asked)
        self._background.close()

    def _start_run(self) -> None:
        keys, self._to_compare = self._to_compare or [], None
        self._report = ReadingReport(total=len(keys))
        self._waiting = deque(keys)
        self._unusable_model = ""
        self._finish_times.clear()
        self._finish_times.append(time.monotonic())
        self._ask()

    def _ask(self) -> None:
        store, report = self._session.store, self._report
        passed = 0
        while store is not None and report is not None and self._waiting and len(self._asked) < PAGES_AHEAD:
            key = self._waiting.popleft()
            quads, marks = ([], []) if self._is_known(key) else self._unread(key)
            if quads:
                self._asked[self._recognizer.read(store.image_path(key), quads)] = (key, marks)
            else:
                report.done += 1
                passed += 1
        if report is None:
            return
        if not self._asked and not self._waiting:
            self._end()
        elif passed:
            self.progressed.emit(report.done + len(report.failures), report.total, -1.0)

    def _is_known(self, key: str) -> bool:
        """Whether all boxes of a page have been read; told without parsing its labels."""
        lines = self._index.page(key)
        return lines is not None and self._readings_of(key).keys() >= set(lines.marks)

    def _unread(self, key: str) -> tuple[list[list[list[float]]], list[int]]:
        """Corners and marks of a page's boxes that the model has not read."""
        store = self._session.store
        quads: list[list[list[float]]] = []
        marks: list[int] = []
        known = self._readings_of(key)
        for box in store.page(key).boxes if store is not None else ():
            mark = box_mark(box.points)
            quad = None if mark in known else _quad(box)
            if quad is not None:
                quads.append(quad)
                marks.append(mark)
        return quads, marks

    def _readings_of(self, key: str) -> PageReadings:
        return self._table.of(key, self._model()) if self._table is not None else {}

    def _page_done(self) -> None:
        report = self._report
        if report is None:
            return
        self._finish_times.append(time.monotonic())
        done = report.done + len(report.failures)
        per_page = (self._finish_times[-1] - self._finish_times[0]) / (len(self._finish_times) - 1)
        self.progressed.emit(done, report.total, per_page * (report.total - done))
        self._ask()

    def _end(self) -> None:
        report, self._report = self._report, None
        asked, self._asked = list(self._asked), {}
        self._waiting.clear()
        if asked:
            self._recognizer.cancel(asked)
        if report is not None:
            self.finished.emit(report)

    def _keep(self, key: str, readings: PageReadings) -> None:
        path = self._path()
        if self._table is None or path is None or self._report is None:
            return
        self._table.add(key, self._model(), readings)
        try:
            make_folder(path.parent)
            append_readings(path, key, self._model(), readings)
        except StudioError as error:
            self._report.fatal = error  # the next page could not be kept either
        self.changed.emit(key)

    def _path(self) -> Path | None:
        folder = self._session.folder
        return None if folder is None else folder / STATE_DIR / READINGS_FILE

    def _model(self) -> str:
        return model_mark(self._recognizer.model)

    # --- answers ---------------------------------------------------------------------------------------------------

    def _on_loaded(self, generation: int, found: ReadingsTable | StudioError) -> None:
        if generation != self._generation:
            return
        self._is_loading = False
        if isinstance(found, StudioError):
            self.failed.emit(found)
            found = ReadingsTable()
        self._table = found
        self.loaded.emit()
        if self._to_compare is not None:
            self._start_run()

    @pyqtSlot(object)
    def _on_recognizer_page_read(self, read: PageRead) -> None:
        asked = self._asked.pop(read.id, None)
        if asked is None or self._report is None:
            return
        key, marks = asked
        if len(marks) == len(read.lines):
            pairs = [(str(line.get("text", "")), float(line.get("score", 0.0))) for line in read.lines]
            self._keep(key, dict(zip(marks, pairs, strict=True)))
        if self._report.fatal is not None:
            self._end()
            return
        self._report.done += 1
        self._page_done()

    @pyqtSlot(object)
    def _on_recognizer_read_failed(self, failed: Failed) -> None:
        if failed.id == 0:
            self._unusable_model = failed.what
            return
        asked = self._asked.pop(failed.id, None)
        if asked is None or self._report is None:
            return
        if failed.what in (BROKEN_WHAT, NOT_STARTED_WHAT, self._unusable_model):
            # It is not this page: the next one would fail as well.
            self._report.fatal = failed
            self._end()
            return
        self._report.failures.append((asked[0].rpartition("/")[2], failed))
        self._page_done()

    @pyqtSlot(object)
    def _on_recognizer_cancelled(self, ids: tuple[int, ...]) -> None:
        """Someone else emptied the queue: what belongs to a run under way is asked for again."""
        for request in ids:
            asked = self._asked.pop(request, None)
            if asked is not None and self._report is not None:
                self._waiting.appendleft(asked[0])
        if self._report is not None:
            self._ask()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        self._generation += 1
        self._is_loading = False
        self._table = None
        self.cancel()


def disagreements(pages: Iterable[PageLines], readings: dict[str, PageReadings]) -> list[Disagreement]:
    """Lines that were read differently, likeliest mistakes first.

    Spaces around a text do not count. Left out: pages that are left out of the dataset, placeholders and regions to
    ignore. A line without text disagrees as soon as something was read in it.

    Args:
        pages: The lines.
        readings: Page key to what a model read there.
    """
    found = []
    breath = Breath()
    for page in pages:
        breath.take()
        known = readings.get(page.key)
        if not known or page.state is PageState.REJECTED:
            continue
        for row, (text, mark) in enumerate(zip(page.texts, page.marks, strict=True)):
            read, score = known.get(mark, ("", 0.0))
            if score <= 0 or kind_of(text) in (LineKind.PLACEHOLDER, LineKind.IGNORED):
                continue
            label, said = text.strip(), read.strip()
            if label != said:
                found.append(Disagreement(page, row, read, edit_distance(label, said) * score))
    return sorted(found, key=lambda one: -one.weight)


def model_mark(model: str) -> str:
    """A name for a model by which its readings are known again, also after the project was moved.

    Args:
        model: "bundled", or the path of a bundle folder.
    """
    if model == BUNDLED:
        return model
    try:
        card = read_card(Path(model))
    except StudioError:
        return Path(model).name
    return f"{card.get('name', '')}@{card.get('created', '')}"


def _quad(box: Box) -> list[list[float]] | None:
    try:
        quad = order_quad(box.points) if len(box.points) == 4 else bounding_quad(box.points)
    except GeometryError:
        return None
    return [[x, y] for x, y in quad]


def _load(path: Path) -> ReadingsTable | StudioError:
    try:
        return load_readings(path)
    except StudioError as error:
        return error
