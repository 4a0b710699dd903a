"""What a subcommand tells the outside: people, scripts (--json) or the window (--protocol)."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.protocol import messages

REFUSED = QT_TRANSLATE_NOOP("Errors", "{file} cannot be used: {reason}.")
CHECK_PLACE = QT_TRANSLATE_NOOP("Errors", "Check the path and the drive, then try again.")
NOT_PRINTED = QT_TRANSLATE_NOOP("Errors", "The output could not be written: {reason}.")
PRINT_ELSEWHERE = QT_TRANSLATE_NOOP("Errors", "Free some space, or send the output elsewhere.")
Mode = Literal["text", "json", "protocol"]


def say_live(line: str) -> None:
    """Output of another program, as it comes: on stderr, where the window listens and --json stays clean."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


class Report:
    """One way out for every subcommand.

    stdout carries only what was asked for (lines, one JSON object, or protocol messages); file descriptor 1 itself is
    pointed at stderr from then on, so that a library's stray print cannot corrupt it.
    """

    def __init__(self, mode: Mode = "text") -> None:
        self.mode = mode
        # what a command that came to its end may set: the answer to what it was asked is no
        self.code = 0
        sys.stdout.flush()
        # a name that is no UTF-8 is shown with its bytes; in JSON that is an escape, too
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        os.dup2(2, 1)

    def send(self, message: messages.Message) -> None:
        """Sends a protocol message to the window; in other modes nothing."""
        if self.mode == "protocol":
            self._write(messages.encode(message))

    def line(self, text: str) -> None:
        """Prints a line for people; in other modes nothing."""
        if self.mode == "text":
            self._write(text + "\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            # what is still held must not be tried again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())
            raise ProjectError(NOT_PRINTED, PRINT_ELSEWHERE, reason=error.strerror) from error

    def warn(self, text: str) -> None:
        """Names what was left out or needs a look, one line on stderr; what went well goes on."""
        sys.stderr.write(f"ocrstudio: {text}\n")

    def stage(self, name: str, done: int = 0, total: int = 0) -> None:
        """Tells how far a long step is: protocol to the window, one quiet line on stderr to people."""
        self.send(messages.Stage(name=name, done=done, total=total))
        if self.mode == "text" and sys.stderr.isatty():
            end = "\n" if total and done >= total else ""
            sys.stderr.write(f"\r{name} {done}/{total} {end}" if total else f"{name}\n")
            sys.stderr.flush()

    def _fail(self, error: StudioError) -> int:
        values = {name: str(value) for name, value in error.values.items()}
        self.send(messages.Failed(what=error.what, remedy=error.remedy, values=values, details=traceback.format_exc()))
        if self.mode != "protocol":
            self.warn(str(error))
        return 1

    def run(self, command: Callable[[], dict[str, Any]]) -> int:
        """Runs a subcommand and reports how it ended.

        Args:
            command: Does the work and returns the object that --json prints.

        Returns:
            `code`, which is 0 unless the command set it; 1 when the command raised a `StudioError` (one clear line on
            stderr, or a `Failed` message), 130 when it was interrupted.
        """
        try:
            result = command()
            self.send(messages.Done(result=result))
            if self.mode == "json":
                self._write(json.dumps(result, ensure_ascii=False) + "\n")
        except StudioError as error:
            return self._fail(error)
        except BrokenPipeError:
            raise
        except OSError as error:
            # a place that the system refuses in a way that nobody thought of: a name too long, a drive that broke
            name = error.filename if error.filename is not None else "-"
            return self._fail(ProjectError(REFUSED, CHECK_PLACE, file=name, reason=error.strerror or str(error)))
        except KeyboardInterrupt:
            return 130
        return self.code
