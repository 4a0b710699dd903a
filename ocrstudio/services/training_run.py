"""One training run, followed through its folder: whether this window started it, another one, or nobody any more."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from PyQt5.QtCore import QObject, QProcess, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.failures import Failure
from ocrstudio.core.health import Expected
from ocrstudio.core.run_history import RunHistory
from ocrstudio.core.run_state import RunState, state_of_end
from ocrstudio.formats import run_state
from ocrstudio.formats.old_run import OldRun
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import CONSOLE_FILE, ProcessId, RunStatus
from ocrstudio.protocol import messages
from ocrstudio.services.background import Background, tried
from ocrstudio.services.engine_process import child_environment
from ocrstudio.services.run_watch import News, RunWatch
from ocrstudio.services.timers import single_shot

log = logging.getLogger(__name__)

# A batch, a checkpoint and the writing of the model fit into this even on a slow machine; then the user is offered
# to end it by force.
STOP_GRACE_S = 60
# How often the folder is looked at: while a training goes on, and while nothing is expected to happen.
LOOK_MS, IDLE_LOOK_MS = 120, 2000
# The trainer's program has to be loaded before it can say that it is there.
START_GRACE_S = 20.0
# Whoever keeps a trainer says how it ended a moment after it is gone.
LAST_WORD_S = 2.0
KEPT_LOG_LINES = 5000
LAST_LOG_LINES = 15
SIGKILL = 9

# Without a comma after the text, which Qt's extractor does not understand.
OUT_OF_MEMORY = QT_TRANSLATE_NOOP(
    "Errors", "The system ended the training, most likely for lack of memory. The best state so far is kept."
)
SMALLER_BATCH = QT_TRANSLATE_NOOP(
    "Errors", "Choose a smaller batch size on the Config page (Train.loader.batch_size_per_card) and start again."
)
RUNNING = QT_TRANSLATE_NOOP("Errors", "A training is already running.")
STOP_FIRST = QT_TRANSLATE_NOOP("Errors", "Stop it or wait for its end, then start the next one.")
NOT_STARTED = QT_TRANSLATE_NOOP("Errors", "The training program could not be started.")
SEE_SETUP = QT_TRANSLATE_NOOP("Errors", "Open the Setup page to see what is missing, then start again.")
ENDED = QT_TRANSLATE_NOOP(
    "Errors", "The training program ended unexpectedly (exit code {code}). The best state so far is kept."
)
SEE_LOG = QT_TRANSLATE_NOOP("Errors", "The last lines of the log below say why.")
VANISHED = QT_TRANSLATE_NOOP("Errors", "The folder of this run is gone: {folder}.")
BRING_BACK = QT_TRANSLATE_NOOP(
    "Errors", "What is shown is what it held before. Bring the folder back, or choose another run."
)


class TrainingRun(QObject):
    """Starts, follows and stops the trainer of a run folder, and shows runs that are over.

    The trainer is a program of its own that this object never holds: it is started once and then known by the files it
    writes. So it makes no difference who started it, and nothing happens to it when this object goes.

    States: IDLE -> STARTING -> RUNNING -> (STOPPING ->) FINISHED | STOPPED | FAILED. `open` goes straight to the state
    that the folder tells.
    """

    state_changed = pyqtSignal(object)  # RunState
    history_changed = pyqtSignal()
    stage_changed = pyqtSignal(str, int, int)  # stage name, done, total (0: unknown)
    log_began = pyqtSignal()  # what was shown of the log is no part of what follows
    log_received = pyqtSignal(str)  # one line or several
    notice_received = pyqtSignal(object)  # messages.Notice: worth knowing, ends nothing
    bundle_saved = pyqtSignal(str)  # folder of the finished model
    start_failed = pyqtSignal(object)  # StudioError: the run that was to be trained is shown as it is
    stop_overdue = pyqtSignal()  # the trainer has not ended within STOP_GRACE_S of stop()
    ended = pyqtSignal(object)  # RunState after a training that was seen going on; `failure` says why

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        """Nothing is started here.

        Args:
            parent: Owner; it calls `close`.
            program: Replaces the trainer's command line; for tests.
        """
        super().__init__(parent)
        self._program = program
        self._watch: RunWatch | None = None
        self._state = RunState.IDLE
        self._lines: deque[str] = deque(maxlen=KEPT_LOG_LINES)
        self._background = Background(self, threads=1)
        # what run folders are told, in this order and whatever is shown meanwhile; Windows may refuse for a moment
        self._orders = Background(self, threads=1)
        self._timer = single_shot(self, 0, self._look)
        self._overdue = single_shot(self, STOP_GRACE_S * 1000, self.stop_overdue)
        self.run: RunFolder | None = None
        self.history = RunHistory()
        self.status: RunStatus | None = None
        self.failure: messages.Failed | None = None
        self.bundle: Path | None = None
        self.model: Path | None = None  # what another run can start from
        self.cause: Failure | None = None  # why it failed or broke off, if that is known
        self.expected = Expected()
        self.can_go_on = False
        self.log_file: Path | None = None  # of another program's training, which is shown then
        self._forget_details()

    def _forget_details(self) -> None:
        self.model, self.can_go_on, self.log_file = None, False, None
        self.cause, self.expected = None, Expected()
        self._keeper: ProcessId | None = None
        self._was_kept = False
        self._started_at = self._gone_at = 0.0
        self._stage: tuple[str, int, int] | None = None
        self._notices = 0
        self._is_new = True

    def _begin(self, run: RunFolder) -> None:
        """Forgets the run before; the history is a new object, so that whoever still draws the old one is not torn."""
        self._background.drop()
        self.run = run
        self._watch = RunWatch(run)
        self.history = RunHistory()
        self.status = self.failure = self.bundle = None
        self._lines.clear()
        self._forget_details()

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return self._state

    @property
    def is_read(self) -> bool:
        """Whether the folder has been looked at; until then the state says nothing."""
        return self._state.is_active or not self._is_new

    # --- what may be asked -----------------------------------------------------------------------------------------

    def start(self, run: RunFolder, *, resume: bool = False, window: ProcessId | None = None) -> None:
        """Trains in a run folder; `start_failed` follows if somebody else does, or if it cannot be written to.

        Args:
            run: A fresh one; or one to go on with.
            resume: Go on from its last checkpoint.
            window: The training stops in order when this process is gone; None: it goes on alone.

        Raises:
            EngineError: If this object is following a training that is under way.
        """
        if self._state.is_active:
            raise EngineError(RUNNING, STOP_FIRST)
        self._timer.stop()
        self._begin(run)
        self.history_changed.emit()
        self._set_state(RunState.STARTING)
        self._orders.attempt(
            lambda: run_state.make_ready(run.path, window),
            lambda _: self._launch(run, resume),
            partial(self._on_refused, run),
        )

    def _launch(self, run: RunFolder, resume: bool) -> None:
        pid = start_keeper(run, resume=resume, program=self._program)
        if self.run is run:
            self._started_at = time.monotonic()
            if pid:
                self._keeper = ProcessId.of(pid)
            self._timer.start(LOOK_MS)

    def _on_refused(self, run: RunFolder, error: StudioError) -> None:
        if self.run is run:
            self.open(run)
        self.start_failed.emit(error)

    def stop(self) -> None:
        """Asks the trainer to save and end; called again while it is stopping, ends it by force."""
        if self.run is None or not self._state.is_active:
            return
        folder = self.run.path
        if self._state is RunState.STOPPING:
            self._order(lambda: run_state.end_by_force(folder))
            return
        self._overdue.start()
        self._set_state(RunState.STOPPING)
        self._order(lambda: run_state.ask(folder, stop=True), self._on_stop_refused)

    def _on_stop_refused(self, error: StudioError) -> None:
        self._tell(error)
        if self._state is RunState.STOPPING:
            self._overdue.stop()
            self._set_state(RunState.RUNNING)

    def depend_on(self, window: ProcessId | None) -> None:
        """Says whether the training is to stop when a window is gone (None: it goes on alone)."""
        if self.run is not None and self._state.is_active:
            folder = self.run.path
            self._order(lambda: run_state.ask(folder, window=window))

    def _order(self, work: Callable[[], None], on_failed: Callable[[StudioError], None] | None = None) -> None:
        self._orders.attempt(work, lambda _: None, on_failed or self._tell)

    def _tell(self, error: StudioError) -> None:
        values = {name: str(value) for name, value in error.values.items()}
        self.notice_received.emit(messages.Notice(error.what, error.remedy, values))

    def open(self, run: RunFolder) -> None:
        """Shows a run from its folder: records, state and the end of its log; and follows it if it is being trained.

        A training that was followed before goes on, unwatched.
        """
        self._begin(run)
        self._timer.stop()
        self._overdue.stop()
        self._state = RunState.IDLE
        self._look()

    def show_old(self, old: OldRun) -> None:
        """Shows the training of another program, which has no run folder."""
        self.forget()
        self.log_file = old.path
        self.history = old.history
        self._lines.extend(old.lines)
        self.log_began.emit()
        if old.lines:
            self.log_received.emit("\n".join(old.lines))
        self.history_changed.emit()
        self._state = state_of_end(old.history.end) if old.history.end is not None else RunState.UNKNOWN
        self.cause = old.cause
        if old.cause is not None and self._state is RunState.UNKNOWN:
            self._state, self.failure = RunState.FAILED, self._told(old.cause)
        self.state_changed.emit(self._state)

    def forget(self) -> None:
        """Back to the beginning: no run. The training of the run before, if there is one, goes on."""
        self._background.drop()
        self._timer.stop()
        self._overdue.stop()
        self.run = self._watch = self.status = None
        self.history = RunHistory()
        self.failure = self.bundle = None
        self._lines.clear()
        self._forget_details()
        self._set_state(RunState.IDLE)

    def log_text(self) -> str:
        """The last lines of the trainer's output, as many as the log pane can show."""
        return "\n".join(self._lines)

    def close(self) -> None:
        """Looks no more; a training goes on. Call `stop` first for its end. What was asked for is written by then."""
        self._orders.finish()
        self._orders.close()
        self._timer.stop()
        self._overdue.stop()
        self._background.close()

    # --- what the folder tells -------------------------------------------------------------------------------------

    @pyqtSlot()
    def _look(self) -> None:
        watch = self._watch
        # asked before the files are looked at: one that is gone by then has written its first word
        if self.status is None:
            self._was_kept = self._keeper is not None and self._keeper.standing == "alive"
        if watch is not None:
            look = watch.look_closely if self._state is RunState.RUNNING else watch.look
            self._background.run(lambda: tried(look), self._on_looked)

    def _on_looked(self, news: News | StudioError | None) -> None:
        if isinstance(news, StudioError):
            log.warning("%s", news)
        elif news is not None and self.run is not None and news.run is self.run:
            self._take(news)
        if self._watch is not None:
            waits = self._state.is_active or self._state is RunState.UNKNOWN
            self._timer.start(LOOK_MS if waits else IDLE_LOOK_MS)

    def _take(self, news: News) -> None:
        state = self._judged(news)
        if state is RunState.VANISHED:
            self.failure = messages.Failed(what=VANISHED, remedy=BRING_BACK, values={"folder": str(news.run.path)})
            self._take_state(state)
            return
        self.status = news.status
        self._take_log(news)
        has_records = news.history is not None or bool(news.records)
        if news.history is not None:
            self.history = news.history
        for record in news.records:
            self.history.add(record)
        self.bundle = news.run.bundle_dir if news.has_bundle else None
        self.model, self.can_go_on = news.model, news.can_go_on
        self.cause, self.expected = news.cause, news.expected or self.expected
        self.failure = self._failure(state, news)
        if has_records:
            self.history_changed.emit()
        self._take_status(news.status)
        if news.has_bundle and self._state.is_active and not state.is_active:
            self.bundle_saved.emit(str(self.bundle))
        self._take_state(state)

    def _judged(self, news: News) -> RunState:
        """The state that the files tell, unless what they tell is not complete yet."""
        state, now = news.state, time.monotonic()
        if self._started_at and news.status is None and state is not RunState.VANISHED:
            # the program that is to write the first word is being loaded
            in_time = now - self._started_at < START_GRACE_S
            return self._state if self._was_kept and in_time else RunState.FAILED
        if state is RunState.INTERRUPTED and self._state.is_active:
            self._gone_at = self._gone_at or now
            return self._state if now - self._gone_at < LAST_WORD_S else state
        if self._state is RunState.STOPPING and state in (RunState.STARTING, RunState.RUNNING):
            return self._state
        return state

    def _take_state(self, state: RunState) -> None:
        was_active, is_new = self._state.is_active, self._is_new
        self._is_new = False
        if not state.is_active:
            self._overdue.stop()
            self._started_at = 0.0
        if was_active or not is_new:
            self._set_state(state)
        else:
            self._state = state
            self.state_changed.emit(state)  # even when unchanged: it is another run's
        if was_active and not state.is_active:
            self.ended.emit(state)

    def _set_state(self, state: RunState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _take_log(self, news: News) -> None:
        if news.is_new_log:
            self._lines.clear()
            self.log_began.emit()
        if news.text:
            self._lines.extend(news.text.split("\n"))
            self.log_received.emit(news.text)

    def _take_status(self, status: RunStatus | None) -> None:
        if status is None:
            return
        stage = (status.stage, status.done, status.total)
        if stage != self._stage:
            self._stage = stage
            self.stage_changed.emit(*stage)
        for values in status.notices[self._notices :]:
            self.notice_received.emit(messages.Notice(**_texts(values, messages.Notice())))
        self._notices = len(status.notices)

    def _failure(self, state: RunState, news: News) -> messages.Failed | None:
        """Why the run failed, in plain words."""
        if state not in (RunState.FAILED, RunState.INTERRUPTED):
            return None
        status = news.status
        if status is not None and status.failed:
            return messages.Failed(**_texts(status.failed, messages.Failed()))
        cause = news.cause
        if cause is not None:
            return messages.Failed(
                what=cause.what, remedy=cause.remedy, values=cause.values, details=self._last_lines()
            )
        if state is RunState.INTERRUPTED:
            return None
        ended = status.exit if status is not None else None
        if ended is None or ended.error:
            details = ended.error if ended is not None else self._last_lines()
            return messages.Failed(what=NOT_STARTED, remedy=SEE_SETUP, details=details)
        if ended.signal == SIGKILL:
            return messages.Failed(what=OUT_OF_MEMORY, remedy=SMALLER_BATCH, details=self._last_lines())
        return messages.Failed(what=ENDED, remedy=SEE_LOG, values={"code": ended.code}, details=self._last_lines())

    def _told(self, cause: Failure) -> messages.Failed:
        return messages.Failed(what=cause.what, remedy=cause.remedy, values=cause.values, details=self._last_lines())

    def _last_lines(self) -> str:
        return "\n".join(list(self._lines)[-LAST_LOG_LINES:])


def start_keeper(run: RunFolder, *, resume: bool, program: list[str] | None = None) -> int:
    """Starts the process that trains a run and then what waits in the queue; it belongs to nobody.

    Args:
        run: Its `control.json` is in place.
        resume: Go on from the run's last checkpoint.
        program: Replaces the trainer's command line; for tests.

    Returns:
        Its number; 0 if it could not be started.
    """
    keeper = QProcess()
    keeper.setProgram(_python())
    arguments = ["-m", "ocrstudio", "engine", "keep", str(run.path), *(["--resume"] if resume else [])]
    keeper.setArguments([*arguments, *(["--program", *program] if program else [])])
    keeper.setProcessEnvironment(child_environment())
    keeper.setStandardInputFile(QProcess.nullDevice())
    # a file, not a pipe: nothing that happens to the window may reach it
    keeper.setStandardOutputFile(str(run.path / CONSOLE_FILE), QProcess.OpenModeFlag.Append)
    keeper.setStandardErrorFile(str(run.path / CONSOLE_FILE), QProcess.OpenModeFlag.Append)
    # the stubs promise less
    started, pid = cast("tuple[bool, int]", keeper.startDetached())
    if not started:
        log.warning("%s could not be started: %s", keeper.program(), keeper.errorString())
    return int(pid) if started else 0


def _python() -> str:
    """The interpreter; on Windows the one that opens no black window."""
    quiet = Path(sys.executable).with_name("pythonw.exe")
    return str(quiet) if os.name == "nt" and quiet.is_file() else sys.executable


def _texts(values: dict[str, Any], default: messages.Message) -> dict[str, Any]:
    """Of a file's object the fields of a message, each of the type it has to have."""
    known = vars(default)
    return {name: value for name, value in values.items() if isinstance(value, type(known.get(name)))}
