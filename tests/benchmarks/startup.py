"""From the start of the process to the painted window."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys

from tests.benchmarks.measure import Measure, Surroundings

RUNS = 5
BAR_S = 1.5
# PPOCRLabel 3.1.6 with its declared dependencies, median of 5, two cores.
PEER_S = 1.92
ANSWER = re.compile(r"painted after ([\d.]+) s; runtimes loaded: (.*)")


def _screen() -> list[str]:
    if os.environ.get("DISPLAY"):
        return []
    if shutil.which("xvfb-run") is None:
        raise SystemExit("startup: no display and no xvfb-run; install the package xvfb")
    return ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]


def _start_once() -> float:
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
    if answer[2].strip() != "none":
        raise SystemExit(f"startup: the window's process loaded {answer[2]}")
    return float(answer[1])


def startup(_: Surroundings) -> list[Measure]:
    """Process start to painted window."""
    # the first start reads everything from disk and writes the byte code
    _start_once()
    seconds = statistics.median(_start_once() for _ in range(RUNS))
    return [
        Measure(
            "process start to painted window",
            seconds,
            "s",
            bar=BAR_S,
            peer=PEER_S,
            peer_name="PPOCRLabel",
            peer_recorded=True,
        )
    ]
