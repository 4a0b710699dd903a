"""Stands between the supervisor and a training, and lets nothing of the training outlive either.

A program of its own, in a session of its own, so that neither the training's signals nor the supervisor's reach it.
It reads one JSON line from stdin (argv, cwd, env), starts that command as the leader of a new process group and waits.
When stdin ends - the supervisor asks for the end, or is gone, however it died - everything below it is killed; so it is
when the training ends by itself. On Linux whatever leaves the group stays below the guardian too (child subreaper), and
the training dies with the guardian (parent-death signal).

Exit code: the training's; 128 + n if signal n ended it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import psutil

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
NOT_STARTED = 127
_LINUX = sys.platform.startswith("linux")
_POSIX = os.name == "posix"
# Whatever has not vanished by then hangs in the kernel; nobody can end it.
KILL_WAIT_S = 5.0


def kill_below(pid: int, group: int | None = None) -> None:
    """Kills every process below `pid`, again and again until none is left; `pid` itself is spared.

    Args:
        pid: Usually the caller's own.
        group: A process group to kill as a whole first.
    """
    deadline = time.monotonic() + KILL_WAIT_S
    while True:
        if group is not None and _POSIX:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        try:
            below = [one for one in psutil.Process(pid).children(recursive=True) if _alive(one)]
        except psutil.NoSuchProcess:
            return
        for process in below:
            with contextlib.suppress(psutil.Error):
                process.kill()
        if not below or time.monotonic() > deadline:
            return
        time.sleep(0.02)


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _prctl(option: int, value: int) -> None:
    if _LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def gather_orphans() -> None:
    """From now on whatever a child leaves behind stays below this process (Linux)."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _start(order: dict[str, Any]) -> subprocess.Popen[bytes]:
    guardian = os.getpid()

    def die_with_guardian() -> None:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != guardian:
            os._exit(NOT_STARTED)

    return subprocess.Popen(
        order["argv"],
        cwd=order["cwd"],
        env=order["env"],
        stdin=subprocess.DEVNULL,
        start_new_session=_POSIX,
        preexec_fn=die_with_guardian if _LINUX else None,
    )


def _await(child: subprocess.Popen[bytes]) -> int:
    """The child's end; on Linux also takes the leave of orphans that were handed to the guardian."""
    if not _LINUX:
        return child.wait()
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == child.pid:
            return os.waitstatus_to_exitcode(status)


def _first_line() -> bytes:
    """Of stdin, unbuffered: the thread that waits for its end must not hold a lock when the program ends."""
    line = b""
    while not line.endswith(b"\n"):
        data = os.read(0, 65536)
        if not data:
            return b""
        line += data
    return line


def main() -> int:
    """Runs one command; see the module."""
    if _POSIX:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # a handler, because ignoring would be passed on to the training
            signal.signal(number, lambda *_: None)
    order = json.loads(_first_line() or b"null")
    if order is None:
        return NOT_STARTED
    gather_orphans()
    try:
        child = _start(order)
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"{order['argv'][0]}: {error}\n")
        return NOT_STARTED

    def watch() -> None:
        while os.read(0, 4096):
            pass
        kill_below(os.getpid(), child.pid)

    threading.Thread(target=watch, daemon=True).start()
    code = _await(child)
    kill_below(os.getpid(), child.pid)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
