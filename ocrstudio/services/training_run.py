"""One training run, live in a child process or reopened from its folder."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages
from ocrstudio.services.background import Background
from ocrstudio.services.engine_process import EngineProcess, Outcome

log = logging.getLogger(__name__)

# A batch, a checkpoint and the writing of the model fit into this even on a slow machine; then the user is offered
# to end it by force.
STOP_GRACE_S = 60
KILL_GRACE_MS = 3000
KEPT_LOG_LINES = 5000
LAST_LOG_LINES = 15
TAIL_BYTES = 200_000
SIGKILL = 9

# Without a comma after the text, which Qt's extractor does not understand.
OUT_OF_MEMORY = QT_TRANSLATE_NOOP(
    "Errors", "The system ended the training, most likely for lack of memory. The best state so far is kept."
)
SMALLER_BATCH = QT_TRANSLATE_NOOP(
    "Errors", "Choose a smaller batch size on the Config page (Train.loader.batch_size_per_card) and start again."
)


class RunState(Enum):
    """Where a run stands. INTERRUPTED: its folder has no end record and nobody is training it."""

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def is_active(self) -> bool:
        """Whether a child is at work."""
        return self in (RunState.STARTING, RunState.RUNNING, RunState.STOPPING)


def state_of_end(record: Mapping[str, Any] | None) -> RunState:
    """The state that a run's end record tells; INTERRUPTED without one."""
    if record is None:
        return RunState.INTERRUPTED
    try:
        return RunState(str(record.get("outcome", "")))
    except ValueError:
        return RunState.FAILED


class TrainingRun(QObject):
    """Starts, watches and stops the trainer; replays runs that are over.

    States: IDLE -> STARTING -> RUNNING -> (STOPPING ->) FINISHED | STOPPED | FAILED. `open` goes straight to the state
    that the folder tells.
    """

    state_changed = pyqtSignal(object)  # RunState
    history_changed = pyqtSignal()
    stage_changed = pyqtSignal(str, int, int)  # stage name, done, total (0: unknown)
    log_received = pyqtSignal(str)  # one line, or several when a past run is opened
    notice_received = pyqtSignal(object)  # messages.Notice: worth knowing, ends nothing
    bundle_saved = pyqtSignal(str)  # folder of the finished model
    stop_overdue = pyqtSignal()  # the child has not ended within STOP_GRACE_S of stop()
    ended = pyqtSignal(object)  # RunState: FINISHED, STOPPED or FAILED; `failure` says why

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        """Nothing is started here.

        Args:
            parent: Owner; it calls `close`.
            program: Replaces the child's command line; for tests.
        """
        super().__init__(parent)
        self._program = program
        self._process: EngineProcess | None = None
        self._state = RunState.IDLE
        self._lines: deque[str] = deque(maxlen=KEPT_LOG_LINES)
        self._background = Background(self, threads=1)
        self._overdue = QTimer(self)
        self._overdue.setSingleShot(True)
        self._overdue.setInterval(STOP_GRACE_S * 1000)
        self._overdue.timeout.connect(self.stop_overdue)
        self.run: RunFolder | None = None
        self.history = RunHistory()
        self.failure: messages.Failed | None = None
        self.bundle: Path | None = None
        self._done: messages.Done | None = None

    def _begin(self, run: RunFolder) -> None:
        """Forgets the run before; the history is a new object, so that whoever still draws the old one is not torn."""
        self.run = run
        self.history = RunHistory()
        self.failure = None
        self.bundle = None
        self._done = None
        self._lines.clear()

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return self._state

    def start(self, run: RunFolder) -> None:
        """Trains in a fresh run folder.

        Raises:
            EngineError: If a training is already under way.
        """
        if self._state.is_active:
            raise EngineError(
                QT_TRANSLATE_NOOP("Errors", "A training is already running."),
                QT_TRANSLATE_NOOP("Errors", "Stop it or wait for its end, then start the next one."),
            )
        self._begin(run)
        process = EngineProcess(["engine", "train", "-c", str(run.config_path)], parent=self, program=self._program)
        process.message_received.connect(self._on_process_message)
        process.log_received.connect(self._on_process_log)
        process.ended.connect(self._on_process_ended)
        self._process = process
        self.history_changed.emit()
        self._set_state(RunState.STARTING)
        process.start()

    def stop(self) -> None:
        """Asks the trainer to save and end; called again while it is stopping, ends it by force."""
        if self._process is None:
            return
        if self._state is RunState.STOPPING:
            self._process.stop(KILL_GRACE_MS)
            return
        self._process.send(messages.Stop())
        self._overdue.start()
        self._set_state(RunState.STOPPING)

    def open(self, run: RunFolder) -> None:
        """Shows a run that is over: its records, its state and the end of its log, read in the background.

        Raises:
            EngineError: If this object is training.
        """
        if self._state.is_active:
            raise EngineError(QT_TRANSLATE_NOOP("Errors", "A training is already running."))
        self._begin(run)
        self._background.run(lambda: _read_run(run), self._on_run_read)

    def forget(self) -> None:
        """Back to the beginning: no run. Nothing happens while a training is under way."""
        if not self._state.is_active:
            self.run = None
            self.history = RunHistory()
            self.failure = self.bundle = self._done = None
            self._set_state(RunState.IDLE)

    def log_text(self) -> str:
        """The last lines of the child's output, as many as the log pane can show."""
        return "\n".join(self._lines)

    def close(self) -> None:
        """Ends the child, if there is one, without waiting for a checkpoint: call `stop` first for that."""
        self._overdue.stop()
        self._background.close()
        if self._process is not None:
            self._process.close()

    def _set_state(self, state: RunState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _on_run_read(self, result: tuple[RunFolder, RunHistory, str]) -> None:
        run, history, tail = result
        if run is not self.run or self._state.is_active:
            return  # another run was opened or started meanwhile
        self.history = history
        self.bundle = run.bundle_dir if run.bundle_dir.is_dir() else None
        end = history.end
        if end is not None and state_of_end(end) is RunState.FAILED:
            self.failure = messages.Failed(
                what="{message}", values={"message": str(end.get("message", ""))}, details=tail
            )
        if tail:
            self.log_received.emit(tail)
        self.history_changed.emit()
        self._state = state_of_end(end)
        self.state_changed.emit(self._state)  # even when unchanged: it is another run's

    @pyqtSlot(object)
    def _on_process_message(self, message: messages.Message) -> None:
        if self._state is RunState.STARTING:
            self._set_state(RunState.RUNNING)
        if isinstance(message, messages.Metric):
            self.history.add(message.record)
            self.history_changed.emit()
        elif isinstance(message, messages.Stage):
            self.stage_changed.emit(message.name, message.done, message.total)
        elif isinstance(message, messages.Saved):
            if message.kind == "bundle":
                self.bundle = Path(message.path)
                self.bundle_saved.emit(message.path)
        elif isinstance(message, messages.Notice):
            self.notice_received.emit(message)
        elif isinstance(message, messages.Done):
            self._done = message
        elif isinstance(message, messages.Failed):
            self.failure = message
        else:
            log.warning("unexpected message from the trainer: %s", message.type)

    @pyqtSlot(str)
    def _on_process_log(self, line: str) -> None:
        self._lines.append(line)
        self.log_received.emit(line)

    @pyqtSlot(object)
    def _on_process_ended(self, outcome: Outcome) -> None:
        self._overdue.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        state = self._final_state(outcome)
        self._set_state(state)
        self.ended.emit(state)

    def _final_state(self, outcome: Outcome) -> RunState:
        end = self.history.end
        if self.failure is not None:
            return RunState.FAILED
        if end is not None and state_of_end(end) is not RunState.FAILED:
            return state_of_end(end)
        if outcome.asked or (self._state is RunState.STOPPING and outcome.kind == "finished"):
            return RunState.STOPPED
        if outcome.kind == "finished" and self._done is not None:
            return RunState.FINISHED
        self.failure = self._unexpected_end(outcome)
        return RunState.FAILED

    def _unexpected_end(self, outcome: Outcome) -> messages.Failed:
        """Says in plain words that the child died, with the last lines of its log as the details."""
        if outcome.kind == "not_started":
            what = QT_TRANSLATE_NOOP("Errors", "The training program could not be started.")
            remedy = QT_TRANSLATE_NOOP("Errors", "Open the Setup page to see what is missing, then start again.")
        elif outcome.kind == "killed" and outcome.exit_code == SIGKILL:
            what, remedy = OUT_OF_MEMORY, SMALLER_BATCH
        else:
            what = QT_TRANSLATE_NOOP(
                "Errors", "The training program ended unexpectedly (exit code {code}). The best state so far is kept."
            )
            remedy = QT_TRANSLATE_NOOP("Errors", "The last lines of the log below say why.")
        return messages.Failed(
            what=what,
            remedy=remedy,
            values={"code": outcome.exit_code},
            details="\n".join(list(self._lines)[-LAST_LOG_LINES:]) or outcome.last_error_text,
        )


def _read_run(run: RunFolder) -> tuple[RunFolder, RunHistory, str]:
    """The run's records and the end of its log; missing files count as empty."""
    return run, run.history(), read_tail(run.log_path)


def read_tail(path: Path, size: int = TAIL_BYTES) -> str:
    """The last whole lines of a text file.

    Args:
        path: May be missing: then the tail is empty.
        size: At most so many bytes.
    """
    try:
        with path.open("rb") as file:
            end = file.seek(0, 2)
            file.seek(max(0, end - size))
            data = file.read()
    except OSError as error:
        log.info("no log at %s: %s", path, error)
        return ""
    if end > size:
        data = data.partition(b"\n")[2]
    return data.decode("utf-8", errors="replace").rstrip("\n")
