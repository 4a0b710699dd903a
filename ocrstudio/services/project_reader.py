"""Reading a project's files on a worker, without holding up the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.store_content import ProjectContent
from ocrstudio.services.background import Background, T, tried


class ProjectReader(QObject):
    """Opens folders and reads open ones again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)

    def open(self, folder: Path, on_done: Callable[[ProjectStore | StudioError], None]) -> None:
        """Opens a folder; `on_done` is called here with the store or the reason why there is none."""
        self._read(partial(ProjectStore.open, folder), on_done)

    def read_again(self, store: ProjectStore, on_done: Callable[[ProjectContent | StudioError], None]) -> None:
        """Reads what an open project's folder holds now; nothing may be saved meanwhile."""
        self._read(store.read_again, on_done)

    def finish(self) -> None:
        """Waits for what is being read, and hands it over."""
        self._background.finish()

    def cancel(self) -> None:
        """Drops what is being read."""
        self._background.drop()

    def _read(self, work: Callable[[], T], on_done: Callable[[T | StudioError], None]) -> None:
        self._background.run(partial(tried, work), on_done)
