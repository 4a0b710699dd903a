"""Training of PP-OCRv4 mobile detection beside PaddleOCR's own trainer: the same pages, batches of 2 x 640 x 640."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import read_metrics
from tests.benchmarks.measure import Measure, Surroundings
from tests.benchmarks.paddleocr_peer import peer, peer_config, run_peer
from tests.engine.pages import make_dataset

TEMPLATE = "ppocrv4_mobile_det"
PEER_CONFIG = "configs/det/PP-OCRv4/PP-OCRv4_mobile_det.yml"
BATCH, PAGES, VAL_PAGES = 2, 8, 1
STEPS = PAGES // BATCH
# PaddleOCR on two cores, recorded: pages a second and GiB.
PEER_SPEED, PEER_GIB = 0.50, 2.7
WHOLE_BAR = 3.0
LIMIT_S = 600.0
LOOK_S = 0.2


@dataclass(frozen=True)
class OwnRun:
    """What a few epochs of our trainer took.

    Attributes:
        first: Pages a second in the first epoch, its first step left out.
        later: Pages a second in the epochs after it; a frozen backbone's features are there then.
        peak_gib: Most resident memory.
    """

    first: float
    later: float
    peak_gib: float


def _config(dataset: Path, freeze: str, epochs: int, file: Path) -> Path:
    config = TrainConfig.template(TEMPLATE)
    config.use_dataset(dataset)
    config.set("Global.freeze", freeze)
    config.set("Global.epoch_num", epochs + 1)
    config.set("Global.eval_batch_epoch", epochs + 1)
    config.set("Train.loader.batch_size_per_card", BATCH)
    config.set("Train.dataset.augment_copies", 1)
    config.save(file)
    return file


def run_own(config: Path, runs: Path, epochs: int) -> OwnRun:
    """Runs `ocrstudio train` until it has learned for so many epochs, then ends it.

    Raises:
        SystemExit: If it ends before, or takes longer than `LIMIT_S`.
    """
    peak = 0
    started = time.perf_counter()
    command = [sys.executable, "-m", "ocrstudio", "train", str(config), "--out", str(runs)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors: list[bytes] = []
    reader = threading.Thread(target=lambda: errors.append(child.stderr.read() if child.stderr else b""))
    reader.start()
    try:
        while len(steps := _steps(runs)) < epochs * STEPS:
            if child.poll() is not None or time.perf_counter() - started > LIMIT_S:
                break
            one = psutil.Process(child.pid)
            peak = max(peak, sum(each.memory_info().rss for each in [one, *one.children(recursive=True)]))
            time.sleep(LOOK_S)
    except psutil.Error:
        steps = _steps(runs)
    finally:
        child.kill()
        child.wait()
        reader.join()
    if len(steps) < epochs * STEPS:
        raise SystemExit(f"our trainer ended early:\n{b''.join(errors).decode(errors='replace')[-2000:]}")
    return OwnRun(_speed(steps[1:STEPS]), _speed(steps[STEPS:]), peak / 2**30)


def _steps(runs: Path) -> list[dict[str, object]]:
    records = (record for log in runs.glob("*/metrics.jsonl") for record in read_metrics(log))
    return [record for record in records if record["kind"] == "train"]


def _speed(steps: list[dict[str, object]]) -> float:
    return BATCH * len(steps) / sum(float(str(step["batch_cost"])) for step in steps)


def _run_theirs(surroundings: Surroundings, dataset: Path) -> tuple[float, float, bool]:
    """PaddleOCR's pages a second and GiB, and whether they were recorded earlier."""
    found = peer()
    if found is None:
        return PEER_SPEED, PEER_GIB, True
    scratch = surroundings.scratch
    changes: dict[str, object] = {
        "Global.use_gpu": False,
        "Global.distributed": False,
        "Global.print_batch_step": 1,
        "Global.log_smooth_window": 1,
        "Global.pretrained_model": None,
        "Global.save_model_dir": str(scratch / "peer"),
    }
    for part, size in (("Train", BATCH), ("Eval", 1)):
        lists = [str(dataset / "det" / f"{'train' if part == 'Train' else 'val'}.txt")]
        changes |= {f"{part}.dataset.data_dir": str(dataset / "det"), f"{part}.dataset.label_file_list": lists}
        changes |= {f"{part}.loader.batch_size_per_card": size, f"{part}.loader.num_workers": 0}
    run = run_peer(peer_config(found[0], PEER_CONFIG, changes, scratch / "peer.yml"), STEPS)
    return run.speed, run.peak_gib, False


def detection_training(surroundings: Surroundings) -> list[Measure]:
    """Pages a second and memory of a detector's training, beside PaddleOCR's."""
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    scratch = surroundings.scratch
    dataset = make_dataset(scratch / "pages", PAGES, VAL_PAGES)
    own = {}
    for freeze, epochs in (("none", 2), ("backbone", 2)):
        config = _config(dataset, freeze, epochs, scratch / f"{freeze}.yml")
        own[freeze] = run_own(config, scratch / f"runs {freeze}", epochs)
    speed, memory, recorded = _run_theirs(surroundings, dataset)

    def fast(name: str, ours: float, bar: float | None = None) -> Measure:
        return Measure(name, ours, "pages/s", "higher", bar, "ratio", speed, "PaddleOCR", recorded)

    def small(name: str, ours: float) -> Measure:
        return Measure(name, ours, "GiB", "lower", 1.0, "ratio", memory, "PaddleOCR", recorded)

    whole, frozen = own["none"], own["backbone"]
    return [
        fast("PP-OCRv4 mobile det, everything learns, 2 x 640 x 640", whole.later, WHOLE_BAR),
        fast("PP-OCRv4 mobile det, backbone frozen, first epoch", frozen.first),
        fast("PP-OCRv4 mobile det, backbone frozen, later epochs", frozen.later),
        small("memory, everything learns", whole.peak_gib),
        small("memory, backbone frozen", frozen.peak_gib),
    ]
