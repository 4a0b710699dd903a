"""What the canvas paints over its layers: highlights, handles, the cross to aim with, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QRect, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen, QPolygonF

from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate import painting

if TYPE_CHECKING:
    from ocrstudio.ui.pages.annotate.canvas import Canvas


class Overlay(QObject):
    """Paints on a canvas; the layers below stay as they are."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paints highlights and handles within an area of the canvas."""
        canvas = self._canvas
        selected = [
            box_id
            for box_id in dict.fromkeys((*canvas.document.selection, *canvas.previews))
            if canvas.boxes.is_shown(box_id)
        ]
        self._paint_hovered(painter, selected)
        if len(selected) > painting.MANY_BOXES:
            self._paint_many(painter, area, selected)
        else:
            self._paint_selected(painter, area, selected)
        if canvas.handles is not None:
            canvas.handles.paint_handles(painter)

    def _paint_hovered(self, painter: QPainter, selected: list[str]) -> None:
        canvas = self._canvas
        box = canvas.boxes.find(canvas.hovered)
        if box is None or box.id in selected or not canvas.boxes.is_shown(box.id):
            return
        painter.save()
        painting.use_view(painter, canvas.view)
        color = painting.look_color(canvas.boxes.look_of(box))
        painting.paint_highlight(painter, painting.to_polygon(box.points), color, strong=False)
        painter.restore()

    def _paint_selected(self, painter: QPainter, area: QRect, selected: list[str]) -> None:
        canvas = self._canvas
        view = canvas.view
        left, top = view.to_image(area.left(), area.top())
        visible = QRectF(left, top, area.width() / view.scale, area.height() / view.scale)
        painter.save()
        painting.use_view(painter, view)
        for box_id in selected:
            polygon = canvas.previews.get(box_id)
            if polygon is None:
                box = canvas.boxes.find(box_id)
                polygon = painting.to_polygon(box.points) if box is not None else QPolygonF()
            if polygon.boundingRect().adjusted(-1, -1, 1, 1).intersects(visible):
                painting.paint_highlight(painter, polygon, painting.box_color("selected"), strong=True)
        painter.restore()

    def _paint_many(self, painter: QPainter, area: QRect, selected: list[str]) -> None:
        """Paints a large selection by lines alone."""
        canvas = self._canvas
        if canvas.previews:
            painter.save()
            painting.use_view(painter, canvas.view)
            painter.setPen(painting.pen(painting.box_color("selected"), 1))
            for polygon in canvas.previews.values():
                painter.drawPolygon(polygon)
            painter.restore()
            return
        image = canvas.layers.copy()
        lines = canvas.layers.pixels_of(canvas.boxes.rows_of(selected), area, width=2)
        lines.darken(image)
        lines.draw(image, painting.box_color("selected"))
        painter.drawImage(0, 0, image)

    def paint_crosshair(self, painter: QPainter) -> None:
        """Paints lines across the whole canvas through the pointer."""
        at = self._canvas.pointer
        if at is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for color, style in ((QColor(0, 0, 0, 130), Qt.PenStyle.SolidLine), (QColor("white"), Qt.PenStyle.DashLine)):
            painter.setPen(QPen(color, 1, style))
            painter.drawLine(at.x(), 0, at.x(), self._canvas.height())
            painter.drawLine(0, at.y(), self._canvas.width(), at.y())

    def paint_hidden_note(self, painter: QPainter) -> None:
        """Says how many boxes are hidden: they are easily forgotten."""
        canvas = self._canvas
        count = canvas.hidden_count
        if count:
            if count == len(canvas.boxes.boxes):
                text = self.tr("All boxes are hidden")
            else:
                text = self.tr("1 box is hidden") if count == 1 else self.tr("{count} boxes are hidden")
            painting.paint_note(painter, QRectF(canvas.rect()), text.format(count=count), canvas.font())

    def paint_message(self, painter: QPainter) -> None:
        """Paints what stands in the place of a picture."""
        canvas = self._canvas
        if not canvas.message:
            return
        painter.setPen(QColor(theme.colors().muted))
        font = canvas.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        painter.setFont(font)
        area = canvas.rect().adjusted(48, 48, -48, -48)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), canvas.message)
