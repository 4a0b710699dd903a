"""`wrong.jsonl`: what the latest evaluation of a run got wrong, the worst first.

The first line says which evaluation it was; each further line is a picture:

    {"v": 1, "task": "rec", "step": 120, "epoch": 3, "time": 1764345600.0, "measured": 400, "wrong": 37}
    {"image": "crops/7.png", "expected": "1948-A", "read": "1948 A", "cer": 0.1667}
    {"image": "pages/3.jpg", "missed": [[[x, y], ...], ...], "false": [[[x, y], ...]]}      (task "det", in pixels)
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.page import Point
from ocrstudio.core.run_table import finite
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.json_object import json_object

WRONG_FILE = "wrong.jsonl"
# Pictures in a file: more than anybody looks at, and a few kilobytes.
MOST = 200
Polygon = Sequence[Point]


@dataclass(frozen=True)
class WrongLine:
    """A line that was not read as it should have been.

    Attributes:
        image: The crop.
        expected: What stands on it.
        read: What the model read.
        cer: Its character error rate.
    """

    image: Path
    expected: str
    read: str
    cer: float


@dataclass(frozen=True)
class WrongPage:
    """A page on which boxes were overlooked or invented.

    Attributes:
        image: The page.
        missed: True boxes that were not found, in pixels of the picture.
        false: Found boxes that are none.
    """

    image: Path
    missed: tuple[Polygon, ...]
    false: tuple[Polygon, ...]


@dataclass(frozen=True)
class Wrong:
    """All that an evaluation got wrong, up to `MOST` pictures.

    Attributes:
        task: Lines of text or pages with boxes.
        measured: Lines or pages that were looked at.
        wrong: How many of them are not right, also those that are not listed.
        items: The worst first.
        step, epoch: Of the evaluation.
        time: Seconds since 1970.
    """

    task: Literal["rec", "det"]
    measured: int
    wrong: int
    items: tuple[WrongLine | WrongPage, ...]
    step: int = 0
    epoch: int = 0
    time: float = field(default_factory=time.time, compare=False)


def wrong_lines(images: Sequence[Path], pairs: Sequence[tuple[str, str]]) -> Wrong:
    """The lines that were read wrong.

    Args:
        images: The crops.
        pairs: (truth, read) of each.
    """
    found = [
        WrongLine(image, truth, read, edit_distance(truth, read) / max(1, len(truth)))
        for image, (truth, read) in zip(images, pairs, strict=True)
        if truth != read
    ]
    found.sort(key=lambda line: (-line.cer, line.expected))
    return Wrong("rec", len(pairs), len(found), tuple(found[:MOST]))


def wrong_pages(measured: int, pages: Sequence[WrongPage]) -> Wrong:
    """The pages on which something was overlooked or invented.

    Args:
        measured: All pages that were looked at.
        pages: Their mistakes; pages without any are left out.
    """
    found = [page for page in pages if page.missed or page.false]
    found.sort(key=lambda page: (-len(page.missed) - len(page.false), str(page.image)))
    return Wrong("det", measured, len(found), tuple(found[:MOST]))


def write_wrong(folder: Path, wrong: Wrong) -> None:
    """Replaces a run's `wrong.jsonl`.

    Raises:
        ProjectError: If it cannot be written; the earlier one is unchanged then.
    """
    head = {"v": 1, "task": wrong.task, "step": wrong.step, "epoch": wrong.epoch, "time": round(wrong.time, 3)}
    rows: list[dict[str, Any]] = [{**head, "measured": wrong.measured, "wrong": wrong.wrong}]
    for item in wrong.items:
        if isinstance(item, WrongLine):
            row = {"expected": item.expected, "read": item.read, "cer": round(item.cer, 4)}
        else:
            row = {"missed": _plain(item.missed), "false": _plain(item.false)}
        rows.append({"image": str(item.image.absolute()), **row})
    write_atomic(folder / WRONG_FILE, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def read_wrong(folder: Path) -> Wrong | None:
    """What the latest evaluation of a run got wrong; None if it left no such file. What is broken in it is left out."""
    try:
        lines = (folder / WRONG_FILE).read_bytes().split(b"\n")
    except OSError:
        return None
    rows = [row for row in map(json_object, lines) if row is not None]
    head = rows[0] if rows else {}
    task = head.get("task")
    if task not in ("rec", "det"):
        return None
    items = [item for row in rows[1:] if (item := _item(row)) is not None]
    numbers = {name: finite(head.get(name)) or 0.0 for name in ("measured", "wrong", "step", "epoch", "time")}
    return Wrong(
        task,
        int(numbers["measured"]),
        max(int(numbers["wrong"]), len(items)),
        tuple(items[:MOST]),
        int(numbers["step"]),
        int(numbers["epoch"]),
        numbers["time"],
    )


def _plain(polygons: Sequence[Polygon]) -> list[list[list[float]]]:
    return [[[round(float(x), 1), round(float(y), 1)] for x, y in polygon] for polygon in polygons]


def _item(row: dict[str, Any]) -> WrongLine | WrongPage | None:
    image = row.get("image")
    if not isinstance(image, str):
        return None
    if isinstance(row.get("expected"), str) and isinstance(row.get("read"), str):
        return WrongLine(Path(image), row["expected"], row["read"], finite(row.get("cer")) or 0.0)
    if "missed" in row or "false" in row:
        return WrongPage(Path(image), _polygons(row.get("missed")), _polygons(row.get("false")))
    return None


def _polygons(value: Any) -> tuple[Polygon, ...]:
    found = []
    for polygon in value if isinstance(value, list) else ():
        try:
            points = tuple((float(x), float(y)) for x, y in polygon)
        except (TypeError, ValueError):
            continue
        if points and all(finite(number) is not None for point in points for number in point):
            found.append(points)
    return tuple(found)
