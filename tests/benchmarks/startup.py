"""From the start of the process to the painted window, and the memory that it then takes."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings

RUNS, COLD_RUNS = 5, 3
WARM_BAR_S, COLD_BAR_S, MEMORY_BAR_MB = 0.6, 1.0, 150.0
DROP_CACHES = Path("/proc/sys/vm/drop_caches")
# PPOCRLabel 3.1.6 with its declared dependencies, median of 5, two cores.
PEER_S = 1.92
ANSWER = re.compile(r"painted after ([\d.]+) s; (\d+) MB; runtimes loaded: (.*)")


def _screen() -> list[str]:
    if os.environ.get("DISPLAY"):
        return []
    if shutil.which("xvfb-run") is None:
        raise SystemExit("startup: no display and no xvfb-run; install the package xvfb")
    return ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]


def _start_once() -> tuple[float, float]:
    """Seconds to the first picture, and megabytes."""
    environment = {**os.environ, "OCRSTUDIO_STARTUP_PROBE": "1"}
    environment.pop("QT_QPA_PLATFORM", None)
    command = [*_screen(), sys.executable, "-m", "ocrstudio"]
    finished = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    # xvfb-run joins the program's stderr to its stdout
    answer = ANSWER.search(finished.stdout + finished.stderr)
    if answer is None:
        raise SystemExit(f"startup: the window did not answer:\n{finished.stdout}{finished.stderr}")
    if answer[3].strip() != "none":
        raise SystemExit(f"startup: the window's process loaded {answer[3]}")
    return float(answer[1]), float(answer[2])


def _forget_files() -> bool:
    """Has the system drop what it keeps of files, so that a start reads all from the disk; False: only root may."""
    os.sync()
    try:
        DROP_CACHES.write_text("3\n", encoding="ascii")
    except OSError:
        return False
    return True


def _cold() -> list[Measure]:
    seconds = [_start_once()[0] for _ in range(COLD_RUNS) if _forget_files()]
    if not seconds:
        return []
    return [
        Measure("process start to painted window, nothing in memory", statistics.median(seconds), "s", bar=COLD_BAR_S)
    ]


def startup(_: Surroundings) -> list[Measure]:
    """Process start to painted window, warm and (for root) cold; memory."""
    # the first start reads everything from disk and writes the byte code
    _start_once()
    starts = [_start_once() for _ in range(RUNS)]
    memory = statistics.median(megabytes for _, megabytes in starts)
    return [
        Measure(
            "process start to painted window",
            statistics.median(seconds for seconds, _ in starts),
            "s",
            bar=WARM_BAR_S,
            peer=PEER_S,
            peer_name="PPOCRLabel",
            peer_recorded=True,
        ),
        Measure("memory of the painted window", memory, "MB", bar=MEMORY_BAR_MB),
        *_cold(),
    ]
