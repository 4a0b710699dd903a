"""Straightened crops of boxes for the line list and the editor, without a model runtime."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise

from PyQt5.QtCore import QDeadlineTimer, QObject, QPointF, QRectF, QSize, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform

from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import bounds, distance, quad_size
from ocrstudio.core.orientation import turns
from ocrstudio.core.page import Box
from ocrstudio.core.strips import Quad, Strip, outline, strip
from ocrstudio.services.page_images import PageImage

# Thumbnails are made between events, so long at a time, so that scrolling and typing never wait for them.
SLICE_MS = 8
CACHED_CROPS = 1200
# A line seen among its neighbours takes at most these shares of the width and height there are.
LINE_WIDTH_SHARE, LINE_HEIGHT_SHARE = 0.92, 0.42
# Beyond this the vanishing line of a slanted box comes into the picture around it.
LEAST_DEPTH = 0.35


@dataclass(frozen=True)
class Surroundings:
    """A line as it stands among its neighbours.

    Attributes:
        picture: The straightened part of the page.
        line: The place of the box within it, in its pixels.
    """

    picture: QImage
    line: QRectF


def lying_quad(box: Box) -> tuple[Quad, float, float] | None:
    """The corners of a box as its crop has them, from the crop's top left clockwise.

    Returns:
        The corners in image pixels, the crop's width and its height; None if the box encloses nothing.

    Source: the geometry of `formats.crops.crop_box`, so that the eye sees what training sees.
    """
    try:
        quad = outline(box.points)
    except GeometryError:
        return None
    across, down = quad_size(quad)
    if across < 1 or down < 1:
        return None
    if turns(int(across), int(down), box.text, box.orientation):
        # A quarter turn counter-clockwise: the right side becomes the top.
        return (quad[1], quad[2], quad[3], quad[0]), down, across
    return (quad[0], quad[1], quad[2], quad[3]), across, down


def straightened(image: PageImage, box: Box, width: int, height: int) -> QImage | None:
    """The straightened content of a box, scaled to fit.

    Args:
        image: The page's picture.
        box: What to cut out.
        width: Largest width of the result in pixels.
        height: Largest height of the result in pixels.

    Returns:
        The crop; None if the box encloses nothing or lies beside the picture.
    """
    bent = strip(box.points)
    if bent is not None:
        return _unbent(image, box, bent, width, height)
    found = lying_quad(box)
    if found is None:
        return None
    quad, across, down = found
    scale = min(width / across, height / down)
    crop = _white(across * scale, down * scale)
    inner = QRectF(crop.rect())
    return crop if _draw(crop, image, quad, inner, inner, min(scale, 1.0)) else None


def _unbent(image: PageImage, box: Box, bent: Strip, width: int, height: int) -> QImage | None:
    """A curved line bent straight, cell by cell; the crop that is trained on is smooth between them as well."""
    cells = list(zip(pairwise(bent.top), pairwise(bent.bottom), strict=True))
    lengths = [(distance(a, b) + distance(c, d)) / 2 for (a, b), (c, d) in cells]
    across = sum(lengths)
    down = sum(map(distance, bent.top, bent.bottom)) / len(bent.top)
    stands = (down, across) if bent.upright else (across, down)
    turned = turns(stands[0], stands[1], box.text, box.orientation)
    lies = turned == bent.upright
    scale = min(width / across, height / down) if lies else min(width / down, height / across)
    crop = _white(across * scale, down * scale)
    left, drawn = 0.0, False
    for length, ((a, b), (c, d)) in zip(lengths, cells, strict=True):
        inner = QRectF(left, 0, crop.width() * length / across, crop.height())
        drawn |= _draw(crop, image, (a, b, d, c), inner, inner, min(scale, 1.0))
        left += inner.width()
    if not drawn:
        return None
    return crop if lies else crop.transformed(QTransform().rotate(90 if bent.upright else -90))


def _white(width: float, height: float) -> QImage:
    made = QImage(QSize(max(1, round(width)), max(1, round(height))), QImage.Format.Format_RGB32)
    made.fill(0xFFFFFFFF)
    return made


def surroundings(image: PageImage, box: Box, size: QSize, background: QColor) -> Surroundings | None:
    """A box straightened in the middle of what stands around it.

    Args:
        image: The page's picture.
        box: What stands in the middle.
        size: Of the result in pixels; it is filled.
        background: What lies beyond the edges of the page.

    Returns:
        None if the box encloses nothing, or is so slanted or bent that the page around it cannot be straightened too.
    """
    found = lying_quad(box) if strip(box.points) is None else None
    if found is None or size.isEmpty():
        return None
    quad, across, down = found
    scale = min(size.width() * LINE_WIDTH_SHARE / across, size.height() * LINE_HEIGHT_SHARE / down)
    inner = QRectF(0, 0, across * scale, down * scale)
    inner.moveCenter(QRectF(QPointF(0, 0), QPointF(size.width(), size.height())).center())
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(background)
    if not _draw(picture, image, quad, inner, QRectF(picture.rect()), min(scale, 1.0)):
        return None
    return Surroundings(picture, inner)


def _draw(target: QImage, image: PageImage, quad: Quad, inner: QRectF, edges: QRectF, scale: float) -> bool:
    """Draws the page so that `quad` (image pixels) fills `inner` (target pixels).

    Args:
        target: Drawn upon.
        image: The page's picture.
        quad: From the top left clockwise.
        inner: Where it goes.
        edges: How far the page is drawn around it, in target pixels.
        scale: Target pixels per image pixel, at most 1.

    Returns:
        False if it cannot be done.
    """
    level = image.level_for(scale)
    to_level = level.width() / image.size[0]
    corners = QPolygonF([QPointF(x * to_level, y * to_level) for x, y in quad])
    to_target, to_page = QTransform(), QTransform()
    rectangle = QPolygonF([inner.topLeft(), inner.topRight(), inner.bottomRight(), inner.bottomLeft()])
    if not QTransform.quadToQuad(corners, rectangle, to_target) or not QTransform.quadToQuad(
        rectangle, corners, to_page
    ):
        return False
    shown = [edges.topLeft(), edges.topRight(), edges.bottomRight(), edges.bottomLeft()]
    depths = [to_page.m13() * point.x() + to_page.m23() * point.y() + to_page.m33() for point in shown]
    middle = to_page.m13() * inner.center().x() + to_page.m23() * inner.center().y() + to_page.m33()
    if edges != inner and (middle == 0 or min(depth / middle for depth in depths) < LEAST_DEPTH):
        return False
    left, top, right, bottom = bounds([(point.x(), point.y()) for point in map(to_page.map, shown)])
    part = QRectF(left - 2, top - 2, right - left + 4, bottom - top + 4).intersected(QRectF(level.rect()))
    part = QRectF(part.toAlignedRect())
    if part.isEmpty():
        return False
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipRect(edges.adjusted(-1, 0, 1, 0))  # and a little further: between two cells no gap may show
    painter.setTransform(to_target)
    painter.drawImage(part, level, part)
    painter.end()
    return True


class CropCache(QObject):
    """Thumbnails for the line list: asked for while painting, made a moment later."""

    ready = pyqtSignal()  # some that were missing can be painted now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image: PageImage | None = None
        self._crops: OrderedDict[tuple[object, ...], QImage | None] = OrderedDict()
        self._wanted: OrderedDict[tuple[object, ...], tuple[Box, int, int]] = OrderedDict()
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
        # The text takes part in the rule that turns crops.
        key = (box.points, box.orientation, box.text, width, height)
        if key in self._crops:
            self._crops.move_to_end(key)
            return self._crops[key]
        if self._image is not None:
            self._wanted[key] = (box, width, height)
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
            key, (box, width, height) = self._wanted.popitem(last=True)
            self._crops[key] = straightened(self._image, box, width, height)
        while len(self._crops) > CACHED_CROPS:
            self._crops.popitem(last=False)
        if not self._wanted:
            self._timer.stop()
        self.ready.emit()
