"""The project's runs: name, date, best result and how each ended."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt5.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from ocrstudio.services.run_list import RunSummary
from ocrstudio.services.training_run import RunState
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.words import STATE_ROLES, moment, percent, state_word
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

SUMMARY_ROLE = int(Qt.ItemDataRole.UserRole)
STATE_ROLE = SUMMARY_ROLE + 1
DOT_PX = 9
MINIMUM_PX = 200


class RunsModel(QAbstractListModel):
    """Runs, the newest first; the one that is training tells its live state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RunSummary] = []
        self._live: tuple[Path, RunState] | None = None

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
            return f"{row.run.name}, {state_word(self.state_of(row))}, {percent(row.best)}"
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return str(row.run.path)
        return None

    def state_of(self, row: RunSummary) -> RunState:
        """The run's state, as the live trainer or else its folder tells."""
        return self._live[1] if self._live is not None and self._live[0] == row.run.path else row.state

    def show_runs(self, rows: list[RunSummary]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

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
        name = QFontMetrics(bold).elidedText(row.run.name, Qt.TextElideMode.ElideRight, inner.width() - best_width)
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
        text = f"{state_word(state)} · {moment(row.created)}"
        room = inner.right() - left
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, inner.top() + half, room, half), line, text)
        painter.restore()


def _background(option: QStyleOptionViewItem, used: theme.Colors) -> str | None:
    if option.state & QStyle.StateFlag.State_Selected:
        return used.accent_soft
    return used.hover if option.state & QStyle.StateFlag.State_MouseOver else None


class RunsList(TranslatedWidget):
    """The list with its heading."""

    run_chosen = pyqtSignal(object)  # RunSummary

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = label("subtitle")
        self.say(title.setText, lambda: self.tr("Runs"))
        self._empty = label("hint", "noRunsHint", wrap=True)
        self.say(self._empty.setText, lambda: self.tr("Every training appears here and stays."))
        self.model = RunsModel(self)
        self.view = QListView()
        self.view.setObjectName("runsList")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_RunDelegate(self.view))
        self.view.setMouseTracking(True)
        self.setMinimumWidth(MINIMUM_PX)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.say(self.view.setAccessibleName, lambda: self.tr("Runs"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        selection = self.view.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._on_current_changed)

    def show_runs(self, rows: list[RunSummary], selected: Path | None) -> None:
        """Lists the runs and selects one without announcing it."""
        selection = self.view.selectionModel()
        if selection is None:
            return
        selection.blockSignals(True)
        self.model.show_runs(rows)
        selection.blockSignals(False)
        self._empty.setVisible(not rows)
        if selected is not None:
            self.select(selected)

    def select(self, path: Path) -> None:
        """Marks a run as the one shown, without announcing it."""
        row = self.model.row_of(path)
        selection = self.view.selectionModel()
        if row < 0 or selection is None:
            return
        selection.blockSignals(True)
        self.view.setCurrentIndex(self.model.index(row))
        selection.blockSignals(False)
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.run_chosen.emit(current.data(SUMMARY_ROLE))
