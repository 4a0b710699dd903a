"""A short training from corrections: prepare, learn, compare, and only then ask whether the new model shall be used."""

from __future__ import annotations

import os
import time
from enum import Enum
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.run_state import RunState
from ocrstudio.core.teaching import expected_seconds
from ocrstudio.formats.bundle import BUNDLED, model_info
from ocrstudio.formats.dictionary import read_dictionary
from ocrstudio.formats.lesson import Learned, Material, begin_lesson, read_learned
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_list import is_anything_trained
from ocrstudio.formats.run_state import ProcessId
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.background import Background, tried
from ocrstudio.services.jobs import OneJob
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.training_run import TrainingRun

# Writing the model and reading the lines with both take about so long.
TAIL_S = 12.0
TICK_MS = 500
BUSY = QT_TRANSLATE_NOOP("Errors", "Another training is running in this project.")
WAIT_FOR_IT = QT_TRANSLATE_NOOP("Errors", "Wait for its end, or stop it on the Train page, then try again.")
CANNOT_LEARN = QT_TRANSLATE_NOOP("Errors", "The model {model} cannot learn here.")
CHOOSE_OTHER = QT_TRANSLATE_NOOP("Errors", "Read with the standard model or with one that was trained here.")
NOT_TRAINED = QT_TRANSLATE_NOOP("Errors", "Learning broke off; everything stays as it was.")
SEE_TRAIN = QT_TRANSLATE_NOOP("Errors", "Try again; the Train page tells more.")


class Step(Enum):
    """Where a lesson stands."""

    IDLE = "idle"
    PREPARING = "preparing"
    LEARNING = "learning"
    COMPARING = "comparing"
    STOPPING = "stopping"


class Teaching(QObject):
    """One lesson at a time. The training is a run of the project like any other, and ends with this window.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the trainer's command line; for tests.
        helper: Replaces the command line of the children that know characters and compare; for tests.
    """

    changed = pyqtSignal()  # `step` is another one, or time has passed
    learned = pyqtSignal(object)  # Learned
    cancelled = pyqtSignal()
    failed = pyqtSignal(object)  # StudioError or Failed; nothing was changed

    def __init__(
        self,
        parent: QObject | None = None,
        program: list[str] | None = None,
        helper: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._step = Step.IDLE
        self._material: Material | None = None
        self._model = ""
        self._expected, self._since = 0.0, 0.0
        self._job = OneJob(self, helper)
        self._run = TrainingRun(self, program)
        self._known = KnownCharacters(None, self, helper)
        self._background = Background(self, threads=1)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.changed)
        self._run.ended.connect(self._on_run_ended)
        self._run.start_failed.connect(self._on_run_start_failed)
        self._known.changed.connect(self._on_known_changed)
        self._known.failed.connect(self._on_known_failed)

    @property
    def step(self) -> Step:
        """Where the lesson stands."""
        return self._step

    @property
    def is_busy(self) -> bool:
        """Whether a lesson is under way."""
        return self._step is not Step.IDLE

    @property
    def seconds_left(self) -> float:
        """How long it will still take, about; never below 1."""
        told = self._run.history.seconds_left() if self._step is Step.LEARNING else None
        if told is not None:
            return told + TAIL_S
        left = self._expected - (time.monotonic() - self._since)
        # a slow computer: most of the work is still to come before the training itself tells the time
        return max(1.0 if self._step is Step.COMPARING else self._expected / 2, left)

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        spent = time.monotonic() - self._since
        return min(0.99, spent / (spent + self.seconds_left))

    def start(self, material: Material, model: str, lines: int) -> None:
        """Begins a lesson; `learned`, `cancelled` or `failed` follows.

        Args:
            material: What the project holds to learn from.
            model: What read the lines: "bundled" or a bundle's folder. The new model goes on from it.
            lines: How many there are, about.
        """
        if self._step is not Step.IDLE:
            return
        if model != BUNDLED and model_info(Path(model)) is None:
            self.failed.emit(EngineError(CANNOT_LEARN, CHOOSE_OTHER, model=Path(model).name))
            return
        self._material, self._model = material, model
        self._expected, self._since = expected_seconds(lines), time.monotonic()
        self._set_step(Step.PREPARING)
        self._known.set_model(model)
        if self._known.characters is not None:
            self._prepare()
        else:
            self._known.require()

    def cancel(self) -> None:
        """Stops; the model that reads is what it was. `cancelled` follows."""
        if self._step is Step.PREPARING:
            self._background.drop()
            self._end()
            self.cancelled.emit()
        elif self._step is Step.LEARNING:
            self._set_step(Step.STOPPING)
            self._run.stop()
        elif self._step is Step.COMPARING and self._job.is_running:
            self._set_step(Step.STOPPING)
            self._job.cancel()

    def close(self) -> None:
        """Ends what is under way; a training that goes on hears of the window's end by itself."""
        self._tick.stop()
        self._background.close()
        self._known.close()
        if self._run.state.is_active:
            self._run.stop()
        self._run.close()
        self._job.close()

    def _set_step(self, step: Step) -> None:
        self._step = step
        if step is Step.IDLE:
            self._tick.stop()
        elif not self._tick.isActive():
            self._tick.start()
        self.changed.emit()

    def _end(self) -> None:
        self._material = None
        self._set_step(Step.IDLE)

    def _fail(self, failure: StudioError | Failed) -> None:
        self._end()
        self.failed.emit(failure)

    # --- prepare ---------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_known_changed(self) -> None:
        if self._step is Step.PREPARING:
            self._prepare()

    @pyqtSlot(object)
    def _on_known_failed(self, failure: StudioError | Failed) -> None:
        if self._step is Step.PREPARING:
            self._fail(failure)

    def _prepare(self) -> None:
        material, model, place = self._material, self._model, self._known.place
        if material is not None:
            self._background.run(lambda: tried(lambda: _begun(material, model, place)), self._on_prepared)

    def _on_prepared(self, run: RunFolder | StudioError) -> None:
        if self._step is not Step.PREPARING:
            return
        try:
            if isinstance(run, StudioError):
                raise run
            self._run.start(run, window=ProcessId.of(os.getpid()))
        except StudioError as error:
            self._fail(error)
            return
        self._set_step(Step.LEARNING)

    @pyqtSlot(object)
    def _on_run_start_failed(self, error: StudioError) -> None:
        if self._step is Step.LEARNING:
            self._fail(error)
        elif self._step is Step.STOPPING:
            self._end()
            self.cancelled.emit()

    # --- learn, compare --------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_run_ended(self, state: RunState) -> None:
        run = self._run.run
        if self._step is Step.STOPPING:
            self._end()
            self.cancelled.emit()
        elif self._step is not Step.LEARNING or run is None:
            return
        elif state is not RunState.FINISHED:
            self._fail(self._run.failure or EngineError(NOT_TRAINED, SEE_TRAIN))
        else:
            self._set_step(Step.COMPARING)
            arguments = ["engine", "lesson", str(run.path)]
            self._job.start(arguments, lambda _: self._read(run), self._fail, self._tell_cancelled)

    def _read(self, run: RunFolder) -> None:
        self._background.attempt(lambda: read_learned(run), self._tell_learned, self._fail)

    def _tell_cancelled(self) -> None:
        self._end()
        self.cancelled.emit()

    def _tell_learned(self, found: Learned) -> None:
        self._end()
        self.learned.emit(found)


def _begun(material: Material, model: str, dictionary: Path) -> RunFolder:
    if is_anything_trained(material.folder):
        raise EngineError(BUSY, WAIT_FOR_IT)
    return begin_lesson(material, model, read_dictionary(dictionary))
