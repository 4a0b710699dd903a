"""Follows the files of a run folder: what is new since the last look, whoever writes them."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import StudioError
from ocrstudio.core.failures import Failure
from ocrstudio.core.health import Expected
from ocrstudio.core.run_history import RunHistory
from ocrstudio.core.run_state import RunState, is_older, state_of
from ocrstudio.core.run_table import finite
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.run_failure import explain_run
from ocrstudio.formats.run_folder import LOG_FILE, METRICS_FILE, RunFolder
from ocrstudio.formats.run_health import expected_of
from ocrstudio.formats.run_queue import read_queue
from ocrstudio.formats.run_state import (
    CONSOLE_FILE,
    CONTROL_FILE,
    STATE_FILE,
    RunStatus,
    facts_of,
    read_control,
    read_status,
)
from ocrstudio.services.engine_process import LineBuffer

log = logging.getLogger(__name__)

# The end of a log that is shown at first, and the most that one look takes of what follows.
FIRST_LOG_BYTES = 200_000
LOOK_BYTES = 2_000_000
# A whole look after so many seconds at the latest, although nothing has changed.
CLOSE_LOOK_S = 1.0


@dataclass
class News:
    """What one look found.

    Attributes:
        run: The folder.
        state: Where the run stands.
        status: Who trains, or trained last.
        history: All records, if they were read anew: at the first look, and when the file was replaced.
        records: Those that are new otherwise.
        text: New lines of the log.
        is_new_log: The log was read anew, too: what was shown of it is history.
        has_bundle: Whether the finished model is there.
        can_go_on: Whether there is a checkpoint to go on from; False while it is being trained.
        model: What another run can start from; None while it is being trained.
        cause: Why a run that is over failed or broke off, if somebody knows.
        expected: What its config asks for; None after the first look.
    """

    run: RunFolder
    state: RunState
    status: RunStatus | None = None
    history: RunHistory | None = None
    records: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    is_new_log: bool = False
    has_bundle: bool = False
    can_go_on: bool = False
    model: Path | None = None
    cause: Failure | None = None
    expected: Expected | None = None


class FileTail:
    """The bytes that a growing file got since the last time; begins anew when another file takes its place."""

    def __init__(self, first: int | None = None) -> None:
        """`first`: at most so many bytes of what is there at the beginning; None takes all."""
        self._first = first
        self._path: Path | None = None
        self._id = (0, 0)
        self._place = -1
        self._lines = LineBuffer()

    def look(self, path: Path) -> tuple[list[str], bool]:
        """The new whole lines, and whether they are those of a file that was not read before.

        Args:
            path: May be missing: then nothing is new, and what comes later is another file.
        """
        try:
            with path.open("rb") as file:
                status = os.fstat(file.fileno())
                same = path == self._path and (status.st_dev, status.st_ino) == self._id
                anew = not same or self._place < 0 or status.st_size < self._place
                if anew:
                    self._begin(path, (status.st_dev, status.st_ino), status.st_size)
                file.seek(self._place)
                data = file.read(LOOK_BYTES)
                if anew and self._place > 0:
                    # not from the middle of a line
                    cut = data.find(b"\n") + 1
                    self._place += cut
                    data = data[cut:]
        except OSError:
            self._place = -1
            return [], False
        self._place += len(data)
        return self._lines.feed(data), anew

    def _begin(self, path: Path, identity: tuple[int, int], size: int) -> None:
        self._path, self._id = path, identity
        self._place = max(0, size - self._first) if self._first is not None else 0
        self._lines = LineBuffer()

    @property
    def is_missing(self) -> bool:
        """Whether the last look found no file."""
        return self._place < 0


class RunWatch:
    """Looks at one run again and again; each look costs a few questions to the file system.

    It is used by one thread at a time, in the background: a folder may lie on a slow network.
    """

    def __init__(self, run: RunFolder) -> None:
        self.run = run
        self._metrics = FileTail()
        self._log = FileTail(FIRST_LOG_BYTES)
        self._end: dict[str, Any] | None = None
        self._looked = False
        self._seen: list[tuple[int, int]] | None = None
        self._looked_at = 0.0
        self._has_records = False
        # the failure that was last looked for, and what was found
        self._explained: tuple[RunState, float, float] | None = None
        self._cause: Failure | None = None

    def look_closely(self) -> News | None:
        """The same, for looks in quick succession.

        Returns:
            None if no file has changed, which costs next to nothing to find out. A whole look is taken now and then all
            the same: a process may be gone without a word.
        """
        stamps, now = self._stamps(), time.monotonic()
        if stamps == self._seen and now - self._looked_at < CLOSE_LOOK_S:
            return None
        news = self.look()
        is_quiet = not news.text and not news.records and news.history is None
        # of what comes quickly a look takes only a part
        self._seen, self._looked_at = stamps if is_quiet else None, now
        return news

    def _stamps(self) -> list[tuple[int, int]]:
        stamps = []
        for name in (METRICS_FILE, STATE_FILE, CONTROL_FILE, CONSOLE_FILE, LOG_FILE):
            try:
                status = (self.run.path / name).stat()
                stamps.append((status.st_mtime_ns, status.st_size))
            except OSError:
                stamps.append((0, -1))
        return stamps

    def look(self) -> News:
        """What is new."""
        run = self.run
        if not run.path.is_dir():
            return News(run, RunState.VANISHED)
        # before the files: what is over by now has written its last record
        status, control = read_status(run.path), read_control(run.path)
        queued = run.name in read_queue(run.path.parent).names
        facts = facts_of(status, control, None, has_records=True, queued=queued)
        news = News(run, RunState.IDLE, status)
        if not self._looked:
            news.expected = expected_of(run)
        self._read_metrics(news)
        lines, anew = self._log.look(run.path / self._log_name(status))
        news.text, news.is_new_log = "\n".join(line for line in lines if line.strip()), anew
        news.has_bundle = run.bundle_dir.is_dir()
        has_records = self._has_records or not self._log.is_missing
        news.state = state_of(replace(facts, end=self._end, has_records=has_records))
        if not news.state.is_active:
            news.can_go_on, news.model = run.can_go_on, run.model
        if news.state in (RunState.FAILED, RunState.INTERRUPTED):
            news.cause = self._explain(news.state, status.began if status is not None else 0.0)
        return news

    def _explain(self, state: RunState, began: float) -> Failure | None:
        """Why the run failed: looked for once for each end."""
        end = self._end if self._end is not None and not is_older(self._end, began) else {}
        key = (state, began, finite(end.get("time")) or 0.0)
        if key != self._explained:
            self._explained = key
            try:
                self._cause = explain_run(self.run, end)
            except StudioError as error:
                log.info("%s", error)
                self._cause = None
        return self._cause

    def _log_name(self, status: RunStatus | None) -> str:
        if status is not None and status.log in (CONSOLE_FILE, LOG_FILE):
            return status.log
        # nobody says: what was printed while a trainer was being started, if anything was
        has_console = status is None and (self.run.path / CONSOLE_FILE).is_file()
        return CONSOLE_FILE if has_console else LOG_FILE

    def _read_metrics(self, news: News) -> None:
        path = self.run.metrics_path
        first = not self._looked
        self._looked = True
        history: RunHistory | None = RunHistory() if first else None
        while True:
            lines, anew = self._metrics.look(path)
            if anew:
                history, self._end = RunHistory(), None
                news.records.clear()
            for line in lines:
                record = json_object(line)
                if record is None:
                    continue
                self._note(record)
                if history is not None:
                    history.add(record)
                else:
                    news.records.append(record)
            if not lines or history is None:
                break
        if first and self._metrics.is_missing:
            # a run of PaddleOCR itself has only its log
            try:
                history = self.run.history()
            except StudioError as error:
                log.info("%s", error)
            self._end = dict(history.end) if history is not None and history.end is not None else None
        news.history = history

    def _note(self, record: dict[str, Any]) -> None:
        self._has_records = True
        if record.get("kind") == "end":
            self._end = record
        elif record.get("kind") == "start":
            self._end = None
