"""The open page's boxes as rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PyQt5.QtCore import QAbstractListModel, QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.page import Box, PageState
from ocrstudio.services.document import AnnotationDocument

BOX_ROLE = int(Qt.ItemDataRole.UserRole)


class LineListModel(QAbstractListModel):
    """The open page's boxes in list order."""

    rows_moved = pyqtSignal()  # rows came, went or changed places; the view's selection may have gone with them

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._boxes: list[Box] = []
        self._rows: dict[str, int] | None = None
        self.is_changing = False  # rows come and go: what the view then loses of its selection means nothing
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

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        if not index.isValid():
            return Qt.ItemFlags() | Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropActions:  # noqa: N802 - Qt's name
        return Qt.DropActions() | Qt.DropAction.MoveAction

    def box(self, row: int) -> Box:
        """The box of a row."""
        return self._boxes[row]

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """The rows of boxes, in list order; unknown ids are left out."""
        if self._rows is None:
            self._rows = {box.id: row for row, box in enumerate(self._boxes)}
        return sorted(row for row in map(self._rows.get, ids) if row is not None)

    @pyqtSlot()
    def _on_document_page_replaced(self) -> None:
        page = self._document.page
        self.beginResetModel()
        self._boxes = list(page.boxes) if page is not None else []
        self._rows = None
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
        self._rows = None
        self.is_changing = True
        if len(before) - tail > head:
            self.beginRemoveRows(QModelIndex(), head, len(before) - tail - 1)
            self._boxes = before[:head] + before[len(before) - tail :]
            self.endRemoveRows()
        if len(after) - tail > head:
            self.beginInsertRows(QModelIndex(), head, len(after) - tail - 1)
            self._boxes = before[:head] + after[head : len(after) - tail] + before[len(before) - tail :]
            self.endInsertRows()
        self.is_changing = False
        changed = [row for row, (old, new) in enumerate(zip(self._boxes, after, strict=True)) if old is not new]
        moved = len(before) != len(after) or head < len(after)
        self._boxes, self._rows = after, None
        if recolored and after:
            changed = [0, len(after) - 1]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        if moved:
            self.rows_moved.emit()


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two lists share at their start."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
