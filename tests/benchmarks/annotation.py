"""Annotating beside PPOCRLabel: the figures of both programs on the same folders, in one table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.annotating.folders import make_all
from tests.benchmarks.measure import Measure, Surroundings

PEER = "PPOCRLabel"
LIMIT_S = 900


@dataclass(frozen=True)
class _Row:
    """One line of the table.

    Attributes:
        key: Name in the drivers' answers.
        name: What is measured.
        bar: The worst figure of ours that passes.
        recorded: PPOCRLabel 3.1.6 on the same folders, medians of 3 processes, two cores; None: it has no such figure.
        unit: Of all three.
    """

    key: str
    name: str
    bar: float
    recorded: float | None
    unit: str = "ms"


ROWS = (
    _Row("next_20", "next page, 20 boxes (A4 200 dpi)", 40, 143),
    _Row("next_200", "next page, 200 boxes", 50, 193),
    _Row("next_2000", "next page, 2000 boxes", 90, 1367),
    _Row("repaint", "repaint at fit, 2000 boxes, drawn anew", 8, 44.5),
    _Row("hover", "mouse move over background, 2000 boxes", 2, 6760),
    _Row("drag", "drag a box, per move, 2000 boxes", 8, 93.8),
    _Row("hide_all", "hide all, 2000 boxes", 50, 45365),
    _Row("undo", "undo, 2000 boxes", 50, 1100),
    _Row("open_many", "open 10,000 pages, 20 boxes each", 800, 4985),
    _Row("open_many_gap", "  window blocked meanwhile", 50, 4985),
    _Row("open_many_rss", "  memory then", 300, 413, "MB"),
    _Row("next_photo", "next page, 12-megapixel JPEG", 120, 628),
    _Row("next_photo_gap", "  window blocked meanwhile", 120, 628),
    _Row("confirm", "one confirmed edit on disk, 10,000 pages", 5, 770),
    _Row("save_gap", "  window blocked by writing Label.txt", 50, 770),
    _Row("export_crops", "export 2,000 crops", 3100, 3100),
    _Row("export_crops_gap", "  window blocked meanwhile", 50, 3100),
)
# What blocks the peer's window is the whole action.
SAME_FOR_PEER = {
    "open_many_gap": "open_many",
    "next_photo_gap": "next_photo",
    "save_gap": "confirm",
    "export_crops_gap": "export_crops",
}


def annotation(surroundings: Surroundings) -> list[Measure]:
    """Pages, boxes, saving and exporting in the window, beside PPOCRLabel (`--peer`: an environment that has it)."""
    folders = surroundings.scratch / "folders.json"
    ours = _driven([sys.executable, "-m", "tests.benchmarks.annotating.ours"], folders, surroundings.scratch / "ours")
    theirs: dict[str, float] = {}
    if surroundings.peer is not None:
        python = surroundings.peer / ("Scripts" if os.name == "nt" else "bin") / "python"
        script = Path(__file__).parent / "annotating" / "ppocrlabel.py"
        theirs = _driven([str(python), str(script)], folders, surroundings.scratch / "theirs")
    return [_measure(row, ours, theirs) for row in ROWS]


def _measure(row: _Row, ours: dict[str, float], theirs: dict[str, float]) -> Measure:
    peer = theirs.get(SAME_FOR_PEER.get(row.key, row.key))
    return Measure(
        row.name,
        ours[row.key],
        row.unit,
        bar=row.bar,
        peer=row.recorded if peer is None else peer,
        peer_name=PEER,
        peer_recorded=peer is None,
    )


def _driven(command: list[str], folders: Path, scratch: Path) -> dict[str, float]:
    """The answer of one driver, on folders of its own: both programs write into them."""
    made = make_all(scratch)
    folders.write_text(json.dumps({name: str(folder) for name, folder in made.items()}), encoding="utf-8")
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    child = subprocess.run(
        [*command, str(folders)], env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    if child.returncode != 0 or not child.stdout.strip():
        raise SystemExit(f"annotation: {command[-1]} ended with code {child.returncode}:\n{child.stderr}")
    answer: dict[str, float] = json.loads(child.stdout.strip().splitlines()[-1])
    return answer
