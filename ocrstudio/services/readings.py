"""A second opinion: a model reads the boxes of pages, and lines that it reads differently are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.core.lines import PageLines, box_mark
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.page import PageState
from ocrstudio.core.search import Breath, LineKind, kind_of
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.bundle import BUNDLED, read_card
from ocrstudio.formats.readings import READINGS_FILE, PageReadings, ReadingsTable, append_readings, load_readings
from ocrstudio.paths import STATE_DIR
from ocrstudio.protocol.messages import PageRead
from ocrstudio.services.background import Background
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.page_run import PageRun, RunReport, Wanted, quads_of
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer


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


class Readings(QObject):
    """What the chosen model reads in the project's boxes. Labels are never changed here.

    Args:
        session: The open project.
        recognizer: The child that reads; shared.
        index: The project's lines: pages whose boxes are all known are passed over.
        parent: Owner; it calls `close`.
    """

    loaded = pyqtSignal()  # what earlier runs read is in memory
    started = pyqtSignal(int)  # pages
    progressed = pyqtSignal(int, int, float)  # pages done, pages in all, seconds left (below 0: not known yet)
    finished = pyqtSignal(object)  # RunReport
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
        self._run = PageRun(recognizer, self._want, self._take, self)
        self._run.progressed.connect(self.progressed)
        self._run.finished.connect(self.finished)
        self._background = Background(self, threads=1)
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
        return self._run.is_running or self._to_compare is not None

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
            total, self._to_compare = len(self._to_compare), None
            self.finished.emit(RunReport(total, cancelled=True))
        self._run.cancel()

    def close(self) -> None:
        """Forgets what is under way and stops the worker."""
        self._run.forget()
        self._to_compare = None
        self._generation += 1
        self._background.close()

    def _start_run(self) -> None:
        keys, self._to_compare = self._to_compare or [], None
        self._run.start(keys, RunReport())

    def _want(self, key: str) -> Wanted | None:
        """The boxes of a page that the model has not read, with their marks."""
        store = self._session.store
        if store is None or self._is_known(key):
            return None
        known = self._readings_of(key)
        quads, boxes = quads_of(box for box in store.page(key).boxes if box_mark(box.points) not in known)
        return Wanted(store.image_path(key), quads, [box_mark(box.points) for box in boxes]) if quads else None

    def _is_known(self, key: str) -> bool:
        """Whether all boxes of a page have been read; told without parsing its labels."""
        lines = self._index.page(key)
        return lines is not None and self._readings_of(key).keys() >= set(lines.marks)

    def _readings_of(self, key: str) -> PageReadings:
        return self._table.of(key, self._model()) if self._table is not None else {}

    def _keep(self, key: str, readings: PageReadings) -> None:
        path = self._path()
        if self._table is None or path is None or self._run.report is None:
            return
        self._table.add(key, self._model(), readings)
        try:
            make_folder(path.parent)
            append_readings(path, key, self._model(), readings)
        except StudioError as error:
            self._run.report.fatal = error  # the next page could not be kept either

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

    def _take(self, key: str, marks: list[int], read: PageRead) -> bool:
        if len(marks) == len(read.lines):
            pairs = [(str(line.get("text", "")), float(line.get("score", 0.0))) for line in read.lines]
            self._keep(key, dict(zip(marks, pairs, strict=True)))
        return True

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


def _load(path: Path) -> ReadingsTable | StudioError:
    try:
        return load_readings(path)
    except StudioError as error:
        return error
