"""Paints one line of the list: place, crop, text, and on the right class, orientation and confidence."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QPainter
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.core.page import IGNORE_TEXTS, Box, Orientation
from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate.boxes_view import SURE_PERCENT, confidence_role, look_of
from ocrstudio.ui.pages.annotate.crops import CropCache
from ocrstudio.ui.pages.annotate.key_colors import key_color
from ocrstudio.ui.pages.annotate.line_model import BOX_ROLE, LineListModel
from ocrstudio.ui.pages.annotate.painting import look_color

PADDING_PX = 8
BAR_PX = 4
LONGEST_CLASS_LETTERS = 12
ORIENTATION_ICONS = {Orientation.DRAWN: "fa5s.lock", Orientation.TURNED: "fa5s.undo"}


class LineDelegate(QStyledItemDelegate):
    """See above."""

    def __init__(self, model: LineListModel, crops: CropCache, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._crops = crops
        self.key_classes: Sequence[str] = ()  # in their order: the first ones have colours of their own
        self.low_confidence = 0.0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(160, 2 * option.fontMetrics.height() + PADDING_PX + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box = index.data(BOX_ROLE)
        if not isinstance(box, Box):
            return
        used = theme.colors()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area, metrics = option.rect, option.fontMetrics
        painter.save()
        if selected or hovered:
            painter.fillRect(area, QColor(used.accent_soft if selected else used.hover))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(used.border))
        strip = QRect(area.left(), area.top() + 3, 4, area.height() - 6)
        painter.fillRect(strip, look_color(look_of(box, self._model.state, self.low_confidence)))
        inside = area.adjusted(PADDING_PX + 4, 5, -PADDING_PX, -6)
        lower = QRect(inside.left(), inside.bottom() - metrics.height(), inside.width(), metrics.height() + 2)
        upper = QRect(inside.left(), inside.top(), inside.width(), inside.height() - metrics.height() - 3)
        upper.setRight(self._paint_marks(painter, upper, box, option))
        lower.setRight(self._paint_confidence(painter, inside, box, option))
        self._paint_crop(painter, upper, box)
        self._paint_text(painter, lower, box, option)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRect, box: Box, option: QStyleOptionViewItem) -> None:
        used = theme.colors()
        if box.text in IGNORE_TEXTS:
            text, color = self.tr("Unreadable"), used.warn
        elif box.text.strip():
            text, color = box.text, used.text
        else:
            text, color = self.tr("No text yet"), used.muted
        painter.setPen(QColor(color))
        font = QFont(option.font)
        font.setItalic(text is not box.text)
        painter.setFont(font)
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_crop(self, painter: QPainter, area: QRect, box: Box) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        crop = self._crops.thumbnail(box, max(1, int(area.width() * ratio)), max(1, int(area.height() * ratio)))
        if crop is None:
            return
        target = QRectF(area.left(), area.top(), crop.width() / ratio, crop.height() / ratio)
        painter.drawImage(target, crop)

    def _paint_marks(self, painter: QPainter, area: QRect, box: Box, option: QStyleOptionViewItem) -> int:
        """Paints key class and orientation at the right edge; returns where they begin."""
        used, metrics = theme.colors(), option.fontMetrics
        right = area.right()
        height = min(area.height(), metrics.height() + 2)
        if box.key_class:
            longest = metrics.averageCharWidth() * LONGEST_CLASS_LETTERS
            word = metrics.elidedText(box.key_class, Qt.TextElideMode.ElideRight, longest)
            width = metrics.horizontalAdvance(word) + 14
            chip = QRectF(right - width, area.top(), width, height)
            color = key_color(box.key_class, self.key_classes)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color)
            color.setAlpha(60)
            painter.setBrush(color)
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
            painter.setPen(QColor(used.text))
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), word)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            right -= width + PADDING_PX
        name = ORIENTATION_ICONS.get(box.orientation)
        if name is not None:
            side = round(metrics.height() * 0.7)
            place = QRect(right - side, area.top() + (height - side) // 2, side, side)
            icon(name, "muted").paint(painter, place)
            right -= side + PADDING_PX
        return right

    def _paint_confidence(self, painter: QPainter, area: QRect, box: Box, option: QStyleOptionViewItem) -> int:
        """Paints the number over its bar; returns where they begin."""
        used = theme.colors()
        if box.score is None:
            return area.right()
        width = option.fontMetrics.horizontalAdvance("100 %")
        left = area.right() - width
        percent = round(box.score * 100)
        color = QColor(getattr(used, confidence_role(box.score, self.low_confidence)))
        painter.setPen(color if percent < SURE_PERCENT else QColor(used.muted))
        metrics = option.fontMetrics
        line = QRect(left, area.bottom() - metrics.height() - 4, width, metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{percent} %")
        track = QRectF(left, area.bottom() - 2, width, BAR_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(used.border))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(4.0, width * box.score), BAR_PX), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return left - PADDING_PX
