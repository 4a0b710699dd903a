"""What several runs are compared by: what each reached and took, and in which settings they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ocrstudio.core.config_difference import ABSENT, differences, same, value_at
from ocrstudio.core.run_history import Record, RunHistory
from ocrstudio.core.run_table import finite

# What the best evaluation is told by, in the order of the table.
MEASURES = ("acc", "norm_edit_dis", "cer", "hmean", "precision", "recall", "retention_acc")
# A run that stood still for longer was interrupted; the pause is no time of training.
LONGEST_STEP_S = 1800.0
# Settings that differ between any two runs without meaning anything.
MEANINGLESS = ("Global.save_model_dir", "Global.save_inference_dir", "Global.checkpoints", "Global.save_res_path")


@dataclass(frozen=True)
class Results:
    """What a run reached and what it took.

    Attributes:
        measures: Of the best evaluation, shares 0 to 1; see `MEASURES`.
        best_epoch: Of that evaluation, 0 if there is none.
        epochs: Trained so far.
        epochs_planned: Of the whole run, 0 if unknown.
        steps: Trained so far.
        seconds: Time of training and evaluating, pauses left out.
        lr: Learning rate of the config, None if it has none.
        batch_size: On one card, None if the config does not say.
        base_model: What it started from.
        data: SHA-256 of the split it was trained on, "" if unknown.
    """

    measures: Mapping[str, float]
    best_epoch: int = 0
    epochs: int = 0
    epochs_planned: int = 0
    steps: int = 0
    seconds: float = 0.0
    lr: float | None = None
    batch_size: int | None = None
    base_model: str = ""
    data: str = ""


def results_of(history: RunHistory, config: Mapping[str, Any], manifest: Mapping[str, Any]) -> Results:
    """Sums a run up.

    Args:
        history: Its records.
        config: Its config as plain values; empty if it cannot be read.
        manifest: Of its folder.
    """
    best = best_evaluation(history)
    train, evaluation = history.last("train") or {}, history.last("eval") or {}
    size = finite(value_at(config, "Train.loader.batch_size_per_card"))
    start = value_at(config, "Global.pretrained_model")
    return Results(
        measures={name: value for name in MEASURES if (value := finite(best.get(name))) is not None},
        best_epoch=_whole(best.get("epoch")),
        epochs=_whole(train.get("epoch") or evaluation.get("epoch")),
        epochs_planned=_whole((history.start or {}).get("epochs")),
        steps=_whole(train.get("step") or evaluation.get("step")),
        seconds=seconds_of(history),
        lr=finite(value_at(config, "Optimizer.lr.learning_rate")),
        batch_size=int(size) if size is not None else None,
        base_model=str(start) if start not in (None, ABSENT) else "",
        data=str(manifest.get("dataset_sha256") or ""),
    )


def best_evaluation(history: RunHistory) -> Record:
    """The evaluation that was the best; found by its numbers if no record says so. Empty without any."""
    if history.best is not None:
        return history.best
    table, name = history.tables["eval"], history.indicator
    steps, values = history.series("eval", name)
    if not values:
        return history.last("eval") or {}
    step = steps[values.index(max(values))]
    row = list(table.steps).index(step)
    found: dict[str, Any] = {one: table.columns[one][row] for one in table.names()}
    return {**found, "step": step, "epoch": history.epoch_at(step)}


def seconds_of(history: RunHistory) -> float:
    """How long a run was trained and evaluated, without the pauses between its trainings."""
    moments = sorted(when for table in history.tables.values() for when in table.times if when == when)
    gaps = (later - earlier for earlier, later in pairwise(moments))
    return sum(gap for gap in gaps if gap < LONGEST_STEP_S)


def differing(configs: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Any]]]:
    """The settings in which runs differ.

    Args:
        configs: One for each run, as plain values.

    Returns:
        Dotted keys in the order of the configs, each with its value in every one of them, `ABSENT` where it lacks.
    """
    if len(configs) < 2:
        return []
    keys: dict[str, None] = {}
    for other in configs[1:]:
        for found in differences(configs[0], other):
            keys.setdefault(found.key)
    rows = [(key, [value_at(config, key) for config in configs]) for key in keys if key not in MEANINGLESS]
    # a key and what is below it may both have been named by different pairs
    return [(key, values) for key, values in rows if not _all_same(values)]


def _all_same(values: Iterable[Any]) -> bool:
    first, *others = values
    return all(one is first or (one is not ABSENT and first is not ABSENT and same(first, one)) for one in others)


def _whole(value: Any) -> int:
    number = finite(value)
    return int(number) if number is not None else 0
