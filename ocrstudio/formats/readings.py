"""`.ocrstudio/readings.jsonl`: what models read in boxes, kept beside the labels and never instead of them.

One line a page and model, `{"v":1,"page":…,"model":…,"boxes":[[mark, text, score], …]}`, appended as pages are read; a
later line adds to the earlier ones and wins over them. Everything in it can be made again, so lines that cannot be read
are skipped.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.formats.atomic import read_bytes, write_all, write_atomic, write_error
from ocrstudio.formats.json_object import json_object

READINGS_FILE = "readings.jsonl"
VERSION = 1
# Written anew once this many bytes hold more superseded boxes than present ones.
COMPACT_BYTES = 1_000_000

# Mark of the box (`core.lines.box_mark`) to (text, confidence 0 to 1).
PageReadings = dict[int, tuple[str, float]]


@dataclass
class ReadingsTable:
    """The content of the file: page and model to what was read there.

    Attributes:
        pages: (page key, model) to its readings; the inner ones are never changed, only replaced.
    """

    pages: dict[tuple[str, str], PageReadings] = field(default_factory=dict)

    def of(self, page: str, model: str) -> PageReadings:
        """What a model read on a page; empty if it never did."""
        return self.pages.get((page, model), {})

    def add(self, page: str, model: str, readings: PageReadings) -> None:
        """Adds readings; those of the same boxes are replaced."""
        self.pages[page, model] = {**self.of(page, model), **readings}


def load_readings(path: Path) -> ReadingsTable:
    """Reads the file, and writes it anew if most of it is superseded. A missing file is an empty table.

    Raises:
        ProjectError: If the file is there and cannot be read.
    """
    table = ReadingsTable()
    if not path.exists():
        return table
    data = read_bytes(path)
    seen = 0
    for raw in data.split(b"\n"):
        record = _record(raw)
        if record is not None:
            page, model, readings = record
            seen += len(readings)
            table.add(page, model, readings)
    if len(data) > COMPACT_BYTES and seen > 2 * sum(map(len, table.pages.values())) and os.access(path, os.W_OK):
        write_atomic(path, b"".join(_line(page, model, found) for (page, model), found in table.pages.items()))
    return table


def append_readings(path: Path, page: str, model: str, readings: Mapping[int, tuple[str, float]]) -> None:
    """Adds what a model read on a page; the folder must exist.

    Raises:
        ProjectError: If it cannot be written.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o666)
        try:
            size = os.fstat(descriptor).st_size
            cut = b""
            if size:
                os.lseek(descriptor, size - 1, os.SEEK_SET)
                # a line that a power cut left half written must not take this one with it
                cut = b"" if os.read(descriptor, 1) == b"\n" else b"\n"
            write_all(descriptor, cut + _line(page, model, readings))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise write_error(path, error) from error


def _line(page: str, model: str, readings: Mapping[int, tuple[str, float]]) -> bytes:
    boxes = [[f"{mark:016x}", text, round(score, 4)] for mark, (text, score) in readings.items()]
    record = {"v": VERSION, "page": page, "model": model, "boxes": boxes}
    # escaped: a reading may hold half a surrogate pair, which UTF-8 cannot carry
    return json.dumps(record, separators=(",", ":")).encode("ascii") + b"\n"


def _record(raw: bytes) -> tuple[str, str, PageReadings] | None:
    record = json_object(raw)
    if record is None or record.get("v") != VERSION:
        return None
    page, model, boxes = record.get("page"), record.get("model"), record.get("boxes")
    if not isinstance(page, str) or not isinstance(model, str) or not isinstance(boxes, list):
        return None
    return page, model, {found[0]: found[1] for box in boxes if (found := _reading(box)) is not None}


def _reading(box: Any) -> tuple[int, tuple[str, float]] | None:
    if not isinstance(box, list) or len(box) != 3:
        return None
    mark, text, score = box
    if not isinstance(mark, str) or not isinstance(text, str) or isinstance(score, bool):
        return None
    try:
        number, share = int(mark, 16), float(score)
    except (TypeError, ValueError, OverflowError):
        return None
    if not 0 <= number < 1 << 64 or not math.isfinite(share):
        return None
    return number, (text, min(1.0, max(0.0, share)))
