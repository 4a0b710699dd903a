"""Work on a model before it can be used: exporting a run, converting a Paddle model, adding one from a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.services.jobs import OneJob


class ModelWork(QObject):
    """One piece of work at a time, in a child process.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the command's program; for tests.
    """

    ready = pyqtSignal(str)  # what `prepare` was asked for can be used now, under this name on the wire
    added = pyqtSignal(str, str)  # folder that `add` made; rec or det
    failed = pyqtSignal(object)  # protocol Failed
    busy_changed = pyqtSignal(bool)
    progressed = pyqtSignal(str, int, int)  # export, parity or convert; done, total (0: unknown)

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._job = OneJob(self, program)
        self._job.changed.connect(self._on_job_changed)
        self._job.progressed.connect(self.progressed)

    @property
    def is_busy(self) -> bool:
        """Whether something is being made ready."""
        return self._job.is_running

    def prepare(self, model: str) -> None:
        """Makes a model ready; `ready` or `failed` follows, or nothing after `cancel`. Does nothing while busy.

        Args:
            model: As `ModelInfo.model`.
        """
        self._start(["prepare", model], lambda result: self.ready.emit(result["model"]))

    def add(self, folder: Path, dictionary: Path | None = None) -> None:
        """Copies a model to the user's own and makes it ready; `added` or `failed` follows. Does nothing while busy."""
        named = ["--dict", str(dictionary)] if dictionary is not None else []
        self._start(["add", str(folder), *named], lambda result: self._prepare_added(result["path"]))

    def _prepare_added(self, path: str) -> None:
        self._start(["prepare", path], lambda result: self.added.emit(path, result["task"]))

    def cancel(self) -> None:
        """Ends what is under way."""
        self._job.cancel()

    def close(self) -> None:
        """Drops what is under way, for good."""
        self._job.close()

    def _start(self, arguments: list[str], on_done: Callable[[dict[str, Any]], object]) -> None:
        self._job.start(["models", *arguments], on_done, self.failed.emit)

    @pyqtSlot()
    def _on_job_changed(self) -> None:
        self.busy_changed.emit(self._job.is_running)
