"""The project's runs: name, date, best result and how each ended; to be searched, sorted and chosen from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt5.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.run_state import RunState
from ocrstudio.formats.run_list import RunSummary
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.words import STATE_ROLES, moment, percent, state_word
from ocrstudio.ui.widgets.parts import GRID, SearchField, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

SUMMARY_ROLE = int(Qt.ItemDataRole.UserRole)
STATE_ROLE = SUMMARY_ROLE + 1
DOT_PX = 9
MINIMUM_PX = 200
NEWEST, OLDEST, BY_NAME, BEST = ORDERS = ("newest", "oldest", "name", "best")


class RunsModel(QAbstractListModel):
    """Runs in the chosen order, without those that do not match; the one that is training tells its live state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[RunSummary] = []
        self._rows: list[RunSummary] = []
        self._live: tuple[Path, RunState] | None = None
        self._words: list[str] = []
        self._order = NEWEST

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == SUMMARY_ROLE:
            return row
        if role == STATE_ROLE:
            return self.state_of(row)
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return f"{row.name}, {state_word(self.state_of(row))}, {percent(row.best)}"
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return "\n".join(part for part in (str(row.run.path), row.note) if part)
        return None

    def state_of(self, row: RunSummary) -> RunState:
        """The run's state, as the live trainer or else its folder tells."""
        return self._live[1] if self._live is not None and self._live[0] == row.run.path else row.state

    def show_runs(self, rows: list[RunSummary]) -> None:
        """Replaces all rows."""
        self._all = rows
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Leaves out the runs whose name, note and state do not hold all these words."""
        self._words = text.casefold().split()
        self._arrange()

    def set_order(self, order: str) -> None:
        """Sorts by one of `ORDERS`."""
        self._order = order
        self._arrange()

    @property
    def count(self) -> int:
        """Of all runs, those that do not match included."""
        return len(self._all)

    def _arrange(self) -> None:
        rows = [row for row in self._all if self._matches(row)]
        if self._order == BY_NAME:
            rows.sort(key=lambda row: row.name.casefold())
        elif self._order == BEST:
            rows.sort(key=lambda row: -1.0 if row.best is None else row.best, reverse=True)
        elif self._order == OLDEST:
            rows.reverse()
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _matches(self, row: RunSummary) -> bool:
        text = f"{row.name}\n{row.run.name}\n{row.note}\n{state_word(self.state_of(row))}".casefold()
        return all(word in text for word in self._words)

    def set_live(self, path: Path | None, state: RunState) -> None:
        """Says which run is training and how it stands; its folder alone would look interrupted."""
        self._live = (path, state) if path is not None else None
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, path: Path) -> int:
        """The row of a run folder, -1 if it is not listed."""
        return next((number for number, row in enumerate(self._rows) if row.run.path == path), -1)


class _RunDelegate(QStyledItemDelegate):
    """Two lines: the name and the best result, then state and date."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(160, 2 * option.fontMetrics.height() + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row: RunSummary = index.data(SUMMARY_ROLE)
        state: RunState = index.data(STATE_ROLE)
        used = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(4, 2, -4, -2)
        fill = _background(option, used)
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(10, 7, -10, -7)
        half = inner.height() // 2
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(used.text))
        best = percent(row.best) if row.best is not None else ""
        best_width = QFontMetrics(bold).horizontalAdvance(best) + GRID
        name = QFontMetrics(bold).elidedText(row.name, Qt.TextElideMode.ElideRight, inner.width() - best_width)
        line = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), half), line, name)
        painter.drawText(
            QRectF(inner.left(), inner.top(), inner.width(), half), line | int(Qt.AlignmentFlag.AlignRight), best
        )
        middle = inner.top() + half + half / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(used, STATE_ROLES[state])))
        painter.drawEllipse(QRectF(inner.left(), middle - DOT_PX / 2, DOT_PX, DOT_PX))
        painter.setFont(option.font)
        painter.setPen(QColor(used.muted))
        left = inner.left() + DOT_PX + 7
        text = " · ".join(part for part in (state_word(state), moment(row.created), " ".join(row.note.split())) if part)
        room = inner.right() - left
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, inner.top() + half, room, half), line, text)
        painter.restore()


def _background(option: QStyleOptionViewItem, used: theme.Colors) -> str | None:
    if option.state & QStyle.StateFlag.State_Selected:
        return used.accent_soft
    return used.hover if option.state & QStyle.StateFlag.State_MouseOver else None


class RunsList(TranslatedWidget):
    """The list with its heading, a field that searches it, and the order to choose."""

    run_chosen = pyqtSignal(object)  # RunSummary
    chosen_changed = pyqtSignal()  # other rows are marked, or one of them stands differently

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = label("subtitle")
        self.say(title.setText, lambda: self.tr("Runs"))
        self._empty = label("hint", "noRunsHint", wrap=True)
        self.model = RunsModel(self)
        self.say(self._empty.setText, self._empty_words)
        self._build_view()
        self.open_log = button("openLogButton", "fa5s.file-import", "quiet")
        self.say(self.open_log.setText, lambda: self.tr("Open a log…"))
        self.say(self.open_log.setToolTip, lambda: self.tr("Shows the curves of any training of PaddleOCR."))
        self.compare = button("compareRunsButton", "fa5s.chart-line", "quiet")
        self.say(self.compare.setText, lambda: self.tr("Compare"))
        self.say(
            self.compare.setToolTip,
            lambda: self.tr(
                "Shows several runs side by side: choose them with Ctrl or Shift and the mouse or the keys."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(title, None, self.compare))
        column.addLayout(self._build_search())
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addLayout(row(self.open_log, None))
        selection = self.view.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._on_current_changed)
            selection.selectionChanged.connect(self.chosen_changed)
        self.model.dataChanged.connect(self.chosen_changed)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(MINIMUM_PX, 0))

    def _build_view(self) -> None:
        self.view = QListView()
        self.view.setObjectName("runsList")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_RunDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.say(self.view.setAccessibleName, lambda: self.tr("Runs"))

    def _build_search(self) -> QHBoxLayout:
        self.search = SearchField("runsSearch")
        self.say(self.search.setPlaceholderText, lambda: self.tr("Search"))
        self.say(self.search.setAccessibleName, lambda: self.tr("Search the runs"))
        self.say(self.search.setToolTip, lambda: self.tr("Words of the name, the note or the state"))
        self.search.textChanged.connect(self._on_search_changed)
        self.order = QComboBox()
        self.order.setObjectName("runsOrder")
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(6)
        texts = (
            lambda: self.tr("Newest"), lambda: self.tr("Oldest"), lambda: self.tr("Name"), lambda: self.tr("Best"),
        )  # fmt: skip
        for place, (key, text) in enumerate(zip(ORDERS, texts, strict=True)):
            self.order.addItem("", key)
            self.say(partial(self.order.setItemText, place), text)
        self.say(self.order.setAccessibleName, lambda: self.tr("Order of the runs"))
        self.say(self.order.setToolTip, lambda: self.tr("Order of the runs"))
        self.order.activated.connect(self._on_order_activated)
        line = row(self.search, self.order)
        line.setStretch(0, 1)
        return line

    @property
    def chosen(self) -> list[RunSummary]:
        """The marked rows, from above."""
        selection = self.view.selectionModel()
        if selection is None:
            return []
        return [index.data(SUMMARY_ROLE) for index in sorted(selection.selectedIndexes())]

    @property
    def current(self) -> RunSummary | None:
        """The row that commands for one run are for."""
        found: RunSummary | None = self.view.currentIndex().data(SUMMARY_ROLE)
        return found

    def show_runs(self, rows: list[RunSummary], selected: Path | None) -> None:
        """Lists the runs; the marked ones stay marked, and one that is shown is, without announcing it."""
        with self._kept_choice(selected):
            self.model.show_runs(rows)
        self._empty.setText(self._empty_words())
        self._empty.setVisible(not self.model.rowCount())
        self.chosen_changed.emit()

    def select(self, path: Path) -> None:
        """Marks a run as the one shown, without announcing it."""
        place = self.model.row_of(path)
        selection = self.view.selectionModel()
        if place < 0 or selection is None:
            return
        index = self.model.index(place)
        # A click with Ctrl makes it the current one first, and marks it only afterwards: that is not ours to do.
        if index != self.view.currentIndex():
            with self._silent():
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.chosen_changed.emit()
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    def choose_none(self) -> None:
        """Marks no run, without announcing it: something else is shown, and each run can be chosen again."""
        with self._silent():
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        self.chosen_changed.emit()

    @contextmanager
    def _silent(self) -> Iterator[None]:
        selection = self.view.selectionModel()
        before = selection.blockSignals(True) if selection is not None else False
        try:
            yield
        finally:
            if selection is not None:
                selection.blockSignals(before)

    @contextmanager
    def _kept_choice(self, selected: Path | None) -> Iterator[None]:
        """Whatever happens to the rows within it, the same runs are marked afterwards."""
        current = self._current_path()
        chosen = {one.run.path for one in self.chosen} if selected in (None, current) else set()
        bar = self.view.verticalScrollBar()
        place = bar.value() if bar is not None else 0
        with self._silent():
            yield
            selection = self.view.selectionModel()
            if selected is not None and self.model.row_of(selected) >= 0:
                shown = self.model.index(self.model.row_of(selected))
                if selection is not None and self.view.currentIndex() != shown:
                    selection.setCurrentIndex(shown, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            for path in chosen:
                if selection is not None and self.model.row_of(path) >= 0:
                    index = self.model.index(self.model.row_of(path))
                    selection.select(index, QItemSelectionModel.SelectionFlag.Select)
        if bar is not None:
            bar.setValue(place)
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    def _empty_words(self) -> str:
        if self.model.count:
            return self.tr("No run matches what is searched for.")
        return self.tr("Every training appears here and stays.")

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.run_chosen.emit(current.data(SUMMARY_ROLE))

    @pyqtSlot(str)
    def _on_search_changed(self, text: str) -> None:
        with self._kept_choice(self._current_path()):
            self.model.set_filter(text)
        self._empty.setText(self._empty_words())
        self._empty.setVisible(not self.model.rowCount())

    @pyqtSlot(int)
    def _on_order_activated(self, _place: int) -> None:
        with self._kept_choice(self._current_path()):
            self.model.set_order(str(self.order.currentData()))

    def _current_path(self) -> Path | None:
        current = self.current
        return current.run.path if current is not None else None
