"""The lines of a page: crop, text and confidence of each box, as a list that only paints what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QColor, QFont, QKeyEvent, QPainter
from PyQt5.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.core.page import Box, PageState
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.boxes_view import LOW_CONFIDENCE, look_of
from ocrstudio.ui.pages.annotate.crops import CropCache
from ocrstudio.ui.pages.annotate.painting import look_color
from ocrstudio.ui.pages.annotate.uniform_list import UniformListView

BOX_ROLE = int(Qt.ItemDataRole.UserRole)
PADDING_PX = 8


class LineListModel(QAbstractListModel):
    """The open page's boxes in list order."""

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._boxes: list[Box] = []
        self.state = PageState.NEW
        document.boxes_changed.connect(self._on_document_boxes_changed)
        document.page_replaced.connect(self._on_document_page_replaced)
        self._on_document_page_replaced()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._boxes)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not 0 <= index.row() < len(self._boxes):
            return None
        box = self._boxes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return box.text
        if role == BOX_ROLE:
            return box
        if role == Qt.ItemDataRole.ToolTipRole:
            return box.text or None
        return None

    def box(self, row: int) -> Box:
        """The box of a row."""
        return self._boxes[row]

    def rows_of(self, ids: Sequence[str]) -> list[int]:
        """The rows of boxes, in list order."""
        wanted = set(ids)
        return [row for row, box in enumerate(self._boxes) if box.id in wanted]

    @pyqtSlot()
    def _on_document_page_replaced(self) -> None:
        page = self._document.page
        self.beginResetModel()
        self._boxes = list(page.boxes) if page is not None else []
        self.state = page.state if page is not None else PageState.NEW
        self.endResetModel()

    @pyqtSlot()
    def _on_document_boxes_changed(self) -> None:
        page = self._document.page
        after = list(page.boxes) if page is not None else []
        recolored = page is not None and page.state is not self.state
        self.state = page.state if page is not None else PageState.NEW
        before = self._boxes
        head = _shared([box.id for box in before], [box.id for box in after])
        rest = min(len(before), len(after)) - head
        tail = min(rest, _shared([box.id for box in reversed(before)], [box.id for box in reversed(after)]))
        if len(before) - tail > head:
            self.beginRemoveRows(QModelIndex(), head, len(before) - tail - 1)
            self._boxes = before[:head] + before[len(before) - tail :]
            self.endRemoveRows()
        if len(after) - tail > head:
            self.beginInsertRows(QModelIndex(), head, len(after) - tail - 1)
            self._boxes = before[:head] + after[head : len(after) - tail] + before[len(before) - tail :]
            self.endInsertRows()
        changed = [row for row, (old, new) in enumerate(zip(self._boxes, after, strict=True)) if old is not new]
        self._boxes = after
        if recolored and after:
            changed = [0, len(after) - 1]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two lists share at their start."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


class LineDelegate(QStyledItemDelegate):
    """Paints one line: number, crop, text, and the confidence as a number over a bar."""

    def __init__(self, model: LineListModel, crops: CropCache, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._crops = crops

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(160, 2 * option.fontMetrics.height() + PADDING_PX + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box = index.data(BOX_ROLE)
        if not isinstance(box, Box):
            return
        used = theme.colors()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area = option.rect
        painter.save()
        if selected or hovered:
            painter.fillRect(area, QColor(used.accent_soft if selected else used.hover))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(used.border))
        strip = QRect(area.left(), area.top() + 3, 4, area.height() - 6)
        painter.fillRect(strip, look_color(look_of(box, self._model.state)))
        inside = area.adjusted(PADDING_PX + 4, 5, -PADDING_PX, -6)
        metrics = option.fontMetrics
        right = self._paint_confidence(painter, inside, box, option)
        upper = QRect(inside.left(), inside.top(), right - inside.left(), inside.height() - metrics.height() - 3)
        self._paint_crop(painter, upper, box)
        lower = QRect(inside.left(), inside.bottom() - metrics.height(), right - inside.left(), metrics.height() + 2)
        text, color = (box.text, used.text) if box.text.strip() else (self.tr("No text yet"), used.muted)
        painter.setPen(QColor(color))
        font = QFont(option.font)
        font.setItalic(not box.text.strip())
        painter.setFont(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()

    def _paint_crop(self, painter: QPainter, area: QRect, box: Box) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        crop = self._crops.thumbnail(box, max(1, int(area.width() * ratio)), max(1, int(area.height() * ratio)))
        if crop is None:
            return
        target = QRectF(area.left(), area.top(), crop.width() / ratio, crop.height() / ratio)
        painter.drawImage(target, crop)

    def _paint_confidence(self, painter: QPainter, area: QRect, box: Box, option: QStyleOptionViewItem) -> int:
        """Paints the right column; returns where it begins."""
        used = theme.colors()
        if box.score is None:
            return area.right()
        width = option.fontMetrics.horizontalAdvance("100 %")
        left = area.right() - width
        percent = round(box.score * 100)
        color = QColor(used.good if percent >= 95 else used.warn if box.score >= LOW_CONFIDENCE else used.bad)
        painter.setPen(color if percent < 95 else QColor(used.muted))
        metrics = option.fontMetrics
        line = QRect(left, area.bottom() - metrics.height() - 4, width, metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{percent} %")
        track = QRectF(left, area.bottom() - 2, width, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(used.border))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(4.0, width * box.score), 4), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return left - PADDING_PX


class LineListView(UniformListView):
    """The list; its selection is the document's."""

    edit_requested = pyqtSignal()  # Return, F2 or a double click on a line

    def __init__(self, document: AnnotationDocument, crops: CropCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._following = False
        self.lines = LineListModel(document, self)
        self.setObjectName("lineList")
        self.setModel(self.lines)
        self._selection = QItemSelectionModel(self.lines, self)
        self.setSelectionModel(self._selection)
        self.setItemDelegate(LineDelegate(self.lines, crops, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(self._on_double_clicked)
        crops.ready.connect(self._on_crops_ready)
        document.selection_changed.connect(self._on_document_selection_changed)
        self._selection.selectionChanged.connect(self._on_selection_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit_requested.emit()
        else:
            super().keyPressEvent(event)

    @pyqtSlot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.edit_requested.emit()

    @pyqtSlot()
    def _on_crops_ready(self) -> None:
        self.repaint_rows()

    @pyqtSlot()
    def _on_document_selection_changed(self) -> None:
        """Selects the rows of the document's boxes, and scrolls to the one being worked on."""
        selection = QItemSelection()
        rows = self.lines.rows_of(self._document.selection)
        for row in rows:
            index = self.lines.index(row)
            selection.select(index, index)
        self._following = True
        self._selection.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        current = self.lines.rows_of((self._document.current_id,)) if self._document.current_id is not None else []
        if current:
            index = self.lines.index(current[0])
            self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._following = False

    @pyqtSlot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._following:
            return
        rows = sorted(index.row() for index in self._selection.selectedIndexes())
        current = self._selection.currentIndex().row()
        ids = [self.lines.box(row).id for row in rows if row != current]
        if current in rows:
            ids.append(self.lines.box(current).id)
        self._following = True
        self._document.select(ids)
        self._following = False
