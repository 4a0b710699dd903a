"""The flight check of ten thousand crops: the first look, and the next ones, which know the pictures."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from ocrstudio.formats.config import TrainConfig
from tests.benchmarks.measure import Measure, Surroundings

CROPS, VALIDATION = 10_000, 1_000
SHEETS = 200
LETTERS = "0123456789ABCDEFGHKLMNPRSTUVWXYZabdefghkmnpqrstuvwxyz"
FIRST_BAR_S, NEXT_BAR_S = 30.0, 3.0


def _make_crops(folder: Path) -> TrainConfig:
    """Lines of different texts on grained paper, about as large on disk as scanned ones."""
    import cv2
    import numpy as np

    random = np.random.default_rng(11)
    sheets = [random.integers(-9, 10, (48, 480), np.int16) for _ in range(SHEETS)]
    for part, count in (("train", CROPS), ("val", VALIDATION)):
        (folder / "rec" / part).mkdir(parents=True)
        lines = []
        for number in range(count):
            text = "".join(random.choice(list(LETTERS), 8))
            width = int(random.integers(160, 420))
            paper = np.full((48, width), random.integers(180, 250), np.int16)
            image = (paper + sheets[number % SHEETS][:, :width]).clip(0, 255).astype(np.uint8)
            cv2.putText(image, text, (5, 33), cv2.FONT_HERSHEY_SIMPLEX, width / 200, 40, 2, cv2.LINE_AA)
            name = f"{part}/{part}{number // 20}_{number % 20}.jpg"
            # three channels, as crops of pages are
            cv2.imwrite(str(folder / "rec" / name), cv2.cvtColor(image, cv2.COLOR_GRAY2BGR))
            lines.append(f"{name}\t{text}\n")
        (folder / "rec" / f"{part}.txt").write_text("".join(lines), encoding="utf-8")
    (folder / "dict.txt").write_text("\n".join(LETTERS) + "\n", encoding="utf-8")
    config = TrainConfig.template()
    config.use_dataset(folder)
    return config


def _seconds(config: Path, *arguments: str) -> float:
    """Of the whole command, as a person waits for it."""
    command = [sys.executable, "-m", "ocrstudio", "check", str(config), "--json", *arguments]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 1) or b'"checks"' not in done.stdout:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return seconds


def flight_check(surroundings: Surroundings) -> list[Measure]:
    """Seconds that the flight check of 10,000 crops takes, first and again."""
    config = surroundings.scratch / "config.yml"
    _make_crops(surroundings.scratch / "data").save(config)
    first = _seconds(config, "--no-cache")
    _seconds(config)
    again = min(_seconds(config) for _ in range(3))
    return [
        Measure(f"flight check of {CROPS:,} crops, first look", first, "s", bar=FIRST_BAR_S),
        Measure(f"flight check of {CROPS:,} crops, again", again, "s", bar=NEXT_BAR_S),
    ]
