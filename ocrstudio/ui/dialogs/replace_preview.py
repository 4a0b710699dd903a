"""The lines that replacing would change: before and after one above the other, each with a check box."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QAbstractListModel, QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.core.search import LineChange, Span
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.uniform_list import UniformListView
from ocrstudio.ui.widgets.parts import GRID

CHANGE_ROLE = int(Qt.ItemDataRole.UserRole)
BOX_PX = 18


class PreviewModel(QAbstractListModel):
    """The changes, and which of them are wanted."""

    counted = pyqtSignal()  # other changes, or other ones chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: list[LineChange] = []
        self._chosen = bytearray()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._changes)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not 0 <= index.row() < len(self._changes):
            return None
        change = self._changes[index.row()]
        if role == CHANGE_ROLE:
            return change
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return change.after.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{change.page.texts[change.row]}\n{change.after.text}\n{change.page.key.partition('/')[2]}"
        return None

    def set_changes(self, changes: list[LineChange]) -> None:
        """Shows other changes, all chosen; those that were there keep whether they were chosen."""
        left_out = {
            (change.page.key, change.row, change.after.text)
            for change, is_chosen in zip(self._changes, self._chosen, strict=True)
            if not is_chosen
        }
        self.beginResetModel()
        self._changes = changes
        self._chosen = bytearray((c.page.key, c.row, c.after.text) not in left_out for c in changes)
        self.endResetModel()
        self.counted.emit()

    def choose_all(self, wanted: bool) -> None:
        """Chooses all lines or none."""
        self._chosen = bytearray([wanted]) * len(self._changes)
        if self._changes:
            self.dataChanged.emit(self.index(0), self.index(len(self._changes) - 1))
        self.counted.emit()

    def toggle(self, index: QModelIndex) -> None:
        """Chooses a line, or leaves it out."""
        if index.isValid():
            self._chosen[index.row()] ^= 1
            self.dataChanged.emit(index, index)
            self.counted.emit()

    def chosen(self) -> list[LineChange]:
        """The changes that are wanted."""
        return [change for change, wanted in zip(self._changes, self._chosen, strict=True) if wanted]

    def chosen_counts(self) -> tuple[int, int]:
        """How many lines are chosen, and on how many pages."""
        return sum(self._chosen), len({change.page.key for change in self.chosen()})


class PreviewDelegate(QStyledItemDelegate):
    """Paints check box, the line before with what goes, the line after with what comes, and where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 2 * option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        change = index.data(CHANGE_ROLE)
        if not isinstance(change, LineChange):
            return
        used = theme.colors()
        is_chosen = index.data(int(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        painter.save()
        if bool(option.state & QStyle.StateFlag.State_Selected):
            painter.fillRect(option.rect, QColor(used.accent_soft))
        elif bool(option.state & QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, QColor(used.hover))
        area = option.rect.adjusted(GRID, 6, -GRID, -6)
        _paint_check_box(painter, QRect(area.left(), area.center().y() - BOX_PX // 2, BOX_PX, BOX_PX), is_chosen)
        height = option.fontMetrics.height()
        place = f"{change.page.key.partition('/')[2]} · {change.row + 1}"
        room = area.width() // 4
        place = option.fontMetrics.elidedText(place, Qt.TextElideMode.ElideLeft, room)
        right = QRect(area.right() - room, area.top(), room, area.height())
        painter.setPen(QColor(used.muted))
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), place)
        left = area.left() + BOX_PX + GRID
        width = area.width() - room - BOX_PX - 2 * GRID
        before = change.page.texts[change.row]
        painter.setOpacity(1.0 if is_chosen else 0.5)
        upper, lower = QRect(left, area.top(), width, height), QRect(left, area.top() + height + 2, width, height)
        _paint_line(painter, upper, before, change.after.gone, used.bad, used.bad_soft, is_gone=True)
        _paint_line(painter, lower, change.after.text, change.after.come, used.good, used.good_soft, is_gone=False)
        painter.restore()


def _paint_check_box(painter: QPainter, area: QRect, is_on: bool) -> None:
    """As the style sheet's check boxes, which a delegate cannot ask for."""
    used = theme.colors()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(used.accent if is_on else used.muted), 1.2))
    painter.setBrush(QColor(used.accent if is_on else used.sunken))
    frame = QRectF(area).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(frame, 3, 3)
    if is_on:
        painter.setPen(QPen(QColor(used.accent_text), 2))
        at = frame.center()
        painter.drawPolyline(at + QPointF(-4, 0), at + QPointF(-1, 3), at + QPointF(4, -3))
    painter.restore()


def _paint_line(
    painter: QPainter, area: QRect, text: str, spans: Sequence[Span], color: str, ground: str, *, is_gone: bool
) -> None:
    """A line with its differences on a coloured ground, what goes struck through; begins near the first one."""
    metrics = painter.fontMetrics()
    shown = text.replace("\n", " ").replace("\t", " ")
    start = 0
    if spans and metrics.horizontalAdvance(shown[: spans[0][1]]) > area.width():
        start = max(0, spans[0][0] - 8)
    pieces = [("…", False)] if start else []
    at = start
    for first, last in spans:
        pieces += [(shown[at:first], False), (shown[first:last], True)]
        at = last
    pieces.append((shown[at:], False))
    plain = QFont(painter.font())
    struck = QFont(plain)
    struck.setStrikeOut(is_gone)
    x = area.left()
    for piece, differs in pieces:
        left = area.right() - x
        if not piece or left <= 0:
            continue
        width = min(metrics.horizontalAdvance(piece), left)
        place = QRect(x, area.top(), width, area.height())
        if differs:
            painter.fillRect(place, QColor(ground))
        painter.setFont(struck if differs else plain)
        painter.setPen(QColor(color if differs else theme.colors().text))
        piece = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, left)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), piece)
        x += width
    painter.setFont(plain)


class PreviewList(UniformListView):
    """The list: a click or Space chooses a line or leaves it out."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replacePreview")
        self._preview = model
        self.setModel(model)
        self.setItemDelegate(PreviewDelegate(self))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._preview.toggle(self.indexAt(event.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.type() == QEvent.Type.KeyPress:
            self._preview.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)
