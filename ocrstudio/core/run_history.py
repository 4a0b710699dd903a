"""What happened in a training run, as curves, plots and lists need it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from ocrstudio.core.run_table import NAN, RunTable, finite

Kind = Literal["train", "eval"]
KINDS: tuple[Kind, Kind] = ("train", "eval")
Record = Mapping[str, Any]

# Stages of a run, in order; the trainer's Stage messages use these names.
STAGES = ("load", "train", "eval", "export", "parity")

# Fields of a record that say when, not how well.
PLACE_FIELDS = frozenset({"kind", "time", "step", "epoch", "best", "eta"})
# Rows that tell how fast a run is going now.
_LATEST_ROWS = 100
_CLOCK = re.compile(r"(?:(?P<days>-?\d+) days?, )?(?P<hours>\d+):(?P<minutes>\d\d):(?P<seconds>\d\d)")


class RunHistory:
    """The records of one run, kept as series that can be drawn at once.

    Records are those of `metrics.jsonl`; all have `kind` and `time`, shares are 0 to 1:

    * `start`: task (rec or det), indicator, epochs, steps_per_epoch, device, processes, train_samples, val_samples,
      characters;
    * `train`: step, epoch, lr, loss, its parts (CTCLoss; loss_shrink_maps, loss_threshold_maps, loss_binary_maps), rec:
      acc and norm_edit_dis of the batch; samples, ips, reader_cost, batch_cost, eta (seconds);
    * `eval`: step, epoch, rec: acc, acc_ignore_space, norm_edit_dis, cer, char_precision, char_recall; det: precision,
      recall, hmean; with a retention set: retention_acc, retention_cer, retention_lines; loss, fps; best (whether it
      became the best one) and verdict (why);
    * `notice`: name, step, epoch, message: what happened that is no failure (`out_of_memory`: batch_size halved);
    * `end`: outcome (finished, stopped or failed), best_epoch, message.

    Attributes:
        start: The latest start record, or None.
        end: The end record, or None while the run goes on.
        best: The eval record marked best last, or None.
        notices: All notices, oldest first.
        tables: All `train` and all `eval` records as columns.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.start: Record | None = None
        self.end: Record | None = None
        self.best: Record | None = None
        self.notices: list[Record] = []
        self.tables: dict[Kind, RunTable] = {kind: RunTable() for kind in KINDS}
        self._last: dict[str, Record] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Takes over a record; unknown kinds are ignored, values that are no finite numbers are not drawn.

        A run that was resumed starts again at an earlier step: what came after that step is dropped from the series.
        """
        kind = record.get("kind")
        if kind == "train" or kind == "eval":
            self._add_values(kind, record)
            self._last[kind] = record
            if kind == "eval" and record.get("best"):
                self.best = record
        elif kind == "start":
            self.start, self.end = record, None
        elif kind == "end":
            self.end = record
        elif kind == "notice":
            self.notices.append(record)

    def add_steps(
        self,
        steps: Sequence[float],
        times: Iterable[float],
        epochs: Iterable[int],
        columns: Mapping[str, Iterable[float]],
        last: Record,
    ) -> None:
        """Takes over many `train` records at once, all of the same fields and later than what is known.

        Args:
            steps, times, epochs: One for each record.
            columns: Name -> one value for each record, finite or NaN.
            last: The last of the records.
        """
        self.tables["train"].extend(steps, times, epochs, columns)
        self._last["train"] = last

    def series(self, kind: Kind, name: str) -> tuple[list[float], list[float]]:
        """One curve.

        Args:
            kind: Training batches or evaluations.
            name: Field of the record: `loss`, `acc`...

        Returns:
            Global steps and values, equally long; both empty if nothing is known.
        """
        return self.tables[kind].series(name)

    def names(self, kind: Kind) -> list[str]:
        """The curves there are, in the order they first appeared."""
        return self.tables[kind].names()

    def last(self, kind: Kind) -> Record | None:
        """The latest record of a kind."""
        return self._last.get(kind)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(self.tables.values())

    @property
    def indicator(self) -> str:
        """The measure that a run is judged by: `hmean` for detection, else `acc`."""
        train, evaluations = (self.tables[kind].columns for kind in KINDS)
        detects = "hmean" in evaluations or "loss_shrink_maps" in train
        return "hmean" if detects or (self.start or {}).get("task") == "det" else "acc"

    @property
    def steps_per_epoch(self) -> float:
        """As the run says, else as its epochs tell; 0 if unknown."""
        told = finite((self.start or {}).get("steps_per_epoch")) or 0.0
        if told >= 1:
            return told
        ends, epochs = self.tables["train"].epoch_ends()
        # the last epoch may not be over
        return ends[-2] / epochs[-2] if len(ends) > 1 and epochs[-2] > 0 else 0.0

    @property
    def steps_total(self) -> int:
        """Steps of the whole run, 0 if unknown."""
        epochs = finite((self.start or {}).get("epochs")) or 0.0
        return round(epochs * self.steps_per_epoch)

    def epoch_at(self, step: float) -> int | None:
        """The epoch (from 1) that a global step (from 1) belongs to; None if the run does not say."""
        per_epoch = self.steps_per_epoch
        return max(1, math.ceil(step / per_epoch)) if per_epoch else None

    def seconds_left(self) -> float | None:
        """How long the run will still take: as it says, else from its latest steps; None if it is over or unknown."""
        train, table = self._last.get("train"), self.tables["train"]
        if self.end is not None or train is None:
            return None
        told = clock_seconds(train.get("eta"))
        if told is not None:
            return told
        total, first = self.steps_total, max(0, len(table) - _LATEST_ROWS)
        steps = table.steps[-1] - table.steps[first] if len(table) else 0.0
        seconds = table.times[-1] - table.times[first] if len(table) else NAN
        if not total or steps <= 0 or not seconds > 0:
            return None
        return max(0.0, total - table.steps[-1]) * seconds / steps

    def _add_values(self, kind: Kind, record: Record) -> None:
        step = finite(record.get("step"))
        if step is None:
            return
        values = {}
        for name, raw in record.items():
            if name not in PLACE_FIELDS:
                value = finite(raw)
                if value is not None:
                    values[name] = value
        when, epoch = finite(record.get("time")), finite(record.get("epoch"))
        self.tables[kind].add(step, NAN if when is None else when, None if epoch is None else int(epoch), values)


def clock_seconds(eta: Any) -> float | None:
    """Seconds of a record's `eta`: a number, or PaddleOCR's text such as "0:01:23" or "1 day, 2:03:04"."""
    seconds = finite(eta)
    if seconds is not None or not isinstance(eta, str):
        return seconds
    found = _CLOCK.match(eta)
    if found is None:
        return None
    days, hours, minutes, rest = (int(part or 0) for part in found.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + rest)
