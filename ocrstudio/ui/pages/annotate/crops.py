"""Straightened crops of boxes for the line list and the editor, without a model runtime."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PyQt5.QtCore import QDeadlineTimer, QObject, QPointF, QRect, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage, QPainter, QPolygonF, QTransform

from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import bounding_quad, bounds, order_quad, quad_size
from ocrstudio.core.page import Box, Point
from ocrstudio.services.page_images import PageImage

# A crop at least this much taller than wide is shown lying, as it is trained on (see formats.crops).
UPRIGHT_RATIO = 1.5
# Thumbnails are made between events, so long at a time, so that scrolling and typing never wait for them.
SLICE_MS = 8
CACHED_CROPS = 1200


def straightened(image: PageImage, points: Sequence[Point], width: int, height: int) -> QImage | None:
    """The straightened content of a box, scaled to fit.

    Args:
        image: The page's picture.
        points: At least 3 `(x, y)` in image pixels.
        width: Largest width of the result in pixels.
        height: Largest height of the result in pixels.

    Returns:
        The crop, lying if it was taller than wide; None if the points enclose nothing.

    Source: the geometry of `formats.crops.crop_quad`, so that the eye sees what training sees.
    """
    try:
        quad = order_quad(points) if len(points) == 4 else bounding_quad(points)
    except GeometryError:
        return None
    across, down = quad_size(quad)
    if across < 1 or down < 1:
        return None
    if down / across >= UPRIGHT_RATIO:  # a quarter turn counter-clockwise: the right side becomes the top
        quad = (quad[1], quad[2], quad[3], quad[0])
        across, down = down, across
    scale = min(width / across, height / down)
    target = QRect(0, 0, max(1, round(across * scale)), max(1, round(down * scale)))
    level = image.level_for(min(scale, 1.0))
    to_level = level.width() / image.size[0]
    left, top, right, bottom = (round(edge * to_level) for edge in bounds(quad))
    part = QRect(left - 2, top - 2, right - left + 4, bottom - top + 4).intersected(level.rect())
    if part.isEmpty():
        return None
    corners = QPolygonF([QPointF(x * to_level - part.x(), y * to_level - part.y()) for x, y in quad])
    rectangle = QPolygonF(
        [
            QPointF(0, 0),
            QPointF(target.width(), 0),
            QPointF(target.width(), target.height()),
            QPointF(0, target.height()),
        ]
    )
    transform = QTransform()
    if not QTransform.quadToQuad(corners, rectangle, transform):
        return None
    crop = QImage(target.size(), QImage.Format.Format_RGB32)
    crop.fill(0xFFFFFFFF)
    painter = QPainter(crop)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(transform)
    painter.drawImage(0, 0, level.copy(part))
    painter.end()
    return crop


class CropCache(QObject):
    """Thumbnails for the line list: asked for while painting, made a moment later."""

    ready = pyqtSignal()  # some that were missing can be painted now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image: PageImage | None = None
        self._crops: OrderedDict[tuple[object, ...], QImage | None] = OrderedDict()
        self._wanted: OrderedDict[tuple[object, ...], tuple[tuple[Point, ...], int, int]] = OrderedDict()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def set_image(self, image: PageImage | None) -> None:
        """Takes over another page's picture."""
        self._image = image
        self._crops.clear()
        self._wanted.clear()
        self._timer.stop()

    def thumbnail(self, box: Box, width: int, height: int) -> QImage | None:
        """The crop of a box, at most `width` by `height` device pixels; None if there is none, or none yet."""
        key = (box.points, width, height)
        if key in self._crops:
            self._crops.move_to_end(key)
            return self._crops[key]
        if self._image is not None:
            self._wanted[key] = (box.points, width, height)
            # The rows painted last are those on the screen; rows scrolled past are not worth making.
            while len(self._wanted) > 64:
                self._wanted.popitem(last=False)
            self._timer.start()
        return None

    def close(self) -> None:
        """Stops making crops."""
        self.set_image(None)

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        deadline = QDeadlineTimer(SLICE_MS)
        while self._wanted and self._image is not None and not deadline.hasExpired():
            key, (points, width, height) = self._wanted.popitem(last=True)
            self._crops[key] = straightened(self._image, points, width, height)
        while len(self._crops) > CACHED_CROPS:
            self._crops.popitem(last=False)
        if not self._wanted:
            self._timer.stop()
        self.ready.emit()
