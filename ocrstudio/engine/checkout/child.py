"""A tool of a checkout as a child process: its lines as they come, its use of the processor, and its sure end."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from ocrstudio.engine.checkout import guardian
from ocrstudio.engine.checkout.commands import Command

# Lines that wait for the supervisor: a training that floods its output is slowed down, not buffered without end.
_WAITING_LINES = 10_000
_DRAIN_S = 2.0
_LONGEST_LINE = 100_000


class LineSplitter:
    """Cuts the bytes of a stream into lines, at line feeds and at the carriage returns of progress bars."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """The lines that `data` completes; empty ones and NUL bytes (shared memory ran out) are left out."""
        parts = (self._rest + data).replace(b"\0", b"").replace(b"\r", b"\n").split(b"\n")
        self._rest = parts.pop()
        if len(self._rest) > _LONGEST_LINE:
            parts.append(self._rest)
            self._rest = b""
        return [part.decode("utf-8", errors="replace") for part in parts if part.strip()]

    def end(self) -> list[str]:
        """What is left without a line end."""
        return self.feed(b"\n")


@dataclass(frozen=True)
class Line:
    """One line of output; `error` tells stderr from stdout."""

    text: str
    error: bool


@dataclass(frozen=True)
class Effort:
    """What the processes of a child have done since their start: seconds of processor time, bytes from and to disks."""

    cpu: float
    disk: int


class Child:
    """A running tool. Whatever happens to this process, nothing of it stays behind (see `guardian`).

    Args:
        command: What to run.

    Raises:
        OSError: If not even the guardian can be started.
    """

    def __init__(self, command: Command) -> None:
        self._queue: queue.Queue[Line | None] = queue.Queue(_WAITING_LINES)
        package_root = str(Path(__file__).resolve().parents[3])
        known = os.environ.get("PYTHONPATH")
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([package_root, known] if known else [package_root])}
        self._process = subprocess.Popen(
            [sys.executable, "-m", guardian.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        stdin, out, err = self._process.stdin, self._process.stdout, self._process.stderr
        if stdin is None or out is None or err is None:
            raise OSError("no pipes")
        self._stdin = stdin
        order = {"argv": list(command.argv), "cwd": str(command.cwd), "env": dict(command.env)}
        with contextlib.suppress(OSError):
            self._stdin.write(json.dumps(order).encode() + b"\n")
            self._stdin.flush()
        self._readers = 2
        self._tree: dict[int, psutil.Process] = {}
        for stream, error in ((out, False), (err, True)):
            threading.Thread(target=self._read, args=(stream, error), daemon=True).start()

    def _read(self, stream: IO[bytes], error: bool) -> None:
        splitter = LineSplitter()
        descriptor = stream.fileno()
        with contextlib.suppress(OSError, ValueError):
            while data := os.read(descriptor, 65536):
                for text in splitter.feed(data):
                    self._queue.put(Line(text, error))
        for text in splitter.end():
            self._queue.put(Line(text, error))
        self._queue.put(None)

    def lines(self, wait: float) -> Iterator[Line]:
        """The lines there are; waits for the first one at most `wait` seconds."""
        block = True
        while self._readers:
            try:
                line = self._queue.get(block, wait)
            except queue.Empty:
                return
            block = False
            if line is None:
                self._readers -= 1
            else:
                yield line
        # nobody will say anything any more, but the end may take a moment
        if block:
            time.sleep(min(wait, 0.01))

    def all_lines(self, limit: float, stopped: Callable[[], bool] = lambda: False) -> Iterator[Line]:
        """The lines until the end; after `limit` seconds, or when asked to stop, the tool is left as it is."""
        deadline = time.monotonic() + limit
        while self.exit_code is None and time.monotonic() < deadline and not stopped():
            yield from self.lines(0.2)
        if self.exit_code is not None:
            yield from self.rest()

    @property
    def exit_code(self) -> int | None:
        """None while it runs; 128 + n if signal n ended it; negative if the guardian itself was killed."""
        return self._process.poll()

    def effort(self) -> Effort:
        """What all processes below the guardian have done; those that have ended count no more."""
        cpu, disk = 0.0, 0
        tree: dict[int, psutil.Process] = {}
        with contextlib.suppress(psutil.Error):
            for process in psutil.Process(self._process.pid).children(recursive=True):
                tree[process.pid] = process
                with contextlib.suppress(psutil.Error, AttributeError):
                    times = process.cpu_times()
                    cpu += times.user + times.system
                    counters = process.io_counters()
                    disk += counters.read_bytes + counters.write_bytes
        if tree:
            self._tree = tree
        return Effort(cpu, disk)

    def kill(self) -> None:
        """Ends the tool and everything it has started, and waits for that."""
        if self._process.poll() is None:
            self.effort()
            with contextlib.suppress(OSError):
                self._stdin.close()  # the guardian's order to kill
            try:
                self._process.wait(guardian.KILL_WAIT_S + 2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._kill_known()

    def _kill_known(self) -> None:
        """For the case that the guardian was killed: those that were below it when it was last looked at."""
        for process in self._tree.values():
            # psutil compares the time of birth, so a number that was given anew is spared
            with contextlib.suppress(psutil.Error):
                process.kill()

    def rest(self) -> list[Line]:
        """After the end: the lines not yet taken. A process that escaped may hold the pipes open; it is not awaited."""
        if self._process.poll() is not None and self._process.returncode < 0:
            self._kill_known()
        found: list[Line] = []
        deadline = time.monotonic() + _DRAIN_S
        while self._readers and time.monotonic() < deadline:
            found.extend(self.lines(0.1))
        return found

    def close(self) -> None:
        """Kills what is left and closes the pipes."""
        self.kill()
        self.rest()
        for stream in (self._stdin, self._process.stdout, self._process.stderr):
            if stream and not self._readers:
                with contextlib.suppress(OSError):
                    stream.close()
