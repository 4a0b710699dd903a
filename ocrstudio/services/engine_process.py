"""One child process of the window: starting, talking, and an end that is always told exactly once."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PyQt5.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.protocol.messages import Message, decode, encode
from ocrstudio.services.family import Family
from ocrstudio.services.timers import single_shot

LOGGER = logging.getLogger(__name__)

OutcomeKind = Literal["finished", "failed", "crashed", "killed", "not_started"]

KEPT_LOG_LINES = 60
CLOSE_GRACE_MS = 2000
KILL_WAIT_MS = 3000
_POSIX = os.name == "posix"
# The shells' exit code for a file that is no program.
_CANNOT_EXECUTE = 126
_LEAD_GROUP = f"""
import os, sys
os.setsid()
try:
    os.execv(sys.argv[1], sys.argv[1:])
except OSError as error:
    sys.stderr.write(f"{{sys.argv[1]}}: {{error.strerror}}\\n")
    sys.exit({_CANNOT_EXECUTE})
"""
# A plugin path meant for this process's Qt (or left behind by cv2) breaks any other Qt that a child may load.
_NOT_INHERITED = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_PLUGIN_PATH", "QT_QPA_FONTDIR", "OCRSTUDIO_STARTUP_PROBE")
# Ends that somebody asked for from outside, the kernel's out-of-memory killer included; other signals are crashes.
_KILL_SIGNALS = frozenset({int(signal.SIGTERM), int(signal.SIGINT), 9})


@dataclass(frozen=True)
class Outcome:
    """How a child ended.

    Attributes:
        kind: `finished` (exit 0), `failed` (other exit code), `crashed` (died by its own fault), `killed` (by us or by
            the system), `not_started` (the program is missing or not executable).
        exit_code: The exit code, the signal number for `crashed` and `killed`, -1 for `not_started`.
        last_error_text: The last lines that were no messages; a traceback, if there was one.
    """

    kind: OutcomeKind
    exit_code: int
    last_error_text: str = ""


class LineBuffer:
    """Cuts a byte stream into decoded lines; keeps an unfinished one until its end arrives."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """The complete lines after `data`, without their ends."""
        *lines, rest = (self._rest + data).split(b"\n")
        # A progress bar repaints its line after "\r" for minutes without ever ending it.
        self._rest = rest.rstrip(b"\r").rpartition(b"\r")[2] if b"\r" in rest[:-1] else rest
        return [self._text(line) for line in lines]

    def drain(self) -> list[str]:
        """The last line, if its end never came."""
        rest, self._rest = self._rest, b""
        return [self._text(rest)] if rest.strip() else []

    @staticmethod
    def _text(line: bytes) -> str:
        return line.rstrip(b"\r").rpartition(b"\r")[2].decode("utf-8", errors="replace")


class EngineProcess(QObject):
    """One child: `python -m ocrstudio <arguments>`, in its own process group.

    Args:
        arguments: What follows the program's name, such as `["engine", "recognize"]`.
        parent: Owner; whoever made the object still calls `close`.
        program: Replaces `python -m ocrstudio` (tests run a scripted child through it).
    """

    message_received = pyqtSignal(object)  # protocol Message
    log_received = pyqtSignal(str)  # one line that is no message, from stdout or stderr
    ended = pyqtSignal(object)  # Outcome; once per start()

    def __init__(self, arguments: list[str], parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = [*(program or [sys.executable, "-m", "ocrstudio"]), *arguments]
        self._process = QProcess(self)
        self._process.setProcessEnvironment(child_environment())
        self._out, self._err = LineBuffer(), LineBuffer()
        self._last_lines: deque[str] = deque(maxlen=KEPT_LOG_LINES)
        self._alive = False
        self._asked = False
        self._family: Family | None = None
        self._kill_timer = single_shot(self, 0, self._on_kill_timer_timeout)
        self._process.started.connect(self._on_process_started)
        self._process.readyReadStandardOutput.connect(self._on_process_output)
        self._process.readyReadStandardError.connect(self._on_process_error_output)
        self._process.errorOccurred.connect(self._on_process_error_occurred)
        self._process.finished.connect(self._on_process_finished)

    @property
    def is_running(self) -> bool:
        """True from `start` until `ended`."""
        return self._alive

    @property
    def pid(self) -> int:
        """The child's process id, 0 while there is none."""
        return int(self._process.processId())

    def start(self) -> None:
        """Starts the child; a missing program is told through `ended`, never raised. Does nothing while it runs."""
        if self._alive:
            return
        self._alive, self._asked, self._family = True, False, None
        self._out, self._err = LineBuffer(), LineBuffer()
        self._last_lines.clear()
        program = shutil.which(self._command[0])
        if program is None:
            self._last_lines.append(f"{self._command[0]}: no such program")
            # Not from within start(): the caller may not be ready for the end of what it is just beginning.
            QTimer.singleShot(0, self._on_program_missing)
            return
        LOGGER.info("starting %s", self._command)
        program, *arguments = _as_group_leader([program, *self._command[1:]])
        self._process.start(program, arguments)

    def send(self, message: Message) -> None:
        """Writes a message to the child's stdin; dropped with a log line when the child is gone."""
        if not self._alive or self._process.state() == QProcess.ProcessState.NotRunning:
            LOGGER.warning("no child for message %s", message.type)
            return
        self._process.write(encode(message).encode("utf-8"))

    def close_input(self) -> None:
        """Closes the child's stdin after what was written: the child understands that nothing more will come."""
        self._process.closeWriteChannel()

    def stop(self, grace_ms: int) -> None:
        """Asks the child to end and returns at once; after `grace_ms` the whole group is killed."""
        if not self._alive:
            return
        self._asked = True
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.terminate()
        self._kill_timer.start(max(0, grace_ms))

    def close(self, grace_ms: int = CLOSE_GRACE_MS) -> None:
        """Ends the child and waits for its end: no process of the group is left when this returns."""
        self._kill_timer.stop()
        if not self._alive:
            return
        self._asked = True
        self.close_input()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.terminate()
            if not self._process.waitForFinished(grace_ms):
                self._kill_group()
                self._process.waitForFinished(KILL_WAIT_MS)

    @pyqtSlot()
    def _on_process_started(self) -> None:
        self._family = Family(self.pid)

    @pyqtSlot()
    def _on_process_output(self) -> None:
        for line in self._out.feed(bytes(self._process.readAllStandardOutput())):
            self._take_output_line(line)

    @pyqtSlot()
    def _on_process_error_output(self) -> None:
        for line in self._err.feed(bytes(self._process.readAllStandardError())):
            self._take_log_line(line)

    def _take_output_line(self, line: str) -> None:
        message = decode(line)
        if message is None:
            self._take_log_line(line)
        else:
            self.message_received.emit(message)

    def _take_log_line(self, line: str) -> None:
        if line.strip():
            self._last_lines.append(line)
            self.log_received.emit(line)

    @pyqtSlot(QProcess.ProcessError)
    def _on_process_error_occurred(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`; this one is not.
        if error == QProcess.ProcessError.FailedToStart:
            self._last_lines.append(self._process.errorString())
            self._end(Outcome("not_started", -1, "\n".join(self._last_lines)))

    @pyqtSlot()
    def _on_program_missing(self) -> None:
        self._end(Outcome("not_started", -1, "\n".join(self._last_lines)))

    @pyqtSlot(int, QProcess.ExitStatus)
    def _on_process_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_process_error_output()
        for line in self._err.drain():
            self._take_log_line(line)
        self._on_process_output()
        for line in self._out.drain():
            self._take_output_line(line)
        # Helpers of a child that crashed would otherwise live on, holding the GPU.
        self._kill_group()
        kind = self._kind(code, status)
        self._end(Outcome(kind, -1 if kind == "not_started" else code, "\n".join(self._last_lines)))

    def _kind(self, code: int, status: QProcess.ExitStatus) -> OutcomeKind:
        if status == QProcess.ExitStatus.NormalExit:
            if _POSIX and code == _CANNOT_EXECUTE:
                return "not_started"
            # Windows knows no signals: a killed child just has an exit code.
            return "finished" if code == 0 else "killed" if self._asked and not _POSIX else "failed"
        return "killed" if self._asked or code in _KILL_SIGNALS else "crashed"

    def _end(self, outcome: Outcome) -> None:
        if self._alive:
            self._alive = False
            self._kill_timer.stop()
            LOGGER.info("child %s ended: %s %d", self._command[-1], outcome.kind, outcome.exit_code)
            self.ended.emit(outcome)

    @pyqtSlot()
    def _on_kill_timer_timeout(self) -> None:
        self._kill_group()

    def _kill_group(self) -> None:
        """Kills the child and every process it started that stayed in its family."""
        if self._family is None or not self._family.kill():
            # too young to lead its group, or gone already
            self._process.kill()


def _as_group_leader(command: list[str]) -> list[str]:
    """The command behind a step that makes it lead a process group of its own, so that its helpers end with it.

    The step is a process of its own rather than `QProcess.setupChildProcess`: Python code between fork and exec waits
    for ever when another thread has asked for the interpreter's lock, because that thread is not in the child.
    """
    if not _POSIX:
        return command
    return [sys.executable, "-I", "-S", "-c", _LEAD_GROUP, *command]


def child_environment() -> QProcessEnvironment:
    """The environment of every child: UTF-8, unbuffered, able to import this very package, free of our Qt's paths."""
    environment = QProcessEnvironment.systemEnvironment()
    for name in _NOT_INHERITED:
        environment.remove(name)
    environment.insert("PYTHONUTF8", "1")
    environment.insert("PYTHONUNBUFFERED", "1")
    package_root = str(Path(__file__).resolve().parents[2])
    known = [path for path in environment.value("PYTHONPATH").split(os.pathsep) if path and path != package_root]
    environment.insert("PYTHONPATH", os.pathsep.join([package_root, *known]))
    return environment
