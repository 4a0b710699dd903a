"""What a run of a checkout tells: records, log lines and messages, as the built-in engine tells them."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Literal

from ocrstudio.core.failures import Failure
from ocrstudio.engine.checkout.log_copy import LogCopy
from ocrstudio.formats import log_line
from ocrstudio.formats.atomic import write_error
from ocrstudio.formats.metrics_log import MetricsLog
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages

Send = Callable[[messages.Message], None]


class News:
    """Tells everybody about one run.

    Args:
        run: Gets `metrics.jsonl` and `train.log`; both are appended to.
        send: Takes protocol messages.
        quiet: The log alone gets the lines; a command that is about one answer prints nothing else.

    Raises:
        ProjectError: If the log cannot be written.
    """

    def __init__(self, run: RunFolder, send: Send, *, quiet: bool = False) -> None:
        self.send, self._quiet = send, quiet
        try:
            self.log = LogCopy(run.log_path)
        except OSError as error:
            raise write_error(run.log_path, error) from error
        self._metrics = MetricsLog(run.metrics_path)

    def record(self, record: Mapping[str, Any]) -> None:
        """A record of `metrics.jsonl`; `time` is added where it lacks.

        Raises:
            ProjectError: If it cannot be written; the window has heard it.
        """
        complete = {"kind": record["kind"], "time": round(time.time(), 3), **record}
        self.send(messages.Metric(record=complete))
        self._metrics.append(complete)

    def line(self, text: str) -> None:
        """A line of the training's own output."""
        self.log.write(text)
        if self._quiet:
            return
        # whoever read it may have been killed: then the training has to be ended in order all the same
        with contextlib.suppress(OSError):
            sys.stderr.write(text + "\n")

    def say(self, text: str, level: Literal["INFO", "WARNING", "ERROR"] = "INFO") -> None:
        """A line of ours, in the form of the others."""
        self.line(log_line.format_info(text, level=level))

    def notice(self, what: str, remedy: str = "", **values: Any) -> None:
        """Something the user should know: templates of the context "Errors"."""
        self.send(messages.Notice(what, remedy, {name: str(value) for name, value in values.items()}))
        self.say(" ".join(part.format(**values) for part in (what, remedy) if part), "WARNING")

    def warn(self, failure: Failure) -> None:
        """A failure that ends nothing."""
        self.notice(failure.what, failure.remedy, **failure.values)

    def stage(self, name: str, done: int = 0, total: int = 0) -> None:
        """How far a long step is; `name` is one of `core.run_history.STAGES`."""
        self.send(messages.Stage(name=name, done=done, total=total))

    def saved(self, kind: str, path: object) -> None:
        """A checkpoint or a bundle is complete on disk."""
        self.send(messages.Saved(kind=kind, path=str(path)))

    def close(self) -> None:
        """Closes the log."""
        self.log.close()
