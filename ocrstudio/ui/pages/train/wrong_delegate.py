"""How a validation line or page that the model gets wrong is painted: its picture, and beside it what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QModelIndex, QPointF, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPen, QPolygonF
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocrstudio.formats.wrong import Polygon, WrongLine, WrongPage
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.words import percent
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.reading_paint import TEXT_SCALE, Picture, paint_picture, paint_texts

LINE_PX, PAGE_PX = 60, 190
# Share of the width that the picture gets.
PICTURE_SHARE = 0.45
WIDEST_PICTURE_PX = 520
# Boxes of a page: of the colours for drawing on pictures, told apart by all eyes, and by dashes.
MISSED, FALSE = "selected", "auto"


class WrongDelegate(QStyledItemDelegate):
    """Paints the items of `WrongLines`.

    Args:
        picture: Gives the picture of an item's row, as far as it is there; asks for it otherwise.
    """

    def __init__(self, picture: Callable[[int], Picture]) -> None:
        super().__init__()
        self._picture = picture

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        lines = option.fontMetrics.height() * TEXT_SCALE * 2 + 2 * GRID
        is_line = isinstance(index.data(Qt.ItemDataRole.UserRole), WrongLine)
        return QSize(200, max(LINE_PX if is_line else PAGE_PX, round(lines)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        item, used = index.data(Qt.ItemDataRole.UserRole), theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(used.accent_soft))
        area = option.rect.adjusted(GRID, GRID // 2, -GRID, -GRID // 2)
        width = min(round(area.width() * PICTURE_SHARE), WIDEST_PICTURE_PX)
        room = QRect(area.left(), area.top(), width, area.height())
        picture = self._picture(index.row())
        target = paint_picture(painter, room, picture)
        words = area.adjusted(width + 2 * GRID, 0, 0, 0)
        if isinstance(item, WrongLine):
            paint_texts(painter, words, option.font, item.expected, item.read, percent(item.cer))
        elif isinstance(item, WrongPage):
            if target is not None:
                scale = target.width() / max(1, picture.width)
                _paint_boxes(painter, target, scale, item.missed, MISSED)
                _paint_boxes(painter, target, scale, item.false, FALSE)
            _paint_counts(painter, words, item)
        painter.setPen(QColor(used.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


def _paint_boxes(painter: QPainter, target: QRect, scale: float, boxes: tuple[Polygon, ...], role: str) -> None:
    pen = QPen(QColor(theme.colors().boxes[role]), 2)
    if role == FALSE:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in boxes:
        points = [QPointF(target.left() + x * scale, target.top() + y * scale) for x, y in box]
        painter.drawPolygon(QPolygonF(points))


def _paint_counts(painter: QPainter, area: QRect, item: WrongPage) -> None:
    used = theme.colors()
    texts = (
        (QCoreApplication.translate("WrongLines", "overlooked: {count}").format(count=len(item.missed)), MISSED),
        (QCoreApplication.translate("WrongLines", "invented: {count}").format(count=len(item.false)), FALSE),
    )
    height = painter.fontMetrics().height() + GRID // 2
    top = area.top() + GRID
    painter.setPen(QColor(used.text))
    painter.drawText(QRect(area.left(), top, area.width(), height), 0, item.image.name)
    for place, (text, role) in enumerate(texts, start=1):
        line = QRect(area.left(), top + place * height, area.width(), height)
        pen = QPen(QColor(used.boxes[role]), 2)
        if role == FALSE:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(line.left() + 1, line.top() + 3, 22, height - 10))
        painter.setPen(QColor(used.text))
        painter.drawText(line.adjusted(32, 0, 0, 0), 0, text)
