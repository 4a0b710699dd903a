"""Starts a trainer, waits for its end, says how it ended if it could not, and goes on with what waits in the queue.

It outlives the window, and the trainer outlives it: all of them talk through the run folder. What a trainer leaves
behind when it crashes - loaders, helpers on the graphics card - ends with it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ocrstudio.core.errors import StudioError
from ocrstudio.core.run_state import START_STAGE
from ocrstudio.engine.checkout import guardian
from ocrstudio.formats import run_queue
from ocrstudio.formats.atomic import write_error
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import (
    CONSOLE_FILE,
    Control,
    Exit,
    ProcessId,
    RunStatus,
    make_ready,
    read_control,
    read_status,
    refuse_second,
    write_control,
    write_status,
)

T = TypeVar("T")


def keep(folder: Path, *, resume: bool = False, program: list[str] | None = None) -> None:
    """Trains a run, then those that wait in the queue, until nothing waits or somebody stops a training.

    Args:
        folder: The first run; its `control.json` says whether the trainings depend on a window.
        resume: Go on from that run's latest checkpoint.
        program: Replaces `python -m ocrstudio`; for tests.

    Raises:
        StudioError: If that is no run.
    """
    guardian.gather_orphans()
    run = RunFolder.open(folder)
    runs_dir, me = run.path.parent, ProcessId.of(os.getpid())
    _change(lambda: run_queue.keep(runs_dir, me))
    while True:
        _train(run, me, program or [sys.executable, "-m", "ocrstudio"], resume=resume)
        control = read_control(run.path)
        if control.is_asked:
            # who stops a training wants the computer back
            _change(lambda: run_queue.hold(runs_dir))
            return
        if control.window is not None and control.window.standing == "gone":
            _change(lambda: run_queue.keep(runs_dir, ProcessId()))
            return
        entry = _change(lambda: run_queue.take(runs_dir, me))
        if entry is None:
            return
        run, resume = RunFolder(runs_dir / entry.run), entry.resume
        _change(partial(write_control, run.path, Control(window=control.window)))


def start_detached(run: RunFolder, *, resume: bool) -> ProcessId:
    """Starts a process that keeps a run, as `keep` does; it belongs to nobody, and says all in the run's folder.

    Returns:
        That process.

    Raises:
        EngineError: If somebody trains the run already.
        ProjectError: If its folder cannot be written to.
    """
    make_ready(run.path, None)
    arguments = ["engine", "keep", str(run.path), *(["--resume"] if resume else [])]
    try:
        with (run.path / CONSOLE_FILE).open("ab") as console:
            started = subprocess.Popen(
                [sys.executable, "-m", "ocrstudio", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                start_new_session=os.name == "posix",
                creationflags=_no_console(),
            )
    except OSError as error:
        raise write_error(run.path / CONSOLE_FILE, error) from error
    return ProcessId.of(started.pid)


def _change(change: Callable[[], T]) -> T | None:
    """Changes the queue; what stands in the way must not keep a training from its start, and is told in the log."""
    try:
        return change()
    except StudioError as error:
        sys.stderr.write(f"ocrstudio: {error}\n")
        return None


def _train(run: RunFolder, keeper: ProcessId, program: list[str], *, resume: bool) -> None:
    """One training, from its start to the end of everything that it started."""
    try:
        refuse_second(run.path)
    except StudioError as error:
        # whoever trains it goes on, and keeps its state
        sys.stderr.write(f"ocrstudio: {error}\n")
        return
    now = time.time()
    started = RunStatus(keeper, began=now, heard=now, log=CONSOLE_FILE, stage=START_STAGE)
    write_status(run.path, started)
    command = [*program, "engine", "train", "-c", str(run.config_path), "--detached", *(["--resume"] if resume else [])]
    try:
        with (run.path / CONSOLE_FILE).open("ab") as console:
            trainer = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                # of a group of its own: what it leaves behind is found by it
                start_new_session=os.name == "posix",
                creationflags=_no_console(),
            )
    except OSError as error:
        _note(run, Exit(127, 0, error.strerror or str(error)), fallback=started)
        return
    code = trainer.wait()
    guardian.kill_below(os.getpid(), trainer.pid)
    if code:
        _note(run, Exit(128 - code if code < 0 else code, max(0, -code)), fallback=started)


def _note(run: RunFolder, ended: Exit, fallback: RunStatus) -> None:
    """Adds how a trainer ended to what it said last."""
    status = read_status(run.path) or fallback
    with contextlib.suppress(StudioError):
        write_status(run.path, replace(status, is_over=True, exit=ended))


def _no_console() -> int:
    """Windows opens a black window for every program of the console otherwise."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
