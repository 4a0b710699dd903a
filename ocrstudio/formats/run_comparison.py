"""Runs read for comparison, and the comparison as tables for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ocrstudio.core.config_difference import ABSENT
from ocrstudio.core.errors import StudioError
from ocrstudio.core.run_comparison import MEASURES, Results, differing, results_of
from ocrstudio.core.run_curves import CurveKey
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.run_folder import RunFolder


@dataclass(frozen=True)
class Compared:
    """One run with all that it is compared by.

    Attributes:
        run: The folder.
        name: What the user calls it.
        history: Its records.
        config: As plain values; empty if it cannot be read.
        results: What it reached and took.
    """

    run: RunFolder
    name: str
    history: RunHistory
    config: dict[str, Any]
    results: Results


def read_compared(runs: Iterable[RunFolder]) -> list[Compared]:
    """Reads runs; what of them is missing or broken counts as empty. Takes its time: call it in the background."""
    return [_read(run) for run in runs]


def _read(run: RunFolder) -> Compared:
    manifest = run.manifest
    try:
        history = run.history()
    except StudioError:
        history = RunHistory()
    try:
        config = run.config().plain()
    except StudioError:
        config = {}
    return Compared(run, run.shown_name(manifest), history, config, results_of(history, config, manifest))


def results_csv(runs: Sequence[Compared]) -> str:
    """One line for each run: what it reached and took, then the settings in which the runs differ."""
    rows = differing([one.config for one in runs])
    head = ["run", "folder", *MEASURES, "best_epoch", "epochs", "epochs_planned", "steps", "seconds"]
    head += ["learning_rate", "batch_size", "base_model", "dataset_sha256", *(key for key, _ in rows)]
    table: list[list[object]] = []
    for place, one in enumerate(runs):
        found = one.results
        line: list[object] = [one.name, one.run.name, *(found.measures.get(name, "") for name in MEASURES)]
        line += [found.best_epoch, found.epochs, found.epochs_planned, found.steps, round(found.seconds, 1)]
        line += [_cell(found.lr), _cell(found.batch_size), found.base_model, found.data]
        table.append([*line, *(_cell(values[place]) for _, values in rows)])
    return _csv(head, table)


def curves_csv(runs: Sequence[Compared], keys: Sequence[CurveKey]) -> str:
    """Curves of several runs, one point a line: run, kind, name, step, value."""
    words = {"train": "train", "eval": "validation"}
    table: list[list[object]] = []
    for one in runs:
        for key in keys:
            for step, value in zip(*one.history.series(key.kind, key.name), strict=True):
                table.append([one.name, words[key.kind], key.name, int(step), value])
    return _csv(["run", "kind", "name", "step", "value"], table)


def value_words(value: Any) -> str:
    """A setting as it stands in the file; a dash where there is none."""
    if value is ABSENT:
        return "–"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _cell(value: Any) -> object:
    if value is None or value is ABSENT:
        return ""
    return value if isinstance(value, (int, float, str)) else value_words(value)


def _csv(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
