"""A training in several processes, seen from outside: starts Paddle's launcher, passes on what the first process says.

The launcher gives the processes its own stdin: when it is closed, all of them stop, save and end.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import psutil

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.distributed import CONNECTION_BROKE, LOG_DIR, launch_command, process_count
from ocrstudio.engine.report import Send, TrainReport
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages

POLL_S = 0.1
# A batch, an evaluation, a checkpoint and the export fit into this; then the processes are ended.
STOP_GRACE_S = 600
LOG_OF_FIRST = "workerlog.0"
ENDED = QT_TRANSLATE_NOOP("Errors", "One of the training processes ended unexpectedly (exit code {code}).")
NOT_LAUNCHED = QT_TRANSLATE_NOOP("Errors", "Paddle could not start the training processes: {reason}.")
CHECK_DEVICES = QT_TRANSLATE_NOOP(
    "Errors", "Compare Global.devices ({devices}) with the graphics cards that ocrstudio doctor names."
)
SEE_LOGS = QT_TRANSLATE_NOOP("Errors", "Their output is in {folder}; the checkpoints from before are kept.")


def run_launched(
    run: RunFolder, settings: TrainSettings, send: Send, stopped: Callable[[], bool], *, resume: bool = False
) -> dict[str, Any]:
    """Trains a run in the processes that its settings name.

    Args:
        run: Its folder gets the processes' output under `workers`.
        settings: Devices, machines, epochs.
        send: Takes the protocol messages of the first process.
        stopped: Asked all the time; True makes all processes stop, save and end.
        resume: Go on from the checkpoint `latest`.

    Returns:
        The result of this machine's first process (see `training.run_training`).

    Raises:
        StudioError: What one of the processes failed with; if one ended without a word, where to look.
    """
    folder = run.path / LOG_DIR
    make_folder(folder)
    for old in folder.glob("workerlog.*"):
        old.unlink()
    arguments = ["engine", "train", "-c", str(run.config_path), *(["--resume"] if resume else [])]
    command = launch_command(
        run.path, arguments, devices=settings.devices, nodes=settings.nodes, master=settings.master
    )
    with tempfile.TemporaryFile() as said:
        process = _start(command, settings.devices, said)
        try:
            last = _follow(process, folder / LOG_OF_FIRST, send, stopped)
        finally:
            _end(process)
            # the launcher notes all environment variables there, which are nobody else's business
            for noted in (*folder.glob("backup_env.*"), *folder.glob("envlog.*"), *folder.glob("*.log")):
                with contextlib.suppress(OSError):
                    noted.unlink()
        if isinstance(last, messages.Done):
            return last.result
        error = EngineError(ENDED, SEE_LOGS, code=process.returncode, folder=folder)
        if not any(folder.glob("workerlog.*")):
            error = EngineError(NOT_LAUNCHED, CHECK_DEVICES, reason=_last_line(said), devices=settings.devices or "-")
    raise _failure(run, settings, send, folder, error)


def _start(command: list[str], devices: str, said: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        # the launcher repeats the first process's output, which is read from its file
        stdout=subprocess.DEVNULL,
        stderr=said,
        env=_environment(devices),
        # Ctrl+C is for us: the launcher would end the processes after half a minute, saved or not
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _environment(devices: str) -> dict[str, str]:
    """Ours, so that every process finds the program from wherever it was started, and its share of the cores."""
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    threads = max(1, (os.cpu_count() or 1) // (process_count(devices) if devices else 1))
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": str(threads),
    }


def _follow(
    process: subprocess.Popen[bytes], log: Path, send: Send, stopped: Callable[[], bool]
) -> messages.Message | None:
    """Passes messages on until the processes have ended; the last one that tells the result."""
    last: messages.Message | None = None
    deadline = float("inf")
    lines = _lines(log)
    while True:
        over = process.poll() is not None
        for line in next(lines):
            message = messages.decode(line)
            if isinstance(message, (messages.Done, messages.Failed)):
                last = message
            elif message is not None:
                send(message)
            else:
                sys.stderr.write(line + "\n")
        if over:
            return last
        if stopped() and process.stdin is not None and not process.stdin.closed:
            process.stdin.close()
            deadline = time.monotonic() + STOP_GRACE_S
        if time.monotonic() > deadline:
            return last
        time.sleep(POLL_S)


def _lines(log: Path) -> Iterator[list[str]]:
    """The whole lines that a growing file got since the last time."""
    place, rest = 0, b""
    while True:
        data = b""
        with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
            file.seek(place)
            data = file.read()
        place += len(data)
        *whole, rest = (rest + data).split(b"\n")
        yield [line.decode("utf-8", "replace") for line in whole]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing outlives this call: neither the launcher nor what it started."""
    family = []
    with contextlib.suppress(psutil.NoSuchProcess):
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _last_line(file: IO[bytes]) -> str:
    """What a program said last; "?" if nothing."""
    file.seek(0)
    lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip().rstrip(".") if lines else "?"


def _failure(run: RunFolder, settings: TrainSettings, send: Send, folder: Path, error: EngineError) -> EngineError:
    """What went wrong, from the process that said it, else `error`; recorded if the first one could not."""
    told: list[messages.Failed] = []
    for log in sorted(folder.glob("workerlog.*")):
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            message = messages.decode(line)
            if isinstance(message, messages.Failed):
                told.append(message)
    # that the others lost their connection is the effect
    for message in sorted(told, key=lambda one: one.what == CONNECTION_BROKE)[:1]:
        error = EngineError(message.what, message.remedy, **message.values)
    records = read_metrics(run.metrics_path) if run.metrics_path.is_file() else []
    if not records or records[-1].get("kind") != "end":
        report = TrainReport(run, send, settings.epochs)
        report.info(str(error), level="ERROR")
        report.failed(error)
        report.close()
    return error
