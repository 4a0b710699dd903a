"""Pictures of pages, decoded away from the window's thread and kept while they are likely to be needed."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage, QImageIOHandler, QImageReader, QPainter

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.images import unreadable_image

log = logging.getLogger(__name__)

# Larger pictures are decoded at a whole fraction of their size: 64 million pixels are 256 MB.
MAX_DECODED_PIXELS = 64_000_000
# Pictures kept in memory beside the open one.
CACHE_BYTES = 400_000_000
# Each level of the pyramid halves the one before, down to about this many pixels on the longer side.
SMALLEST_LEVEL = 400
# Rows halved at a time; Qt keeps Python's lock meanwhile, so the window waits no longer than for one band.
BAND_ROWS = 512
THREADS = 2


@dataclass(frozen=True)
class PageImage:
    """A decoded picture, turned by its EXIF orientation, on white where it is transparent.

    Attributes:
        levels: RGB32 images, each half the size of the one before.
        size: Width and height of the file's picture in pixels; the first level is smaller for very large files.
    """

    levels: tuple[QImage, ...]
    size: tuple[int, int]

    @property
    def bytes_used(self) -> int:
        """Memory of all levels."""
        return sum(int(level.sizeInBytes()) for level in self.levels)

    def level_for(self, scale: float) -> QImage:
        """The smallest level that is sharp at `scale` screen pixels per image pixel."""
        wanted = self.size[0] * scale
        for level in reversed(self.levels):
            if level.width() >= wanted:
                return level
        return self.levels[0]


def decode(path: Path) -> PageImage:
    """Reads a picture and makes its smaller levels.

    Raises:
        ProjectError: If the file is missing, empty, no picture or too large for the memory; names the file.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    stored = reader.size()
    pixels = stored.width() * stored.height() if stored.isValid() else 0
    reduction = 1
    while pixels > MAX_DECODED_PIXELS * reduction * reduction:
        reduction += 1
    if reduction > 1:
        reader.setScaledSize(QSize(max(1, stored.width() // reduction), max(1, stored.height() // reduction)))
    image = reader.read()
    if image.isNull():
        if reader.error() == QImageReader.ImageReaderError.InvalidDataError and pixels > MAX_DECODED_PIXELS:
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "{file} is too large for this computer's memory."),
                QT_TRANSLATE_NOOP("Errors", "Scale it down or cut it into pages."),
                file=path,
            )
        raise unreadable_image(path)
    image = _on_white(image)
    size = (image.width(), image.height())
    if reduction > 1:
        turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
        size = (stored.height(), stored.width()) if turned else (stored.width(), stored.height())
    levels = [image]
    while max(levels[-1].width(), levels[-1].height()) > 2 * SMALLEST_LEVEL:
        levels.append(_halved(levels[-1]))
    return PageImage(tuple(levels), size)


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


def _halved(image: QImage) -> QImage:
    half = QImage(max(1, image.width() // 2), max(1, image.height() // 2), QImage.Format.Format_RGB32)
    painter = QPainter(half)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for top in range(0, half.height(), BAND_ROWS):
        rows = min(BAND_ROWS, half.height() - top)
        target = QRectF(0, top, half.width(), rows)
        painter.drawImage(target, image, QRectF(0, 2 * top, 2 * half.width(), 2 * rows))
    painter.end()
    return half


class _DecodeJob(QRunnable):
    def __init__(self, loader: PageImageLoader, path: Path, stamp: tuple[int, int]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # the loader owns it, and may take it back before it starts
        self._loader = loader
        self.path = path
        self.stamp = stamp

    def run(self) -> None:
        result: PageImage | StudioError
        try:
            result = decode(self.path)
        except StudioError as error:
            result = error
        except MemoryError:
            result = ProjectError(
                QT_TRANSLATE_NOOP("Errors", "{file} is too large for this computer's memory."),
                QT_TRANSLATE_NOOP("Errors", "Scale it down or cut it into pages."),
                file=self.path,
            )
        if not self._loader.closing.is_set():
            self._loader.decoded.emit(self, result)


class PageImageLoader(QObject):
    """Decodes pictures in two threads and keeps the most recent ones.

    A file that changes on disk is decoded again when it is next asked for.
    """

    decoded = pyqtSignal(object, object)  # _DecodeJob, PageImage or StudioError; from the worker threads
    loaded = pyqtSignal(object, object)  # path, PageImage or StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.closing = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._cache: OrderedDict[Path, tuple[tuple[int, int], PageImage]] = OrderedDict()
        self._under_way: dict[Path, _DecodeJob] = {}
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
        self._start(path, priority=1)

    def prefetch(self, paths: Iterable[Path]) -> None:
        """Decodes pictures that will probably be asked for next, after everything else."""
        for path in paths:
            self._start(path, priority=0)

    def _start(self, path: Path, priority: int) -> None:
        if path not in self._under_way and self.cached(path) is None:
            job = _DecodeJob(self, path, _stamp(path))
            self._under_way[path] = job
            self._pool.start(job, priority)

    def close(self) -> None:
        """Forgets all pictures and waits for the threads."""
        self.closing.set()
        self._pool.clear()
        self._pool.waitForDone()
        self._under_way.clear()
        self._cache.clear()
        self.closing.clear()

    @pyqtSlot(object, object)
    def _on_decoded(self, job: _DecodeJob, result: PageImage | StudioError) -> None:
        path = job.path
        if self._under_way.get(path) is not job:
            # Asked for by a project that has been closed since; the same file may wait again, in another job.
            return
        del self._under_way[path]
        if isinstance(result, PageImage):
            self._cache[path] = (job.stamp, result)
            self._cache.move_to_end(path)
            used = sum(image.bytes_used for _, image in self._cache.values())
            while used > CACHE_BYTES and len(self._cache) > 1:
                _, (_, dropped) = self._cache.popitem(last=False)
                used -= dropped.bytes_used
        else:
            log.info("cannot decode %s: %s", path, result)
        self.loaded.emit(path, result)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
