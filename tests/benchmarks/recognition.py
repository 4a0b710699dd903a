"""Reading a page, beside RapidOCR called directly on the same page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings, median_seconds

LINES = 20
# Ours and the peer's take turns, and the quickest turn of each counts: other programs' load hits both alike.
TURNS, RUNS = 3, 3
# Run by the peer's Python, which need not have our package.
PEER_SCRIPT = """
import os, statistics, sys, time
import cv2
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.log_level": "critical",
                          "EngineConfig.onnxruntime.intra_op_num_threads": os.cpu_count() or 1})
image = cv2.imread(sys.argv[1])
engine(image)
durations = []
for _ in range(int(sys.argv[2])):
    started = time.perf_counter()
    engine(image)
    durations.append(time.perf_counter() - started)
print(statistics.median(durations))
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


def recognition(surroundings: Surroundings) -> list[Measure]:
    """Seconds for a page of 20 lines, ours and RapidOCR's."""
    from ocrstudio.engine.recognizer import PageReader
    from ocrstudio.formats.crops import read_image

    page = surroundings.scratch / "page.png"
    _write_page(page)
    reader, image = PageReader(), read_image(page)
    found = len(reader.read_page(image))
    if found != LINES:
        raise SystemExit(f"recognition: {found} lines were read where there are {LINES}")
    folder = "Scripts" if os.name == "nt" else "bin"
    python = sys.executable if surroundings.peer is None else str(surroundings.peer / folder / "python")
    command = [python, "-c", PEER_SCRIPT, str(page), str(RUNS)]
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(median_seconds(lambda: reader.read_page(image), RUNS))
        answer = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
        theirs.append(float(answer.split()[-1]))
    name = f"read a page of {LINES} lines"
    return [Measure(name, min(ours), "s", bar=1.2, bar_on="ratio", peer=min(theirs), peer_name="RapidOCR")]
