"""What a list of runs tells about each, without reading all that it measured."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.bundle import model_info
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.services.training_run import RunState, state_of_end

log = logging.getLogger(__name__)

# Of the records only these are looked at; thousands of others are passed over unparsed.
_WANTED = (b'"start"', b'"eval"', b'"end"')


@dataclass(frozen=True)
class RunSummary:
    """One line of the list.

    Attributes:
        run: The folder.
        created: Seconds since the epoch.
        state: As the last record tells.
        best: Best validation accuracy (detection: Hmean), 0 to 1; None if nothing was evaluated.
        bundle: The finished model, if it is there and complete.
    """

    run: RunFolder
    created: float
    state: RunState
    best: float | None
    bundle: Path | None


def summaries(runs_dir: Path) -> list[RunSummary]:
    """All runs of a project, the newest first. Reads files: call it in the background.

    Args:
        runs_dir: May be missing: then there are none.
    """
    try:
        runs = list_runs(runs_dir)
    except (StudioError, OSError) as error:
        log.warning("the runs in %s cannot be listed: %s", runs_dir, error)
        return []
    return [summary(run) for run in reversed(runs)]


def summary(run: RunFolder) -> RunSummary:
    """One run; broken or missing files count as unknown."""
    end: dict[str, Any] | None = None
    best: float | None = None
    for record in _records(run.metrics_path):
        kind = record.get("kind")
        if kind == "end":
            end = record
        elif kind == "start":
            end = None  # continued after an earlier end
        elif kind == "eval":
            value = record.get("hmean", record.get("acc"))
            if isinstance(value, (int, float)) and (best is None or value > best):
                best = float(value)
    info = model_info(run.bundle_dir)
    return RunSummary(run, _created(run), state_of_end(end), best, info.path if info is not None else None)


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        log.info("no records at %s: %s", path, error)
        return []
    found = []
    for line in lines:
        if any(word in line for word in _WANTED):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                found.append(record)
    return found


def _created(run: RunFolder) -> float:
    try:
        return datetime.fromisoformat(str(run.manifest.get("created"))).timestamp()
    except ValueError:
        log.debug("%s has no manifest, as runs of PaddleOCR itself", run.path)
    try:
        return run.path.stat().st_mtime
    except OSError as error:
        log.info("%s is gone: %s", run.path, error)
        return 0.0
