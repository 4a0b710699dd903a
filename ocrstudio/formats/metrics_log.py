"""`metrics.jsonl`: everything a run measured, one JSON object a line, the truth that survives the process."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from ocrstudio.formats.atomic import read_error, write_atomic, write_error
from ocrstudio.formats.json_object import json_object


def _plain(value: Any) -> Any:
    """JSON has no NaN: a loss that is none becomes null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        return _plain(value.item())
    return value


class MetricsLog:
    """Appends records; each is on disk when `append` returns.

    Args:
        path: The file; made on the first record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._repaired = False

    def append(self, record: dict[str, Any]) -> None:
        """Adds one record (see `core.run_history`).

        Raises:
            ProjectError: If it could not be written.
        """
        plain = {name: _plain(value) for name, value in record.items()}
        line = json.dumps(plain, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n"
        try:
            with self.path.open("ab") as file:
                if not self._repaired and file.tell():
                    line = b"\n" + line if not self._ends_with_line_feed() else line
                self._repaired = True
                file.write(line)
        except OSError as error:
            raise write_error(self.path, error) from error

    def _ends_with_line_feed(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, 2)
            return file.read(1) == b"\n"


def read_metrics(path: Path) -> list[dict[str, Any]]:
    """The records of a run so far; a line cut by a crash is skipped.

    Raises:
        ProjectError: If the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise read_error(path, error) from error
    records = []
    for raw in data.split(b"\n"):
        record = json_object(raw)
        if record is not None:
            records.append(record)
    return records


def forget_after(path: Path, step: int) -> None:
    """Drops the records of steps that a checkpoint does not contain, and the run's end: they will be made again.

    Args:
        path: The file; nothing happens if it does not exist.
        step: Global step of the checkpoint that the run goes on from.

    Raises:
        ProjectError: If it cannot be read or written; the earlier file is unchanged then.
    """
    if not path.is_file():
        return
    kept = [one for one in read_metrics(path) if one.get("kind") != "end" and (one.get("step") or 0) <= step]
    write_atomic(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept))
