"""The training page: the project's runs, the curves of one of them, and the trainer's log."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import Qt, QUrl, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QDesktopServices, QShowEvent
from PyQt5.QtWidgets import (
    QApplication,
    QFileDialog,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError, StudioError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_csv import history_csv
from ocrstudio.formats.run_folder import Engine, RunFolder
from ocrstudio.paths import STATE_DIR
from ocrstudio.protocol.messages import Notice
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.run_list import RunSummary, summaries
from ocrstudio.services.settings import Settings
from ocrstudio.services.training_run import RunState, TrainingRun
from ocrstudio.ui.actions import make_action
from ocrstudio.ui.i18n import SaysWhat
from ocrstudio.ui.pages.train.actions import SAVE_PICTURE, SAVE_TABLE
from ocrstudio.ui.pages.train.dialogs import confirm_end_by_force, confirm_stop_training, wait_for_end
from ocrstudio.ui.pages.train.log_pane import LogPane
from ocrstudio.ui.pages.train.number_tiles import NumberTiles
from ocrstudio.ui.pages.train.plot_panel import PlotPanel
from ocrstudio.ui.pages.train.run_header import RunHeader
from ocrstudio.ui.pages.train.runs_list import RunsList
from ocrstudio.ui.pages.train.words import command_of
from ocrstudio.ui.widgets.empty_state import EmptyState
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

_NUMBER = re.compile(r"^\d+-")


class TrainPage(TranslatedWidget):
    """Shows one run at a time, while another may be training.

    Args:
        session: Says which project is open.
        settings: Unused so far; every page gets it.
        parent: Owner.
        program: Replaces the trainer's command line; for tests.
    """

    model_trained = pyqtSignal(str)  # bundle folder that the user chose to read with
    training_changed = pyqtSignal(object)  # RunState of the run that is or was training
    config_requested = pyqtSignal()  # the user wants to set up a training

    def __init__(
        self,
        session: ProjectSession,
        settings: Settings,
        parent: QWidget | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trainPage")
        self._session = session
        self._settings = settings
        self.live = TrainingRun(self, program)
        self.past = TrainingRun(self)
        self._shown = self.past
        self._background = Background(self, threads=1)
        self._copy_text = ""
        self._build()
        self._connect()
        self._reload_runs()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.runs = RunsList()
        self.header = RunHeader()
        self.message = MessageBar()
        self.tiles = NumberTiles()
        self.plots = PlotPanel()
        self.log = LogPane()
        self._empty = EmptyState(
            "fa5s.chart-line",
            lambda: self.tr("No training yet"),
            lambda: self.tr("Set up a training on the Config page and start it there; it can then be watched here."),
        )
        self._to_config = self._empty.add_button("goToConfigButton", lambda: self.tr("Set up a training"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._run_view = self._build_run_view()
        self._stack.addWidget(self._run_view)
        right = QWidget()
        outer = QVBoxLayout(right)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2 * GRID)
        outer.addWidget(self.message)
        outer.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("runsAndRun")
        split.setHandleWidth(2 * GRID)
        split.setChildrenCollapsible(False)
        split.addWidget(self.runs)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 1000])
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        page.addWidget(split)

    def _build_run_view(self) -> QWidget:
        """The run that is shown, from above: header, numbers, curves, and tabs for all that is read."""
        self.tabs = QTabWidget()
        self.tabs.setObjectName("runTabs")
        self.tabs.setDocumentMode(True)
        self._add_tab(self.log, lambda: self.tr("Log"))
        lower = QSplitter(Qt.Orientation.Vertical)
        lower.setObjectName("plotsAndLog")
        lower.addWidget(self.plots)
        lower.addWidget(self.tabs)
        lower.setStretchFactor(0, 3)
        lower.setStretchFactor(1, 2)
        lower.setSizes([420, 240])
        lower.setChildrenCollapsible(False)
        lower.setHandleWidth(2 * GRID)
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.header)
        column.addWidget(self.tiles)
        column.addWidget(lower, 1)
        return view

    def _add_tab(self, widget: QWidget, title: Callable[[], str]) -> None:
        """One more tab below the curves; the title is asked for again after a change of language."""
        place = self.tabs.addTab(widget, "")
        self.say(partial(self.tabs.setTabText, place), title)

    def _connect(self) -> None:
        for run in (self.live, self.past):
            run.state_changed.connect(self._on_run_state_changed)
            run.history_changed.connect(self._on_run_history_changed)
        self.live.stage_changed.connect(self._on_live_stage_changed)
        self.live.log_received.connect(self._on_live_log_received)
        self.past.log_received.connect(self._on_past_log_received)
        self.live.notice_received.connect(self._on_live_notice_received)
        self.live.bundle_saved.connect(self._on_live_bundle_saved)
        self.live.ended.connect(self._on_live_ended)
        self.live.stop_overdue.connect(self._on_live_stop_overdue)
        self.runs.run_chosen.connect(self._on_run_chosen)
        self.header.start.clicked.connect(self._on_start_clicked)
        self.header.stop.clicked.connect(self._on_stop_clicked)
        self.header.open_folder.clicked.connect(self._on_open_folder_clicked)
        self.header.use.clicked.connect(self._on_use_clicked)
        self.message.action_requested.connect(self._on_copy_requested)
        self._to_config.clicked.connect(self.config_requested)
        self._session.project_opened.connect(self._on_project_changed)
        self._session.project_closed.connect(self._on_project_changed)
        self.header.save_menu.addAction(make_action(SAVE_PICTURE, self, self._on_save_picture_triggered))
        self.header.save_menu.addAction(make_action(SAVE_TABLE, self, self._on_save_table_triggered))

    # --- what others may do ----------------------------------------------------------------------------------------

    @property
    def is_training(self) -> bool:
        """Whether a trainer is at work."""
        return self.live.state.is_active

    def start_training(self, config: Path, engine: Engine | None = None) -> None:
        """Makes a run folder for a config file and trains in it; what stands in the way is said on the page.

        Args:
            config: A config file; its name becomes the run's, or that of the run folder it lies in.
            engine: What trains; None for the program's own engine.
        """
        self.message.clear()
        try:
            if self.is_training:
                raise EngineError(
                    QT_TRANSLATE_NOOP("Errors", "A training is already running."),
                    QT_TRANSLATE_NOOP("Errors", "Stop it or wait for its end, then start the next one."),
                )
            run = RunFolder.create(self._runs_dir(), run_name(config), TrainConfig.load(config), engine=engine)
            self.live.start(run)
        except StudioError as error:
            self._show_failure(error)
            return
        self.log.clear()
        self._show(self.live)
        self._reload_runs()

    def may_close(self) -> bool:
        """Asks about a training that is running, and stops it when the user agrees.

        Returns:
            False if the window must stay.
        """
        if not self.is_training:
            return True
        if not confirm_stop_training(self.window()):
            return False
        if self.is_training:  # it may have ended while the question stood
            wait_for_end(self.live, self.window())
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        self.live.close()
        self.past.close()
        self._background.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_runs()

    # --- showing ---------------------------------------------------------------------------------------------------

    def _runs_dir(self) -> Path:
        folder = self._session.folder
        if folder is None:
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "No project is open, so there is no place to keep the training."),
                QT_TRANSLATE_NOOP("Errors", "Open a folder of images first."),
            )
        return Path(folder) / STATE_DIR / "runs"

    def _show(self, run: TrainingRun) -> None:
        self._shown = run
        self._stack.setCurrentWidget(self._run_view)
        self.header.show_run(run)
        self.tiles.show_history(run.history)
        self.plots.show_history(run.history)
        if run.run is not None:
            self.runs.select(run.run.path)

    def _reload_runs(self) -> None:
        folder = self._session.folder
        if folder is None:
            self._take_runs(None, [])
            return
        runs_dir = Path(folder) / STATE_DIR / "runs"
        self._background.run(lambda: summaries(runs_dir), lambda rows: self._take_runs(Path(folder), rows))

    def _take_runs(self, folder: Path | None, rows: list[RunSummary]) -> None:
        if folder != self._session.folder:
            return  # another project has been opened meanwhile
        shown = self._shown.run
        self.runs.show_runs(rows, shown.path if shown is not None else None)
        if shown is not None:
            return
        if rows:
            self._open(rows[0])
        else:
            self._stack.setCurrentWidget(self._empty)

    def _open(self, row: RunSummary) -> None:
        live = self.live.run
        if live is not None and live.path == row.run.path:
            self.log.clear()
            self.log.add(self.live.log_text())
            self._show(self.live)
            self._show_failure(self.live.failure)
            return
        self.message.clear()
        self.log.clear()
        self.past.open(row.run)
        self._show(self.past)

    def _show_failure(self, failure: SaysWhat | None) -> None:
        """Shows a `StudioError` or a `Failed`; one that names a command offers to copy that."""
        if failure is None:
            self.message.clear()
            return
        self._copy_text = command_of(failure)
        action = (lambda: self.tr("Copy the command")) if self._copy_text else None
        self.message.show_error(failure, action=action)

    # --- the run says ----------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_run_state_changed(self, state: RunState) -> None:
        sender = self.sender()
        if sender is self.live:
            self.runs.model.set_live(self.live.run.path if self.live.run is not None else None, state)
            self.training_changed.emit(state)
        if sender is self._shown:
            self.header.refresh()
            if sender is self.past:
                self._show_failure(self.past.failure)

    @pyqtSlot()
    def _on_run_history_changed(self) -> None:
        sender = self.sender()
        if sender is not self._shown:
            return
        if sender is self.past:
            self.plots.show_history(self.past.history)
        self.plots.mark_dirty()
        self.tiles.show_history(self._shown.history)
        self.header.refresh()

    @pyqtSlot(str, int, int)
    def _on_live_stage_changed(self, name: str, done: int, total: int) -> None:
        if self._shown is self.live:
            self.header.show_stage(name, done, total)

    @pyqtSlot(str)
    def _on_live_log_received(self, text: str) -> None:
        if self._shown is self.live:
            self.log.add(text)

    @pyqtSlot(str)
    def _on_past_log_received(self, text: str) -> None:
        if self._shown is self.past:
            self.log.add(text)

    @pyqtSlot(object)
    def _on_live_notice_received(self, notice: Notice) -> None:
        self.message.show_error(notice, kind="warn")

    @pyqtSlot(str)
    def _on_live_bundle_saved(self, _folder: str) -> None:
        self.header.refresh()

    @pyqtSlot(object)
    def _on_live_ended(self, state: RunState) -> None:
        if self._shown is self.live:
            self.header.refresh()
        if self.live.failure is not None:
            self._show_failure(self.live.failure)
        elif state is RunState.FINISHED and self.live.bundle is not None:
            self.message.show_message(
                "good",
                lambda: self.tr("The training has finished and its model is ready. Try it with “Use this model”."),
            )
        self._reload_runs()

    @pyqtSlot()
    def _on_live_stop_overdue(self) -> None:
        self.message.show_message(
            "warn",
            lambda: self.tr("The training has not ended yet. Press “End now” to end it without waiting any longer."),
        )

    # --- the user says ---------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_run_chosen(self, row: RunSummary) -> None:
        self._open(row)

    @pyqtSlot()
    def _on_start_clicked(self) -> None:
        if self._shown.run is not None:
            self.start_training(self._shown.run.config_path, self._shown.run.engine)

    @pyqtSlot()
    def _on_stop_clicked(self) -> None:
        if self.live.state is not RunState.STOPPING or (confirm_end_by_force(self.window()) and self.is_training):
            self.live.stop()

    @pyqtSlot()
    def _on_open_folder_clicked(self) -> None:
        if self._shown.run is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown.run.path)))

    @pyqtSlot()
    def _on_use_clicked(self) -> None:
        if self._shown.bundle is not None:
            self.model_trained.emit(str(self._shown.bundle))

    @pyqtSlot()
    def _on_copy_requested(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self._copy_text)

    @pyqtSlot()
    def _on_project_changed(self) -> None:
        if not self.is_training:
            self.past.forget()
            self._shown = self.past
            self.log.clear()
            self.message.clear()
        self._reload_runs()

    @pyqtSlot()
    def _on_save_picture_triggered(self) -> None:
        path = self._ask_path(self.tr("Save the curves as a picture"), "curves.png", self.tr("PNG pictures (*.png)"))
        if path is not None and not self.plots.picture().save(str(path), "PNG"):
            self._show_failure(
                ProjectError(
                    QT_TRANSLATE_NOOP("Errors", "{file} could not be written."),
                    QT_TRANSLATE_NOOP("Errors", "Choose another folder."),
                    file=path,
                )
            )

    @pyqtSlot()
    def _on_save_table_triggered(self) -> None:
        path = self._ask_path(self.tr("Save the curves as a table"), "curves.csv", self.tr("Tables (*.csv)"))
        if path is None:
            return
        try:
            write_atomic(path, history_csv(self._shown.history))
        except StudioError as error:
            self._show_failure(error)

    def _ask_path(self, title: str, name: str, kinds: str) -> Path | None:
        run = self._shown.run
        start = str(run.path / name) if run is not None else name
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, kinds)
        return Path(chosen) if chosen else None


def run_name(config: Path) -> str:
    """What a run made from a config file is called: like the file, or like the run that the config belongs to."""
    name = config.parent.name if config.name == "config.yml" else config.stem
    return _NUMBER.sub("", name) or "run"
