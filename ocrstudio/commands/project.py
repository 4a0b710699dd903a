"""A project opened by a subcommand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ocrstudio.commands.reporting import Report
from ocrstudio.formats.store import ProjectStore


@contextmanager
def opened_project(folder: Path, report: Report) -> Iterator[ProjectStore]:
    """Opens the project of a folder, and says at the end which lines of its files could not be read.

    Args:
        folder: The folder of images.
        report: Gets one warning for each of the project's problems; some are found only while pages are read.

    Raises:
        ProjectError: If there is no such folder or it holds no images.
    """
    store = ProjectStore.open(folder)
    try:
        yield store
    finally:
        for problem in store.problems:
            report.warn(str(problem))
        store.close()
