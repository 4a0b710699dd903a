"""The dataset page: what the project holds, and its division into training, validation and test."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QHideEvent, QResizeEvent, QShowEvent
from PyQt5.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.formats.dataset_folder import SPLIT_FILE
from ocrstudio.paths import DATASETS_DIR, STATE_DIR
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.jobs import OneJob
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.project_statistics import ProjectStatistics
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.dataset.datasets_card import DatasetsCard
from ocrstudio.ui.pages.dataset.dictionary_card import DictionaryCard
from ocrstudio.ui.pages.dataset.figures_card import FiguresCard
from ocrstudio.ui.pages.dataset.figures_desk import FiguresDesk
from ocrstudio.ui.pages.dataset.leaks import show_leaks
from ocrstudio.ui.pages.dataset.split_card import SplitCard
from ocrstudio.ui.pages.dataset.statistics_card import StatisticsCard
from ocrstudio.ui.pages.dataset.synth_card import SynthCard
from ocrstudio.ui.widgets.empty_state import EmptyState
from ocrstudio.ui.widgets.message_bar import Kind, MessageBar
from ocrstudio.ui.widgets.parts import GRID, label, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

# How long a page that is shown for the first time takes to fill itself.
SETTLE_MS = 3000
SIDE_BY_SIDE = 125  # letters in a line of the page from which two cards have room beside each other


class DatasetPage(TranslatedWidget):
    """Counts the project and writes datasets through the `split` command.

    Args:
        session: The open project.
        settings: Unused so far; every page gets it.
        parent: Owner.
        program: Replaces the command's program; for tests.
    """

    dataset_written = pyqtSignal(str)  # dataset folder that the user wants to train on
    synthetic_requested = pyqtSignal(str)  # folder of synthetic lines that the user wants to train on, too
    page_requested = pyqtSignal(str)  # the user wants to see another page of the window
    try_requested = pyqtSignal(str)  # model that the user wants to try on the Test page
    values_requested = pyqtSignal(object)  # dict of config keys and values: train from an extended model
    open_requested = pyqtSignal()  # the user wants to open a folder

    def __init__(
        self,
        session: ProjectSession,
        settings: Settings,
        parent: QWidget | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("datasetPage")
        self._session, self._settings = session, settings
        self._job = OneJob(self, program)
        self._job.progressed.connect(self._on_job_progressed)
        self._written: Path | None = None
        self.statistics = ProjectStatistics(session, self)
        self.message = MessageBar()
        self._using = lambda: self.tr("Use it in the config")
        self.message.action_requested.connect(self._on_message_action_requested)
        self.split = SplitCard(self.statistics)
        self.datasets = DatasetsCard()
        self.figures = FiguresCard(self.statistics)
        self.desk = FiguresDesk(session, self.statistics, self.figures, self.message, self)
        self.desk.shown.connect(self._show_annotate)
        self.datasets.use_requested.connect(self.dataset_written)
        self.dictionary = DictionaryCard(session, self.statistics, program=program)
        self.dictionary.try_requested.connect(self.try_requested)
        self.dictionary.values_requested.connect(self.values_requested)
        self.synth = SynthCard(session, program=program)
        self.synth.use_requested.connect(self.synthetic_requested)
        self.dictionary.synthesis_requested.connect(self.synthesise)
        self._build()
        self.split.write_requested.connect(self._on_write_requested)
        self.split.cancel_requested.connect(self._on_cancel_requested)
        self.split.pages_requested.connect(self._show_annotate)
        self.split.check_requested.connect(self._on_check_requested)
        session.project_opened.connect(self._on_project_changed)
        session.project_closed.connect(self._on_project_changed)
        self._on_project_changed()

    def _build(self) -> None:
        title, hint = label("title"), label("muted", wrap=True)
        self.say(title.setText, lambda: self.tr("Dataset"))
        self.say(
            hint.setText,
            lambda: self.tr(
                "Checked pages become a dataset in PaddleOCR's layout: to learn from, to tune by and to test with."
            ),
        )
        self._cards = cards = QHBoxLayout()
        cards.setSpacing(2 * GRID)
        numbers = StatisticsCard(self.statistics)
        numbers.pages_chosen.connect(self.desk.show_pages)
        numbers.characters_chosen.connect(lambda: self._scroll.ensureWidgetVisible(self.dictionary))
        self.dictionary.lines_requested.connect(self.desk.show_character)
        cards.addWidget(numbers, 2)
        cards.addWidget(self.split, 3)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(GRID)
        column.addLayout(cards)
        column.addSpacing(GRID)
        column.addWidget(self.datasets)
        column.addSpacing(GRID)
        column.addWidget(self.figures)
        column.addSpacing(GRID)
        column.addWidget(self.dictionary)
        column.addSpacing(GRID)
        column.addWidget(self.synth)
        column.addStretch(1)
        self._empty = EmptyState(
            "fa5s.layer-group",
            lambda: self.tr("No project is open"),
            lambda: self.tr("Open a folder of images and check some pages; then they can be split here."),
        )
        opener = self._empty.add_button("openFolderFromDataset", lambda: self.tr("Open a folder…"), "fa5s.folder-open")
        opener.clicked.connect(self.open_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._scroll = scrolled(content)
        self._is_going_to_synth = False
        bar = self._scroll.verticalScrollBar()
        if bar is not None:
            bar.rangeChanged.connect(self._go_to_synth)
        self._stack.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        # above what scrolls: what a card far below has to say is seen there, too
        self.message.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        outer.addWidget(self.message)
        outer.addWidget(self._stack, 1)

    @pyqtSlot(str)
    def synthesise(self, characters: str) -> None:
        """Asks for synthetic lines with these characters, and shows where they are made."""
        self.synth.write_characters(characters)
        self._is_going_to_synth = True
        QTimer.singleShot(SETTLE_MS, self._on_settled)
        self._go_to_synth()

    @pyqtSlot()
    def _go_to_synth(self) -> None:
        """Scrolls there again while what stands above is still growing: a page that was not shown yet fills itself."""
        bar = self._scroll.verticalScrollBar()
        if self._is_going_to_synth and bar is not None:
            bar.setValue(self.synth.y())

    @pyqtSlot()
    def _on_settled(self) -> None:
        self._is_going_to_synth = False

    @property
    def is_writing(self) -> bool:
        """Whether a dataset is being written."""
        return self._job.is_running

    def _arrange(self) -> None:
        """Puts what stands side by side one below the other where the text is too large for that."""
        letters = self.width() // max(1, self.fontMetrics().averageCharWidth())
        direction = QBoxLayout.Direction.LeftToRight if letters >= SIDE_BY_SIDE else QBoxLayout.Direction.TopToBottom
        for sides in (self._cards, self.synth.sides):
            sides.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.statistics.set_active(True)
        self._show_datasets()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.statistics.set_active(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._job.close()
        self.desk.close()
        self.statistics.close()
        self.synth.close_work()
        self.dictionary.close_work()
        super().closeEvent(event)

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self._job.close()
        self.split.show_running(False)
        self.message.clear()
        self.split.form.clear_folders()
        folder = self._session.folder
        self._stack.setCurrentIndex(0 if folder is None else 1)
        self._show_datasets()

    @pyqtSlot()
    def _show_annotate(self) -> None:
        self.page_requested.emit("annotate")

    def _show_datasets(self) -> None:
        folder = self._datasets_folder()
        self.datasets.show_datasets(folder)
        self.split.set_datasets(folder, self.datasets.names)

    def _datasets_folder(self) -> Path | None:
        folder = self._session.folder
        return None if folder is None else Path(folder) / STATE_DIR / DATASETS_DIR

    @pyqtSlot()
    def _on_write_requested(self) -> None:
        folder = self._session.folder
        # The command reads the project from disk: what is on the screen must be there first.
        if folder is None or self._job.is_running or not self._session.save():
            return
        self.message.clear()
        self._written = Path(folder) / STATE_DIR / DATASETS_DIR / self.split.name
        self._start(
            ["split", str(folder), *self.split.form.folders, "--out", str(self._written), *self.split.arguments()]
        )

    @pyqtSlot()
    def _on_check_requested(self) -> None:
        if self._job.is_running:
            return
        start = str(self._datasets_folder() or "")
        chosen = QFileDialog.getExistingDirectory(self, self.tr("The folder that holds det and rec"), start)
        if chosen:
            self.check_dataset(Path(chosen))

    def check_dataset(self, dataset: Path) -> None:
        """Looks for leaks in a dataset and says what was found."""
        if not self._job.is_running:
            self.message.clear()
            self._written = None
            self._start(["split", "--leaks", str(dataset)])

    def _start(self, arguments: list[str]) -> None:
        self._job.start(arguments, self._take_result, self._take_failure, self._tell_cancelled)
        self.split.show_running(True)

    @pyqtSlot()
    def _on_cancel_requested(self) -> None:
        self._job.cancel()

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, _name: str, done: int, total: int) -> None:
        self.split.show_running(True, done, total)

    def _take_result(self, result: dict[str, Any]) -> None:
        written = self._written
        self.split.show_running(False)
        if written is None:
            show_leaks(self.message, result)
            return
        kind: Kind = "warn" if result["unusable"] else "good"
        self.message.show_message(kind, partial(self._written_text, written, result), action=self._using)
        self._show_datasets()
        self.synth.labels_changed()

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if self.message.offers(self._using) and self._written is not None:
            self.message.clear()
            self.dataset_written.emit(str(self._written))

    def _written_text(self, written: Path, result: dict[str, Any]) -> str:
        text = self.tr("The dataset “{name}” is written.").format(name=written.name)
        if result["unusable"]:
            told = self.tr("{count} checked pages or lines of them could not be used; {file} in it says why.")
            text += " " + told.format(count=result["unusable"], file=SPLIT_FILE)
        return text

    def _take_failure(self, failed: Failed) -> None:
        self.split.show_running(False)
        self.message.show_error(failed)

    def _tell_cancelled(self) -> None:
        self.split.show_running(False)
        self.message.show_message(
            "warn", lambda: self.tr("Writing was cancelled. A dataset that was there before is unchanged.")
        )
