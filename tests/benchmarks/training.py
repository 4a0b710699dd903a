"""Training: features of lines, and steps of neck and head on them."""

from __future__ import annotations

import os

from tests.benchmarks.measure import Measure, Surroundings, median_seconds

LINES = 64
WIDTH = 320
EPOCHS = 2
# The program's promises on two cores: features of 50 and steps of 100 lines a second.
FEATURES_BAR, STEPS_BAR = 50.0, 100.0
# PaddleOCR's own trainer, PP-OCRv4 mobile recognition with 68 characters, on the same processor.
PEER_STEPS = 1.1


def _features() -> Measure:
    import numpy as np

    from ocrstudio.engine.nets.weights import model_file
    from ocrstudio.engine.rec.features import RUN_BATCH, FeatureExtractor

    extract = FeatureExtractor(model_file("bundled"))
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


def training(surroundings: Surroundings) -> list[Measure]:
    """Lines a second, for features and for training on them."""
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    return [_features(), _steps(surroundings)]
