"""How a line's picture, its text and what was read there are painted, with what differs marked."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from ocrstudio.core.text_difference import pieces
from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID

# What is said beside two texts takes no more of the width, as far as its words can be broken.
BESIDE_SHARE, LEAST_BESIDE_PX = 0.28, 100
TEXT_SCALE = 1.15
# A space that is wrong must be seen.
VISIBLE_SPACE = "␣"


class Picture:
    """A decoded picture.

    Attributes:
        image: Scaled for the list; None while it is decoded, or if it cannot be.
        width: Of the file's picture, in pixels: boxes are measured in them.
        failure: Why there is none; "" while there is hope.
    """

    def __init__(self, image: QImage | None = None, width: int = 1, failure: str = "") -> None:
        self.image, self.width, self.failure = image, width, failure


def paint_picture(painter: QPainter, room: QRect, picture: Picture) -> QRect | None:
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


def paint_texts(painter: QPainter, area: QRect, font: QFont, expected: str, read: str, beside: str) -> None:
    """The expected text above the one that was read.

    Args:
        painter: Its font and pen are others afterwards.
        area: Where.
        font: Of the words; the texts are larger.
        expected: What stands there.
        read: What was read.
        beside: What is said at the right; in several lines rather than in the way of the texts.
    """
    used = theme.colors()
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * TEXT_SCALE)
    painter.setFont(font)
    words = painter.fontMetrics().horizontalAdvance(beside) + 2 * GRID
    beside_width = min(words, max(LEAST_BESIDE_PX, round(BESIDE_SHARE * area.width())))
    titles = (
        QCoreApplication.translate("WrongLines", "expected"),
        QCoreApplication.translate("WrongLines", "read"),
    )
    title_width = max(painter.fontMetrics().horizontalAdvance(title) for title in titles) + 2 * GRID
    half = area.height() // 2
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    rows = ((expected, read, used.good, used.good_soft), (read, expected, used.bad, used.bad_soft))
    for place, (title, (text, other, color, ground)) in enumerate(zip(titles, rows, strict=True)):
        line = QRect(area.left(), area.top() + place * half, area.width(), half)
        painter.setFont(font)
        painter.setPen(QColor(used.muted))
        painter.drawText(line, middle, title)
        painter.setFont(large)
        line.adjust(title_width, 0, -beside_width, 0)
        _paint_pieces(painter, line, text, other, QColor(color), QColor(ground))
    painter.setFont(font)
    painter.setPen(QColor(used.muted))
    room = area.adjusted(area.width() - beside_width + GRID, 0, 0, 0)
    wrapped = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(room, wrapped, beside)


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
