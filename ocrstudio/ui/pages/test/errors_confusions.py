"""Every confusion with its count, to be sorted by any column."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ocrstudio.core.confusions import Confusion, Confusions
from ocrstudio.ui.pages.test.errors_words import both_shown, confusion_words

# More than anybody reads; the matrix and the lines have the rest.
MOST = 150
TRUTH, READ, TIMES, SHARE = range(4)
LEAST_PX = 180
PAIR_ROLE = int(Qt.ItemDataRole.UserRole)


class ConfusionList(QTableWidget):
    """A row chosen tells its confusion."""

    chosen = pyqtSignal(str, str)  # what stands there, what was read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("confusionList")
        self._found: Confusions | None = None
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        if rows is not None and heads is not None:
            rows.hide()
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            heads.setSortIndicator(TIMES, Qt.SortOrder.DescendingOrder)
        self.setMinimumHeight(LEAST_PX)
        self.itemSelectionChanged.connect(self._on_item_selection_changed)
        self._name_columns()

    def show_confusions(self, found: Confusions | None) -> None:
        """Shows other counts, the most frequent first."""
        self._found = found
        worst = found.worst()[:MOST] if found is not None else []
        self.blockSignals(True)
        self.setSortingEnabled(False)
        self.setRowCount(len(worst))
        for row, (confusion, count) in enumerate(worst):
            self._fill_row(row, confusion, count)
        self.setSortingEnabled(True)
        self.clearSelection()
        self.blockSignals(False)

    def select(self, confusion: Confusion | None) -> None:
        """Marks a row, without announcing it."""
        self.blockSignals(True)
        self.clearSelection()
        for row in range(self.rowCount() if confusion is not None else 0):
            item = self.item(row, TRUTH)
            if item is not None and item.data(PAIR_ROLE) == confusion:
                self.selectRow(row)
                break
        self.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_columns()
            self.show_confusions(self._found)

    def _name_columns(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Label"), self.tr("Read as"), self.tr("Times"), self.tr("Of all")])

    def _fill_row(self, row: int, confusion: Confusion, count: int) -> None:
        truth, read = both_shown(confusion)
        total = self._found.truths[confusion[0]] if self._found is not None else 0
        words = confusion_words(confusion)
        share = f"{100 * count / total:.0f} %" if total else ""
        for column, value in enumerate((truth, read, count, share)):
            item = QTableWidgetItem()
            item.setData(int(Qt.ItemDataRole.DisplayRole), value)
            item.setData(PAIR_ROLE, confusion)
            item.setToolTip(words)
            item.setTextAlignment(int(Qt.AlignmentFlag.AlignCenter))
            self.setItem(row, column, item)

    @pyqtSlot()
    def _on_item_selection_changed(self) -> None:
        items = self.selectedItems()
        if items:
            truth, read = items[0].data(PAIR_ROLE)
            self.chosen.emit(truth, read)
