"""The training page: the project's runs, the curves of one of them, and the trainer's log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PyQt5.QtWidgets import (
    QApplication,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.old_run import OldRun
from ocrstudio.formats.run_folder import Engine, RunFolder
from ocrstudio.formats.run_list import RunSummary
from ocrstudio.formats.run_queue import RunQueue
from ocrstudio.paths import STATE_DIR
from ocrstudio.protocol.messages import Notice
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.run_listing import RunListing
from ocrstudio.services.settings import Settings
from ocrstudio.services.training_run import TrainingRun
from ocrstudio.ui.i18n import SaysWhat
from ocrstudio.ui.notifications import DesktopNotifier
from ocrstudio.ui.pages.train.curves_saver import CurvesSaver
from ocrstudio.ui.pages.train.dialogs import ask_about_closing, confirm_end_by_force, wait_for_end
from ocrstudio.ui.pages.train.log_opener import LogOpener
from ocrstudio.ui.pages.train.queue_panel import QueuePanel
from ocrstudio.ui.pages.train.run_commands import RunCommands
from ocrstudio.ui.pages.train.run_starter import RunStarter
from ocrstudio.ui.pages.train.run_view import RunView
from ocrstudio.ui.pages.train.runs_list import RunsList
from ocrstudio.ui.pages.train.words import command_of, end_words
from ocrstudio.ui.widgets.empty_state import EmptyState
from ocrstudio.ui.widgets.low_screen import LowScreenArea
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

# said with a button that begins, or lets wait, what the user wanted to train
QUEUE_IT = EngineError(
    QT_TRANSLATE_NOOP("Errors", "A training is already running."),
    QT_TRANSLATE_NOOP("Errors", "This one can wait for its end in the queue, or stop the other one first."),
)
FREE_NOW = EngineError(
    QT_TRANSLATE_NOOP("Errors", "The training that was running has ended."),
    QT_TRANSLATE_NOOP("Errors", "The one that you wanted next has not been started yet."),
)


class TrainPage(TranslatedWidget):
    """Shows one run at a time, while another may be training.

    Args:
        session: Says which project is open.
        settings: Whether trainings go on without the window.
        parent: Owner.
        program: Replaces the trainer's command line; for tests.
    """

    model_trained = pyqtSignal(str)  # bundle folder that the user chose to read with
    training_changed = pyqtSignal(object)  # RunState of the run that is or was training
    config_requested = pyqtSignal()  # the user wants to set up a training
    term_requested = pyqtSignal(str)  # id of a term of the help's glossary
    page_requested = pyqtSignal(str)  # key of the page on which something about the run can be mended

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
        self._message_action: Callable[[], object] = lambda: None
        self._offered: SaysWhat | None = None  # what the latest message with a button said
        self._notifier = DesktopNotifier(self)
        self._listing = RunListing(self)
        self._opener = LogOpener(self)
        self.starter = RunStarter(self.live, self._listing, settings, self)
        self._build()
        self._connect()
        self._list_project()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.runs = RunsList()
        self.commands = RunCommands(self.runs)
        self.queue = QueuePanel()
        self.message = MessageBar()
        self.view = RunView((self.live, self.past))
        self.saver = CurvesSaver(self.view.plots, lambda: self.view.run, self)
        self._empty = EmptyState(
            "fa5s.chart-line",
            lambda: self.tr("No training yet"),
            lambda: self.tr("Set up a training on the Config page and start it there; it can then be watched here."),
        )
        self._to_config = self._empty.add_button("goToConfigButton", lambda: self.tr("Set up a training"))
        first_log = self._empty.add_button("openFirstLogButton", lambda: self.tr("Open a log…"), role="")
        for made in (self.runs.open_log, first_log):
            self._opener.offer(made, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        # on a low screen it scrolls, rather than making the window higher than that
        self._run_view = LowScreenArea(self.view)
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
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.setSpacing(2 * GRID)
        left_column.addWidget(self.runs, 1)
        left_column.addWidget(self.queue)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 1000])
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        page.addWidget(split)

    def _connect(self) -> None:
        for run in (self.live, self.past):
            run.state_changed.connect(self._on_run_state_changed)
            run.stop_overdue.connect(self._on_run_stop_overdue)
        self.live.notice_received.connect(self._on_live_notice_received)
        self.live.bundle_saved.connect(self._on_live_bundle_saved)
        self.live.ended.connect(self._on_live_ended)
        self.runs.run_chosen.connect(self._on_run_chosen)
        self.view.header.start.clicked.connect(self._on_start_clicked)
        self.view.header.stop.clicked.connect(self._on_stop_clicked)
        self.view.header.resume.clicked.connect(self._on_resume_clicked)
        self.view.header.start_from.clicked.connect(self._on_start_from_clicked)
        self.view.header.use.clicked.connect(self._on_use_clicked)
        self._opener.opened.connect(self._on_log_opened)
        self._opener.failed.connect(self._on_failed)
        self._listing.listed.connect(self._on_runs_listed)
        self.starter.started.connect(self._on_started)
        self.starter.failed.connect(self._on_failed)
        self.starter.queue_offered.connect(self._on_queue_offered)
        self.starter.queue_changed.connect(self._on_queue_changed)
        self.message.action_requested.connect(self._on_message_action_requested)
        self.view.log.save_failed.connect(self._show_failure)
        self._to_config.clicked.connect(self.config_requested)
        self.view.diagnosis.page_requested.connect(self.page_requested)
        self.view.tiles.term_requested.connect(self.term_requested)
        self._session.project_opened.connect(self._on_project_changed)
        self._session.project_closed.connect(self._on_project_changed)
        self.commands.fill(self.view.header.more_menu)
        self.commands.changed.connect(self._listing.look)
        self.commands.failed.connect(self._on_failed)
        self.commands.deleted.connect(self._on_run_deleted)
        self.commands.train_again_requested.connect(self.starter.train_again)
        self.queue.changed.connect(self._listing.look)
        self.queue.failed.connect(self._on_failed)
        self.queue.start_requested.connect(self.starter.start_next)
        self.saver.fill(self.view.header.save_menu)
        self.saver.failed.connect(self._on_failed)

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
        self.starter.start_config(config, engine)

    def may_close(self) -> bool:
        """Asks about a training that is running: it goes on alone, or is stopped, or the window stays.

        Returns:
            False if the window must stay.
        """
        if not self.is_training:
            return True
        answer = ask_about_closing(self.window(), keep=self._settings.keep_training)
        if answer == "stay":
            return False
        if answer == "keep":
            self.live.depend_on(None)
        elif self.is_training:  # it may have ended while the question stood
            wait_for_end(self.live, self.window())
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        self._listing.close()
        self.starter.close()
        self._opener.close()
        self.live.close()
        self.past.close()
        self.commands.close()
        self.queue.close()
        self.view.close_background()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._listing.follow(True)
        self._listing.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._listing.follow(False)

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self, run: TrainingRun) -> None:
        self._stack.setCurrentWidget(self._run_view)
        self.view.show_run(run)
        if run.run is not None:
            self.runs.select(run.run.path)

    @pyqtSlot(object, object)
    def _on_runs_listed(self, rows: list[RunSummary], queue: RunQueue) -> None:
        shown = self.view.run.run
        self.runs.show_runs(rows, shown.path if shown is not None else None)
        self._attach(rows)
        self.queue.show_queue(
            self._listing.runs_dir,
            queue,
            {row.run.name: row.name for row in rows},
            is_training=self.is_training,
            outlives=self._settings.keep_training,
        )
        if self.view.run.run is not None or self.view.run.log_file is not None:
            self._show_words(rows)
        elif rows:
            self._open(rows[0])
        else:
            self._stack.setCurrentWidget(self._empty)

    def _show_words(self, rows: list[RunSummary]) -> None:
        row = next((row for row in rows if row.run == self.view.run.run), None)
        if row is not None:
            self.view.header.show_words(row.name, row.note)

    def _attach(self, rows: list[RunSummary]) -> None:
        """Follows a training that goes on without this window having started it."""
        active = next((row for row in rows if row.state.is_active), None)
        if active is None or self.is_training:
            return
        is_free = self.view.run.run is None or self.view.run is self.live or self.view.run.run == active.run
        self.live.open(active.run)
        if is_free:
            self.past.forget()
            self.view.log.clear()
            self._show(self.live)

    def _open(self, row: RunSummary) -> None:
        live = self.live.run
        self.view.log.clear()
        if live is not None and live.path == row.run.path:
            self.view.log.add(self.live.log_text())
            self._show(self.live)
            self.message.clear()
            return
        self.message.clear()
        self.past.open(row.run)
        self._show(self.past)

    def _show_failure(self, failure: SaysWhat | None) -> None:
        """Shows a `StudioError` or a `Failed`; one that names a command offers to copy that."""
        if failure is None:
            self.message.clear()
            return
        command = command_of(failure)
        if command:
            self._offer(failure, lambda: self.tr("Copy the command"), lambda: _copy(command))
        else:
            self.message.show_error(failure)

    def _offer(self, what: SaysWhat, words: Callable[[], str], action: Callable[[], object]) -> None:
        """Says something that a button of the message can mend."""
        self._message_action = action
        self._offered = what
        self.message.show_error(what, kind="warn" if what in (QUEUE_IT, FREE_NOW) else "bad", action=words)

    # --- the run says ----------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_run_state_changed(self, state: RunState) -> None:
        sender = self.sender()
        if sender is self.live:
            self.runs.model.set_live(self.live.run.path if self.live.run is not None else None, state)
            self.training_changed.emit(state)
        if sender is self.view.run:
            self.view.header.refresh()
            if state is RunState.VANISHED:
                self._show_failure(self.view.run.failure)

    @pyqtSlot(object)
    def _on_live_notice_received(self, notice: Notice) -> None:
        self.message.show_error(notice, kind="warn")

    @pyqtSlot(str)
    def _on_live_bundle_saved(self, _folder: str) -> None:
        self.view.header.refresh()

    @pyqtSlot(object)
    def _on_live_ended(self, state: RunState) -> None:
        if self.view.run is self.live:
            self.view.header.refresh()
        if self._settings.notify_training and self.live.run is not None:
            self._notifier.tell(self.live.run.shown_name(), end_words(state, self.live.history))
        self._tell_end(state)
        self._listing.look()
        if state in (RunState.FINISHED, RunState.FAILED):
            # one that was started by a command has nobody who goes on with the queue
            self.starter.start_next()

    def _tell_end(self, state: RunState) -> None:
        """Says how the training ended, unless a button stands there that the user would lose."""
        if self.message.is_offering:
            if self._offered is QUEUE_IT:
                self._offer(FREE_NOW, lambda: self.tr("Train it now"), self._message_action)
        elif self.live.failure is not None:
            # the run that is shown says so itself
            self._show_failure(self.live.failure if self.view.run is not self.live else None)
        elif state is RunState.FINISHED and self.live.bundle is not None and self.view.run is self.live:
            self.message.show_message(
                "good",
                lambda: self.tr("The training has finished and its model is ready. Try it with “Use this model”."),
            )
        elif state is RunState.FINISHED and self.live.bundle is not None and self.live.run is not None:
            name = self.live.run.shown_name()
            self.message.show_message(
                "good", lambda: self.tr("“{run}” has finished and its model is ready.").format(run=name)
            )

    @pyqtSlot()
    def _on_run_stop_overdue(self) -> None:
        if self.sender() is not self.view.run:
            return
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
        if self.view.run.run is not None:
            self.starter.train(self.view.run.run)

    @pyqtSlot()
    def _on_resume_clicked(self) -> None:
        if self.view.run.run is not None:
            self.starter.train(self.view.run.run, resume=True)

    @pyqtSlot()
    def _on_start_from_clicked(self) -> None:
        if self.view.run.run is not None:
            self.starter.start_from(self.view.run.run)

    @pyqtSlot()
    def _on_started(self) -> None:
        self.message.clear()
        if self.past.run == self.live.run:
            self.past.forget()
        self.view.log.clear()
        self._show(self.live)
        self._listing.look()

    @pyqtSlot(object)
    def _on_queue_offered(self, queue_it: Callable[[], None]) -> None:
        self._offer(QUEUE_IT, lambda: self.tr("Put it into the queue"), queue_it)

    @pyqtSlot()
    def _on_stop_clicked(self) -> None:
        # the one that is shown: another may be trained by a command at the same time
        run, folder = self.view.run, self.view.run.run
        if run.state is not RunState.STOPPING or (confirm_end_by_force(self.window()) and run.run == folder):
            run.stop()

    @pyqtSlot()
    def _on_use_clicked(self) -> None:
        if self.view.run.bundle is not None:
            self.model_trained.emit(str(self.view.run.bundle))

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        self._message_action()

    @pyqtSlot(object)
    def _on_run_deleted(self, run: RunFolder) -> None:
        name = run.name
        if self.past.run == run:
            self.past.forget()
        elif self.live.run == run:
            self.live.forget()
        self._message_action, self._offered = self.commands.undo_delete, None
        self.message.show_message(
            "good",
            lambda: self.tr("The run “{run}” was moved to the trash.").format(run=name),
            action=lambda: self.tr("Undo"),
        )

    @pyqtSlot(object)
    def _on_log_opened(self, old: OldRun) -> None:
        self.message.clear()
        self.runs.choose_none()
        self.view.run = self.past
        self.past.show_old(old)
        self._show(self.past)

    @pyqtSlot()
    def _on_queue_changed(self) -> None:
        self.message.clear()
        self._listing.look()

    @pyqtSlot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._show_failure(error)

    @pyqtSlot()
    def _on_project_changed(self) -> None:
        if not self.is_training:
            self.live.forget()
            self.past.forget()
            self.view.run = self.past
            self.view.log.clear()
            self.message.clear()
        self._list_project()

    def _list_project(self) -> None:
        folder = self._session.folder
        self._listing.open(Path(folder) / STATE_DIR / "runs" if folder is not None else None)


def _copy(text: str) -> None:
    clipboard = QApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(text)
