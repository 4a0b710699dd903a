"""From `ocrstudio train` to the first training step: a thousand crops or twenty pages, one hundred crops to measure on.

`python -m tests.benchmarks.start` says where the time goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import read_metrics
from tests.benchmarks.captcha import write_captchas
from tests.benchmarks.measure import Measure, Surroundings
from tests.engine.pages import make_dataset

BAR_S = 5.0
LIMIT_S = 120.0
LOOK_S = 0.02
LINES, VAL_LINES = 1000, 100
PAGES, VAL_PAGES = 20, 4


@dataclass(frozen=True)
class Case:
    """One training to start.

    Attributes:
        name: Of the measure.
        template: Of `TrainConfig`.
        freeze: `Global.freeze`.
        again: It runs for the second time, so that the features of the first are found.
    """

    name: str
    template: str
    freeze: str
    again: bool = False


CASES = (
    Case("PP-OCRv6 rec, frozen", "ppocrv6_small_rec", "backbone"),
    Case("PP-OCRv6 rec, frozen, features kept", "ppocrv6_small_rec", "backbone", again=True),
    Case("PP-OCRv6 rec, everything learns", "ppocrv6_small_rec", "none"),
    Case("PP-OCRv4 rec, everything learns", "ppocrv4_mobile_rec", "none"),
    Case("PP-OCRv6 det, frozen", "ppocrv6_small_det", "backbone"),
    Case("PP-OCRv6 det, everything learns", "ppocrv6_small_det", "none"),
    Case("PP-OCRv4 det, everything learns", "ppocrv4_mobile_det", "none"),
)


def _datasets(folder: Path) -> Path:
    """Captchas and pages where `TrainConfig.use_dataset` looks for them."""
    rec = folder / "rec"
    write_captchas(rec, "train", LINES, seed=1)
    write_captchas(rec, "val", VAL_LINES, seed=2)
    (folder / "dict.txt").write_text("\n".join("0123456789") + "\n", encoding="utf-8")
    return make_dataset(folder, PAGES, VAL_PAGES)


def _config(case: Case, dataset: Path, file: Path) -> Path:
    config = TrainConfig.template(case.template)
    config.use_dataset(dataset)
    config.set("Global.freeze", case.freeze)
    config.save(file)
    return file


def first_step(config: Path, runs: Path, *, told: bool = False) -> float:
    """Seconds from the start of the process to the record of the first step; the training is then ended.

    Args:
        config: What is trained.
        runs: Folder for its run.
        told: Print what the run's log and its messages say meanwhile.
    """
    command = [sys.executable, "-m", "ocrstudio", "train", str(config), "--out", str(runs)]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            while not any(record["kind"] == "train" for record in _records(runs)):
                if child.poll() is not None or time.perf_counter() - started > LIMIT_S:
                    output.seek(0)
                    raise SystemExit(f"start: no training step:\n{output.read().decode(errors='replace')[-2000:]}")
                time.sleep(LOOK_S)
            seconds = time.perf_counter() - started
        finally:
            child.kill()
            child.wait()
    if told:
        began = time.time() - (time.perf_counter() - started)
        for record in _records(runs):
            print(f"  {record['time'] - began:6.2f} s  {record['kind']}")
    return seconds


def _records(runs: Path) -> list[dict[str, object]]:
    return [record for log in runs.glob("*/metrics.jsonl") for record in read_metrics(log)]


def _measure(case: Case, dataset: Path, scratch: Path, *, told: bool = False) -> Measure:
    os.environ["XDG_CACHE_HOME"] = str(scratch / "cache" / f"{case.template} {case.freeze}")
    number = len(list(scratch.glob("runs*")))
    config = _config(case, dataset, scratch / f"{case.template}.yml")
    seconds = first_step(config, scratch / f"runs {number}", told=told)
    return Measure(f"first step: {case.name}", seconds, "s", bar=BAR_S)


def start(surroundings: Surroundings) -> list[Measure]:
    """Start of the process to the first training step."""
    scratch = surroundings.scratch
    dataset = _datasets(scratch / "data")
    # byte code and libraries come from the disk once
    _measure(CASES[-1], dataset, scratch)
    return [_measure(case, dataset, scratch) for case in CASES]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="ocrstudio-start-") as folder:
        made = _datasets(Path(folder) / "data")
        for number in map(int, sys.argv[1:] or range(len(CASES))):
            print(_measure(CASES[number], made, Path(folder), told=True).line(), flush=True)
