"""Runs of this program's own trainer, as a user starts them: `ocrstudio train CONFIG` in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import read_metrics
from tests.benchmarks.captcha import write_captchas
from tests.benchmarks.memory import PeakMemory

LOOK_S = 0.05

Record = dict[str, Any]


@dataclass(frozen=True)
class OwnRun:
    """What a training wrote and took.

    Attributes:
        records: Of its metrics.jsonl.
        started: When the process was started, on the clock of the records.
        peak_gib: Most resident memory.
    """

    records: tuple[Record, ...]
    started: float
    peak_gib: float

    def of(self, kind: str) -> list[Record]:
        """The records of one kind."""
        return [record for record in self.records if record["kind"] == kind]

    @property
    def first_step_s(self) -> float:
        """From the start of the process to the end of the first step."""
        return float(self.of("train")[0]["time"]) - self.started

    def speed(self, epoch: int, skip: int = 0) -> float:
        """Samples a second of an epoch's steps, waiting for their data included; without the first `skip` steps.

        0 if time was up before.
        """
        steps = [record for record in self.of("train") if record["epoch"] == epoch][skip:]
        if not steps:
            return 0.0
        return sum(float(step["samples"]) for step in steps) / sum(float(step["batch_cost"]) for step in steps)


def captcha_dataset(folder: Path, train: int, val: int) -> Path:
    """Captchas and the dictionary of digits where `TrainConfig.use_dataset` looks for them."""
    write_captchas(folder / "rec", "train", train, seed=1)
    write_captchas(folder / "rec", "val", val, seed=2)
    (folder / "dict.txt").write_text("\n".join("0123456789") + "\n", encoding="utf-8")
    return folder


def own_config(template: str, dataset: Path, changes: dict[str, object], file: Path) -> Path:
    """A template on a dataset with values changed (`Section.key` -> value), written to `file`."""
    config = TrainConfig.template(template)
    config.use_dataset(dataset)
    for key, value in changes.items():
        config.set(key, value)
    config.save(file)
    return file


def run_own(config: Path, runs: Path, enough: Callable[[Sequence[Record]], bool], limit_s: float) -> OwnRun:
    """Trains until `enough` says so of the records, until the training ends, or until time is up.

    Raises:
        SystemExit: If it ends without a single step.
    """
    command = [sys.executable, "-m", "ocrstudio", "train", str(config), "--out", str(runs)]
    started = time.time()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdout=output, stderr=output)
        memory = PeakMemory(child.pid)
        try:
            while child.poll() is None and time.time() - started < limit_s and not enough(_records(runs)):
                time.sleep(LOOK_S)
        finally:
            _end(child)
            memory.end()
        run = OwnRun(tuple(_records(runs)), started, memory.gib)
        if not run.of("train"):
            output.seek(0)
            raise SystemExit(f"{config.name}: no training step:\n{output.read().decode(errors='replace')[-2000:]}")
    return run


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nobody wants what it would still save: the folder is deleted."""
    child.kill()
    child.wait()


def _records(runs: Path) -> list[Record]:
    return [record for log in runs.glob("*/metrics.jsonl") for record in read_metrics(log)]
