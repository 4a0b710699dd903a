"""Icons of the drawing tools, drawn here: no icon font tells a quadrilateral from a polygon or a slanted rectangle."""

from __future__ import annotations

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen, QPolygonF

PREFIX = "shape."
SIDE = 16.0  # the outlines below are for a square of this side
LINE, DOT = 1.4, 1.8

# Name -> corners. Outlines with dots are drawn corner by corner, those without are dragged.
OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "rectangle": ((1.5, 4.0), (14.5, 4.0), (14.5, 12.0), (1.5, 12.0)),
    "slanted": ((1.2, 9.4), (11.6, 2.6), (14.8, 6.6), (4.4, 13.4)),
    "quad": ((2.4, 3.6), (13.2, 2.4), (14.0, 13.4), (3.8, 11.4)),
    "polygon": ((2.0, 6.4), (8.0, 2.0), (14.0, 6.4), (11.7, 13.8), (4.3, 13.8)),
}
DOTTED = frozenset({"quad", "polygon"})


def paint(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Paints an icon.

    Args:
        painter: Where to.
        rect: Its place, in the painter's pixels.
        name: A key of `OUTLINES`.
        color: Of lines and dots.
    """
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side / SIDE, side / SIDE)
    pen = QPen(color, LINE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = [QPointF(x, y) for x, y in OUTLINES[name]]
    painter.drawPolygon(QPolygonF(corners))
    if name in DOTTED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for corner in corners:
            painter.drawEllipse(corner, DOT, DOT)
    painter.restore()
