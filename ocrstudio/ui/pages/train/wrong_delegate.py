"""How a validation line or page that the model gets wrong is painted: its picture, and beside it what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocrstudio.core.text_difference import pieces
from ocrstudio.formats.wrong import Polygon, WrongLine, WrongPage
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.words import percent
from ocrstudio.ui.widgets.parts import GRID

LINE_PX, PAGE_PX = 60, 190
# Share of the width that the picture gets.
PICTURE_SHARE = 0.45
WIDEST_PICTURE_PX = 520
TEXT_SCALE = 1.15
# A space that is wrong must be seen.
VISIBLE_SPACE = "␣"
# Boxes of a page: of the colours for drawing on pictures, told apart by all eyes, and by dashes.
MISSED, FALSE = "selected", "auto"


class Picture:
    """A decoded picture.

    Attributes:
        image: Scaled for the list; None while it is decoded, or if it cannot be.
        width: Of the file's picture, in pixels: boxes are measured in them.
        failure: Why there is none; "" while there is hope.
    """

    def __init__(self, image: QImage | None = None, width: int = 1, failure: str = "") -> None:
        self.image, self.width, self.failure = image, width, failure


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
        target = _paint_picture(painter, room, picture)
        words = area.adjusted(width + 2 * GRID, 0, 0, 0)
        if isinstance(item, WrongLine):
            _paint_texts(painter, words, option.font, item)
        elif isinstance(item, WrongPage):
            if target is not None:
                scale = target.width() / max(1, picture.width)
                _paint_boxes(painter, target, scale, item.missed, MISSED)
                _paint_boxes(painter, target, scale, item.false, FALSE)
            _paint_counts(painter, words, item)
        painter.setPen(QColor(used.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


def _paint_picture(painter: QPainter, room: QRect, picture: Picture) -> QRect | None:
    """Where the picture was painted; None if there is none yet."""
    if picture.image is None:
        painter.setPen(QColor(theme.colors().muted))
        text = painter.fontMetrics().elidedText(picture.failure, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        return None
    size = picture.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(room.topLeft(), size)
    target.moveTop(room.top() + (room.height() - size.height()) // 2)
    painter.drawImage(target, picture.image)
    return target


def _paint_texts(painter: QPainter, area: QRect, font: QFont, item: WrongLine) -> None:
    """The expected text above the one that was read, and how wrong it is to the right."""
    used = theme.colors()
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * TEXT_SCALE)
    painter.setFont(font)
    rate = percent(item.cer)
    rate_width = painter.fontMetrics().horizontalAdvance(rate) + 2 * GRID
    titles = (
        QCoreApplication.translate("WrongLines", "expected"),
        QCoreApplication.translate("WrongLines", "read"),
    )
    title_width = max(painter.fontMetrics().horizontalAdvance(title) for title in titles) + 2 * GRID
    half = area.height() // 2
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    rows = ((item.expected, item.read, used.good, used.good_soft), (item.read, item.expected, used.bad, used.bad_soft))
    for place, (title, (text, other, color, ground)) in enumerate(zip(titles, rows, strict=True)):
        line = QRect(area.left(), area.top() + place * half, area.width(), half)
        painter.setFont(font)
        painter.setPen(QColor(used.muted))
        painter.drawText(line, middle, title)
        painter.setFont(large)
        line.adjust(title_width, 0, -rate_width, 0)
        _paint_pieces(painter, line, text, other, QColor(color), QColor(ground))
    painter.setFont(font)
    painter.setPen(QColor(used.muted))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), rate)


def _paint_pieces(painter: QPainter, line: QRect, text: str, other: str, color: QColor, ground: QColor) -> None:
    """A text whose pieces that the other one lacks stand on a coloured ground, underlined."""
    metrics, x = QFontMetricsF(painter.font()), float(line.left())
    painter.save()
    painter.setClipRect(line)
    top = line.top() + (line.height() - metrics.height()) / 2
    for piece, same in pieces(text, other):
        shown = piece if same else piece.replace(" ", VISIBLE_SPACE)
        width = metrics.horizontalAdvance(shown)
        if not same:
            box = QRectF(x, top, width, metrics.height())
            painter.fillRect(box, ground)
            painter.fillRect(QRectF(x, box.bottom() - 2, width, 2), color)
        painter.setPen(color if not same else QColor(theme.colors().text))
        painter.drawText(QPointF(x, top + metrics.ascent()), shown)
        x += width
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
