"""A list whose rows are all of one height."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt5.QtCore import QModelIndex, Qt
from PyQt5.QtWidgets import QAbstractItemView, QListView, QWidget


class UniformListView(QListView):
    """A list for ten thousand rows: a change in one row repaints that row and moves none.

    Qt's own list lays all rows out again whenever one changes, which takes longer the more there are.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def dataChanged(  # noqa: N802 - Qt's name
        self, top_left: QModelIndex, bottom_right: QModelIndex, roles: Iterable[int] = ()
    ) -> None:
        if top_left == bottom_right:
            self.update(top_left)
        else:
            self.repaint_rows()

    def repaint_rows(self) -> None:
        """Paints all visible rows again."""
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()
