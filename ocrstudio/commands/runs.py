"""`ocrstudio runs list|show|compare|stop|queue|rename|note|report`: the trainings of a project, from the terminal."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ocrstudio.commands import run_queue, run_report
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError, StudioError
from ocrstudio.core.run_comparison import MEASURES, Results, differing, results_of
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.run_comparison import read_compared, results_csv, value_words
from ocrstudio.formats.run_failure import explain_run
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.run_health import health_of
from ocrstudio.formats.run_list import RunLister, RunSummary
from ocrstudio.formats.run_state import ask, end_by_force, read_status
from ocrstudio.paths import STATE_DIR

LOOK_S = 0.2
WAIT_S = 60.0
NOT_TRAINED = QT_TRANSLATE_NOOP("Errors", "{folder} is not being trained: it is {state}.")
NOT_ENDED = QT_TRANSLATE_NOOP("Errors", "{folder} was asked to stop but has not ended within {seconds} s.")
USE_FORCE = QT_TRANSLATE_NOOP("Errors", "It may still be saving: wait with --wait, or end it at once with --force.")
NO_SUCH_RUN = QT_TRANSLATE_NOOP("Errors", "There is no run {name} here.")
NAME_RUN = QT_TRANSLATE_NOOP(
    "Errors", "Name its folder, or its number from within the project; see: ocrstudio runs list."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="list|show|compare|stop|queue|rename|note|report"
    )
    listing = actions.add_parser("list", help="the runs of a project, newest first")
    listing.add_argument(
        "folder", nargs="?", type=Path, default=Path(), help="project, or a folder of runs (default: .)"
    )
    show = actions.add_parser("show", help="what a run reached, and how it stands")
    compare = actions.add_parser("compare", help="several runs: results, and the settings that differ")
    compare.add_argument("runs", nargs="+", metavar="RUN")
    compare.add_argument("--csv", type=Path, metavar="FILE", help="write the table there, too")
    stop = actions.add_parser("stop", help="save and end a training, whoever started it on this computer")
    stop.add_argument(
        "--force", action="store_true", help="end it at once; what came after the last checkpoint is lost"
    )
    stop.add_argument("--wait", type=float, default=WAIT_S, metavar="SECONDS", help="for its end (default: 60)")
    run_queue.add_arguments(
        actions.add_parser("queue", help="trainings that wait: list, add, remove, first, hold, start")
    )
    rename = actions.add_parser("rename", help="change the name that lists show; the folder keeps its own")
    note = actions.add_parser("note", help="keep a note with a run")
    sending = actions.add_parser(
        "report", help="collect what explains a run in one file without secrets, to ask for help"
    )
    run_report.add_arguments(sending)
    for action in (show, stop, rename, note, sending):
        action.add_argument("run", metavar="RUN", help="folder of the run, or its number or name in the project here")
    rename.add_argument("name")
    note.add_argument("text")
    for action in (listing, show, compare, stop, rename, note, sending):
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Does what `options.action` says.

    Raises:
        StudioError: If there is no such run, it cannot be read or written, or it does not stop.
    """
    if options.action == "list":
        return _list(options.folder, report)
    if options.action == "compare":
        return _compare([find_run(name) for name in options.runs], options.csv, report)
    if options.action == "queue":
        if options.doing in ("add", "remove", "first"):
            return run_queue.change(options.doing, [find_run(name) for name in options.runs], report)
        return run_queue.serve(options.doing, _found_runs_dir(options.folder), report)
    folder = find_run(options.run)
    if options.action == "report":
        return run_report.run(folder, options, report)
    if options.action == "stop":
        return _stop(folder, report, force=options.force, wait_s=options.wait)
    if options.action == "rename":
        folder.update_manifest(name=" ".join(options.name.split()))
    elif options.action == "note":
        folder.update_manifest(note=options.text.strip())
    return _show(folder, report)


def find_run(name: str) -> RunFolder:
    """A run by its folder, or by its number, folder name or shown name in the project of the working directory.

    Raises:
        ProjectError: If there is none, or several.
    """
    if Path(name).exists():
        return RunFolder.open(Path(name))
    found = []
    for run in list_runs(runs_dir_of(Path())):
        number = run.name.partition("-")[0]
        if name in (run.name, run.shown_name()) or (
            name.isdecimal() and number.isdecimal() and int(number) == int(name)
        ):
            found.append(run)
    if len(found) != 1:
        raise ProjectError(NO_SUCH_RUN, NAME_RUN, name=name)
    return found[0]


def runs_dir_of(folder: Path) -> Path:
    """The folder of the runs of a project, or the folder itself if it is one."""
    for place in (folder / STATE_DIR / "runs", folder / "runs"):
        if place.is_dir():
            return place
    return folder


def _found_runs_dir(folder: Path) -> Path:
    if not folder.is_dir():
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "There is no folder {folder}."),
            QT_TRANSLATE_NOOP("Errors", "Name the folder of images that the runs belong to."),
            folder=folder,
        )
    return runs_dir_of(folder).resolve()


def _list(folder: Path, report: Report) -> dict[str, Any]:
    rows = RunLister(_found_runs_dir(folder)).look()
    for row in rows:
        best = f"{row.best:7.2%}" if row.best is not None else "      –"
        created = datetime.fromtimestamp(row.created).strftime("%Y-%m-%d %H:%M")
        name = row.name if row.name == row.run.name else f"{row.name} ({row.run.name})"
        report.line("  ".join(part for part in (f"{row.state.value:<11}", best, created, name, row.note) if part))
    if not rows:
        report.line("no runs")
    return {"runs": [_summary(row) for row in rows]}


def _summary(row: RunSummary) -> dict[str, Any]:
    return {
        "run": str(row.run.path),
        "name": row.name,
        "note": row.note,
        "created": row.created,
        "state": row.state.value,
        "best": row.best,
        "bundle": str(row.bundle) if row.bundle is not None else None,
    }


def _row(run: RunFolder) -> RunSummary:
    return next(row for row in RunLister(run.path.parent).look() if row.run == run)


def _show(run: RunFolder, report: Report) -> dict[str, Any]:
    row, status = _row(run), read_status(run.path)
    try:
        config = run.config().plain()
    except StudioError:
        config = {}
    history = run.history()
    found = results_of(history, config, run.manifest)
    report.line(f"{row.name}: {row.state.value}")
    cause = explain_run(run) if row.state in (RunState.FAILED, RunState.INTERRUPTED) else None
    if cause is not None:
        report.line(f"why: {cause.text()}")
    signs = health_of(run, history, time.time() if row.state.is_active else None)
    for sign in signs:
        report.line(f"{sign.state}: {sign.text()}")
    if row.note:
        report.line(f"note: {row.note}")
    if row.state.is_active and status is not None:
        report.line(
            f"process: {status.process.pid} on {status.process.host}, {status.stage} {status.done}/{status.total}"
        )
    elif row.state is RunState.UNKNOWN and status is not None:
        moment = datetime.fromtimestamp(status.heard).strftime("%Y-%m-%d %H:%M:%S")
        report.line(f"trained by {status.process.host}; last sign of life {moment}")
    for name, value in _values(found).items():
        report.line(f"{name}: {value}")
    process = {"host": status.process.host, "pid": status.process.pid} if status is not None else None
    told = {
        "cause": {"id": cause.id, "text": cause.text()} if cause is not None else None,
        "health": [{"id": sign.id, "state": sign.state, "text": sign.text()} for sign in signs],
    }
    return {**_summary(row), "process": process, **_plain(found), **told}


def _values(found: Results) -> dict[str, str]:
    values = {name: f"{found.measures[name]:.4f}" for name in MEASURES if name in found.measures}
    values["epochs"] = f"{found.epochs} of {found.epochs_planned or '?'}, best {found.best_epoch or '–'}"
    values["steps"] = str(found.steps)
    values["time"] = f"{found.seconds:.0f} s"
    for name, value in (("learning rate", found.lr), ("batch size", found.batch_size)):
        if value is not None:
            values[name] = f"{value:g}"
    for name, text in (("started from", found.base_model), ("data", found.data[:8])):
        if text:
            values[name] = text
    return values


def _plain(found: Results) -> dict[str, Any]:
    return {
        "measures": dict(found.measures),
        "best_epoch": found.best_epoch,
        "epochs": found.epochs,
        "epochs_planned": found.epochs_planned,
        "steps": found.steps,
        "seconds": round(found.seconds, 1),
        "learning_rate": found.lr,
        "batch_size": found.batch_size,
        "base_model": found.base_model,
        "dataset_sha256": found.data,
    }


def _compare(runs: Sequence[RunFolder], target: Path | None, report: Report) -> dict[str, Any]:
    compared = read_compared(runs)
    rows = differing([one.config for one in compared])
    lines = [["", *(one.name for one in compared)]]
    values = [_values(one.results) for one in compared]
    for name in dict.fromkeys(name for found in values for name in found):
        lines.append([name, *(found.get(name, "–") for found in values)])
    lines += [[key, *map(value_words, line)] for key, line in rows]
    for text in _aligned(lines):
        report.line(text)
    if target is not None:
        write_atomic(target, results_csv(compared))
    return {
        "runs": [{"run": str(one.run.path), "name": one.name, **_plain(one.results)} for one in compared],
        "settings": {key: list(map(value_words, line)) for key, line in rows},
    }


def _aligned(lines: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def _stop(run: RunFolder, report: Report, *, force: bool, wait_s: float) -> dict[str, Any]:
    state = _row(run).state
    if not state.is_active:
        raise EngineError(NOT_TRAINED, folder=run.path, state=state.value)
    if force:
        end_by_force(run.path)
    else:
        ask(run.path, stop=True)
    deadline = time.monotonic() + wait_s
    while (row := _row(run)).state.is_active:
        if time.monotonic() > deadline:
            raise EngineError(NOT_ENDED, USE_FORCE, folder=run.path, seconds=round(wait_s))
        time.sleep(LOOK_S)
    report.line(f"{row.name}: {row.state.value}")
    return _summary(row)
