"""Begins trainings: new ones, such that go on, and those that waited; or lets them wait while another is under way."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.core.run_state import RunState
from ocrstudio.formats import run_queue
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine, RunFolder
from ocrstudio.formats.run_queue import Waiting
from ocrstudio.formats.run_state import ProcessId
from ocrstudio.services.background import Background, tried
from ocrstudio.services.run_listing import RunListing
from ocrstudio.services.settings import Settings
from ocrstudio.services.training_run import TrainingRun

NO_PROJECT = QT_TRANSLATE_NOOP("Errors", "No project is open, so there is no place to keep the training.")
OPEN_FOLDER = QT_TRANSLATE_NOOP("Errors", "Open a folder of images first.")
_NUMBER = re.compile(r"^\d+-")


class RunStarter(QObject):
    """Starts in the one run object that trains.

    Args:
        live: Starts and follows the training.
        listing: Knows where the project's runs are.
        settings: Whether trainings go on without the window.
        parent: Owner; it calls `close`.
    """

    started = pyqtSignal()
    failed = pyqtSignal(object)  # StudioError
    # Another training is under way; the function lets this one wait in the queue instead.
    queue_offered = pyqtSignal(object)
    queue_changed = pyqtSignal()

    def __init__(self, live: TrainingRun, listing: RunListing, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._live, self._listing, self._settings = live, listing, settings
        self._background = Background(self, threads=1)
        live.start_failed.connect(self.failed)
        settings.changed.connect(self._on_settings_changed)

    def close(self) -> None:
        """Starts nothing any more."""
        self._background.close()

    def start_config(self, config: Path, engine: Engine | None = None) -> None:
        """Trains with a config file in a new run folder; see `TrainPage.start_training`."""
        self._begin_new(run_name(config), lambda: TrainConfig.load(config), engine)

    @pyqtSlot(object)
    def train_again(self, run: RunFolder) -> None:
        """Trains in a new run folder with the settings of another run."""
        self._begin_new(run_name(run.config_path), run.config, run.engine)

    def start_from(self, run: RunFolder) -> None:
        """Trains in a new run folder, beginning with the best model of another run."""
        self._begin_new(run_name(run.config_path), run.config_to_start_from, run.engine)

    def train(self, run: RunFolder, *, resume: bool = False) -> None:
        """Trains in a run folder that is there."""
        if self._live.state.is_active:
            self.queue_offered.emit(lambda: self._queue(run, resume=resume))
            return
        try:
            self._live.start(run, resume=resume, window=self.needed_window())
        except StudioError as error:
            self.failed.emit(error)
            return
        self.started.emit()

    @pyqtSlot()
    def start_next(self) -> None:
        """Trains what waits first, unless a process goes on with the queue by itself."""
        runs_dir = self._listing.runs_dir
        if runs_dir is not None and not self._live.state.is_active:
            self._background.run(
                lambda: tried(lambda: _next_of(runs_dir)), lambda entry: self._on_next_taken(runs_dir, entry)
            )

    def needed_window(self) -> ProcessId | None:
        """The process without which a training is to stop; None if it goes on alone."""
        return None if self._settings.keep_training else ProcessId.of(os.getpid())

    def _begin_new(self, name: str, config: Callable[[], TrainConfig], engine: Engine | None) -> None:
        runs_dir = self._listing.runs_dir
        if runs_dir is None:
            self.failed.emit(ProjectError(NO_PROJECT, OPEN_FOLDER))
            return
        self._background.attempt(
            config,
            lambda loaded: self._make(partial(RunFolder.create, runs_dir, name, loaded, engine=engine)),
            self.failed.emit,
        )

    def _make(self, make: Callable[[], RunFolder]) -> None:
        if self._live.state.is_active:
            self.queue_offered.emit(lambda: self._queue_new(make))
        else:
            self._background.attempt(make, self.train, self.failed.emit)

    def _queue_new(self, make: Callable[[], RunFolder]) -> None:
        self._background.attempt(make, partial(self._queue, resume=False), self.failed.emit)

    def _queue(self, run: RunFolder, *, resume: bool) -> None:
        # what was in the way may have ended since this was offered; nothing follows upon one that was stopped
        state = self._live.state
        if state is RunState.STOPPED:
            self.train(run, resume=resume)
            return
        self._background.run(
            lambda: tried(lambda: _queued(run, resume=resume, is_free=not state.is_active)),
            lambda result: self._on_queued(result, run, resume=resume),
        )

    def _on_queued(self, result: bool | StudioError, run: RunFolder, *, resume: bool) -> None:
        if isinstance(result, StudioError):
            self.failed.emit(result)
        elif not result:
            self.train(run, resume=resume)
        self.queue_changed.emit()

    def _on_next_taken(self, runs_dir: Path, entry: Waiting | StudioError | None) -> None:
        if isinstance(entry, StudioError):
            self.failed.emit(entry)
        elif entry is not None:
            self.train(RunFolder(runs_dir / entry.run), resume=entry.resume)

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        if key == "keep_training":
            self._live.depend_on(self.needed_window())


def run_name(config: Path) -> str:
    """What a run made from a config file is called: like the file, or like the run that the config belongs to."""
    name = config.parent.name if config.name == "config.yml" else config.stem
    return _NUMBER.sub("", name) or "run"


def _queued(run: RunFolder, *, resume: bool, is_free: bool) -> bool:
    """Puts a run into the queue; False, and nothing done, if it can begin: nothing trains or is about to."""
    runs_dir = run.path.parent
    if is_free and not run_queue.read_queue(runs_dir).is_kept:
        return False
    run_queue.add(runs_dir, run.name, resume=resume)
    return True


def _next_of(runs_dir: Path) -> Waiting | None:
    """The next run of the queue, taken out of it; None if a process does that by itself."""
    return None if run_queue.read_queue(runs_dir).is_kept else run_queue.take(runs_dir, ProcessId())
