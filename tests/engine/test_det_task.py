"""A short training of a detector: the loss falls, the run folder is complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pages import make_dataset, make_run

from ocrstudio.formats.metrics_log import read_metrics

SMALL_STEPS = [
    {"EastRandomCropData": {"size": [192, 192], "max_tries": 10}},
    {"MakeBorderMap": {"shrink_ratio": 0.4}},
    {"MakeShrinkMap": {"min_text_size": 4}},
]


def test_a_frozen_training_learns_and_leaves_a_whole_run(paddle: Any, tmp_path: Path) -> None:
    from ocrstudio.engine.training import run_training

    dataset = make_dataset(tmp_path / "dataset Ⅻ 图", 2, 1, width=320, height=256)
    values = {
        "Global__epoch_num": 4,
        "Global__eval_batch_epoch": 4,
        "Train__dataset__augment_copies": 1,
        "Train__dataset__transforms": SMALL_STEPS,
        "Train__loader__batch_size_per_card": 2,
        "Optimizer__lr__learning_rate": 0.003,
        "Optimizer__lr__warmup_epoch": 0,
        "Eval__dataset__transforms": [{"DetResizeForTest": {"limit_side_len": 256}}],
    }
    run = make_run(dataset, tmp_path / "runs", **values)
    result = run_training(run, lambda message: None)
    records = list(read_metrics(run.metrics_path))
    steps = [record for record in records if record["kind"] == "train"]
    assert steps[-1]["loss"] < steps[0]["loss"]
    assert {"loss_shrink_maps", "loss_threshold_maps", "loss_binary_maps"} <= set(steps[0])
    evaluations = [record for record in records if record["kind"] == "eval"]
    assert {"precision", "recall", "hmean", "loss", "fps"} <= set(evaluations[-1])
    assert result["outcome"] == "finished"
    assert Path(result["bundle"]).is_dir()
