"""PaddleOCR's own trainer on the same crops: samples a second and peak memory, beside ours."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from ruamel.yaml import YAML

# How often the child's memory is looked at.
INTERVAL_S = 0.2
LIMIT_S = 300
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
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(child.pid, peak), daemon=True)
    watcher.start()
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
    if len(speeds) < max(2, steps):
        raise SystemExit("PaddleOCR's trainer ended early:\n" + "".join(tail))
    return PeerRun(sum(speeds[1:]) / len(speeds[1:]), first, peak[0] / 2**30)


def _watch(pid: int, peak: list[int]) -> None:
    while True:
        try:
            process = psutil.Process(pid)
            memory = sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])
        except psutil.Error:
            return
        peak[0] = max(peak[0], memory)
        time.sleep(INTERVAL_S)
