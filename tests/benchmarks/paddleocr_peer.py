"""PaddleOCR's own trainer on the same crops: samples a second and peak memory, beside ours."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from tests.benchmarks.memory import PeakMemory

LIMIT_S = 300
# PP-OCRv4 mobile recognition on two cores, recorded: lines a second, seconds to the first step, GiB.
PEER_SPEED, PEER_START_S, PEER_GIB = 1.1, 9.1, 3.8
PEER_CONFIG = "configs/rec/PP-OCRv4/PP-OCRv4_mobile_rec.yml"
BATCH, STEPS = 8, 5
SPEED = re.compile(r"global_step: (\d+),.*ips: ([0-9.]+) samples/s")


@dataclass(frozen=True)
class PeerRun:
    """What a few steps of PaddleOCR's trainer took.

    Attributes:
        speed: Samples a second, the first step left out.
        first_step_s: From start to the first printed step.
        peak_gib: Most resident memory of the trainer and its workers.
    """

    speed: float
    first_step_s: float
    peak_gib: float


def peer() -> tuple[Path, str] | None:
    """Checkout and interpreter named by PADDLEOCR_2026 and PADDLEOCR_2026_PYTHON; None if they are not set."""
    checkout, python = os.environ.get("PADDLEOCR_2026"), os.environ.get("PADDLEOCR_2026_PYTHON")
    return (Path(checkout), python) if checkout and python else None


def peer_config(checkout: Path, config: str, changes: dict[str, object], out: Path) -> Path:
    """One of the checkout's configs with values changed (`Section.key` -> value), written beside the benchmark."""
    yaml = YAML(typ="safe", pure=True)
    content = yaml.load((checkout / config).read_text(encoding="utf-8"))
    for key, value in changes.items():
        *parents, name = key.split(".")
        place = content
        for parent in parents:
            place = place[parent]
        place[name] = value
    with out.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
    return out


def run_peer(config: Path, steps: int) -> PeerRun:
    """Runs tools/train.py until it has printed `steps` steps, then ends it.

    Raises:
        SystemExit: If it ends before, or takes longer than `LIMIT_S`.
    """
    found = peer()
    if found is None:
        raise SystemExit("PADDLEOCR_2026 and PADDLEOCR_2026_PYTHON name no checkout and its Python")
    checkout, python = found
    started = time.perf_counter()
    child = subprocess.Popen(
        [python, "tools/train.py", "-c", str(config)],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    memory = PeakMemory(child.pid)
    timer = threading.Timer(LIMIT_S, child.kill)
    timer.start()
    speeds: list[float] = []
    first = 0.0
    tail: list[str] = []
    try:
        for line in child.stdout or ():
            tail = [*tail[-20:], line]
            if match := SPEED.search(line):
                first = first or time.perf_counter() - started
                speeds.append(float(match[2]))
            if len(speeds) >= steps:
                break
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        memory.end()
    if len(speeds) < max(2, steps):
        raise SystemExit("PaddleOCR's trainer ended early:\n" + "".join(tail))
    return PeerRun(sum(speeds[1:]) / len(speeds[1:]), first, memory.gib)


def run_recognition_peer(scratch: Path, lines: Path) -> PeerRun:
    """PP-OCRv4 mobile recognition of digits, everything learns, batches of 8 x 48 x 320.

    Args:
        scratch: Gets its config and output.
        lines: A recognition list; its pictures are relative to its folder. At least `BATCH` * `STEPS` lines.
    """
    checkout, _ = peer() or (Path(), "")
    digits = scratch / "digits.txt"
    digits.write_text("\n".join("0123456789") + "\n", encoding="utf-8")
    changes: dict[str, object] = {
        "Global.use_gpu": False,
        "Global.print_batch_step": 1,
        "Global.log_smooth_window": 1,
        "Global.character_dict_path": str(digits),
        "Global.save_model_dir": str(scratch / "peer"),
        "Train.sampler.scales": [[320, 48]],
        "Train.sampler.first_bs": BATCH,
        "Train.loader.num_workers": 0,
        "Eval.loader.num_workers": 0,
    }
    for part in ("Train", "Eval"):
        changes |= {f"{part}.dataset.data_dir": str(lines.parent), f"{part}.dataset.label_file_list": [str(lines)]}
        changes[f"{part}.loader.batch_size_per_card"] = BATCH
    return run_peer(peer_config(checkout, PEER_CONFIG, changes, scratch / "peer.yml"), STEPS)
