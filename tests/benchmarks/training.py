"""Training: features of lines, and steps of neck and head on them."""

from __future__ import annotations

import os
from pathlib import Path

from tests.benchmarks.captcha import write_captchas
from tests.benchmarks.measure import Measure, Surroundings, median_seconds
from tests.benchmarks.paddleocr_peer import peer, peer_config, run_peer

LINES = 64
WIDTH = 320
EPOCHS = 2
# The program's promises on two cores: features of 50 and steps of 100 lines a second.
FEATURES_BAR, STEPS_BAR = 50.0, 100.0
# PaddleOCR's own trainer, PP-OCRv4 mobile recognition with 68 characters, on the same processor.
PEER_STEPS = 1.1
PEER_CONFIG = "configs/rec/PP-OCRv4/PP-OCRv4_mobile_rec.yml"
PEER_BATCH, PEER_STEPS_TIMED = 8, 6


def _features() -> Measure:
    import numpy as np

    from ocrstudio.engine.nets.catalogue import backbone_onnx, load_source
    from ocrstudio.engine.rec.features import RUN_BATCH, FeatureExtractor

    extract = FeatureExtractor(backbone_onnx(load_source("bundled", "rec")))
    lines = np.random.default_rng(0).uniform(-1, 1, (RUN_BATCH, 3, 48, WIDTH)).astype(np.float32)
    seconds = median_seconds(lambda: extract(lines), runs=LINES // RUN_BATCH)
    return Measure("features of 48 x 320 lines", RUN_BATCH / seconds, "lines/s", better="higher", bar=FEATURES_BAR)


def _steps(surroundings: Surroundings) -> Measure:
    from ocrstudio.engine.demonstration import demonstrate
    from ocrstudio.formats.metrics_log import read_metrics

    project = surroundings.scratch / "demo"
    demonstrate(project, lambda message: None, lambda name, done, total: None, epochs=EPOCHS)
    (log,) = project.glob(".ocrstudio/runs/*/metrics.jsonl")
    # The first epoch warms up. All lines over all seconds: the last batch of each width is smaller than the others.
    steps = [record for record in read_metrics(log) if record["kind"] == "train" and record["epoch"] == EPOCHS]
    seconds = sum(float(step["batch_cost"]) for step in steps)
    lines = sum(float(step["batch_cost"]) * float(step["ips"]) for step in steps)
    return Measure(
        "steps of neck and head, sample project",
        lines / seconds,
        "lines/s",
        better="higher",
        bar=STEPS_BAR,
        peer=PEER_STEPS,
        peer_name="PaddleOCR, whole network",
        peer_recorded=True,
    )


def _whole_network(surroundings: Surroundings) -> Measure:
    """PP-OCRv4 mobile, everything learns, beside tools/train.py with the same network and crops."""
    import paddle

    from ocrstudio.core.charset import Charset
    from ocrstudio.engine.nets.catalogue import build
    from ocrstudio.engine.rec.crops import CropStore
    from ocrstudio.engine.rec.data import CropBatches, read_lines
    from ocrstudio.engine.rec.evaluate import ctc_losses
    from ocrstudio.engine.training import require_paddle

    require_paddle()
    data = surroundings.scratch / "captcha"
    lists = write_captchas(data, "train", PEER_BATCH * PEER_STEPS_TIMED, seed=1)
    charset = Charset(tuple("0123456789"))
    samples = read_lines([lists], data)
    batches = CropBatches.for_evaluation(CropStore(samples), [one.text for one in samples], charset, PEER_BATCH)
    network = build("PP-OCRv4_mobile_rec", charset.classes)
    network.train()
    optimizer = paddle.optimizer.Adam(1e-4, parameters=network.parameters())
    step = iter(batches.epoch(1))

    def learn() -> None:
        batch = next(step)
        ctc_losses(network(paddle.to_tensor(batch.inputs)), batch).mean().backward()
        optimizer.step()
        optimizer.clear_grad()

    seconds = median_seconds(learn, runs=PEER_STEPS_TIMED - 1)
    theirs, recorded = PEER_STEPS, True
    if peer() is not None:
        theirs, recorded = _peer_speed(surroundings, data, lists), False
    return Measure(
        "PP-OCRv4 mobile rec, everything learns, batch 8 x 48 x 320",
        PEER_BATCH / seconds,
        "lines/s",
        better="higher",
        bar=3.0,
        bar_on="ratio",
        peer=theirs,
        peer_name="PaddleOCR",
        peer_recorded=recorded,
    )


def _peer_speed(surroundings: Surroundings, data: Path, lists: Path) -> float:
    checkout, _ = peer() or (Path(), "")
    digits = surroundings.scratch / "digits.txt"
    digits.write_text("\n".join("0123456789") + "\n", encoding="utf-8")
    changes: dict[str, object] = {
        "Global.use_gpu": False,
        "Global.print_batch_step": 1,
        "Global.log_smooth_window": 1,
        "Global.character_dict_path": str(digits),
        "Global.save_model_dir": str(surroundings.scratch / "peer"),
        "Train.sampler.scales": [[320, 48]],
        "Train.sampler.first_bs": PEER_BATCH,
        "Train.loader.num_workers": 0,
        "Eval.loader.num_workers": 0,
    }
    for part in ("Train", "Eval"):
        changes |= {f"{part}.dataset.data_dir": str(data), f"{part}.dataset.label_file_list": [str(lists)]}
        changes[f"{part}.loader.batch_size_per_card"] = PEER_BATCH
    config = peer_config(checkout, PEER_CONFIG, changes, surroundings.scratch / "peer.yml")
    return run_peer(config, PEER_STEPS_TIMED - 1).speed


def training(surroundings: Surroundings) -> list[Measure]:
    """Lines a second, for features and for training on them."""
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    return [_features(), _steps(surroundings), _whole_network(surroundings)]
