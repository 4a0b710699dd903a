"""Lines that were read wrong: picture, text and reading, with what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QItemSelection, QModelIndex, QRect, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QImage, QPainter
from PyQt5.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.core.evaluation import LineReading
from ocrstudio.services.line_pictures import LinePictures
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.errors_words import percent
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.reading_paint import TEXT_SCALE, Picture, paint_picture, paint_texts
from ocrstudio.ui.widgets.stepwise_model import StepwiseListModel
from ocrstudio.ui.widgets.uniform_list import UniformListView

ROW_PX = 62
PICTURE_SHARE = 0.42
WIDEST_PICTURE_PX = 460
SHARPNESS = 2
NUMBER_ROLE = int(Qt.ItemDataRole.UserRole)


class ErrorLinesModel(StepwiseListModel):
    """Some lines of an evaluation, by their numbers; `NUMBER_ROLE` gives a row's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.analysis: ErrorAnalysis | None = None
        self.notes: dict[int, str] = {}  # number of a line to what was done with it
        self._numbers: Sequence[int] = ()

    @property
    def total(self) -> int:
        return len(self._numbers)

    def show_lines(self, analysis: ErrorAnalysis | None, numbers: Sequence[int]) -> None:
        """Shows other lines."""

        def change() -> None:
            self.analysis, self._numbers = analysis, numbers

        self.refill(change)

    def number(self, row: int) -> int:
        """The number of a row's line."""
        return self._numbers[row]

    def line(self, row: int) -> LineReading:
        """The line of a row."""
        if self.analysis is None:
            raise IndexError(row)
        return self.analysis.evaluation.lines[self._numbers[row]]

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or self.analysis is None:
            return None
        if role == NUMBER_ROLE:
            return self._numbers[index.row()]
        if role == int(Qt.ItemDataRole.ToolTipRole):
            line = self.line(index.row())
            return f"{line.image}\n{line.page}" if line.page and line.page != line.image else line.image
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            line = self.line(index.row())
            return f"{line.truth} / {line.read}"
        return None


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, view: ErrorLines) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        texts = option.fontMetrics.height() * TEXT_SCALE * 2 + 2 * GRID
        return QSize(200, max(ROW_PX, round(texts)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        used, model = theme.colors(), self._view.lines
        line = model.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(used.accent_soft))
        area = option.rect.adjusted(GRID, GRID // 2, -GRID, -GRID // 2)
        width = min(round(area.width() * PICTURE_SHARE), WIDEST_PICTURE_PX)
        room = QRect(area.left(), area.top(), width, area.height())
        paint_picture(painter, room, self._view.picture(line))
        words = area.adjusted(width + 2 * GRID, 0, 0, 0)
        note = model.notes.get(model.number(index.row()), "")
        paint_texts(painter, words, option.font, line.truth, line.read, note or self._beside(line))
        painter.setPen(QColor(used.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _beside(self, line: LineReading) -> str:
        return self.tr("{share} sure").format(share=percent(line.score, 0))


class ErrorLines(UniformListView):
    """The list; `root` is what its pictures are relative to."""

    lines_chosen = pyqtSignal(object)  # list[int]: numbers of the selected lines
    opened = pyqtSignal(int)  # number of the line that was double-clicked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorLines")
        self.lines = ErrorLinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_LineDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.pictures = LinePictures(WIDEST_PICTURE_PX * SHARPNESS, ROW_PX * SHARPNESS, self)
        self.pictures.ready.connect(self.repaint_rows)
        self.activated.connect(self._on_activated)

    def show_lines(self, analysis: ErrorAnalysis | None, numbers: Sequence[int]) -> None:
        """Shows other lines, from the first."""
        self.lines.show_lines(analysis, numbers)
        self.scrollToTop()
        self.lines_chosen.emit([])

    def selected_numbers(self) -> list[int]:
        """Numbers of the selected lines, in the order of the list."""
        return [self.lines.number(row) for row in sorted(index.row() for index in self.selectedIndexes())]

    def picture(self, line: LineReading) -> Picture:
        """The picture of a line, as far as it is there."""
        analysis = self.lines.analysis
        root = Path(analysis.evaluation.data.root) if analysis is not None else Path()
        found = self.pictures.picture(root, line)
        if isinstance(found, QImage):
            return Picture(found)
        return Picture(failure=str(found) if found is not None else "")

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        super().selectionChanged(selected, deselected)
        self.lines_chosen.emit(self.selected_numbers())

    @pyqtSlot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.lines.number(index.row()))
