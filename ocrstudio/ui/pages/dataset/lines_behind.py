"""The lines or pages behind a figure; a click opens one in Annotate."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from ocrstudio.core.statistics import Ref
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.stepwise_model import StepwiseListModel

PAGE_ONLY = -1


class RefModel(StepwiseListModel):
    """Lines by their page and row; row `PAGE_ONLY` is the page as a whole."""

    def __init__(self, refs: Sequence[tuple[str, int, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refs: Sequence[tuple[str, int, str]] = ()

        def change() -> None:
            self._refs = refs

        self.refill(change)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._refs)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not 0 <= index.row() < len(self._refs):
            return None
        key, row, text = self._refs[index.row()]
        place = key.partition("/")[2] + (f" · {row + 1}" if row >= 0 else "")
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{text}    {place}" if row >= 0 else place
        if role == Qt.ItemDataRole.UserRole:
            return key, row
        return None


class LinesBehind(Dialog):
    """Lists what a figure counts. Stays open while one after the other is looked at."""

    line_chosen = pyqtSignal(str, int)  # page key, row or PAGE_ONLY

    def __init__(self, title: str, refs: Sequence[tuple[str, int, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("linesBehind")
        self.setWindowTitle(title)
        self.setModal(False)
        self.resize(520, 460)
        heading, count = label("subtitle", wrap=True), label("muted", "linesBehindCount")
        heading.setText(title)
        count.setText(self.tr("{count} in all; a click opens one in Annotate.").format(count=len(refs)))
        self.list = QListView()
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setModel(RefModel(refs, self))
        self.list.clicked.connect(self._on_list_clicked)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        for widget in (heading, count, self.list):
            column.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_list_clicked(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    @pyqtSlot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        found = index.data(int(Qt.ItemDataRole.UserRole))
        if isinstance(found, tuple):
            self.line_chosen.emit(*found)


def refs_of(lines: Sequence[Ref]) -> list[tuple[str, int, str]]:
    """Lines as the list shows them."""
    return [(page.key, row, page.texts[row]) for page, row in lines]
