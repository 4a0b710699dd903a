"""A trainer that can be found, followed and stopped through its run folder, by whoever looks there."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from ocrstudio.core.errors import ProjectError, StudioError
from ocrstudio.core.run_state import START_STAGE
from ocrstudio.engine.stopping import StopRequest
from ocrstudio.formats.run_folder import LOG_FILE, RunFolder
from ocrstudio.formats.run_state import ProcessId, RunStatus, read_control, read_status, refuse_second, write_status
from ocrstudio.protocol import messages

# How often the folder is looked at for a wish to stop, and told how far the training is.
LOOK_S = 0.2
HEARTBEAT_S = 5.0
# How far a stage is may be told a little later than that it begins.
PROGRESS_S = 0.5
# Whether the window lives is a question to the system, not to a file.
WINDOW_LOOK_S = 1.0
KEPT_NOTICES = 50
_LONGEST_DETAILS = 20_000


class Presence:
    """Writes `state.json` while a run is trained, and turns what `control.json` asks into a stop request.

    A context: within it the trainer is known to be alive, after it to be over.

    Args:
        run: The folder.
        stop: Set when somebody asks for the end, or when the window that the training depends on is gone.
        log: Name of the file in the folder that holds what is printed.
    """

    def __init__(self, run: RunFolder, stop: StopRequest, log: str = LOG_FILE) -> None:
        self._folder, self._stop = run.path, stop
        now = time.time()
        self._status = RunStatus(ProcessId.of(os.getpid()), began=now, heard=now, log=log, stage="load")
        self._is_changed = self._is_urgent = False
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True, name="presence")
        self._window_looked_at = 0.0

    def send(self, message: messages.Message) -> None:
        """Takes over what a message of the trainer tells; records and checkpoints are in files of their own."""
        values = {name: value for name, value in asdict(message).items() if name != "id"}
        if isinstance(message, messages.Stage):
            begins = message.name != self._status.stage
            self._set(begins, stage=message.name, done=message.done, total=message.total)
        elif isinstance(message, messages.Notice):
            self._set(True, notices=[*self._status.notices, values][-KEPT_NOTICES:])
        elif isinstance(message, messages.Failed):
            self._set(True, failed=values)

    def __enter__(self) -> Presence:
        """Refuses a run that somebody else is training."""
        refuse_second(self._folder, keeper=_our_keeper(self._folder))
        self._write()
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, StudioError):
            self.send(failed_message(error))
        self._over.set()
        self._thread.join()
        self._set(True, is_over=True)
        self._write()

    def _set(self, urgent: bool, **values: Any) -> None:
        with self._lock:
            self._status = replace(self._status, **values)
            self._is_changed = True
            self._is_urgent = self._is_urgent or urgent

    def _live(self) -> None:
        written = time.monotonic()
        while not self._over.wait(LOOK_S):
            control = read_control(self._folder)
            if control.is_asked or (control.window is not None and self._is_gone(control.window)):
                self._stop.set()
            age = time.monotonic() - written
            if self._is_urgent or (self._is_changed and age > PROGRESS_S) or age > HEARTBEAT_S:
                self._write()
                written = time.monotonic()

    def _is_gone(self, window: ProcessId) -> bool:
        if time.monotonic() - self._window_looked_at < WINDOW_LOOK_S:
            return False
        self._window_looked_at = time.monotonic()
        return window.standing == "gone"

    def _write(self) -> None:
        with self._lock:
            self._is_changed = self._is_urgent = False
            status = self._status = replace(self._status, heard=time.time())
        # a disk that is full or gone ends the training by itself, with a better message
        with contextlib.suppress(ProjectError):
            write_status(self._folder, status)


def failed_message(error: StudioError) -> messages.Failed:
    """What the window shows of an error that ended a training."""
    values = {name: str(value) for name, value in error.values.items()}
    details = "".join(traceback.format_exception(error))[-_LONGEST_DETAILS:]
    return messages.Failed(what=error.what, remedy=error.remedy, values=values, details=details)


def _our_keeper(folder: Path) -> ProcessId | None:
    """The process that keeps this very training and has only announced it; None if there is none."""
    import psutil

    status = read_status(folder)
    if status is None or status.stage != START_STAGE:
        return None
    with contextlib.suppress(psutil.Error):
        if any(parent.pid == status.process.pid for parent in psutil.Process().parents()):
            return status.process
    return None
