"""Trainings of the past, from anywhere: a log, a folder with one, or what VisualDL has recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ocrstudio.core import failures
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.core.failures import Failure
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.log_reading import read_log
from ocrstudio.formats.visualdl import FILE_WORD, read_visualdl, record_files

LOG_NAMES = ("train.log", "log.txt")


@dataclass(frozen=True)
class OldRun:
    """A training that some program has left behind.

    Attributes:
        path: The log, or the folder of VisualDL's records.
        history: What it measured; never empty.
        lines: The end of the log; none for VisualDL.
        cause: Why it failed, as far as the end of the log tells.
    """

    path: Path
    history: RunHistory
    lines: list[str] = field(default_factory=list)
    cause: Failure | None = None


def open_old_run(path: Path) -> OldRun:
    """Opens a log of PaddleOCR (old and new forms) or of this program, or VisualDL's records.

    Reads files: call it in the background.

    Args:
        path: A log, a record file of VisualDL, or a folder that holds one of them.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it tells nothing of a training.
    """
    path = Path(path)
    if path.is_dir():
        return _open_folder(path)
    if FILE_WORD in path.name:
        return OldRun(path, read_visualdl([path]))
    log = read_log(path)
    if log.history.is_empty:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is no log of a training: none of its lines tells a step or a result."),
            QT_TRANSLATE_NOOP("Errors", "Choose the train.log of a PaddleOCR run, or what its training printed."),
            file=path,
        )
    return OldRun(path, log.history, log.tail, failures.read_log(log.tail).cause)


def _open_folder(folder: Path) -> OldRun:
    records = record_files(folder)
    for name in LOG_NAMES:
        if (folder / name).is_file():
            log = read_log(folder / name)
            if not log.history.is_empty:
                return OldRun(folder / name, log.history, log.tail, failures.read_log(log.tail).cause)
    if records:
        return OldRun(folder, read_visualdl(records))
    raise FormatError(
        QT_TRANSLATE_NOOP("Errors", "{folder} holds no training: no train.log with steps and no records of VisualDL."),
        QT_TRANSLATE_NOOP("Errors", "Choose the folder that PaddleOCR trained into (Global.save_model_dir)."),
        folder=folder,
    )
