"""Pictures of pages, decoded away from the window's thread and kept while they are likely to be needed."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, QRect, pyqtSignal
from PyQt5.QtGui import QImage

from ocrstudio.core.errors import StudioError
from ocrstudio.services.background import Background, Job, tried
from ocrstudio.services.page_decoding import PageImage, decode, decode_region, is_large, too_large

__all__ = ["PageDetails", "PageImage", "PageImageLoader", "decode"]

log = logging.getLogger(__name__)

# Pictures kept in memory beside the open one.
CACHE_BYTES = 400_000_000
THREADS = 2


class PageImageLoader(QObject):
    """Decodes pictures in two threads and keeps the most recent ones.

    A file that changes on disk is decoded again when it is next asked for.
    """

    loaded = pyqtSignal(object, object)  # path, PageImage or StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, THREADS)
        self._cache: OrderedDict[Path, tuple[tuple[int, int], PageImage]] = OrderedDict()
        self._under_way: dict[Path, Job] = {}
        self._wanted: Path | None = None

    def cached(self, path: Path) -> PageImage | None:
        """The picture if it is in memory and its file has not changed since."""
        entry = self._cache.get(path)
        if entry is None or entry[0] != _stamp(path):
            return None
        self._cache.move_to_end(path)
        return entry[1]

    def request(self, path: Path) -> None:
        """Decodes a picture next; `loaded` says when. Pictures asked for before that have not begun are dropped."""
        for waiting, job in list(self._under_way.items()):
            if waiting != path and self._background.take_back(job):
                del self._under_way[waiting]
        self._wanted = path
        self._start(path, ahead=False)

    def prefetch(self, paths: Iterable[Path]) -> None:
        """Decodes pictures that will probably be asked for next, after everything else, unless they are very large."""
        for path in paths:
            self._start(path, ahead=True)

    def _start(self, path: Path, *, ahead: bool) -> None:
        if path not in self._under_way and self.cached(path) is None:
            work = partial(tried, partial(_decoded, path, ahead=ahead))
            job = self._background.run(work, partial(self._on_decoded, path, _stamp(path)))
            if job is not None:
                self._under_way[path] = job

    def close(self) -> None:
        """Forgets all pictures. A picture that is being decoded is left to itself: a large one takes seconds."""
        self._background.drop()
        self._under_way.clear()
        self._cache.clear()
        self._wanted = None

    def _on_decoded(self, path: Path, stamp: tuple[int, int], result: PageImage | StudioError | None) -> None:
        del self._under_way[path]
        # Asked for while the job looked at how large it is, or replaced since: boxes must not stand on an old picture.
        if result is None or stamp != _stamp(path):
            if path == self._wanted:
                self._start(path, ahead=False)
            return
        if isinstance(result, PageImage):
            self._keep(path, stamp, result)
        else:
            log.info("cannot decode %s: %s", path, result)
        self.loaded.emit(path, result)

    def _keep(self, path: Path, stamp: tuple[int, int], image: PageImage) -> None:
        self._cache[path] = (stamp, image)
        self._cache.move_to_end(path)
        used = sum(kept.bytes_used for _, kept in self._cache.values())
        while used > CACHE_BYTES and len(self._cache) > 1:
            _, (_, dropped) = self._cache.popitem(last=False)
            used -= dropped.bytes_used


class PageDetails(QObject):
    """Reads parts of very large pictures, which are held smaller than they are, at their full size."""

    ready = pyqtSignal(object, QRect, object)  # PageImage, region in image pixels, QImage

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)
        self._is_reading = False
        self._next: tuple[PageImage, QRect] | None = None

    def request(self, image: PageImage, region: QRect) -> None:
        """Reads a part (image pixels) of a picture; what was asked for before and has not begun is dropped."""
        if self._is_reading:
            self._next = (image, region)
            return
        self._is_reading = True
        self._background.run(partial(_part, image, region), partial(self._on_read, image, region))

    def forget(self) -> None:
        """Drops what was asked for; what is being read is not shown any more."""
        self._background.drop()
        self._is_reading = False
        self._next = None

    def _on_read(self, image: PageImage, region: QRect, part: QImage | None) -> None:
        self._is_reading = False
        following, self._next = self._next, None
        if following is not None:
            self.request(*following)
        if part is not None:
            self.ready.emit(image, region, part)


def _decoded(path: Path, *, ahead: bool) -> PageImage | None:
    # A very large picture takes seconds and hundreds of megabytes: only when somebody wants to see it.
    if ahead and is_large(path):
        return None
    try:
        return decode(path)
    except MemoryError:
        raise too_large(path) from None


def _part(image: PageImage, region: QRect) -> QImage | None:
    try:
        return decode_region(image, region)
    except (StudioError, MemoryError) as error:
        log.info("cannot read a part of %s: %s", image.path, error)
        return None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
