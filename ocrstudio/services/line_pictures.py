"""Pictures of the lines of an evaluation, cut out and scaled on a thread, those asked for last first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QImage

from ocrstudio.core.errors import StudioError
from ocrstudio.core.evaluation import LineReading
from ocrstudio.formats.crops import load_opencv, read_image
from ocrstudio.formats.line_crop import line_crop
from ocrstudio.services.background import Background, tried

# Pictures that are kept, and pages whose lines may be asked for next.
KEPT, KEPT_PAGES = 1500, 3
# What waits at most: rows that were scrolled past are not worth a picture.
WAITING = 60
THREADS = 2
BGR = NDArray[np.uint8]


class LinePictures(QObject):
    """Gives pictures as far as they are there, and makes the others.

    Args:
        width: Of a picture at most, pixels.
        height: The same.
        parent: Owner; it calls `close`.
    """

    ready = pyqtSignal()  # one more can be painted

    def __init__(self, width: int, height: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = (width, height)
        self._made: OrderedDict[str, QImage | StudioError] = OrderedDict()
        self._waiting: OrderedDict[str, tuple[Path, LineReading]] = OrderedDict()
        self._under_way: set[str] = set()
        self._pages = _Pages()
        self._background = Background(self, threads=THREADS)

    def picture(self, root: Path, line: LineReading) -> QImage | StudioError | None:
        """The picture of a line, or why there is none; None while it is being made."""
        found = self._made.get(line.mark)
        if found is not None:
            self._made.move_to_end(line.mark)
            return found
        if line.mark not in self._under_way:
            self._waiting[line.mark] = (root, line)
            self._waiting.move_to_end(line.mark)
            while len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
            self._start()
        return None

    def forget(self) -> None:
        """Lets go of all pictures."""
        self._background.drop()
        self._made.clear()
        self._waiting.clear()
        self._under_way.clear()
        self._pages = _Pages()

    def close(self) -> None:
        """Calls nobody back any more."""
        self.forget()
        self._background.close()

    def _start(self) -> None:
        while self._waiting and len(self._under_way) < THREADS:
            mark, (root, line) = self._waiting.popitem(last=True)
            self._under_way.add(mark)
            work = partial(_made, self._pages, root, line, self._size)
            self._background.run(partial(tried, work), partial(self._on_made, mark))

    def _on_made(self, mark: str, picture: QImage | StudioError) -> None:
        self._under_way.discard(mark)
        self._made[mark] = picture
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        self._start()
        self.ready.emit()


class _Pages:
    """The pages that lines were cut from last; used by the threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[Path, BGR] = OrderedDict()

    def read(self, path: Path) -> BGR:
        with self._lock:
            if path not in self._pages:
                self._pages[path] = read_image(path)
            self._pages.move_to_end(path)
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
            return self._pages[path]


def _made(pages: _Pages, root: Path, line: LineReading, size: tuple[int, int]) -> QImage:
    load_opencv()
    import cv2

    crop = line_crop(root, line, pages.read(root / line.image) if line.points else None)
    height, width = crop.shape[:2]
    scale = min(1.0, size[0] / width, size[1] / height)
    if scale < 1:
        wanted = (max(1, round(width * scale)), max(1, round(height * scale)))
        crop = np.asarray(cv2.resize(crop, wanted, interpolation=cv2.INTER_AREA), np.uint8)
    crop = np.ascontiguousarray(crop)
    height, width = crop.shape[:2]
    return QImage(crop.tobytes(), width, height, 3 * width, QImage.Format.Format_BGR888).copy()
