"""All pictures as a table that can be sorted: what went wrong, what wants a look."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QSortFilterProxyModel, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ocrstudio.ui.pages.test.pictures_list import SORT_ROLE, Column, PicturesModel


class _Sorted(QSortFilterProxyModel):
    """Qt cannot compare names with numbers in them; Python can."""

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:  # noqa: N802  (Qt's name)
        return bool(left.data(SORT_ROLE) < right.data(SORT_ROLE))


class ResultsTable(QTableView):
    """One row for each picture; a click on it opens the picture."""

    picture_opened = pyqtSignal(int)  # row of `PicturesModel`

    def __init__(self, pictures: PicturesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsTable")
        self._sorted = _Sorted(self)
        self._sorted.setSourceModel(pictures)
        self._sorted.setDynamicSortFilter(False)  # rows must not run away from the pointer while a batch is read
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers))
        self.setShowGrid(False)
        self.setStyleSheet("QTableView::item { padding: 0 6px; }")  # as far in as the titles above
        self.setWordWrap(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        if rows is not None:
            rows.hide()
        if header is not None:
            _lay_out(header)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)

    @pyqtSlot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.picture_opened.emit(self._sorted.mapToSource(index).row())


def _lay_out(header: QHeaderView) -> None:
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # in the order they came
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(int(Column.NAME), QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(int(Column.STATE), QHeaderView.ResizeMode.Stretch)
    header.setResizeContentsPrecision(50)  # hundreds of rows must not hold the window up
    header.setHighlightSections(False)
