"""What a list of runs tells about each, without reading all that it measured."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import StudioError
from ocrstudio.core.run_state import RunState, state_of
from ocrstudio.formats.bundle import model_info
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.run_queue import read_queue
from ocrstudio.formats.run_state import facts_of, read_control, read_status
from ocrstudio.paths import STATE_DIR

log = logging.getLogger(__name__)

# Of the records only these are looked at; thousands of others are passed over unparsed.
_WANTED = (b'"start"', b'"eval"', b'"end"')


@dataclass(frozen=True)
class RunSummary:
    """One line of the list.

    Attributes:
        run: The folder.
        name: What the user calls it.
        note: The user's words about it.
        created: Seconds since the epoch.
        state: As its files and the processes of this computer tell.
        best: Best validation accuracy (detection: Hmean), 0 to 1; None if nothing was evaluated.
        bundle: The finished model, if it is there and complete.
    """

    run: RunFolder
    name: str
    note: str
    created: float
    state: RunState
    best: float | None
    bundle: Path | None

    @property
    def goes_on(self) -> bool:
        """Whether training it means to go on where it was; looks for its checkpoint."""
        return self.state is not RunState.IDLE and self.run.can_go_on


class RunLister:
    """Lists the runs of a project again and again; what has not changed is not read again. Call it in the background.

    Attributes:
        runs_dir: May be missing: then there are none.
    """

    def __init__(self, runs_dir: Path) -> None:
        self.runs_dir = runs_dir
        self._measured: dict[Path, tuple[tuple[int, int], _Measured]] = {}

    def look(self) -> list[RunSummary]:
        """All runs, the newest first; broken or missing files count as unknown."""
        try:
            runs = list_runs(self.runs_dir)
        except (StudioError, OSError) as error:
            log.warning("the runs in %s cannot be listed: %s", self.runs_dir, error)
            return []
        waiting = read_queue(self.runs_dir).names
        return [self._summary(run, waiting) for run in reversed(runs)]

    def _summary(self, run: RunFolder, waiting: Collection[str]) -> RunSummary:
        manifest = run.manifest
        measured = self._measures(run)
        has_records = run.metrics_path.is_file() or run.log_path.is_file()
        status, control = read_status(run.path), read_control(run.path)
        facts = facts_of(status, control, measured.end, has_records=has_records, queued=run.name in waiting)
        info = model_info(run.bundle_dir)
        return RunSummary(
            run,
            run.shown_name(manifest),
            str(manifest.get("note") or ""),
            _created(run, manifest),
            state_of(facts),
            measured.best,
            info.path if info is not None else None,
        )

    def _measures(self, run: RunFolder) -> _Measured:
        file = run.metrics_path if run.metrics_path.is_file() else run.log_path
        try:
            status = file.stat()
        except OSError:
            return _Measured()
        age = (status.st_mtime_ns, status.st_size)
        known = self._measured.get(run.path)
        if known is None or known[0] != age:
            known = self._measured[run.path] = (age, _measured(run))
        return known[1]


def is_anything_trained(project: Path) -> bool:
    """Whether a training goes on in a project's folder, on this computer. Reads files: call it in the background."""
    try:
        statuses = (read_status(run.path) for run in list_runs(project / STATE_DIR / "runs"))
        return any(one is not None and not one.is_over and one.process.standing == "alive" for one in statuses)
    except OSError as error:
        log.warning("the runs of %s cannot be listed: %s", project, error)
        return False


@dataclass(frozen=True)
class _Measured:
    """What the records of a run tell the list."""

    end: dict[str, Any] | None = None
    best: float | None = None


def _measured(run: RunFolder) -> _Measured:
    end: dict[str, Any] | None = None
    best: float | None = None
    for record in _records(run):
        kind = record.get("kind")
        if kind == "end":
            end = record
        elif kind == "start":
            end = None  # continued after an earlier end
        elif kind == "eval":
            value = record.get("hmean", record.get("acc"))
            if isinstance(value, (int, float)) and (best is None or value > best):
                best = float(value)
    return _Measured(end, best)


def _records(run: RunFolder) -> list[dict[str, Any]]:
    try:
        if not run.metrics_path.is_file():
            # PaddleOCR's own run: its log is all there is
            return run.records()
        lines = run.metrics_path.read_bytes().split(b"\n")
    except (OSError, StudioError) as error:
        log.info("no records in %s: %s", run.path, error)
        return []
    found = []
    for line in lines:
        if any(word in line for word in _WANTED):
            record = json_object(line)
            if record is not None:
                found.append(record)
    return found


def _created(run: RunFolder, manifest: dict[str, Any]) -> float:
    try:
        return datetime.fromisoformat(str(manifest.get("created"))).timestamp()
    except ValueError:
        log.debug("%s has no manifest, as runs of PaddleOCR itself", run.path)
    try:
        return run.path.stat().st_mtime
    except OSError as error:
        log.info("%s is gone: %s", run.path, error)
        return 0.0
