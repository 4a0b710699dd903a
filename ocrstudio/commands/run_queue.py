"""`ocrstudio runs queue list|add|remove|first|hold|start`: the trainings that wait for their turn."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.formats import run_queue
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_list import RunLister, RunSummary
from ocrstudio.formats.run_queue import RunQueue
from ocrstudio.formats.run_state import ProcessId

CANNOT_WAIT = QT_TRANSLATE_NOOP("Errors", "{folder} cannot wait for a training: it is {state}.")
TRAIN_ANEW = QT_TRANSLATE_NOOP("Errors", "Train its config anew: ocrstudio train {folder} --name NAME --queue")
UNDER_WAY = QT_TRANSLATE_NOOP("Errors", "{folder} is being trained by a command, which does not go on with the queue.")
WAIT_OR_STOP = QT_TRANSLATE_NOOP("Errors", "Start the queue when it has ended, or stop it: ocrstudio runs stop RUN.")
NOTHING_WAITS = QT_TRANSLATE_NOOP("Errors", "Nothing waits in the queue of {folder}.")
LET_WAIT = QT_TRANSLATE_NOOP(
    "Errors", "Put a run into it: ocrstudio runs queue add RUN, or ocrstudio train CONFIG --queue."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares what can be done with the queue."""
    doings = parser.add_subparsers(dest="doing", required=True, metavar="list|add|remove|first|hold|start")
    for name, words in (
        ("list", "what waits, in its order"),
        ("hold", "start nothing of it any more; what is being trained goes on"),
        ("start", "train what waits, one after the other, also when this terminal is closed"),
    ):
        doing = doings.add_parser(name, help=words)
        doing.add_argument("folder", nargs="?", type=Path, default=Path(), help="project, or a folder of runs")
    for name, words in (
        ("add", "let runs wait for their turn; those that were begun go on where they were"),
        ("remove", "take runs out; their folders stay"),
        ("first", "train these before all others that wait"),
    ):
        doing = doings.add_parser(name, help=words)
        doing.add_argument("runs", nargs="+", metavar="RUN", help="folder of a run, or its number or name here")
    for doing in doings.choices.values():
        doing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def change(doing: str, runs: list[RunFolder], report: Report) -> dict[str, Any]:
    """Puts runs into the queue of their folder, takes them out, or puts them first.

    Raises:
        StudioError: If a run cannot wait, or the queue cannot be written.
    """
    queue, runs_dir = RunQueue(), runs[0].path.parent
    for run in runs:
        if doing == "add":
            queue = wait(run)
        elif doing == "remove":
            queue = run_queue.remove(run.path.parent, run.name)
    if doing == "first":
        queue = run_queue.arrange(runs_dir, [run.name for run in runs])
    return tell(queue, runs_dir, report)


def wait(run: RunFolder) -> RunQueue:
    """Puts a run at the end of its folder's queue.

    Raises:
        EngineError: If it is being trained or finished.
        ProjectError: If the queue cannot be written.
    """
    row = _row(run)
    if not row.state.can_wait and run.name not in run_queue.read_queue(run.path.parent).names:
        raise EngineError(CANNOT_WAIT, TRAIN_ANEW, folder=run.path, state=row.state.value)
    return run_queue.add(run.path.parent, run.name, resume=row.goes_on)


def serve(doing: str, runs_dir: Path, report: Report) -> dict[str, Any]:
    """Shows the queue of a folder of runs, holds it, or starts what waits first.

    Raises:
        StudioError: If nothing waits or something is being trained, or a file cannot be written.
    """
    if doing == "hold":
        run_queue.pause(runs_dir, True)
    elif doing == "start":
        _start(runs_dir, report)
    return tell(run_queue.read_queue(runs_dir), runs_dir, report)


def _start(runs_dir: Path, report: Report) -> None:
    if not run_queue.read_queue(runs_dir).names:
        raise EngineError(NOTHING_WAITS, LET_WAIT, folder=runs_dir)
    if run_queue.pause(runs_dir, False).is_kept:
        return
    active = next((row for row in RunLister(runs_dir).look() if row.state.is_active), None)
    if active is not None:
        raise EngineError(UNDER_WAY, WAIT_OR_STOP, folder=active.run.path)
    from ocrstudio.engine.keeper import start_detached

    entry = run_queue.take(runs_dir, ProcessId())
    if entry is not None:
        run = RunFolder(runs_dir / entry.run)
        run_queue.keep(runs_dir, start_detached(run, resume=entry.resume))
        report.line(f"{run.shown_name()} is started; follow it with: ocrstudio runs show {shlex.quote(str(run.path))}")


def tell(queue: RunQueue, runs_dir: Path, report: Report) -> dict[str, Any]:
    """Says what waits and what comes of it."""
    rows = {row.run.name: row for row in RunLister(runs_dir).look()}
    active = [row for row in rows.values() if row.state.is_active]
    for row in active:
        report.line(f"now  {row.name}")
    for place, entry in enumerate(queue.waiting, start=1):
        name = rows[entry.run].name if entry.run in rows else entry.run
        report.line(f"{place:>3}  {name}{', goes on where it was' if entry.resume else ''}")
    if not queue.waiting:
        report.line("nothing waits")
    elif queue.paused:
        report.line("held: nothing of it is started until you say: ocrstudio runs queue start")
    elif not queue.is_kept:
        report.line("nobody goes on with it by itself; start it with: ocrstudio runs queue start")
    return {
        "training": [str(row.run.path) for row in active],
        "waiting": [{"run": str(runs_dir / entry.run), "resume": entry.resume} for entry in queue.waiting],
        "held": queue.paused,
        "kept": queue.is_kept,
    }


def _row(run: RunFolder) -> RunSummary:
    return next(row for row in RunLister(run.path.parent).look() if row.run == run)
