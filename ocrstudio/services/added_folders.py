"""Folders that a dataset is made of besides the open project, read away from the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.core.errors import StudioError
from ocrstudio.core.search import Breath
from ocrstudio.core.split_plan import SplitPage
from ocrstudio.services.background import Background, tried

if TYPE_CHECKING:
    from ocrstudio.formats.look_alikes import SeenPage


@dataclass(frozen=True)
class ReadFolder:
    """What a split takes of a folder.

    Attributes:
        pages: As the rules of dividing see them.
        seen: Those that are compared by their looks.
    """

    pages: tuple[SplitPage, ...]
    seen: tuple[SeenPage, ...]


class AddedFolders(QObject):
    """Reads each folder once, for as long as it is wanted under the same name.

    Args:
        parent: Owner; it calls `close`.
    """

    read = pyqtSignal()  # another folder was read, or cannot be

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)
        self._wanted: list[tuple[str, Path]] = []
        self._found: dict[tuple[str, Path], ReadFolder | StudioError] = {}
        self._asked: set[tuple[str, Path]] = set()

    @property
    def is_reading(self) -> bool:
        """Whether a folder that is wanted is still to be read."""
        return any(one not in self._found for one in self._wanted)

    @property
    def error(self) -> StudioError | None:
        """Why one of them cannot be added."""
        found = (self._found.get(one) for one in self._wanted)
        return next((one for one in found if isinstance(one, StudioError)), None)

    def pages(self) -> list[SplitPage]:
        """Those of all folders that were read."""
        return [page for folder in self._folders() for page in folder.pages]

    def seen(self) -> list[SeenPage]:
        """Those that are compared by their looks."""
        return [page for folder in self._folders() for page in folder.seen]

    def want(self, named: Sequence[tuple[str, Path]]) -> None:
        """Wants exactly these folders; `read` follows for each that is new.

        Args:
            named: See `formats.dataset_sources.named_folders`.
        """
        self._wanted = list(named)
        self._found = {one: found for one, found in self._found.items() if one in self._wanted}
        self._asked &= set(self._wanted)
        for one in self._wanted:
            if one not in self._asked:
                self._asked.add(one)
                work: Callable[[], ReadFolder] = partial(_read, *one)
                self._background.run(partial(tried, work), partial(self._take, one))

    def close(self) -> None:
        """Ends all work."""
        self._background.close()

    def _folders(self) -> list[ReadFolder]:
        return [one for key in self._wanted if isinstance(one := self._found.get(key), ReadFolder)]

    def _take(self, one: tuple[str, Path], found: ReadFolder | StudioError) -> None:
        if one in self._asked:
            self._found[one] = found
            self.read.emit()


def _read(name: str, folder: Path) -> ReadFolder:
    from ocrstudio.formats.dataset_plan import seen_page, usable_pages
    from ocrstudio.formats.dataset_sources import close_sources, open_source

    source = open_source(name, folder)
    try:
        pages, seen, breath = [], [], Breath()
        for page in usable_pages(source, []):
            breath.take()
            pages.append(page.split)
            compared = seen_page(page)
            if compared is not None:
                seen.append(compared)
        return ReadFolder(tuple(pages), tuple(seen))
    finally:
        close_sources([source])
