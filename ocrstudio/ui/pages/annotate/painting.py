"""Painting of boxes: functions of shapes, view and look, readable on any picture.

Every line lies on a dark halo, so that it shows on light and dark ground. The theme's box colours can be told apart by
colour-blind eyes; a low confidence is dashed as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ocrstudio.core.page import PageState, Point
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.boxes_view import BoxLook, BoxShape, look_of
from ocrstudio.ui.pages.annotate.view import View

LOW_COLOR = QColor("#ff6a3d")
HALO = QColor(0, 0, 0, 165)
# With more boxes than this on the canvas, smooth edges cost more time than they are worth.
SMOOTH_LIMIT = 300
HANDLE_PX = 9
LABEL_PX = 12
# Lower boxes than this on the screen carry no text label: it would hide the line above.
MIN_LABELLED_PX = 7
LONGEST_LABEL_PX = 240


@lru_cache(maxsize=32)
def _color(name: str) -> QColor:
    return QColor(name)


def box_color(role: str) -> QColor:
    """A box colour of the theme: "auto", "touched", "checked", "selected" or "drawing"."""
    return _color(theme.colors().boxes[role])


def look_color(look: BoxLook) -> QColor:
    """The colour that stands for a look."""
    return LOW_COLOR if look is BoxLook.LOW else box_color(look.value)


def _pen(color: QColor, width: float, *, dashed: bool = False) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setDashPattern([4, 3])
    return pen


def use_view(painter: QPainter, view: View) -> None:
    """Lets the painter take image pixels."""
    painter.translate(*view.origin)
    painter.scale(view.scale, view.scale)


def paint_outlines(painter: QPainter, shapes: Sequence[BoxShape], state: PageState, *, smooth: bool) -> None:
    """Paints the outlines of many boxes with a painter that takes image pixels."""
    by_look: dict[BoxLook, list[BoxShape]] = {}
    for shape in shapes:
        by_look.setdefault(look_of(shape.box, state), []).append(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    for look, group in by_look.items():
        lines = [line for shape in group for line in shape.lines]
        painter.setPen(_pen(HALO, 3))
        painter.drawLines(lines)
        painter.setPen(_pen(look_color(look), 1.5 if smooth else 1, dashed=look is BoxLook.LOW))
        painter.drawLines(lines)


def paint_highlight(painter: QPainter, polygon: QPolygonF, color: QColor, *, strong: bool) -> None:
    """Paints one box that is selected (`strong`) or pointed at; the painter takes image pixels."""
    fill = QColor(color)
    fill.setAlpha(30)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill))
    painter.setPen(_pen(HALO, 5 if strong else 4))
    painter.drawPolygon(polygon)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(color, 2.6 if strong else 2))
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


def paint_labels(painter: QPainter, shapes: Sequence[BoxShape], view: View, state: PageState, font: QFont) -> None:
    """Paints each box's text above it; the painter takes canvas pixels."""
    font = QFont(font)
    font.setPixelSize(LABEL_PX)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    height, descent = metrics.height(), metrics.descent()
    by_look: dict[BoxLook, list[tuple[QPointF, str]]] = {}
    grounds = []
    for shape in shapes:
        left, top, _, bottom = shape.bounds
        text = shape.box.text
        if not text or (bottom - top) * view.scale < MIN_LABELLED_PX:
            continue
        x, y = view.to_canvas(left, top)
        width = metrics.horizontalAdvance(text)
        if width > LONGEST_LABEL_PX:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, LONGEST_LABEL_PX)
            width = metrics.horizontalAdvance(text)
        grounds.append(QRectF(x, y - height - 2, width + 6, height + 1))
        by_look.setdefault(look_of(shape.box, state), []).append((QPointF(x + 3, y - 2 - descent), text))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 185))
    painter.drawRects(grounds)
    for look, texts in by_look.items():
        painter.setPen(look_color(look).lighter(130))
        for place, text in texts:
            painter.drawText(place, text)


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


def paint_many_selected(painter: QPainter, shapes: Sequence[BoxShape]) -> None:
    """Paints a large selection: lines alone, since hundreds of filled areas would take too long."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    lines = [line for shape in shapes for line in shape.lines]
    for pen in (_pen(HALO, 3), _pen(box_color("selected"), 2)):
        painter.setPen(pen)
        painter.drawLines(lines)
