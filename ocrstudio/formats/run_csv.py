"""The curves of a run as a table for other programs."""

from __future__ import annotations

import csv
import io
import math

from ocrstudio.core.run_history import KINDS, RunHistory

WORDS = {"train": "train", "eval": "validation"}


def history_csv(history: RunHistory) -> str:
    """All curves as a table: kind, step, epoch, then one column for each value.

    Returns:
        Text with a header line, rows in the order of the steps, training before validation of the same step.
    """
    names = sorted({name for kind in KINDS for name in history.names(kind)})
    rows: list[tuple[float, int, list[object]]] = []
    for order, kind in enumerate(KINDS):
        table = history.tables[kind]
        columns = [table.columns.get(name) for name in names]
        for row, step in enumerate(table.steps):
            epoch = history.epoch_at(step)
            values = ["" if column is None or math.isnan(column[row]) else column[row] for column in columns]
            rows.append((step, order, [WORDS[kind], int(step), "" if epoch is None else epoch, *values]))
    out = io.StringIO()
    table_writer = csv.writer(out, lineterminator="\n")
    table_writer.writerow(["kind", "step", "epoch", *names])
    table_writer.writerows(row for _, _, row in sorted(rows, key=lambda one: one[:2]))
    return out.getvalue()
