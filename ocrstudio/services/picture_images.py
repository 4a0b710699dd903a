"""Pictures to look at, from files and from pages of PDF files alike."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.services.background import Background, Job, tried
from ocrstudio.services.page_decoding import PageImage, from_pixels
from ocrstudio.services.page_images import PageImageLoader

log = logging.getLogger(__name__)

# Pages of PDF files kept in memory; at 200 dpi one of A4 takes 20 MB.
KEPT_PAGES = 6


class PictureImages(QObject):
    """Decodes pictures away from the window's thread and keeps the most recent ones, as they are before turning."""

    loaded = pyqtSignal(object, object)  # PictureSource without its turn, PageImage or StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = PageImageLoader(self)
        self._background = Background(self, threads=1)
        self._pages: OrderedDict[PictureSource, PageImage] = OrderedDict()
        self._job: Job | None = None
        self._files.loaded.connect(self._on_files_loaded)

    def cached(self, source: PictureSource) -> PageImage | None:
        """The picture, if it is in memory."""
        if not source.page:
            return self._files.cached(source.path)
        return self._pages.get(replace(source, turn=0))

    def request(self, source: PictureSource) -> None:
        """Decodes a picture next; `loaded` says when. A page asked for before that has not begun is dropped."""
        if not source.page:
            self._files.request(source.path)
            return
        if self._job is not None:
            self._background.take_back(self._job)
        plain = replace(source, turn=0)
        self._job = self._background.run(
            partial(tried, lambda: from_pixels(plain.read())), partial(self._on_page_drawn, plain)
        )

    def close(self) -> None:
        """Forgets all pictures."""
        self._files.close()
        self._background.drop()
        self._pages.clear()

    @pyqtSlot(object, object)
    def _on_files_loaded(self, path: Path, result: PageImage | StudioError) -> None:
        self.loaded.emit(PictureSource(path), result)

    def _on_page_drawn(self, source: PictureSource, result: PageImage | StudioError) -> None:
        if isinstance(result, PageImage):
            self._pages[source] = result
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            log.info("cannot draw page %d of %s: %s", source.page, source.path, result)
        self.loaded.emit(source, result)
