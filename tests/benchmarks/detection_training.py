"""Training of PP-OCRv4 mobile detection beside PaddleOCR's own trainer: the same pages, batches of 2 x 640 x 640."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import read_metrics
from tests.benchmarks.measure import Measure, Surroundings
from tests.benchmarks.paddleocr_peer import peer, peer_config, run_peer
from tests.engine.pages import make_dataset

TEMPLATE = "ppocrv4_mobile_det"
PEER_CONFIG = "configs/det/PP-OCRv4/PP-OCRv4_mobile_det.yml"
BATCH, PAGES, VAL_PAGES = 2, 8, 1
STEPS, EPOCHS = PAGES // BATCH, 2
# PaddleOCR on two cores, recorded: pages a second and GiB.
PEER_SPEED, PEER_GIB = 0.50, 2.7
WHOLE_BAR = 3.0
LEARNED_BAR = 0.8
LIMIT_S = 600.0
LOOK_S = 0.2

Record = dict[str, Any]


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


def _config(dataset: Path, file: Path, **values: object) -> Path:
    """The template on these pages; `values` are config keys with two underscores for a dot."""
    config = TrainConfig.template(TEMPLATE)
    config.use_dataset(dataset)
    for key, value in values.items():
        config.set(key.replace("__", "."), value)
    config.save(file)
    return file


def _train(config: Path, runs: Path, enough: Callable[[list[Record]], bool]) -> tuple[list[Record], float]:
    """Runs `ocrstudio train` until its records are enough, then ends it: these records, and the most GiB in memory.

    Raises:
        SystemExit: If it ends before, or takes longer than `LIMIT_S`.
    """
    peak = 0
    started = time.perf_counter()
    command = [sys.executable, "-m", "ocrstudio", "train", str(config), "--out", str(runs)]
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            while not enough(records := _records(runs)):
                if child.poll() is not None or time.perf_counter() - started > LIMIT_S:
                    output.seek(0)
                    raise SystemExit(f"our trainer ended early:\n{output.read().decode(errors='replace')[-2000:]}")
                with contextlib.suppress(psutil.Error):
                    peak = max(peak, psutil.Process(child.pid).memory_info().rss)
                time.sleep(LOOK_S)
        finally:
            child.kill()
            child.wait()
    return records, peak / 2**30


def _records(runs: Path) -> list[Record]:
    return [record for log in runs.glob("*/metrics.jsonl") for record in read_metrics(log)]


def _of(kind: str, records: list[Record]) -> list[Record]:
    return [record for record in records if record["kind"] == kind]


def _timed(dataset: Path, freeze: str, scratch: Path) -> OwnRun:
    config = _config(
        dataset,
        scratch / f"{freeze}.yml",
        Global__freeze=freeze,
        # one more, so that neither evaluation nor export begins
        Global__epoch_num=EPOCHS + 1,
        Global__eval_batch_epoch=EPOCHS + 1,
        Train__loader__batch_size_per_card=BATCH,
        Train__dataset__augment_copies=1,
    )
    records, peak = _train(config, scratch / f"runs {freeze}", lambda found: len(_of("train", found)) >= EPOCHS * STEPS)
    steps = _of("train", records)
    return OwnRun(_speed(steps[1:STEPS]), _speed(steps[STEPS : EPOCHS * STEPS]), peak)


def _speed(steps: list[Record]) -> float:
    return float(BATCH * len(steps) / sum(step["batch_cost"] for step in steps))


def _learned(scratch: Path, freeze: str, rate: float) -> Measure:
    """Hmean of unseen faint pages, most of whose text the base model overlooks, after twelve steps of four pieces."""
    dataset = scratch / "faint"
    if not dataset.exists():
        make_dataset(dataset, 8, 4, width=480, height=352)
    config = _config(
        dataset,
        scratch / f"faint {freeze}.yml",
        Global__freeze=freeze,
        Global__epoch_num=6,
        Global__eval_batch_epoch=6,
        Optimizer__lr__learning_rate=rate,
        Optimizer__lr__warmup_epoch=0.5,
        Train__dataset__transforms=[{"EastRandomCropData": {"size": [256, 256], "max_tries": 50}}],
        Eval__dataset__transforms=[{"DetResizeForTest": {"limit_side_len": 352}}],
    )
    records, _ = _train(config, scratch / f"runs faint {freeze}", lambda found: len(_of("eval", found)) >= 2)
    before, after = (float(record["hmean"]) for record in _of("eval", records)[:2])
    name = f"faint pages after twelve steps, freeze: {freeze}"
    return Measure(name, after, "hmean", "higher", LEARNED_BAR, peer=before, peer_name="untrained")


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
    """A detector's training: pages a second and memory beside PaddleOCR's, and what it is good for."""
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    scratch = surroundings.scratch
    dataset = make_dataset(scratch / "pages", PAGES, VAL_PAGES)
    whole, frozen = (_timed(dataset, freeze, scratch) for freeze in ("none", "backbone"))
    speed, memory, recorded = _run_theirs(surroundings, dataset)

    def fast(name: str, ours: float, bar: float | None = None) -> Measure:
        return Measure(name, ours, "pages/s", "higher", bar, "ratio", speed, "PaddleOCR", recorded)

    def small(name: str, ours: float) -> Measure:
        return Measure(name, ours, "GiB", "lower", 1.0, "ratio", memory, "PaddleOCR", recorded)

    return [
        fast("PP-OCRv4 mobile det, everything learns, 2 x 640 x 640", whole.later, WHOLE_BAR),
        fast("PP-OCRv4 mobile det, backbone frozen, first epoch", frozen.first),
        fast("PP-OCRv4 mobile det, backbone frozen, later epochs", frozen.later),
        small("memory, everything learns", whole.peak_gib),
        small("memory, backbone frozen", frozen.peak_gib),
        _learned(scratch, "backbone", 0.002),
        _learned(scratch, "none", 0.001),
    ]
