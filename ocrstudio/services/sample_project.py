"""The user's own copy of the sample project, ready for every step of the loop."""

from __future__ import annotations

import shutil
from pathlib import Path

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.ppocr_label import parse_boxes, read_lines
from ocrstudio.formats.store import ProjectStore

FOLDER = "sample project"
GROUND_TRUTH = "ground_truth.txt"
# These stay unlabelled, to be auto-labelled and corrected; the others can be split and trained at once.
LEFT_TO_DO = 6


def open_sample(target: Path | None = None) -> Path:
    """Makes the copy unless it exists already; what the user did in it is never touched.

    Args:
        target: The copy's folder; None takes the user's own data folder.

    Returns:
        The folder of the copy.

    Raises:
        ProjectError: If it cannot be written.
    """
    folder = target or paths.user_data() / FOLDER
    if folder.is_dir() and any(folder.glob("*.jpg")):
        return folder
    # Copied under another name first: a copy that was cut off must not pass for the whole.
    partial = folder.with_name(folder.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for image in sorted((paths.resources() / "samples").glob("*.jpg")):
            shutil.copyfile(image, partial / image.name)
        if folder.is_dir():
            folder.rmdir()
        partial.rename(folder)
    except OSError as error:
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "The sample project could not be copied to {folder}: {reason}."),
            QT_TRANSLATE_NOOP("Errors", "Make room there or give yourself the right to write, then try again."),
            folder=folder,
            reason=error.strerror,
        ) from error
    _label(folder)
    return folder


def _label(folder: Path) -> None:
    """Puts the known labels on all pages but the last few, and marks those pages as checked."""
    data = (paths.resources() / "samples" / GROUND_TRUTH).read_bytes()
    known = {Path(line.key).name: line.payload for line in read_lines(data) if line.key}
    store = ProjectStore.open(folder)
    try:
        for key in store.keys[:-LEFT_TO_DO]:
            page = store.page(key)
            if page.file in known:
                boxes = parse_boxes(known[page.file], touched=True)
                store.put(Page(key=key, file=page.file, boxes=boxes, state=PageState.CHECKED))
        store.save()
    finally:
        store.close()


def try_open_sample() -> Path | StudioError:
    """`open_sample` with its error as a value: it takes long enough to run in the background."""
    try:
        return open_sample()
    except StudioError as error:
        return error
