"""Dropping pictures on the reading tab: the first answer after a cold start, and a batch of pages."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings

COLD_RUNS = 3
# Seconds from the drop, with nothing loaded before, to the text on the screen.
FIRST_BAR_S = 2.0
LINES_PER_PAGE = 5
# Pages of a batch, and after how many of them memory is looked at first: every part of the program has been used then.
PAGES, EARLY = 120, 40
LONG_PAGES, LONG_EARLY = 500, 50
# By so many MiB neither process may grow until the last page. To keep the pixels of each page, 0.8 MiB of them, would
# take 64 in the shorter batch.
GROWTH_BAR_MIB, LONG_GROWTH_BAR_MIB = 20.0, 40.0
LIMIT_S = 2000


# The same by hand, for people who can program: from the start of Python to the text.
PEER_SCRIPT = """
import sys
from rapidocr import RapidOCR
result = RapidOCR(params={"Global.log_level": "critical"})(sys.argv[1])
print(len(result.txts))
"""


def _write_page(file: Path, number: int) -> None:
    from PIL import Image, ImageDraw, ImageFont

    from ocrstudio.paths import resources

    font = ImageFont.truetype(str(resources() / "fonts" / "samples" / "sans-a.ttf"), 30)
    # of slightly different sizes, as scans are
    page = Image.new("RGB", (620 + number % 7 * 4, 440 + number % 11 * 4), "white")
    draw = ImageDraw.Draw(page)
    for line in range(LINES_PER_PAGE):
        draw.text(
            (40, 30 + line * 80), f"Page {number}, line {line + 1}: {number * 37 + line}", fill="black", font=font
        )
    page.save(file)


def _dropped(pictures: Sequence[Path], early: int = 0) -> dict[str, float]:
    """What a fresh window tells of pictures that are dropped on it."""
    command = [sys.executable, "-m", "tests.benchmarks.reading_window", str(early), *map(str, pictures)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=True)
    told: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return told


def _by_hand(python: str, picture: Path) -> float:
    """Seconds that RapidOCR takes for a picture in a process of its own."""
    started = time.perf_counter()
    command = [python, "-c", PEER_SCRIPT, str(picture)]
    subprocess.run(command, capture_output=True, timeout=LIMIT_S, check=True)
    return time.perf_counter() - started


def reading(surroundings: Surroundings) -> list[Measure]:
    """First answer after a cold drop; memory of window and reader over a batch of 120 pages (with --long 500)."""
    count, early_page, bar = PAGES, EARLY, GROWTH_BAR_MIB
    if surroundings.long:
        count, early_page, bar = LONG_PAGES, LONG_EARLY, LONG_GROWTH_BAR_MIB
    pages = [surroundings.scratch / f"page {number:03}.png" for number in range(1, count + 1)]
    for number, page in enumerate(pages, start=1):
        _write_page(page, number)
    folder = "Scripts" if os.name == "nt" else "bin"
    python = sys.executable if surroundings.peer is None else str(surroundings.peer / folder / "python")
    ours, theirs = [], []
    for _ in range(COLD_RUNS):  # in turns: other programs' load hits both alike
        ours.append(_dropped(pages[:1]))
        theirs.append(_by_hand(python, pages[0]))
    cold = statistics.median(run["first_s"] for run in ours)
    busy = statistics.median(run["first_cpu_s"] for run in ours)
    by_hand = statistics.median(theirs)
    batch = _dropped([surroundings.scratch], early_page)
    if batch["read"] != count:
        raise SystemExit(f"reading: {batch['read']:.0f} of {count} pages were read")
    measures = [
        Measure(
            f"first text after a cold drop, {LINES_PER_PAGE} lines",
            cold,
            "s",
            bar=FIRST_BAR_S,
            peer=by_hand,
            peer_name="RapidOCR",
        ),
        Measure("processor time until then, window included", busy, "s"),
        Measure(f"a page of a batch of {count}", batch["all_s"] / count, "s"),
    ]
    for who in ("window", "child"):
        early, late = batch[f"{who}_early_mib"], batch[f"{who}_late_mib"]
        measures.append(Measure(f"memory of the {who} at page {early_page}", early, "MiB"))
        measures.append(Measure(f"memory of the {who} at page {count}", late, "MiB"))
        measures.append(Measure(f"growth of the {who} in between", late - early, "MiB", bar=bar))
    return measures
