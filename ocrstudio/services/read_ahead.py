"""What is decoded and parsed while nobody waits for it: pages that will probably be opened next."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt5.QtCore import QObject, pyqtSlot

from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.page_images import PageImageLoader
from ocrstudio.services.timers import single_shot

# The next page's labels are read when a page has been open for so long.
PARSE_DELAY_MS = 250


class ReadAhead(QObject):
    """Reads ahead of whoever goes through a project.

    Args:
        loader: Of the pictures; shared.
        parent: Owner.
    """

    def __init__(self, loader: PageImageLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._loader = loader
        self._store: ProjectStore | None = None
        self._place = -1
        self._parse_timer = single_shot(self, PARSE_DELAY_MS, self._on_parse_due)

    def attach(self, store: ProjectStore | None) -> None:
        """Reads another project's pages from now on."""
        self._parse_timer.stop()
        self._store = store

    def follow(self, key: str) -> None:
        """A page was opened: its neighbours come next."""
        store = self._store
        if store is not None:
            self._place = place = store.places[key]
            near = [one for one in (place + 1, place + 2, place - 1) if 0 <= one < len(store.keys)]
            self._loader.prefetch(store.image_path(store.keys[one]) for one in near)
            self._parse_timer.start()

    def prefetch(self, keys: Iterable[str]) -> None:
        """Decodes the pictures of these pages, as far as they are there."""
        store = self._store
        if store is not None:
            self._loader.prefetch([store.image_path(key) for key in keys if key in store.places])

    @pyqtSlot()
    def _on_parse_due(self) -> None:
        if self._store is not None and 0 <= self._place < len(self._store.keys) - 1:
            self._store.page(self._store.keys[self._place + 1])
