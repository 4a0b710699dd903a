"""The lines of a page: crop, text and confidence of each box, as a list that only paints what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QDropEvent, QKeyEvent
from PyQt5.QtWidgets import QAbstractItemView, QWidget

from ocrstudio.services.document import AnnotationDocument
from ocrstudio.ui.pages.annotate.crops import CropCache
from ocrstudio.ui.pages.annotate.line_delegate import LineDelegate
from ocrstudio.ui.pages.annotate.line_model import LineListModel
from ocrstudio.ui.widgets.uniform_list import UniformListView


class LineListView(UniformListView):
    """The list; its selection is the document's. Rows dragged elsewhere change the order of the lines."""

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
        self._delegate = LineDelegate(self.lines, crops, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.doubleClicked.connect(self._on_double_clicked)
        crops.ready.connect(self._on_crops_ready)
        document.selection_changed.connect(self._on_document_selection_changed)
        self.lines.rows_moved.connect(self._on_document_selection_changed)
        self._selection.selectionChanged.connect(self._on_selection_changed)
        self._name_it()

    def _name_it(self) -> None:
        self.setAccessibleName(self.tr("Lines of this page"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_it()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit_requested.emit()
        else:
            super().keyPressEvent(event)

    @pyqtSlot(object)
    def show_key_classes(self, names: Sequence[str]) -> None:
        """Takes over the project's key classes, which give the colours."""
        self._delegate.key_classes = tuple(names)
        self.repaint_rows()

    def set_low_confidence(self, value: float) -> None:
        """Takes over below which confidence, 0 to 1, a line that nobody touched is doubtful."""
        self._delegate.low_confidence = value
        self.repaint_rows()

    def drop_row(self, position: QPoint) -> int:
        """Before which row something dropped at a place of the viewport lands; the number of rows for the end."""
        index = self.indexAt(position)
        if not index.isValid():
            return self.lines.rowCount()
        return index.row() + (position.y() > self.visualRect(index).center().y())

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is not self:
            event.ignore()
            return
        self._document.move_in_list(self._document.selection, self.drop_row(event.pos()))
        # The document has moved the rows: told that nothing was moved, Qt's view deletes none of them.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

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
        for first, last in _runs(self.lines.rows_of(self._document.selection)):
            selection.select(self.lines.index(first), self.lines.index(last))
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
        if self._following or self.lines.is_changing:
            return
        rows = sorted(index.row() for index in self._selection.selectedIndexes())
        current = self._selection.currentIndex().row()
        ids = [self.lines.box(row).id for row in rows if row != current]
        if current in rows:
            ids.append(self.lines.box(current).id)
        self._following = True
        self._document.select(ids)
        self._following = False


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending rows as (first, last) of each stretch without a gap: thousands of single ranges make Qt slow."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
