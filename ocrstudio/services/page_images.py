"""Pictures of pages, decoded away from the window's thread and kept while they are likely to be needed."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from PyQt5.QtCore import QObject, QRect, QRunnable, QThreadPool, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.services.page_decoding import PageImage, decode, is_large, too_large

__all__ = ["PageDetails", "PageImage", "PageImageLoader", "decode"]

log = logging.getLogger(__name__)

# Pictures kept in memory beside the open one.
CACHE_BYTES = 400_000_000
THREADS = 2


class _DecodeJob(QRunnable):
    def __init__(self, loader: PageImageLoader, path: Path, stamp: tuple[int, int], *, ahead: bool) -> None:
        super().__init__()
        self.setAutoDelete(False)  # the loader owns it, and may take it back before it starts
        self._loader = loader
        self.path = path
        self.stamp = stamp
        self.ahead = ahead

    def run(self) -> None:
        result: PageImage | StudioError | None
        try:
            # A very large picture takes seconds and hundreds of megabytes: only when somebody wants to see it.
            result = None if self.ahead and is_large(self.path) else decode(self.path)
        except StudioError as error:
            result = error
        except MemoryError:
            result = too_large(self.path)
        if not self._loader.closing.is_set():
            self._loader.decoded.emit(self, result)


class PageImageLoader(QObject):
    """Decodes pictures in two threads and keeps the most recent ones.

    A file that changes on disk is decoded again when it is next asked for.
    """

    decoded = pyqtSignal(object, object)  # _DecodeJob, PageImage, StudioError or None; from the worker threads
    loaded = pyqtSignal(object, object)  # path, PageImage or StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.closing = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._cache: OrderedDict[Path, tuple[tuple[int, int], PageImage]] = OrderedDict()
        self._under_way: dict[Path, _DecodeJob] = {}
        self._wanted: Path | None = None
        # Emitted by the worker threads, so Qt queues it into the window's thread, which owns the cache.
        self.decoded.connect(self._on_decoded)

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
            if waiting != path and self._pool.tryTake(job):
                del self._under_way[waiting]
        self._wanted = path
        self._start(path, ahead=False)

    def prefetch(self, paths: Iterable[Path]) -> None:
        """Decodes pictures that will probably be asked for next, after everything else, unless they are very large."""
        for path in paths:
            self._start(path, ahead=True)

    def _start(self, path: Path, *, ahead: bool) -> None:
        if path not in self._under_way and self.cached(path) is None:
            job = _DecodeJob(self, path, _stamp(path), ahead=ahead)
            self._under_way[path] = job
            self._pool.start(job, 0 if ahead else 1)

    def close(self) -> None:
        """Forgets all pictures and waits for the threads."""
        self.closing.set()
        self._pool.clear()
        self._pool.waitForDone()
        self._under_way.clear()
        self._cache.clear()
        self._wanted = None
        self.closing.clear()

    @pyqtSlot(object, object)
    def _on_decoded(self, job: _DecodeJob, result: PageImage | StudioError | None) -> None:
        path = job.path
        if self._under_way.get(path) is not job:
            # Asked for by a project that has been closed since; the same file may wait again, in another job.
            return
        del self._under_way[path]
        if result is None:
            if path == self._wanted:  # asked for while the job looked at how large it is
                self._start(path, ahead=False)
            return
        if isinstance(result, PageImage):
            self._keep(path, job.stamp, result)
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


class _DetailJob(QRunnable):
    def __init__(self, details: PageDetails, image: PageImage, region: QRect) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._details = details
        self.image = image
        self.region = region

    def run(self) -> None:
        from ocrstudio.services.page_decoding import decode_region

        try:
            result = decode_region(self.image, self.region)
        except (StudioError, MemoryError) as error:
            log.info("cannot read a part of %s: %s", self.image.path, error)
            result = None
        if not self._details.closing.is_set():
            self._details.decoded.emit(self, result)


class PageDetails(QObject):
    """Reads parts of very large pictures, which are held smaller than they are, at their full size."""

    decoded = pyqtSignal(object, object)  # _DetailJob, QImage or None; from the worker thread
    ready = pyqtSignal(object, QRect, object)  # PageImage, region in image pixels, QImage

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.closing = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: _DetailJob | None = None
        self._next: _DetailJob | None = None
        self.decoded.connect(self._on_decoded)

    def request(self, image: PageImage, region: QRect) -> None:
        """Reads a part (image pixels) of a picture; what was asked for before and has not begun is dropped."""
        job = _DetailJob(self, image, region)
        if self._running is None:
            self._begin(job)
        else:
            self._next = job

    def forget(self) -> None:
        """Drops what was asked for; what is being read is not shown any more."""
        self._next = None

    def close(self) -> None:
        """Waits for the thread."""
        self.closing.set()
        self._next = None
        self._pool.waitForDone()
        self._running = None
        self.closing.clear()

    def _begin(self, job: _DetailJob) -> None:
        self._running = job
        self._pool.start(job)

    @pyqtSlot(object, object)
    def _on_decoded(self, job: _DetailJob, result: object) -> None:
        if job is not self._running:
            return
        self._running = None
        following, self._next = self._next, None
        if following is not None:
            self._begin(following)
        if result is not None:
            self.ready.emit(job.image, job.region, result)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
