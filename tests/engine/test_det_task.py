"""A short training of a detector: the loss falls, memory may run out once, the run folder is complete."""

from __future__ import annotations

from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from pages import make_dataset, make_run

from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.wrong import read_wrong

SMALL_STEPS = [
    {"EastRandomCropData": {"size": [128, 128], "max_tries": 10}},
    {"MakeBorderMap": {"shrink_ratio": 0.4}},
    {"MakeShrinkMap": {"min_text_size": 4}},
]


def test_a_frozen_training_learns_and_leaves_a_whole_run(
    paddle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ocrstudio.engine.det.features import FeatureExtractor
    from ocrstudio.engine.det.task import DetTask
    from ocrstudio.engine.training import run_training

    extracted: list[tuple[int, ...]] = []
    extract, loss = FeatureExtractor.__call__, DetTask.loss

    def counted(self: FeatureExtractor, image: Any) -> Any:
        extracted.append(image.shape)
        return extract(self, image)

    def out_of_memory_at_first(self: DetTask, batch: Any) -> Any:
        if len(batch.maps) > 1:
            raise MemoryError
        return loss(self, batch)

    monkeypatch.setattr(FeatureExtractor, "__call__", counted)
    monkeypatch.setattr(DetTask, "loss", out_of_memory_at_first)
    dataset = make_dataset(tmp_path / "dataset Ⅻ 图", 2, 1, width=320, height=160)
    values = {
        "Global__epoch_num": 3,
        "Global__eval_batch_epoch": 3,
        "Train__dataset__augment_copies": 1,
        "Train__dataset__transforms": SMALL_STEPS,
        "Train__loader__batch_size_per_card": 2,
        "Optimizer__lr__learning_rate": 0.003,
        "Optimizer__lr__warmup_epoch": 0,
        "Eval__dataset__transforms": [{"DetResizeForTest": {"limit_side_len": 160}}],
    }
    run = make_run(dataset, tmp_path / "runs", **values)
    result = run_training(run, lambda message: None)
    records = list(read_metrics(run.metrics_path))
    steps = [record for record in records if record["kind"] == "train"]
    # two pages, one by one since the memory ran out
    assert [record["samples"] for record in steps] == [1] * 6
    assert mean(record["loss"] for record in steps[-2:]) < mean(record["loss"] for record in steps[:2])
    # a threshold that nobody has trained is in the middle: 10 * 0.1 on average, not a copy of the shrink map
    assert steps[0]["loss_threshold_maps"] < 2
    evaluations = [record for record in records if record["kind"] == "eval"]
    assert len(evaluations) == 2
    assert {"precision", "recall", "hmean", "loss", "fps"} <= set(evaluations[-1])
    # the backbone looks at each piece and at the page to measure on once, whatever the number of epochs
    assert sorted(extracted) == [(128, 128, 3), (128, 128, 3), (160, 320, 3)]
    wrong = read_wrong(run.path)
    assert (wrong.task, wrong.measured, wrong.step) == ("det", 1, evaluations[-1]["step"])
    boxes = wrong.items[0].missed + wrong.items[0].false if wrong.items else ()
    assert bool(boxes) == (evaluations[-1]["hmean"] < 1)
    assert result["outcome"] == "finished"
    assert Path(result["bundle"]).is_dir()
