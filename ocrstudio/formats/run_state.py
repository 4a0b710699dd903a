"""`state.json` and `control.json` of a run folder: who trains it and how far it is; what that process is asked to do.

The trainer writes the first and reads the second, everybody else the other way round. So whoever looks at the folder
knows as much as the window that started the run, and can stop it.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.run_state import Process, RunFacts
from ocrstudio.formats.atomic import patiently, write_atomic, write_error
from ocrstudio.formats.json_object import json_object

STATE_FILE = "state.json"
CONTROL_FILE = "control.json"
# What a trainer without a terminal prints, its libraries' words included.
CONSOLE_FILE = "console.log"
# A process that was born within so many seconds of the one that is meant is that one: the system's clock may be set.
SAME_BIRTH_S = 2.0
# A training of another computer that was heard so many seconds ago is taken for alive.
ALIVE_S = 60.0
IN_TRAINING = QT_TRANSLATE_NOOP("Errors", "{folder} is being trained already, by process {pid}.")
IN_TRAINING_ELSEWHERE = QT_TRANSLATE_NOOP("Errors", "{folder} is being trained already, by the computer {host}.")
STOP_FIRST = QT_TRANSLATE_NOOP("Errors", "Stop that training first, or wait for its end.")
# Larger files are not ours.
_LARGEST = 1_000_000

T = TypeVar("T")


@dataclass(frozen=True)
class ProcessId:
    """A process that no other is taken for, although numbers are given out again.

    Attributes:
        host: Name of the computer.
        pid: Its number there.
        created: When it began, in seconds: since that computer was started on Linux, since the epoch elsewhere.
        boot: Which start of the computer that counts from; "" where `created` is a time of the clock.
    """

    host: str = ""
    pid: int = 0
    created: float = 0.0
    boot: str = ""

    @classmethod
    def of(cls, pid: int) -> ProcessId:
        """A process of this computer; one that is gone already has no birth."""
        created, boot = _birth(pid) or (0.0, "")
        return cls(platform.node(), pid, created, boot)

    @property
    def standing(self) -> Process:
        """Whether it is alive now; `none` if no process is named."""
        if self.pid <= 0:
            return "none"
        if self.host != platform.node():
            return "elsewhere"
        return "gone" if self.find() is None else "alive"

    def find(self) -> Any:
        """The living process as psutil's object; None if it is gone, or its number belongs to another one now."""
        import psutil

        birth = _birth(self.pid)
        if birth is None or birth[1] != self.boot or abs(birth[0] - self.created) > SAME_BIRTH_S:
            return None
        try:
            process = psutil.Process(self.pid)
            return process if process.status() != psutil.STATUS_ZOMBIE else None
        except (psutil.Error, ValueError, OverflowError):
            return None


def _birth(pid: int) -> tuple[float, str] | None:
    """When a process began, and which start of the computer that counts from; None if there is none of that number.

    On Linux the clock has no part in it: it may be set, and a virtual machine that was asleep wakes up in another year.
    """
    import psutil

    boot = _boot_id()
    if boot:
        try:
            # the name in brackets may hold anything; field 22 is the number of clock ticks
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            return int(stat.split()[19]) / os.sysconf("SC_CLK_TCK"), boot
        except (OSError, ValueError, IndexError):
            # nobody of that number, or it went while it was looked at
            return None
    try:
        return float(psutil.Process(pid).create_time()), ""
    except (psutil.Error, ValueError, OverflowError):
        return None


@functools.cache
def _boot_id() -> str:
    """Which start of the computer this is; "" where the system does not tell."""
    if not sys.platform.startswith("linux"):
        # a folder of that name on the current drive of Windows is anybody's
        return ""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


@dataclass(frozen=True)
class Exit:
    """How a trainer ended that could not say so itself.

    Attributes:
        code: Its exit code; 128 + n after signal n.
        signal: The signal that ended it, 0 if none did.
        error: Why it could not even be started.
    """

    code: int = 0
    signal: int = 0
    error: str = ""


@dataclass(frozen=True)
class RunStatus:
    """`state.json`.

    Attributes:
        process: Who trains.
        began: When that training began, seconds since the epoch.
        heard: The last sign of life.
        log: The file to follow for what the trainer prints.
        stage: One of `core.run_history.STAGES`, or `core.run_state.START_STAGE`.
        done: How far the stage is.
        total: Of so many; 0 if unknown.
        notices: Fields of `messages.Notice`, oldest first.
        failed: Fields of `messages.Failed`; empty if it did not fail.
        is_over: The trainer is done, well or not.
        exit: How it ended, if it could not say so.
    """

    process: ProcessId = field(default_factory=ProcessId)
    began: float = 0.0
    heard: float = 0.0
    log: str = ""
    stage: str = ""
    done: int = 0
    total: int = 0
    notices: list[dict[str, Any]] = field(default_factory=list)
    failed: dict[str, Any] = field(default_factory=dict)
    is_over: bool = False
    exit: Exit | None = None


@dataclass(frozen=True)
class Control:
    """`control.json`.

    Attributes:
        stop: Save and end.
        end: It was ended by force.
        window: The training is to stop when this process is gone; None: it goes on alone.
    """

    stop: bool = False
    end: bool = False
    window: ProcessId | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the end is wanted."""
        return self.stop or self.end


def read_status(folder: Path) -> RunStatus | None:
    """Who trains, or trained last; None if nobody ever said so or the file is broken."""
    raw = _read(folder / STATE_FILE)
    if raw is None:
        return None
    status = made_from(RunStatus, raw)
    process = raw.get("process")
    ended = raw.get("exit")
    return replace(
        status,
        process=made_from(ProcessId, process) if isinstance(process, dict) else ProcessId(),
        exit=made_from(Exit, ended) if isinstance(ended, dict) else None,
        log=Path(status.log).name,
        notices=[one for one in status.notices if isinstance(one, dict)],
    )


def write_status(folder: Path, status: RunStatus) -> None:
    """Replaces the file; `ProjectError` if that fails."""
    # what it says can be said again a moment later: no need to wait for the disk
    write_atomic(folder / STATE_FILE, json.dumps({"v": 1, **asdict(status)}, ensure_ascii=False), durable=False)


def read_control(folder: Path) -> Control:
    """What is asked of the trainer; nothing if there is no such file."""
    raw = _read(folder / CONTROL_FILE) or {}
    window = raw.get("window")
    return replace(made_from(Control, raw), window=made_from(ProcessId, window) if isinstance(window, dict) else None)


def write_control(folder: Path, control: Control) -> None:
    """Replaces the file; `ProjectError` if that fails."""
    write_atomic(folder / CONTROL_FILE, json.dumps({"v": 1, **asdict(control)}), durable=False)


def ask(folder: Path, **values: Any) -> None:
    """Changes some fields of `Control` and leaves the others; `ProjectError` if the file cannot be written."""
    write_control(folder, replace(read_control(folder), **values))


def facts_of(
    status: RunStatus | None,
    control: Control,
    end: Mapping[str, Any] | None,
    *,
    has_records: bool,
    queued: bool = False,
) -> RunFacts:
    """Puts together what `core.run_state.state_of` judges; looks whether the trainer is alive."""
    if status is None:
        return RunFacts(end=end, has_records=has_records, queued=queued)
    return RunFacts(
        process=status.process.standing,
        end=end,
        has_records=has_records,
        began=status.began,
        is_over=status.is_over,
        stage=status.stage,
        has_failed=bool(status.failed),
        has_crashed=status.exit is not None,
        stop_asked=control.is_asked,
        was_killed=control.end,
        queued=queued,
    )


def refuse_second(folder: Path, *, keeper: ProcessId | None = None) -> None:
    """Makes sure that nobody trains a run.

    Args:
        folder: Of the run.
        keeper: The process that has announced this very training; it does not count.

    Raises:
        EngineError: If somebody does; says who.
    """
    status = read_status(folder)
    if status is None or status.is_over or status.process == keeper:
        return
    standing = status.process.standing
    if standing == "alive":
        raise EngineError(IN_TRAINING, STOP_FIRST, folder=folder, pid=status.process.pid)
    if standing == "elsewhere" and time.time() - status.heard < ALIVE_S:
        raise EngineError(IN_TRAINING_ELSEWHERE, STOP_FIRST, folder=folder, host=status.process.host)


def make_ready(folder: Path, window: ProcessId | None) -> None:
    """Lets a run folder await its trainer.

    Args:
        folder: Of the run.
        window: The training stops in order when this process is gone; None: it goes on alone.

    Raises:
        EngineError: If somebody trains it already.
        ProjectError: If it cannot be written to.
    """
    refuse_second(folder)
    write_control(folder, Control(window=window))
    try:
        # what an earlier training said of itself
        patiently(lambda: (folder / STATE_FILE).unlink(missing_ok=True))
    except OSError as error:
        raise write_error(folder / STATE_FILE, error) from error


def end_by_force(folder: Path) -> None:
    """Ends a run's trainer at once, with everything that it has started; nothing happens if none is alive.

    Raises:
        ProjectError: If `control.json` cannot be written, so that nobody would know who ended it.
    """
    import psutil

    status = read_status(folder)
    process = status.process.find() if status is not None and status.process.standing == "alive" else None
    if process is None:
        return
    ask(folder, stop=True, end=True)
    family = [process]
    with contextlib.suppress(psutil.Error):
        family += process.children(recursive=True)
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        if patiently(path.stat).st_size > _LARGEST:
            return None
        return json_object(patiently(path.read_bytes))
    except OSError:
        return None


_KINDS: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list[dict[str, Any]]": list,
    "dict[str, Any]": dict,
}


def made_from(kind: type[T], raw: Mapping[str, Any]) -> T:
    """A dataclass from a file's object: what is missing, unknown or of another type takes its default."""
    values = {}
    for item in fields(kind):  # type: ignore[arg-type]
        value, allowed = raw.get(item.name), _KINDS.get(str(item.type))
        if allowed is not None and isinstance(value, allowed) and (allowed is bool or not isinstance(value, bool)):
            values[item.name] = value
    return kind(**values)
