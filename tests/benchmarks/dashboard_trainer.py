"""Writes a run folder as a trainer does, at a given rate, without training: a part of the dashboard's benchmark.

python -m tests.benchmarks.dashboard_trainer FOLDER LINES_PER_SECOND SECONDS
"""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path

from ocrstudio.formats import log_line
from ocrstudio.formats.metrics_log import MetricsLog
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import ProcessId, RunStatus, write_status

EPOCHS, STEPS_PER_EPOCH = 100, 1000
# The run is not young: so many steps were done before anybody looks.
EARLIER_STEPS = 2000
# Lines are written in bursts of so many seconds when they come faster than that.
BURST_S = 0.01


def record(step: int) -> dict[str, object]:
    """What a recogniser's step measures."""
    loss = 100 / math.sqrt(step) + math.sin(step)
    return {
        "kind": "train", "time": time.time(), "step": step, "epoch": 1 + step // STEPS_PER_EPOCH, "lr": 0.0005,
        "acc": 1 - 1 / math.sqrt(step), "norm_edit_dis": 1 - 0.5 / math.sqrt(step), "CTCLoss": 0.8 * loss,
        "NRTRLoss": 0.2 * loss, "loss": loss, "reader_cost": 0.01, "batch_cost": 0.2, "samples": 64, "ips": 320.0,
        "eta": max(0, EPOCHS * STEPS_PER_EPOCH - step),
    }  # fmt: skip


def main() -> None:
    folder, rate, seconds = RunFolder(Path(sys.argv[1])), float(sys.argv[2]), float(sys.argv[3])
    metrics, log = MetricsLog(folder.metrics_path), folder.log_path.open("a", encoding="utf-8", buffering=1)
    start = {"epochs": EPOCHS, "steps_per_epoch": STEPS_PER_EPOCH, "task": "rec", "device": "cpu"}
    metrics.append({"kind": "start", "time": time.time(), **start})
    write_status(folder.path, RunStatus(ProcessId.of(os.getpid()), time.time(), time.time(), "train.log", "train"))
    began, step = time.perf_counter(), 0
    with log:
        while (passed := time.perf_counter() - began) < seconds:
            while step < EARLIER_STEPS + passed * rate:
                step += 1
                row = record(step)
                metrics.append(row)
                log.write(log_line.format_train(row, EPOCHS) + "\n")
            time.sleep(max(BURST_S, (step - EARLIER_STEPS) / rate - passed))


if __name__ == "__main__":
    main()
