"""`.ocrstudio/evaluations/<model>-<set>.jsonl`: what one model read in every line of one labelled set.

The first line says which model and which set, and how good it was; each further line is a line of text. What is not
known is left out:

    {"v": 1, "model": {"model": "bundled", "name": …, "sha256": …, "checkpoint": ""}, "data": {"kind": "dataset",
     "place": …, "part": "test", "root": …, "sha256": …}, "created": …, "lines": 400, "wrong": 37,
     "figures": {"acc": …, "acc_ignore_space": …, "norm_edit_dis": …, "cer": …, "lines_per_s": …}, "unread": {…}}
    {"mark": "9f…", "image": "test/a_3.png", "truth": "1948-A", "read": "1948 A", "score": 0.91,
     "confidences": [99, …], "page": "a", "points": [[x, y], …], "orientation": "turned", "size": [120, 31],
     "blur": 512.3, "at": [0.4, 0.1], "seconds": 0.003}

All of it can be made again. A file belongs to one model and one place, so that a set whose labels were corrected takes
the place of the earlier one, and pictures that are the same need not be read again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.core.evaluation import Evaluation, LineReading, LineTable, MeasuredData, MeasuredModel
from ocrstudio.core.page import Orientation, Point
from ocrstudio.core.run_table import finite
from ocrstudio.core.search import Breath
from ocrstudio.formats.atomic import make_folder, read_error, write_atomic
from ocrstudio.formats.json_object import json_object
from ocrstudio.paths import STATE_DIR, user_cache

EVALUATIONS_DIR = "evaluations"
VERSION = 1
# Files that a folder keeps; the oldest go first.
KEPT = 40
_HEAD_BYTES = 1 << 16
_NAME_LENGTH = 12
_MARK = re.compile(r"\w{1,64}")
_ORIENTATIONS = {one.value: one for one in Orientation}


@dataclass(frozen=True)
class EvaluationHead:
    """What the first line of a file says.

    Attributes:
        file: The file.
        model, data, created, figures: As in `Evaluation`.
        unread: As in `Evaluation`.
    """

    file: Path
    model: MeasuredModel
    data: MeasuredData
    created: str
    figures: Mapping[str, float]
    unread: Mapping[str, str]


def evaluations_folder(place: Path | None) -> Path:
    """Where evaluations on a set are kept; not created here.

    Args:
        place: A project's folder, or a list or dataset anywhere; None for what belongs to no project.
    """
    for folder in [] if place is None else [place, *place.parents]:
        if (folder / STATE_DIR).is_dir():
            return folder / STATE_DIR / EVALUATIONS_DIR
    return user_cache() / EVALUATIONS_DIR


def evaluation_file(folder: Path, model: MeasuredModel, data: MeasuredData) -> Path:
    """Where the evaluation of a model on a set is kept, whatever its pictures and texts are now."""
    place = f"{data.kind}\n{data.place}\n{data.part}"
    return folder / f"{_short(model.sha256)}-{_short(place)}.jsonl"


def write_evaluation(folder: Path, evaluation: Evaluation) -> Path:
    """Keeps an evaluation, in place of an earlier one of the same model and place; returns its file.

    Raises:
        ProjectError: If it cannot be written; the earlier one is unchanged then.
    """
    head = {
        "v": VERSION,
        "model": asdict(evaluation.model),
        "data": asdict(evaluation.data),
        "created": evaluation.created,
        "lines": len(evaluation.lines),
        "wrong": sum(not line.is_right for line in evaluation.lines),
        "figures": dict(evaluation.figures),
        "unread": dict(evaluation.unread),
    }
    rows = [head, *map(_row, evaluation.lines)]
    make_folder(folder)
    file = evaluation_file(folder, evaluation.model, evaluation.data)
    # escaped: a reading may hold half a surrogate pair, which UTF-8 cannot carry
    write_atomic(file, "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows))
    _drop_oldest(folder)
    return file


def read_evaluation(file: Path) -> Evaluation:
    """Reads a file; lines that are broken are left out. May run on a thread beside the window's.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it is no evaluation.
    """
    lines = LineTable()
    breath = Breath()
    try:
        with file.open("rb") as opened:
            head = _head(file, opened.readline(_HEAD_BYTES))
            for raw in opened if head is not None else ():
                breath.take()
                line = _line(raw)
                if line is not None:
                    lines.append(line)
    except OSError as error:
        raise read_error(file, error) from error
    if head is None:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is no evaluation of this program."),
            QT_TRANSLATE_NOOP("Errors", "Measure the model again."),
            file=file,
        )
    return Evaluation(head.model, head.data, lines, head.unread, head.created, head.figures)


def read_head(file: Path) -> EvaluationHead | None:
    """What a file says about itself; None if it is no evaluation."""
    try:
        with file.open("rb") as opened:
            first = opened.readline(_HEAD_BYTES)
    except OSError:
        return None
    return _head(file, first)


def list_evaluations(folder: Path) -> list[EvaluationHead]:
    """All evaluations of a folder, newest first; none if it does not exist."""
    found = [head for file in sorted(folder.glob("*.jsonl")) if (head := read_head(file)) is not None]
    return sorted(found, key=lambda head: head.created, reverse=True)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_NAME_LENGTH]


def _drop_oldest(folder: Path) -> None:
    for head in list_evaluations(folder)[KEPT:]:
        # one that another program holds open goes the next time
        with suppress(OSError):
            head.file.unlink(missing_ok=True)


def _row(line: LineReading) -> dict[str, Any]:
    row: dict[str, Any] = {
        "mark": line.mark,
        "image": line.image,
        "truth": line.truth,
        "read": line.read,
        "score": round(line.score, 5),
    }
    if line.confidences:
        row["confidences"] = list(line.confidences)
    if line.page:
        row["page"] = line.page
    if line.points:
        row["points"] = [list(point) for point in line.points]
    if line.orientation is not Orientation.AUTO:
        row["orientation"] = line.orientation.value
    if line.size != (0, 0):
        row["size"] = list(line.size)
    if line.blur >= 0:
        row["blur"] = round(line.blur, 1)
    if line.at is not None:
        row["at"] = [round(share, 4) for share in line.at]
    if line.seconds:
        row["seconds"] = round(line.seconds, 6)
    return row


def _head(file: Path, raw: bytes) -> EvaluationHead | None:
    head = json_object(raw) or {}
    model, data = _texts(head.get("model"), MeasuredModel), _texts(head.get("data"), MeasuredData)
    if head.get("v") != VERSION or model is None or data is None or data["kind"] not in ("list", "dataset", "project"):
        return None
    figures, unread = head.get("figures"), head.get("unread")
    numbers = {str(name): value for name, one in _items(figures) if (value := finite(one)) is not None}
    return EvaluationHead(
        file=file,
        model=MeasuredModel(**model),
        data=MeasuredData(**data),
        created=str(head.get("created") or ""),
        figures=MappingProxyType(numbers),
        unread=MappingProxyType({str(name): str(reason) for name, reason in _items(unread)}),
    )


def _items(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _texts(value: Any, kind: type[MeasuredModel] | type[MeasuredData]) -> dict[str, Any] | None:
    """The fields of a part of the head; None if one is missing or no text."""
    names = kind.__dataclass_fields__
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in names):
        return None
    return {name: value[name] for name in names}


def _line(raw: bytes) -> LineReading | None:
    row = json_object(raw) or {}
    image, truth, read, mark = row.get("image"), row.get("truth"), row.get("read"), row.get("mark")
    if not (isinstance(image, str) and isinstance(truth, str) and isinstance(read, str) and isinstance(mark, str)):
        return None
    # files are called by it, and this one may come from somebody else
    if not _MARK.fullmatch(mark):
        return None
    page, blur = row.get("page"), finite(row.get("blur"))
    size, at = _numbers(row.get("size")), _numbers(row.get("at"))
    return LineReading(
        mark=mark,
        image=image,
        truth=truth,
        read=read,
        score=min(1.0, max(0.0, finite(row.get("score")) or 0.0)),
        confidences=_percents(row.get("confidences")),
        page=page if isinstance(page, str) else "",
        points=_points(row.get("points")),
        orientation=_ORIENTATIONS.get(str(row.get("orientation")), Orientation.AUTO),
        size=(int(size[0]), int(size[1])) if size is not None else (0, 0),
        blur=-1.0 if blur is None else blur,
        at=at,
        seconds=finite(row.get("seconds")) or 0.0,
    )


def _percents(value: Any) -> bytes:
    try:
        return bytes(value) if isinstance(value, list) else b""
    except (TypeError, ValueError):
        return b""


def _numbers(value: Any) -> Point | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    one, other = finite(value[0]), finite(value[1])
    return None if one is None or other is None else (one, other)


def _points(value: Any) -> tuple[Point, ...]:
    points = [_numbers(point) for point in value] if isinstance(value, list) else []
    return tuple(point for point in points if point is not None) if len(points) > 2 and None not in points else ()
