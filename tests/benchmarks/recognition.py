"""Reading a page in the window's child, beside RapidOCR called directly on the same file."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings

LINES = 20
# Ours and the peer's take turns page by page: other programs' load hits both alike.
WARM_UP, TURNS = 2, 11
# Run by the peer's Python, which need not have our package: a line of input is a page, a line of output its seconds.
PEER_SCRIPT = """
import os, sys, time
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.log_level": "critical",
                          "EngineConfig.onnxruntime.intra_op_num_threads": os.cpu_count() or 1})
for line in sys.stdin:
    started = time.perf_counter()
    engine(line.strip())
    print(time.perf_counter() - started, flush=True)
"""


def _write_page(file: Path) -> None:
    """A page of 20 lines in the sample project's type."""
    from PIL import Image, ImageDraw, ImageFont

    from ocrstudio.paths import resources

    font = ImageFont.truetype(str(resources() / "fonts" / "samples" / "sans-a.ttf"), 32)
    page = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(page)
    for line in range(LINES):
        draw.text(
            (60, 40 + line * 56), f"Line {line + 1} of the page, number {line * 37 + 11}", fill="black", font=font
        )
    page.save(file)


class _Child:
    """A process that answers each line with a line."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
        )

    def ask(self, line: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"recognition: {self._process.args} ended")
        return answer

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=60)


def _our_seconds(child: _Child, request: str) -> float:
    """From the request to the answer, as the window waits."""
    started = time.perf_counter()
    answer = json.loads(child.ask(request))
    seconds = time.perf_counter() - started
    if answer["type"] != "page_read" or len(answer["lines"]) != LINES:
        raise SystemExit(f"recognition: {LINES} lines were to be read, and this came: {answer}")
    return seconds


def recognition(surroundings: Surroundings) -> list[Measure]:
    """Seconds for a page of 20 lines: our child from request to answer, and RapidOCR's own call."""
    page = surroundings.scratch / "page.png"
    _write_page(page)
    folder = "Scripts" if os.name == "nt" else "bin"
    python = sys.executable if surroundings.peer is None else str(surroundings.peer / folder / "python")
    child = _Child([sys.executable, "-m", "ocrstudio", "engine", "recognize"])
    peer = _Child([python, "-c", PEER_SCRIPT])
    request = json.dumps({"v": 1, "type": "recognize_page", "id": 1, "image": str(page)})
    try:
        child.ask(json.dumps({"v": 1, "type": "load_model"}))
        ours, theirs = [], []
        for _ in range(WARM_UP + TURNS):
            ours.append(_our_seconds(child, request))
            theirs.append(float(peer.ask(str(page))))
    finally:
        child.close()
        peer.close()
    medians = [statistics.median(seconds[WARM_UP:]) for seconds in (ours, theirs)]
    name = f"read a page of {LINES} lines"
    return [Measure(name, medians[0], "s", bar=1.1, bar_on="ratio", peer=medians[1], peer_name="RapidOCR")]
