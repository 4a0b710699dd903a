"""Puts the labels of lines right where they come from: in the open project, or in a list beside a foreign one."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.edits import with_texts
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.evaluation import Evaluation, LineReading, MeasuredData
from ocrstudio.core.page import Box, Page
from ocrstudio.formats.corrected_list import correct_list
from ocrstudio.formats.dataset import crop_prefixes, training_lines
from ocrstudio.paths import STATE_DIR
from ocrstudio.services.background import Background, tried
from ocrstudio.services.project_session import ProjectSession

FIX_STEP = QT_TRANSLATE_NOOP("Steps", "Correct the label")
EXCLUDE_STEP = QT_TRANSLATE_NOOP("Steps", "Leave out of training")
# What a text is replaced by so that training passes over it; PaddleOCR knows it, too.
LEFT_OUT = "###"
# A slice of work that nobody notices; a page costs a write to the journal.
SLICE_S = 0.012


@dataclass
class FixReport:
    """What came of it.

    Attributes:
        texts: Number of a line to its text now; None if it was left out.
        lost: Lines that were not found any more, as their page was edited since.
        written: The corrected list, for lines that belong to no open project.
    """

    texts: dict[int, str | None] = field(default_factory=dict)
    lost: int = 0
    written: Path | None = None


class ErrorFixes(QObject):
    """Corrects or leaves out lines of an evaluation.

    Args:
        session: The open project.
        parent: Owner; it calls `close`.
    """

    finished = pyqtSignal(object)  # FixReport
    failed = pyqtSignal(object)  # StudioError

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[tuple[str, dict[int, tuple[LineReading, str | None]]]] = deque()
        self._report: FixReport | None = None
        self._prefixes: dict[str, str] = {}
        self._background = Background(self, threads=1)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        session.project_opened.connect(self._on_session_project_changed)
        session.project_closed.connect(self._on_session_project_changed)

    def belongs(self, data: MeasuredData) -> bool:
        """Whether the lines of a set are those of the open project."""
        folder = self._session.folder
        if folder is None or self._session.store is None:
            return False
        if data.kind == "project":
            return Path(data.place) == Path(folder)
        return data.kind == "dataset" and Path(folder) / STATE_DIR in Path(data.place).parents

    def apply(self, evaluation: Evaluation, texts: Mapping[int, str | None]) -> bool:
        """Gives lines another text, or (None) leaves them out of training; `finished` or `failed` follows.

        Args:
            evaluation: Whose lines they are.
            texts: Number of a line to its text.

        Returns:
            False if there is nothing to do or something is under way.
        """
        if self._report is not None or not texts:
            return False
        self._report = FixReport()
        lines = {number: (evaluation.lines[number], text) for number, text in texts.items()}
        if not self.belongs(evaluation.data):
            self._correct_list(evaluation.data, lines)
            return True
        self._session.commit_requested.emit()
        pages: dict[str, dict[int, tuple[LineReading, str | None]]] = {}
        for number, (line, text) in lines.items():
            pages.setdefault(self._key_of(evaluation.data, line), {})[number] = (line, text)
        self._waiting = deque(pages.items())
        self._timer.start()
        return True

    def close(self) -> None:
        """Stops between two pages; what is done stays."""
        self._timer.stop()
        self._waiting.clear()
        self._report = None
        self._background.close()

    # --- the open project ------------------------------------------------------------------------------------------

    def _key_of(self, data: MeasuredData, line: LineReading) -> str:
        """The page of a line; "" if it is not known."""
        store = self._session.store
        if data.kind == "project" or store is None or line.page in store.places:
            return line.page
        if not self._prefixes:
            files = {store.file_of(key): key for key in store.keys}
            self._prefixes = {prefix: files[file] for file, prefix in crop_prefixes(files).items()}
        return self._prefixes.get(Path(line.image).stem.rpartition("_")[0], "")

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        until = time.monotonic() + SLICE_S
        while self._waiting and self._report is not None and time.monotonic() < until:
            self._change_page(self._report, *self._waiting.popleft())
        if not self._waiting:
            self._timer.stop()
            report, self._report = self._report, None
            if report is not None:
                self.finished.emit(report)

    def _change_page(self, report: FixReport, key: str, lines: Mapping[int, tuple[LineReading, str | None]]) -> None:
        page = self._page(key)
        texts: dict[str, str] = {}
        told: dict[int, str | None] = {}
        for number, (line, text) in lines.items():
            box = _box_of(page, line) if page is not None else None
            if box is None:
                report.lost += 1
            else:
                texts[box.id] = LEFT_OUT if text is None else text
                told[number] = text
        if page is None or not texts:
            return
        step = EXCLUDE_STEP if all(text is None for text in told.values()) else FIX_STEP
        if self._session.change_page(key, with_texts(page, texts), step):
            report.texts |= told

    def _page(self, key: str) -> Page | None:
        store = self._session.store
        if store is None or key not in store.places:
            return None
        shown = self._session.document.page
        return shown if shown is not None and shown.key == key else store.page(key)

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        self._prefixes = {}
        self._timer.stop()
        self._waiting.clear()
        self._report = None

    # --- a foreign list --------------------------------------------------------------------------------------------

    def _correct_list(self, data: MeasuredData, lines: Mapping[int, tuple[LineReading, str | None]]) -> None:
        place, root = Path(data.place), Path(data.root)
        file = root / f"{data.part}.txt" if data.kind == "dataset" else place
        changes = {line.image: text for line, text in lines.values()}
        told = {number: text for number, (_, text) in lines.items()}
        work = partial(tried, partial(correct_list, file, root, changes))
        self._background.run(work, partial(self._on_list_corrected, told))

    def _on_list_corrected(self, told: dict[int, str | None], result: Path | StudioError) -> None:
        report, self._report = self._report, None
        if isinstance(result, StudioError):
            self.failed.emit(result)
        elif report is not None:
            report.texts, report.written = told, result
            self.finished.emit(report)


def _box_of(page: Page, line: LineReading) -> Box | None:
    """The box that a line was cut from; None if it is not there any more, or cannot be told from others."""
    lines = [(index, box) for index, box, text in training_lines(page) if text == line.truth]
    if line.points:
        return next((box for _, box in lines if box.points == line.points), None)
    place = Path(line.image).stem.rpartition("_")[2]
    exact = next((box for index, box in lines if place == str(index)), None)
    return exact if exact is not None else lines[0][1] if len(lines) == 1 else None
