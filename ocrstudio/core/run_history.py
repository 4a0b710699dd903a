"""What happened in a training run, as curves, plots and lists need it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Literal

Kind = Literal["train", "eval"]
Record = Mapping[str, Any]

# Stages of a run, in order; the trainer's Stage messages use these names.
STAGES = ("load", "train", "eval", "export", "parity")

# Fields of a record that say when, not how well.
_PLACE_FIELDS = frozenset({"kind", "time", "step", "epoch", "best", "eta"})


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
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.start: Record | None = None
        self.end: Record | None = None
        self.best: Record | None = None
        self.notices: list[Record] = []
        self._last: dict[str, Record] = {}
        self._series: dict[tuple[str, str], tuple[list[float], list[float]]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Takes over a record; unknown kinds are ignored, values that are no finite numbers are not drawn.

        A run that was resumed starts again at an earlier step: what came after that step is dropped from the series.
        """
        kind = record.get("kind")
        if kind == "start":
            self.start, self.end = record, None
        elif kind == "end":
            self.end = record
        elif kind == "notice":
            self.notices.append(record)
        elif kind in ("train", "eval"):
            self._add_values(str(kind), record)
            self._last[str(kind)] = record
            if kind == "eval" and record.get("best"):
                self.best = record

    def series(self, kind: Kind, name: str) -> tuple[list[float], list[float]]:
        """One curve.

        Args:
            kind: Training batches or evaluations.
            name: Field of the record: `loss`, `acc`...

        Returns:
            Global steps and values, equally long; both empty if nothing is known. The lists are the history's own and
            grow with it: copy them to keep them.
        """
        return self._series.get((kind, name), ([], []))

    def names(self, kind: Kind) -> list[str]:
        """The curves there are, in the order they first appeared."""
        return [name for other, name in self._series if other == kind]

    def last(self, kind: Kind) -> Record | None:
        """The latest record of a kind."""
        return self._last.get(kind)

    @property
    def indicator(self) -> str:
        """The measure that a run is judged by: `hmean` for detection, else `acc`."""
        detects = ("eval", "hmean") in self._series or ("train", "loss_shrink_maps") in self._series
        return "hmean" if detects or (self.start or {}).get("task") == "det" else "acc"

    @property
    def steps_total(self) -> int:
        """Steps of the whole run, 0 if unknown."""
        if self.start is None:
            return 0
        return int(self.start.get("epochs") or 0) * int(self.start.get("steps_per_epoch") or 0)

    def _add_values(self, kind: str, record: Record) -> None:
        step = _number(record.get("step"))
        if step is None:
            return
        for name, raw in record.items():
            value = None if name in _PLACE_FIELDS else _number(raw)
            if value is None:
                continue
            steps, values = self._series.setdefault((kind, name), ([], []))
            while steps and steps[-1] >= step:
                steps.pop()
                values.pop()
            steps.append(step)
            values.append(value)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    number = float(value)
    return number if math.isfinite(number) else None
