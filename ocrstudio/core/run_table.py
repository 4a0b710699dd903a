"""What a run measured, as columns of plain numbers: a million rows fit, and drawing need not copy them one by one."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NAN = math.nan


class RunTable:
    """The records of one kind, oldest first; a row for each step.

    The columns grow in place. Whoever reads them while the table may grow copies them, which is one copy of memory.

    Attributes:
        steps: Global step of each row, ascending.
        times: Seconds since 1970; NaN where unknown.
        columns: Name -> one value for each row, NaN where a record has none.
        changes: Grows when rows were taken back or changed; rows that are only added leave it as it is.
    """

    def __init__(self) -> None:
        self.steps = array("d")
        self.times = array("d")
        self.columns: dict[str, array[float]] = {}
        self.changes = 0
        # the step after which each epoch is over, as far as rows tell: epoch -> latest step
        self._epochs: dict[int, float] = {}
        self._gaps: set[str] = set()

    def __len__(self) -> int:
        return len(self.steps)

    def add(self, step: float, when: float, epoch: int | None, values: Mapping[str, float]) -> None:
        """Adds a row, or completes that of the same step; rows of later steps are taken back first."""
        steps = self.steps
        if steps and steps[-1] >= step:
            self._take_back(step)
        if steps and steps[-1] == step:
            row = len(steps) - 1
            self.times[row] = when
            for name, value in values.items():
                self._column(name)[row] = value
        else:
            steps.append(step)
            self.times.append(when)
            columns = self.columns
            for name, value in values.items():
                column = columns.get(name)
                if column is None:
                    self._new_column(name, len(steps) - 1)
                    column = columns[name]
                column.append(value)
            if len(values) != len(columns):
                self._fill(len(steps))
        if epoch is not None:
            self._epochs[epoch] = step

    def extend(
        self,
        steps: Sequence[float],
        times: Iterable[float],
        epochs: Iterable[int],
        columns: Mapping[str, Iterable[float]],
    ) -> None:
        """Adds many rows of the same values at once.

        Args:
            steps: Ascending, all later than the table's last.
            times: One for each row.
            epochs: One for each row.
            columns: Name -> one value for each row, finite or NaN.
        """
        before = len(self.steps)
        self.steps.extend(steps)
        self.times.extend(times)
        for name, values in columns.items():
            self._new_column(name, before)
            self.columns[name].extend(values)
            self._gaps.add(name)
        self._fill(len(self.steps))
        # no epochs: those of a table of something else than a training
        self._epochs.update(zip(epochs, steps, strict=False))

    def series(self, name: str) -> tuple[list[float], list[float]]:
        """Steps and values of one column, rows without a value left out; both empty if there is no such column."""
        column = self.columns.get(name)
        if column is None:
            return [], []
        if name not in self._gaps:
            return self.steps.tolist(), column.tolist()
        rows = [(step, value) for step, value in zip(self.steps, column, strict=True) if value == value]
        return [step for step, _ in rows], [value for _, value in rows]

    def epoch_ends(self) -> tuple[list[float], list[int]]:
        """The latest step known of each epoch, and the epochs, both ascending: how steps become epochs."""
        ends: list[float] = []
        epochs: list[int] = []
        for epoch, step in sorted(self._epochs.items()):
            if not ends or step > ends[-1]:
                ends.append(step)
                epochs.append(epoch)
        return ends, epochs

    def names(self) -> list[str]:
        """The columns that hold a value, in the order they first appeared."""
        return list(self.columns)

    def _column(self, name: str) -> array[float]:
        self._new_column(name, len(self.steps))
        return self.columns[name]

    def _new_column(self, name: str, rows: int) -> None:
        if name not in self.columns:
            self.columns[name] = array("d", [NAN]) * rows
            if rows:
                self._gaps.add(name)

    def _fill(self, rows: int) -> None:
        for name, column in self.columns.items():
            if len(column) < rows:
                self._gaps.add(name)
                column.extend([NAN] * (rows - len(column)))

    def _take_back(self, step: float) -> None:
        """Drops the rows after a step; that of the step itself stays, to be completed."""
        self.changes += 1
        keep = bisect_left(self.steps, step)
        if keep < len(self.steps) and self.steps[keep] == step:
            keep += 1
        for column in (self.steps, self.times, *self.columns.values()):
            del column[keep:]
        self._epochs = {epoch: min(end, step) for epoch, end in self._epochs.items()}


def finite(value: Any) -> float | None:
    """A number as a float; None for anything else, truth values, NaN and infinity included."""
    if type(value) is not float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        try:
            value = float(value)
        except OverflowError:
            return None
    return value if math.isfinite(value) else None
