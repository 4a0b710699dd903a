"""A project whose folder is not there any more, and what was not saved of it by then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.page import Page
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import make_folder, write_atomic

WHAT = QT_TRANSLATE_NOOP(
    "Errors", "The project's folder {folder} is gone: it was moved, renamed or deleted, or its drive was taken out."
)
AWAY = QT_TRANSLATE_NOOP("Errors", "Put it back, or open it where it is now; until then nothing can be edited.")
ALL_SAVED = QT_TRANSLATE_NOOP(
    "Errors",
    "Everything was saved by then. Put the folder back and work goes on by itself, or open it where it is now; until "
    "then nothing can be edited.",
)
IN_JOURNAL = QT_TRANSLATE_NOOP(
    "Errors",
    "The edits that were not saved yet moved with it, in its journal. Put the folder back and work goes on by itself, "
    "or open it where it is now; until then nothing can be edited.",
)
KEPT = QT_TRANSLATE_NOOP(
    "Errors",
    "{count} pages that were not saved yet are kept in {file}. Put the folder back and they are saved by themselves; "
    "or restore it from a backup, open it and bring that file in. Until then nothing can be edited.",
)


class ProjectGoneError(ProjectError):
    """A project whose folder is not where it was; nothing can be stored in it until it is back."""


def is_there(folder: Path) -> bool:
    """Whether there is such a folder; one that may not be looked at is not gone, and whoever uses it says so."""
    try:
        return folder.is_dir()
    except OSError:
        return True


def gone(folder: Path, remedy: str = AWAY, **values: object) -> ProjectGoneError:
    """The error that users see.

    Args:
        folder: The project.
        remedy: One of this module's.
        values: For the remedy.
    """
    return ProjectGoneError(WHAT, remedy, folder=folder, **values)


def keep_unsaved(folder: Path, pages: Mapping[str, Page], home: Path) -> Path:
    """Writes down pages that can be saved nowhere else, as a label file that can be brought in again.

    Args:
        folder: The project that is gone.
        pages: By key.
        home: Folder for what is kept, whatever the project.

    Returns:
        The file.

    Raises:
        ProjectError: If it cannot be written.
    """
    kept = home / f"{folder.name} {datetime.now():%Y-%m-%d %H-%M-%S}"
    make_folder(kept)
    keys = {key: key.encode("utf-8", "surrogateescape") for key in pages}
    lines = [keys[key] + b"\t" + ppocr_label.format_payload(page.boxes) + b"\n" for key, page in pages.items()]
    write_atomic(kept / ppocr_label.LABEL_FILE, b"".join(lines))
    return kept / ppocr_label.LABEL_FILE
