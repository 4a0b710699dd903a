"""Where a training run's news go: `metrics.jsonl` (the truth), PaddleOCR's log lines, and the window."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Literal

from ocrstudio.core.errors import ProjectError, StudioError
from ocrstudio.core.findings import Finding
from ocrstudio.formats import log_line
from ocrstudio.formats.atomic import write_error
from ocrstudio.formats.metrics_log import MetricsLog
from ocrstudio.formats.run_failure import failed_record
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages

Send = Callable[[messages.Message], None]
# A stage is told at most this often, in seconds; its beginning and end always.
STAGE_INTERVAL_S = 0.1


class QuietReport:
    """Of the processes that train along: the first one tells about all of them."""

    best: dict[str, float]

    def __init__(self) -> None:
        self.best = {}

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_values, **_named: None


class TrainReport:
    """Tells everybody about one run.

    Args:
        run: Gets `metrics.jsonl` and `train.log`; both are appended to.
        send: Takes protocol messages.
        epochs: Of the whole run; log lines show it.

    Raises:
        ProjectError: If the log cannot be written.
    """

    def __init__(self, run: RunFolder, send: Send, epochs: int) -> None:
        self._send, self._epochs = send, epochs
        self._metrics = MetricsLog(run.metrics_path)
        # line-buffered, so that whoever follows the file sees whole lines
        try:
            self._log = run.log_path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
        except OSError as error:
            raise write_error(run.log_path, error) from error
        self._stage = ("", 0.0)
        self.best: dict[str, float] = {}

    def close(self) -> None:
        """Closes the log."""
        with contextlib.suppress(OSError):
            self._log.close()

    def info(self, text: str, level: Literal["INFO", "WARNING", "ERROR"] = "INFO") -> None:
        """A line of the log."""
        self._line(log_line.format_info(text, level=level))

    def config(self, content: Mapping[str, Any], depth: int = 0) -> None:
        """The config, the way PaddleOCR prints it at the start of its log."""
        for name in sorted(content, key=str):
            value = content[name]
            if isinstance(value, Mapping):
                self.info("    " * depth + f"{name} : ")
                self.config(value, depth + 1)
            else:
                self.info("    " * depth + f"{name} : {value}")

    def start(self, record: dict[str, Any]) -> None:
        """The run begins (or goes on): epochs, steps_per_epoch, device, train_samples, val_samples, characters."""
        self._record({"kind": "start", **record})

    def train_step(self, record: dict[str, Any]) -> None:
        """One training step."""
        self._line(log_line.format_train(self._record({"kind": "train", **record}), self._epochs))

    def evaluated(self, record: dict[str, Any], best: dict[str, float], verdict: str) -> None:
        """One evaluation, the best one so far, and why it is that one."""
        self._line(log_line.format_eval(self._record({"kind": "eval", **record, "verdict": verdict})))
        self.info(verdict)
        self.best = best
        if best:
            self._line(log_line.format_best(best))

    def notice(self, record: dict[str, Any]) -> None:
        """Something that the user should know and that is no failure: `name`, step, epoch, message."""
        self._record({"kind": "notice", **record})

    def saved(self, kind: str, path: object) -> None:
        """A checkpoint or a bundle is complete on disk."""
        self._line(log_line.format_saved(path, best=kind == "best_accuracy"))
        self._send(messages.Saved(kind=kind, path=str(path)))

    def failed(self, error: StudioError) -> None:
        """The run is over because of an error."""
        self.end("failed", **failed_record(error))

    def end(self, outcome: Literal["finished", "stopped", "failed"], message: str = "", **more: Any) -> None:
        """The run is over; `more` goes into the record."""
        if self.best:
            # PaddleOCR's logs end with this line
            self._line(log_line.format_best(self.best))
        best_epoch = int(self.best.get("best_epoch", 0))
        record = {"kind": "end", "outcome": outcome, "best_epoch": best_epoch, "message": message, **more}
        try:
            self._record(record)
        except ProjectError:
            # a disk that is full or gone is the usual cause of the end itself, which the window must hear of
            self._send(messages.Metric(record={"time": round(time.time(), 3), **record}))

    def notify(self, finding: Finding) -> None:
        """Something that a look at config and data has found."""
        if not finding.is_fatal:
            values = {name: str(value) for name, value in finding.values.items()}
            self._send(messages.Notice(finding.what, finding.remedy, values))
        self.info(finding.text(), level="ERROR" if finding.is_fatal else "WARNING")

    def stage(self, name: str, done: int = 0, total: int = 0) -> None:
        """How far a long step is; `name` is one of `core.run_history.STAGES`."""
        now = time.monotonic()
        if name == self._stage[0] and done < total and now - self._stage[1] < STAGE_INTERVAL_S:
            return
        self._stage = (name, now)
        self._send(messages.Stage(name=name, done=done, total=total))

    def _record(self, record: dict[str, Any]) -> dict[str, Any]:
        complete = {"kind": record["kind"], "time": round(time.time(), 3), **record}
        self._metrics.append(complete)
        self._send(messages.Metric(record=complete))
        return complete

    def _line(self, line: str) -> None:
        # the log is for reading; a disk that is full must not end what `metrics.jsonl` can still say
        with contextlib.suppress(OSError):
            self._log.write(line + "\n")
        # nor a window that was killed: what follows is the saving
        with contextlib.suppress(OSError):
            sys.stderr.write(line + "\n")
