"""Why a run failed: written into its end record, so that any language can tell it later, and read from its folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import StudioError
from ocrstudio.core.failures import Explanation, Failure, read_log
from ocrstudio.formats.atomic import read_error
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import CONSOLE_FILE

# The end of a log in which a failure is looked for: complaints about samples may stand far before the last lines.
TAIL_BYTES = 4_000_000
# Of what an end record says: the templates and what fills them.
_TOLD, _MESSAGE, _ANY_MESSAGE = "told", "message", "{message}"
# What the trainers say when they do not know themselves.
UNEXPLAINED = (
    "PaddleOCR's training broke off: {reason}.",
    "PaddleOCR's training ended with exit code {code}.",
    "Training broke off because of an unexpected error: {reason}.",
    "The training program ended unexpectedly (exit code {code}). The best state so far is kept.",
    "Paddle crashed while it was training.",
)
# With less than this on its disk a training cannot even say that it ends.
LEAST_ROOM_BYTES = 65536
_CHUNK = 1 << 20
_LAST_BYTES = 65536


def failed_record(error: StudioError) -> dict[str, Any]:
    """What an end record says of the error that ended the run: `message` in English, and the templates behind it."""
    values = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
    return {"message": str(error), "what": error.what, "remedy": error.remedy, "values": values}


def explain_run(run: RunFolder, end: Mapping[str, Any] | None = None) -> Failure | None:
    """Why a run failed or broke off. Reads files: for a background thread.

    Args:
        run: Any run; one that PaddleOCR trained without us too.
        end: Its end record, if the caller has it at hand; None looks for it.

    Returns:
        What its end record or else its logs tell, as templates; None if the run did not fail, or nobody knows why.
    """
    last = _last_record(run.metrics_path) if end is None else end
    if last and last.get("outcome") != "failed":
        return None
    told = _told(last)
    if told is not None and told.id == _TOLD and told.what not in UNEXPLAINED:
        return told
    python = str(run.engine.python or "python")
    for path in (run.log_path, run.path / CONSOLE_FILE):
        cause = explain_log(path, python=python).cause if path.is_file() else None
        if cause is not None:
            return cause
    if told is None and _is_full(run.path):
        # even the last words found no room
        return read_log(["No space left on device"]).cause
    return told


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LEAST_ROOM_BYTES
    except OSError:
        return False


def is_known(what: str) -> bool:
    """Whether the template of a failure tells a cause that somebody thought of, not just that something went wrong."""
    return what != _ANY_MESSAGE and what not in UNEXPLAINED


def explain_log(path: Path, *, whole: bool = False, python: str = "python") -> Explanation:
    """Reads a log.

    Args:
        path: Any log of a training, of whatever encoding.
        whole: Read all of it; otherwise its last `TAIL_BYTES`.
        python: The interpreter that trained, for the commands that mend something.

    Raises:
        ProjectError: If it cannot be read.
    """
    try:
        return read_log(_lines(path, None if whole else TAIL_BYTES), python)
    except OSError as error:
        raise read_error(path, error) from error


def _last_record(path: Path) -> Mapping[str, Any]:
    """The end record of a run's measures; empty if there is none, as after a kill."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _LAST_BYTES))
            last = file.read().rstrip().rpartition(b"\n")[2]
    except OSError:
        return {}
    record = json_object(last) or {}
    return record if record.get("kind") == "end" else {}


def _told(end: Mapping[str, Any]) -> Failure | None:
    """What the end record says itself: its templates, or the English message that older runs have."""
    what, remedy, values = end.get("what"), end.get("remedy"), end.get("values")
    if isinstance(what, str) and what:
        filling = {str(name): value for name, value in values.items()} if isinstance(values, dict) else {}
        failure = Failure(_TOLD, what, remedy if isinstance(remedy, str) else "", filling)
        if _fits(failure):
            return failure
    message = str(end.get("message") or "")
    return Failure(_MESSAGE, _ANY_MESSAGE, "", {"message": message}) if message else None


def _fits(failure: Failure) -> bool:
    """Whether the values fill the templates: the file may have been written by anything."""
    try:
        failure.text()
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        return False
    return True


def _lines(path: Path, tail: int | None) -> Iterator[str]:
    """Lines of a log, cut at line feeds and at the carriage returns of progress bars; half a first line is left out."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - tail) if tail is not None else 0
        file.seek(start)
        encoding = "utf-8"
        if start == 0:
            mark = file.read(2)
            encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark, "utf-8")
            file.seek(0)
        if encoding != "utf-8":
            # what PowerShell writes when output is redirected
            yield from file.read().decode(encoding, errors="replace").replace("\r", "\n").split("\n")
            return
        rest = b""
        skip = start > 0
        while data := file.read(_CHUNK):
            parts = (rest + data).replace(b"\0", b"").replace(b"\r", b"\n").split(b"\n")
            rest = parts.pop()
            for part in parts[1:] if skip else parts:
                yield part.decode("utf-8", errors="replace")
            skip = False
        if rest:
            yield rest.decode("utf-8", errors="replace")
