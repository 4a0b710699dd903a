"""PPOCRLabel's label lines: `<folder>/<file> TAB [{"transcription": ..., "points": ..., "difficult": ...}, ...]`.

`Label.txt` and `Cache.cach` share the form; `fileState.txt` holds `<folder>/<file> TAB 1`. Lines are kept as bytes
until somebody looks at their page, so that large projects open fast and lines nobody touched go back byte by byte.
PPOCRLabel reads them with `eval`; here they are only ever parsed as JSON.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.list_rules import is_number
from ocrstudio.core.page import Box, Point

LABEL_FILE = "Label.txt"
CACHE_FILE = "Cache.cach"
STATE_FILE = "fileState.txt"

_BOM = b"\xef\xbb\xbf"
_POINTS_KEY = re.compile(rb'"points"\s*:')
_NUMBERS = frozenset({int, float})
_NO_EXTRA: Mapping[str, Any] = MappingProxyType({})
_OWN_KEYS = ("transcription", "points", "difficult")
# NaN and Infinity are no JSON: as points they are refused, in unknown keys they become null, as PPOCRLabel reads it.
_LABELS = json.JSONDecoder(parse_constant=lambda _name: None)
_RECORD = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))

EMPTY = QT_TRANSLATE_NOOP("Errors", "The line is empty. It is kept as it is.")
NO_TAB = QT_TRANSLATE_NOOP("Errors", "The line has no tab between image and labels. It is kept as it is.")
NOT_UTF8 = QT_TRANSLATE_NOOP("Errors", "The line is not UTF-8 text. It is kept as it is; its boxes are not shown.")
NOT_A_LIST = QT_TRANSLATE_NOOP(
    "Errors",
    "What follows the image name is not a list in brackets. The line is kept as it is; its boxes are not shown.",
)
BROKEN_JSON = QT_TRANSLATE_NOOP(
    "Errors", "The labels cannot be read ({reason}). The line is kept as it is; its boxes are not shown."
)


class LineError(ValueError):
    """A label line whose boxes cannot be read; the message says why."""


@dataclass(slots=True)
class LabelLine:
    """One line of a label file.

    Attributes:
        raw: The bytes as on disk, line end included.
        number: Counted from 1.
        key: The image key with forward slashes; None if it cannot be told.
        start: Where what follows the tab begins in `raw`; None if there is no tab.
        fault: Why its boxes cannot be read (a template of the Errors context), or "".
    """

    raw: bytes
    number: int
    key: str | None
    start: int | None = None
    fault: str = ""

    @property
    def payload(self) -> bytes:
        """What follows the tab, without the line end. Cut out each time: large projects are held only once."""
        return b"" if self.start is None else self.raw[self.start :].rstrip(b"\r\n")


def split_lines(data: bytes) -> list[bytes]:
    """Cuts at line feeds only (texts may hold other line separators); each piece keeps its own.

    Piece by piece: one call for a file of many megabytes would hold up the window, whichever thread it is on.
    """
    lines = []
    start = 0
    while end := data.find(b"\n", start) + 1:
        lines.append(data[start:end])
        start = end
    if start < len(data):
        lines.append(data[start:])
    return lines


def read_lines(data: bytes) -> list[LabelLine]:
    """Cuts `Label.txt` or `Cache.cach` into lines without parsing the labels.

    Args:
        data: The whole file.

    Returns:
        Every line, broken ones included with their `fault`, so that joining `raw` gives `data` again.
    """
    return [_read_line(raw, number) for number, raw in enumerate(split_lines(data), start=1)]


def _read_line(raw: bytes, number: int) -> LabelLine:
    tab = raw.find(b"\t")
    if tab < 0:
        body = raw.removeprefix(_BOM) if number == 1 else raw
        return LabelLine(raw, number, None, None, NO_TAB if body.strip() else EMPTY)
    name = raw[:tab]
    if number == 1:
        name = name.removeprefix(_BOM)
    try:
        key = name.decode("utf-8")
    except UnicodeDecodeError:
        return LabelLine(raw, number, None, tab + 1, NOT_UTF8)
    if "\\" in key:
        key = key.replace("\\", "/")
    fault = ""
    if not _is_utf8(raw):
        fault = NOT_UTF8
    elif not (raw.endswith(b"]\n") and raw.startswith(b"[", tab + 1)):  # else as the programs write it
        inner = raw[tab + 1 :].strip()
        if not (inner.startswith(b"[") and inner.endswith(b"]")):
            fault = NOT_A_LIST
    return LabelLine(raw, number, key, tab + 1, fault)


def made_line(key: str, payload: bytes, line_end: bytes, number: int) -> LabelLine:
    """A line as it is written here."""
    head = key.encode("utf-8") + b"\t"
    return LabelLine(head + payload + line_end, number, key, len(head))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def count_boxes(payload: bytes) -> int:
    """How many boxes a line holds, without parsing it: JSON texts cannot contain an unescaped `"points":`."""
    return len(_POINTS_KEY.findall(payload))


def parse_boxes(payload: bytes, *, touched: bool) -> tuple[Box, ...]:
    """The boxes of a line.

    Args:
        payload: What follows the tab.
        touched: Given to every box: True for lines that a person confirmed.

    Returns:
        In file order. Two points are taken as opposite corners of a rectangle.

    Raises:
        LineError: If it is no list of boxes.
    """
    try:
        items = _LABELS.decode(payload.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise LineError(str(error)) from error
    if not isinstance(items, list):
        raise LineError("not a list")
    return tuple(_parse_box(item, index, touched) for index, item in enumerate(items, start=1))


def _parse_box(item: Any, index: int, touched: bool) -> Box:
    if not isinstance(item, dict):
        raise LineError(f"box {index} is not an object in braces")
    text = item.get("transcription")
    return Box(
        _parse_points(item.get("points"), index),
        text if type(text) is str else _parse_text(text, index),
        None,
        touched,
        bool(item.get("difficult", False)),
        _extra_of(item),
    )


def _extra_of(item: dict[str, Any]) -> Mapping[str, Any]:
    """The keys that are none of PPOCRLabel's own; most boxes have none and share one empty mapping."""
    if len(item) == 3 and "difficult" in item and "transcription" in item:
        return _NO_EXTRA
    extra = {name: value for name, value in item.items() if name not in _OWN_KEYS}
    return MappingProxyType(extra) if extra else _NO_EXTRA


def _parse_text(value: Any, index: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return str(value)
    raise LineError(f"the transcription of box {index} is not text")


def _parse_points(value: Any, index: int) -> tuple[Point, ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise LineError(f"box {index} has no points")
    points: list[Point] = []
    try:
        for x, y in value:
            # exact types: this runs for every corner of a project, and a bool is no number here
            if type(x) not in _NUMBERS or type(y) not in _NUMBERS or not math.isfinite(x + y):
                raise LineError(f"box {index} has a point that is not two numbers")
            points.append((float(x), float(y)))
    except (TypeError, ValueError, OverflowError) as error:
        raise LineError(f"box {index} has a point that is not two numbers") from error
    if len(points) == 2:
        (x0, y0), (x1, y1) = points
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return tuple(points)


def box_object(box: Box) -> dict[str, Any]:
    """The box as PPOCRLabel writes it: whole pixels cut towards zero, its own keys first, then the unknown ones."""
    return {
        "transcription": box.text,
        "points": [[int(x), int(y)] for x, y in box.points],
        "difficult": box.difficult,
        **box.extra,
    }


def format_payload(boxes: Iterable[Box]) -> bytes:
    """What follows the tab of a line, as PPOCRLabel writes it."""
    items = [box_object(box) for box in boxes]
    try:
        return json.dumps(items, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair from somebody's JSON escape: only the escape can carry it
        return json.dumps(items).encode("ascii")


def line_end_of(lines: Iterable[LabelLine]) -> bytes:
    """The line end that a file uses: its first line's, or a line feed."""
    for line in lines:
        return b"\r\n" if line.raw.endswith(b"\r\n") else b"\n"
    return b"\n"


def read_states(data: bytes) -> list[LabelLine]:
    """The lines of `fileState.txt`: any line means "checked", whatever its number (PPOCRLabel ignores it too)."""
    lines = []
    for number, raw in enumerate(split_lines(data), start=1):
        body = raw.rstrip(b"\r\n")
        if number == 1 and body.startswith(_BOM):
            body = body[len(_BOM) :]
        name = body.partition(b"\t")[0]
        key = name.decode("utf-8", errors="replace").replace("\\", "/") if name.strip() else None
        lines.append(LabelLine(raw, number, key))
    return lines


def box_record(box: Box) -> dict[str, Any]:
    """The box with everything that is known about it, for the journal."""
    return {
        "points": [[x, y] for x, y in box.points],
        "text": box.text,
        "score": box.score,
        "touched": box.touched,
        "difficult": box.difficult,
        "extra": dict(box.extra),
    }


class BoxTexts:
    """Boxes as JSON text. Remembers each box's part, as most boxes stay from edit to edit."""

    def __init__(self) -> None:
        # A box never changes, and while it is held here nothing else can have its identity.
        self._known: dict[int, tuple[Box, str]] = {}

    def of(self, boxes: Iterable[Box]) -> str:
        """The records of boxes (`box_record`), parted by commas. ValueError if a number is not finite."""
        known = self._known
        parts = [known.get(id(box)) or (box, _RECORD.encode(box_record(box))) for box in boxes]
        self._known = {id(part[0]): part for part in parts}
        return ",".join([text for _, text in parts])


def box_from_record(record: Mapping[str, Any], index: int = 1) -> Box:
    """The box that `box_record` described.

    Raises:
        LineError: If the record is not such a description.
    """
    score = record.get("score")
    extra = record.get("extra") or {}
    if not (score is None or is_number(score)) or not isinstance(extra, dict):
        raise LineError(f"box {index} has a score or extra part of the wrong kind")
    return Box(
        points=_parse_points(record.get("points"), index),
        text=_parse_text(record.get("text"), index),
        score=None if score is None else float(score),
        touched=bool(record.get("touched", False)),
        difficult=bool(record.get("difficult", False)),
        extra=MappingProxyType(extra) if extra else _NO_EXTRA,
    )
