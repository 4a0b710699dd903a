"""A list model that shows a long result bit by bit: a view asks for more when its end is reached.

Qt's list view asks the model about every row whenever the list is filled, which takes seconds for 200,000 rows.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QAbstractListModel, QModelIndex

STEP_ROWS = 2000


class StepwiseListModel(QAbstractListModel):
    """Subclasses say through `total` how many rows there are."""

    _shown = 0

    @property
    def total(self) -> int:
        """How many rows there are, shown yet or not."""
        raise NotImplementedError

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._shown

    def canFetchMore(self, parent: QModelIndex) -> bool:  # noqa: N802 - Qt's name
        return not parent.isValid() and self._shown < self.total

    def fetchMore(self, parent: QModelIndex) -> None:  # noqa: N802 - Qt's name
        more = min(STEP_ROWS, self.total - self._shown)
        if parent.isValid() or more <= 0:
            return
        self.beginInsertRows(QModelIndex(), self._shown, self._shown + more - 1)
        self._shown += more
        self.endInsertRows()

    def show_row(self, row: int) -> QModelIndex:
        """The index of a row, shown from now on; an invalid one if there is no such row."""
        while row >= self._shown and self._shown < self.total:
            self.fetchMore(QModelIndex())
        return self.index(row)

    def refill(self, change: Callable[[], None]) -> None:
        """Calls `change`, which gives the model other rows, and shows the first of them."""
        self.beginResetModel()
        change()
        self._shown = min(STEP_ROWS, self.total)
        self.endResetModel()
