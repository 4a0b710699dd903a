"""Painting of boxes: functions of shapes, view and look, readable on any picture.

Every line lies on a dark halo, so that it shows on light and dark ground. The theme's box colours can be told apart by
colour-blind eyes; a low confidence is dashed as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ocrstudio.core.page import Point
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.boxes_view import BoxLook
from ocrstudio.ui.pages.annotate.view import View

LOW_COLOR = QColor("#ff6a3d")
HALO = QColor(0, 0, 0, 165)
# A larger selection is shown by lines alone: hundreds of filled areas would take too long.
MANY_BOXES = 300
HANDLE_PX = 9
TURN_HANDLE_PX = 6.5
VERTEX_RING_PX = 10.0
ARROW_PX = 11.0


@lru_cache(maxsize=32)
def _color(name: str) -> QColor:
    return QColor(name)


def box_color(role: str) -> QColor:
    """A box colour of the theme: "auto", "touched", "checked", "selected" or "drawing"."""
    return _color(theme.colors().boxes[role])


def look_color(look: BoxLook) -> QColor:
    """The colour that stands for a look."""
    return LOW_COLOR if look is BoxLook.LOW else box_color(look.value)


def pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def use_view(painter: QPainter, view: View) -> None:
    """Lets the painter take image pixels."""
    painter.translate(*view.origin)
    painter.scale(view.scale, view.scale)


def paint_highlight(painter: QPainter, polygon: QPolygonF, color: QColor, *, strong: bool) -> None:
    """Paints one box that is selected (`strong`) or pointed at; the painter takes image pixels."""
    fill = QColor(color)
    fill.setAlpha(30)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill))
    painter.setPen(pen(HALO, 5 if strong else 4))
    painter.drawPolygon(polygon)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(color, 2.6 if strong else 2))
    painter.drawPolygon(polygon)


def paint_handles(painter: QPainter, corners: Iterable[QPointF], sides: Iterable[QPointF]) -> None:
    """Paints the handles of a selected box; the painter takes canvas pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5))
    painter.setBrush(QColor(255, 255, 255))
    half = HANDLE_PX / 2
    for point in corners:
        painter.drawRect(QRectF(point.x() - half, point.y() - half, HANDLE_PX, HANDLE_PX))
    for point in sides:
        painter.drawEllipse(point, half - 0.5, half - 0.5)


def paint_sketch(painter: QPainter, points: Sequence[QPointF], *, closed: bool, hot: int | None = None) -> None:
    """Paints an outline that is being drawn; the painter takes canvas pixels.

    Args:
        painter: Takes canvas pixels.
        points: The corners so far and the pointer.
        closed: Whether the last corner joins the first.
        hot: The corner that a click would join.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPolygonF(list(points))
    ground = QColor(box_color("drawing"))
    ground.setAlpha(40)
    for pen in (QPen(HALO, 4), QPen(box_color("drawing"), 2)):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        if closed:
            painter.setBrush(ground)
            painter.drawPolygon(outline)
        else:
            painter.drawPolyline(outline)
    if not closed:
        painter.setPen(QPen(QColor(0, 0, 0, 220), 1.2))
        for index, point in enumerate(points[:-1]):
            painter.setBrush(box_color("drawing") if index == hot else QColor(255, 255, 255))
            radius = 7 if index == hot else 4
            painter.drawEllipse(point, radius, radius)


def to_polygon(points: Iterable[Point]) -> QPolygonF:
    """The outline as Qt takes it."""
    return QPolygonF([QPointF(x, y) for x, y in points])


def paint_turn_handle(painter: QPainter, stem: QPointF, handle: QPointF, *, hot: bool = False) -> None:
    """Paints the round handle that turns a box, and the stem that ties it to its side; canvas pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in (QPen(HALO, 4), QPen(box_color("selected"), 2)):
        painter.setPen(pen)
        painter.drawLine(stem, handle)
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5))
    painter.setBrush(box_color("selected") if hot else QColor(255, 255, 255))
    painter.drawEllipse(handle, TURN_HANDLE_PX, TURN_HANDLE_PX)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255) if hot else box_color("selected"), 1.6))
    inner = QRectF(handle.x() - 2.5, handle.y() - 2.5, 5, 5)
    painter.drawArc(inner, 30 * 16, 280 * 16)


def paint_vertex(painter: QPainter, corner: QPointF) -> None:
    """Paints the corner that the arrow keys move: unlike all other handles; canvas pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(HALO, 5), QPen(QColor(255, 255, 255), 2.5)):
        painter.setPen(pen)
        painter.drawEllipse(corner, VERTEX_RING_PX, VERTEX_RING_PX)
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1.5))
    painter.setBrush(box_color("selected"))
    half = HANDLE_PX / 2 + 1
    painter.drawRect(QRectF(corner.x() - half, corner.y() - half, 2 * half, 2 * half))


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF, color: QColor) -> None:
    """Paints an arrow on a dark halo; canvas pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    along = end - start
    length = math.hypot(along.x(), along.y())
    if length < 2:
        return
    unit = along / length
    across = QPointF(-unit.y(), unit.x())
    back = end - unit * min(ARROW_PX, length)
    head = QPolygonF([end, back + across * ARROW_PX * 0.45, back - across * ARROW_PX * 0.45])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(HALO, 4.5), QPen(color, 2)):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawLine(start, back)
        painter.drawPolygon(head)
    painter.setBrush(color)
    painter.drawPolygon(head)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_note(painter: QPainter, area: QRectF, text: str, font: QFont) -> None:
    """Paints a quiet note in the upper left corner of an area; canvas pixels."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    ground = QRectF(area.left() + 10, area.top() + 10, metrics.horizontalAdvance(text) + 20, metrics.height() + 8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 175))
    painter.drawRoundedRect(ground, 6, 6)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), text)
