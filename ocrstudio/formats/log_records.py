"""A whole PaddleOCR log, line by line, as the records of `metrics.jsonl`: what single lines leave unsaid.

PaddleOCR counts its steps anew when a run is resumed, tells evaluations without their step, and divides the costs of an
epoch's last line by too many steps. The config that it prints at its start says what is needed to mend that.
"""

from __future__ import annotations

import math
import re
from typing import Any

from ocrstudio.core.run_history import clock_seconds
from ocrstudio.formats.log_line import body, parse_line, unglued

Record = dict[str, Any]

# One level deep: deeper ones belong to the parts of a distillation.
_SETTING = re.compile(r" {4}(epoch_num|print_batch_step|main_indicator|model_type) : (.+?)\s*$")
_DEVICE = re.compile(r"train with paddle (?P<paddle>\S+) and device (?P<device>.+?)\s*$")
_RHYTHM = re.compile(r"During the training process, after the (?P<start>\S+?)th iteration, .* every (?P<every>\d+) ")
_RESUMED = re.compile(r"resume from (?P<path>.+?)\s*$")
# PaddleOCR divides these by the steps between two lines, also where there were fewer.
DIVIDED = ("reader_cost", "batch_cost", "samples")
# Printed among the measures but none: the precision of the weights.
_NO_MEASURE = ("is_float16",)


class LogRecords:
    """Reads one log, that of several runs into the same folder included.

    Args:
        offset: Steps that were done before the log begins (a resumed run).
        best: Best value of the indicator so far, None before the first evaluation.

    Attributes:
        settings: Of the config that the log shows: epoch_num, print_batch_step, main_indicator, model_type (texts).
        indicator: The measure that says which evaluation is best.
        resumed: The checkpoint that the run went on from, "" for a new run.
        steps_per_epoch: 0 while unknown.
        step: Global step of the latest line.
        epoch: Of the latest line.
    """

    def __init__(self, offset: int = 0, best: float | None = None) -> None:
        self.settings: dict[str, str] = {}
        self.resumed = ""
        self.steps_per_epoch = self.epoch = 0
        self.step = self.offset = offset
        self.best = best
        self.device = ""
        self._runs = self._own_step = 0
        self._started = False
        self._rhythm = (0.0, 0)
        self._evaluations = 0
        self._saved_at: dict[str, int] = {}

    @property
    def epochs(self) -> int:
        """Of the whole run; 0 while unknown."""
        return _whole(self.settings.get("epoch_num", ""))

    @property
    def print_every(self) -> int:
        """Steps between two lines; 0 while unknown."""
        return _whole(self.settings.get("print_batch_step", ""))

    @property
    def is_training(self) -> bool:
        """Whether the first step of the present run has been read."""
        return self._started

    @property
    def own_step(self) -> int:
        """The latest step as this run counts it."""
        return self._own_step

    def skip_to(self, own_step: int, epoch: int) -> None:
        """Lines up to this one were read elsewhere; they were train lines of the present run."""
        self._own_step, self.epoch, self.step = own_step, epoch, self.offset + own_step

    @property
    def indicator(self) -> str:
        """`acc` for recognition, `hmean` for detection, unless the config says otherwise."""
        detects = self.settings.get("model_type") == "det"
        return self.settings.get("main_indicator", "hmean" if detects else "acc")

    def feed(self, line: str) -> list[Record]:
        """Takes a line of the log.

        Returns:
            Records of the kinds `start`, `train` and `eval` as in `metrics.jsonl`, and `saved` (`name`, `path`, `step`,
            `epoch`) after a checkpoint. Lines without news give none.
        """
        if line.count("] ") > 1:
            return [record for piece in unglued(line) for record in self._take(piece)]
        return self._take(line)

    def _take(self, line: str) -> list[Record]:
        record = parse_line(line)
        if record is None:
            text = body(line)
            return self._note(text) if text else []
        kind = record["kind"]
        if kind == "loader" and record["part"] == "train":
            self._begin(record["batches"])
        elif kind == "train":
            return [*self._start(record["time"], record["epochs"]), self._train(record)]
        elif kind == "eval":
            return [self._evaluation(record)]
        elif kind == "saved":
            self._saved_at[record["name"]] = self.step
            return [{**record, "step": self.step, "epoch": self.epoch}]
        return []

    def _note(self, text: str) -> list[Record]:
        """Lines of the start that hold no numbers to draw."""
        found = _SETTING.match(text)
        if found:
            self.settings[found.group(1)] = found.group(2)
        device = _DEVICE.match(text)
        if device:
            self.device = device.group("device")
        rhythm = _RHYTHM.match(text)
        if rhythm:
            self._rhythm = float(rhythm.group("start")), int(rhythm.group("every"))
        resumed = _RESUMED.match(text)
        if resumed:
            self.resumed = resumed.group("path")
            name = re.split(r"[/\\]", self.resumed.removesuffix(".pdparams"))[-1]
            if self._runs > 1:
                self.offset = self.step = self._saved_at.get(name, 0)
        return []

    def _begin(self, batches: int) -> None:
        """The first line that every run prints anew before it trains."""
        self._runs += 1
        if self._runs > 1:
            self.offset = self.step = 0
        self._started = False
        self.resumed = ""
        self.steps_per_epoch = batches
        self._own_step = self._evaluations = 0

    def _start(self, when: float, epochs: int) -> list[Record]:
        if self._started:
            return []
        self._started = True
        self.settings["epoch_num"] = str(epochs)
        record = {"kind": "start", "time": when, "epochs": epochs, "steps_per_epoch": self.steps_per_epoch}
        task = "det" if self.settings.get("model_type") == "det" else "rec"
        return [{**record, "device": self.device, "task": task}]

    def _train(self, record: Record) -> Record:
        own = int(record["step"])
        new_steps = own - self._own_step
        every = self.print_every
        cost_factor = every / new_steps if every and 0 < new_steps < every else 1.0
        for name in DIVIDED:
            if name in record:
                record[name] = round(record[name] * cost_factor, 6)
        if "eta" in record:
            record["eta"] = clock_seconds(record["eta"])
        self._own_step, self.epoch, self.step = own, record["epoch"], self.offset + own
        del record["epochs"]
        return {**record, "step": self.step}

    def _evaluation(self, record: Record) -> Record:
        """An evaluation stands at a multiple of the rhythm, and the line printed before it may be older than that."""
        self._evaluations += 1
        start, every = self._rhythm
        step, epoch = self._own_step, self.epoch
        if every and math.isfinite(start):
            step = max(step, int(start) + self._evaluations * every)
        if step > self._own_step and self.steps_per_epoch and self._own_step % self.steps_per_epoch == 0:
            epoch += 1
        self.step, self.epoch = self.offset + step, epoch
        measures = {name: value for name, value in record.items() if name not in _NO_MEASURE}
        value = record.get(self.indicator)
        best = value is not None and (self.best is None or value >= self.best)
        if value is not None and best:
            self.best = float(value)
        return {**measures, "step": self.step, "epoch": epoch, "best": best}


class WholeLog(LogRecords):
    """A log from its beginning to its end, as what belongs into a history.

    Attributes:
        end: An `end` record if the last epoch was saved, else None.
    """

    def __init__(self) -> None:
        super().__init__()
        self.end: Record | None = None

    def feed(self, line: str) -> list[Record]:
        """Takes a line; its records of the kinds `start`, `train` and `eval`."""
        records = []
        for record in super().feed(line):
            if record["kind"] != "saved":
                records.append(record)
                self.end = None if record["kind"] == "start" else self.end
            elif record["name"] == "latest" and record["epoch"] == self.epochs:
                self.end = {"kind": "end", "time": record["time"], "outcome": "finished"}
        return records


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
