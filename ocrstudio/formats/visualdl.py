"""VisualDL's record files, as PaddleOCR writes them with `Global.use_visualdl`: the scalars of a training.

A file is a row of records, each a length (8 bytes, little-endian) and so many bytes of a protocol buffer:
`Record {repeated Value values = 1}`, `Value {int64 id = 1 (the step); string tag = 2; int64 timestamp = 3
(milliseconds); float value = 4}`. Pictures, graphs and the like stand in other fields and are passed over. Files come
from anywhere: lengths are checked, nothing is executed, what is cut ends the reading.

Source: PaddlePaddle/VisualDL, visualdl/proto/record.proto and visualdl/writer/record_writer.py (version 2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.core.run_history import Kind, Record, RunHistory
from ocrstudio.core.run_table import finite
from ocrstudio.formats.atomic import read_bytes

FILE_WORD = "vdlrecords"
# A record holds one value; one with a picture some megabytes.
_LONGEST_RECORD = 1 << 28
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_EVALUATIONS = frozenset({"eval", "val", "valid", "validation", "test"})
_INDICATORS = ("hmean", "acc")
Field = tuple[int, int, Any]


def record_files(folder: Path) -> list[Path]:
    """The record files in a folder or in its `vdl`, where PaddleOCR puts them, oldest first."""
    found = [path for place in (folder, folder / "vdl") if place.is_dir() for path in place.iterdir()]
    return sorted(path for path in found if FILE_WORD in path.name and path.is_file())


def read_visualdl(files: list[Path]) -> RunHistory:
    """The scalars of one training as its history.

    Tags before a slash say where a value belongs (`TRAIN/loss`, `EVAL/acc`); those without are taken for training.

    Args:
        files: Of one training, oldest first: a run that went on begins a new one.

    Raises:
        ProjectError: If a file cannot be read.
        FormatError: If they hold no scalar.
    """
    history = RunHistory()
    for file in files:
        for record in _records(read_bytes(file)):
            history.add(record)
    if history.is_empty:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} holds no curves that VisualDL has written."),
            QT_TRANSLATE_NOOP("Errors", "Choose the folder of a training with files named vdlrecords.*.log."),
            file=files[0] if files else "",
        )
    best = _best(history)
    if best is not None:
        history.best = best
    return history


def _best(history: RunHistory) -> Record | None:
    """The evaluation with the largest indicator, the latest of equal ones."""
    for name in _INDICATORS:
        steps, values = history.series("eval", name)
        if values:
            row = len(values) - 1 - values[::-1].index(max(values))
            return {"kind": "eval", "step": steps[row], name: values[row], "best": True}
    return None


def _records(data: bytes) -> list[Record]:
    """Values of the same step and side together, ordered by step."""
    rows: dict[tuple[Kind, int], dict[str, Any]] = {}
    for step, tag, milliseconds, value in _scalars(data):
        prefix, slash, name = tag.partition("/")
        kind: Kind = "eval" if slash and prefix.lower() in _EVALUATIONS else "train"
        if not slash or (kind == "train" and prefix.lower() != "train"):
            name = tag.replace("/", "_")
        name = name.removeprefix("avg_")
        if name.startswith("best_"):
            continue
        row = rows.setdefault((kind, step), {"kind": kind, "step": step, "time": milliseconds / 1000})
        row[name] = value
    return [rows[key] for key in sorted(rows, key=lambda key: (key[1], key[0] == "eval"))]


def _scalars(data: bytes) -> Iterator[tuple[int, str, int, float]]:
    """Step, tag, milliseconds and value of every scalar."""
    at = 0
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        at += 8
        if length > _LONGEST_RECORD or at + length > len(data):
            return
        for number, kind, content in _fields(data[at : at + length]):
            if number == 1 and kind == _BYTES:
                scalar = _scalar(content)
                if scalar is not None:
                    yield scalar
        at += length


def _scalar(content: bytes) -> tuple[int, str, int, float] | None:
    step, tag, milliseconds = 0, "", 0
    value: float | None = None
    for number, kind, field in _fields(content):
        if number == 1 and kind == _VARINT:
            step = field
        elif number == 2 and kind == _BYTES:
            tag = field.decode("utf-8", "replace")
        elif number == 3 and kind == _VARINT:
            milliseconds = field
        elif number == 4 and kind == _FIXED32:
            value = finite(struct.unpack("<f", field)[0])
    if not tag or value is None or step < 0:
        return None
    return step, tag, milliseconds, value


def _fields(data: bytes) -> Iterator[Field]:
    """Number, wire type and content of each field of a protocol buffer, up to the first that is broken."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            content: Any
            content, at = _varint(data, at)
            # negative numbers are written as their 64-bit complement
            content -= (content >> 63) << 64
        else:
            size = {_FIXED64: 8, _FIXED32: 4}.get(kind)
            if kind == _BYTES:
                size, at = _varint(data, at)
            if size is None or at + size > len(data):
                return
            content, at = data[at : at + size], at + size
        yield number, kind, content


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of up to ten bytes and the place after it; what is cut counts as far as it goes."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
    return value & (2**64 - 1), at
