"""What the canvas paints once and then only copies: the picture at the present zoom, and the boxes on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QImage, QPainter, QRegion

from ocrstudio.services.page_images import PageImage
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.boxes_view import LOOKS, BoxesView, BoxLook
from ocrstudio.ui.pages.annotate.labels import LONGEST_LABEL_PX, LabelPainter, Labels, colors_of, paint_links
from ocrstudio.ui.pages.annotate.outlines import LinePixels
from ocrstudio.ui.pages.annotate.view import View

# From this zoom on a picture's pixels are shown as squares: an edge can then be placed exactly.
CRISP_SCALE = 3.0
# With more boxes than this on the canvas their lines are thin.
BOLD_LIMIT = 300


class Layers:
    """Two images as large as the canvas: the picture alone, and the picture with its boxes.

    Moving the picture shifts both and paints only the strips that come into view; a change of boxes leaves the picture
    alone. Repainting after a mouse move is then one copy, however many boxes there are.
    """

    def __init__(self, view: View, boxes: BoxesView) -> None:
        self._view = view
        self._boxes = boxes
        self._size = QSize()
        self._ratio = 1.0
        self._picture: QImage | None = None
        self._complete: QImage | None = None
        self._stale_picture = QRegion()
        self._stale_boxes = QRegion()
        self._bold = True
        self._labels = LabelPainter()
        self.image: PageImage | None = None
        self.background = QColor(Qt.GlobalColor.darkGray)
        self.labels = Labels.NONE
        self.links = False
        self.classes: tuple[str, ...] = ()
        self.detail: tuple[QRect, QImage] | None = None

    def set_font(self, font: QFont) -> None:
        """Takes over the font of the labels."""
        self._labels.set_font(font)

    def resize(self, size: QSize, ratio: float) -> None:
        """Takes over the canvas's size and its device pixels per canvas pixel."""
        if size == self._size and ratio == self._ratio and self._picture is not None:
            return
        self._size = size
        self._ratio = ratio
        self._picture = self._blank()
        self._complete = self._blank()
        self.invalidate_picture()

    def invalidate_picture(self) -> None:
        """The picture, its zoom or the background changed."""
        self._stale_picture = QRegion(QRect(0, 0, self._size.width(), self._size.height()))
        self.invalidate_boxes()

    def invalidate_boxes(self, area: QRect | None = None) -> None:
        """Boxes, labels or what is hidden changed, within an area of the canvas or anywhere."""
        whole = QRect(0, 0, self._size.width(), self._size.height())
        self._stale_boxes = self._stale_boxes.united(whole if area is None else area.intersected(whole))

    def shift(self, dx: int, dy: int) -> None:
        """The view moved by canvas pixels. Call before the next `paint`, once for each move."""
        if self._picture is None or self._complete is None:
            return
        if self._ratio != int(self._ratio):  # painted pixels would fall between the screen's
            self.invalidate_picture()
            return
        whole = QRect(0, 0, self._size.width(), self._size.height())
        exposed = QRegion(whole).subtracted(QRegion(whole.translated(dx, dy)))
        self._stale_picture = self._stale_picture.translated(dx, dy).intersected(whole).united(exposed)
        # Half a line of a box, and a label, may have been cut at the old edge.
        margin = self._margin
        worn = QRegion(whole).subtracted(QRegion(whole.adjusted(margin, margin, -margin, -margin).translated(dx, dy)))
        self._stale_boxes = self._stale_boxes.translated(dx, dy).intersected(whole).united(worn)
        self._picture = self._shifted(self._picture, dx, dy)
        self._complete = self._shifted(self._complete, dx, dy)

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Copies a part of the canvas, after painting what is stale."""
        self._refresh()
        if self._complete is not None:
            source = QRectF(
                rect.x() * self._ratio, rect.y() * self._ratio, rect.width() * self._ratio, rect.height() * self._ratio
            )
            painter.drawImage(QRectF(rect), self._complete, source)

    def _refresh(self) -> None:
        if self._picture is None or self._complete is None:
            return
        if not self._stale_picture.isEmpty():
            for part in self._stale_picture.rects():
                self._paint_picture(self._picture, part)
            self._stale_boxes = self._stale_boxes.united(self._stale_picture)
            self._stale_picture = QRegion()
        if not self._stale_boxes.isEmpty():
            whole = self._stale_boxes.boundingRect().size() == self._size
            for part in self._stale_boxes.rects():
                self._paint_boxes(self._picture, self._complete, part, count=whole)
            self._stale_boxes = QRegion()

    def _paint_picture(self, target: QImage, part: QRect) -> None:
        painter = QPainter(target)
        painter.setClipRect(part)
        painter.fillRect(part, self.background)
        if self.image is not None:
            level = self.image.level_for(self._view.scale * self._ratio)
            width, height = self.image.size
            crisp = self._view.scale >= CRISP_SCALE
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
            # Only the visible part, with a pixel to spare: Qt would transform far more than it shows.
            left, top = self._view.to_image(part.left() - 1, part.top() - 1)
            right, bottom = self._view.to_image(part.right() + 2, part.bottom() + 2)
            to_level = level.width() / width, level.height() / height
            x0, y0 = max(0, int(left * to_level[0]) - 1), max(0, int(top * to_level[1]) - 1)
            x1 = min(level.width(), int(right * to_level[0]) + 2)
            y1 = min(level.height(), int(bottom * to_level[1]) + 2)
            if x1 > x0 and y1 > y0:
                painting.use_view(painter, self._view)
                painter.scale(1 / to_level[0], 1 / to_level[1])
                visible = QRectF(x0, y0, x1 - x0, y1 - y0)
                if level.depth() < 32:  # very large grey pictures; Qt scales the screen's own format far faster
                    shown = level.copy(visible.toRect()).convertToFormat(QImage.Format.Format_RGB32)
                    painter.drawImage(visible, shown)
                else:
                    painter.drawImage(visible, level, visible)
                painter.resetTransform()
            self._paint_detail(painter)
        painter.end()

    def _paint_detail(self, painter: QPainter) -> None:
        """Paints the part of a very large picture that has been read at its full size."""
        if self.detail is None or self.image is None or self._view.scale * self._ratio <= self.image.sharpest_scale:
            return
        region, part = self.detail
        painting.use_view(painter, self._view)
        painter.drawImage(QRectF(region), part)

    def _paint_boxes(self, picture: QImage, target: QImage, part: QRect, *, count: bool) -> None:
        painter = QPainter(target)
        source = QRectF(
            part.x() * self._ratio, part.y() * self._ratio, part.width() * self._ratio, part.height() * self._ratio
        )
        painter.drawImage(QRectF(part), picture, source)
        painter.end()
        rows = self._rows_near(part)
        if count:
            self._bold = len(rows) <= BOLD_LIMIT
        self._draw_outlines(target, rows, part)
        if self.labels is Labels.NONE and not self.links:
            return
        painter.begin(target)
        painter.setClipRect(part)
        if self.labels is not Labels.NONE:
            self._labels.paint(painter, self._view, self._boxes, rows, self.labels, self.classes)
        if self.links:
            paint_links(painter, self._view, self._boxes)
        painter.end()

    def _rows_near(self, part: QRect) -> NDArray[np.int64]:
        """The boxes whose outline or label may show in a part of the canvas."""
        margin = self._margin
        left, top = self._view.to_image(part.left() - margin, part.top() - margin)
        right, bottom = self._view.to_image(part.right() + margin, part.bottom() + margin)
        return self._boxes.within(left, top, right, bottom)

    @property
    def _margin(self) -> int:
        """How far, in canvas pixels, what is painted for a box reaches beyond it."""
        return 4 if self.labels is Labels.NONE else LONGEST_LABEL_PX + 20

    def _draw_outlines(self, target: QImage, rows: NDArray[np.int64], part: QRect) -> None:
        if not len(rows):
            return
        if self.labels is Labels.KEY:
            colors = np.array(colors_of(self._boxes, rows, self.labels, self.classes), np.uint32)
            groups = [(QColor(int(rgb)), False, rows[colors == rgb]) for rgb in np.unique(colors)]
        else:
            looks = self._boxes.looks[rows]
            groups = [
                (painting.look_color(look), look is BoxLook.LOW, rows[looks == number])
                for number, look in enumerate(LOOKS)
                if (looks == number).any()
            ]
        drawn = [(self.pixels_of(group, part), color, dashed) for color, dashed, group in groups]
        for lines, _, _ in drawn:
            lines.darken(target)
        for lines, color, dashed in drawn:
            lines.draw(target, color, dashed=dashed)

    def pixels_of(self, rows: NDArray[np.int64], part: QRect, *, width: int = 1) -> LinePixels:
        """The pixels of some rows' outlines in a part (canvas pixels) of an image as large as the canvas.

        Args:
            rows: The boxes.
            part: Nothing outside it is touched.
            width: Of the lines; pages with few boxes have wider ones.
        """
        scale, ratio = self._view.scale * self._ratio, self._ratio
        origin = np.array([*self._view.origin, *self._view.origin]) * ratio
        clip = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio).toAlignedRect()
        clip &= QRect(0, 0, round(self._size.width() * ratio), round(self._size.height() * ratio))
        width = round(max(width, 2 if self._bold else 1) * ratio)
        return LinePixels(self._boxes.segments(rows) * scale + origin, clip, width)

    def copy(self) -> QImage:
        """A copy of the picture with its boxes, to be drawn upon."""
        self._refresh()
        return self._complete.copy() if self._complete is not None else QImage()

    def _blank(self) -> QImage:
        width = max(1, round(self._size.width() * self._ratio))
        height = max(1, round(self._size.height() * self._ratio))
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._ratio)
        image.fill(self.background)
        return image

    def _shifted(self, image: QImage, dx: int, dy: int) -> QImage:
        moved = self._blank()
        painter = QPainter(moved)
        painter.drawImage(dx, dy, image)
        painter.end()
        return moved
