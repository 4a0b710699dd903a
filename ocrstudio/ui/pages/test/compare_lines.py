"""The lines of two readings side by side: what differs is coloured, underlined and marked with a sign."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PyQt5.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QTextDocument
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ocrstudio.core.text_difference import pieces, pieces_and_gaps
from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID

# A row: what stands there for each column, None where a reading has nothing.
Row = tuple[str | None, ...]
ROW_ROLE = Qt.ItemDataRole.UserRole
SAME, DIFFERENT = "=", "≠"
GAP = "‸"
SIGN_PX = 44
TEXT_SCALE = 1.15


class ComparedLines(QAbstractTableModel):
    """Rows of texts: a sign, then the columns; texts of the last two are compared with each other.

    Args:
        parent: Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.titles: tuple[str, ...] = ("", "")
        self.rows: Sequence[Row] = ()

    def show(self, titles: tuple[str, ...], rows: Sequence[Row]) -> None:
        """Replaces everything; `titles` are those of the columns of text."""
        self.beginResetModel()
        self.titles, self.rows = titles, rows
        self.endResetModel()

    def differs(self, row: int) -> bool:
        """Whether the last two texts of a row are not the same."""
        return self.rows[row][-1] != self.rows[row][-2]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else 1 + len(self.titles)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if index.column() == 0:
            sign = DIFFERENT if self.differs(index.row()) else SAME
            if role == Qt.ItemDataRole.DisplayRole:
                return sign
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignCenter)
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(theme.colors().bad if sign == DIFFERENT else theme.colors().muted)
            return None
        text = row[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if text is None else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("nothing is found here") if text is None else text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return "" if section == 0 else self.titles[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def marked(text: str | None, other: str | None, nothing: str, *, is_truth: bool = False) -> str:
    """HTML of a text in which what the other one does not have is coloured and underlined.

    Args:
        text: None if there is none.
        other: What it is compared with; None if there is none.
        nothing: Said where there is no text.
        is_truth: The other one is the truth: what is missing from the text is shown, too.
    """
    used = theme.colors()
    if text is None:
        return f'<i style="color:{used.muted}">{html.escape(nothing)}</i>'
    parts = []
    for piece, is_shared in (pieces_and_gaps if is_truth else pieces)(text, other or ""):
        shown = html.escape(piece).replace("  ", "&nbsp; ")
        if not is_shared:
            # a space that only one of them has would not be seen
            shown = shown.replace(" ", "␣") if piece.isspace() else shown or GAP
            look = f"color:{used.bad}; background-color:{used.bad_soft}; font-weight:600; text-decoration:underline"
            shown = f'<span style="{look}">{shown}</span>'
        parts.append(shown)
    return "".join(parts)


class _MarkedDelegate(QStyledItemDelegate):
    """Paints the texts of a row with their differences marked."""

    def __init__(self, view: ComparedView) -> None:
        super().__init__(view)
        self._view = view

    def _document(self, option: QStyleOptionViewItem, index: QModelIndex, width: float) -> QTextDocument:
        row: Row = index.data(ROW_ROLE)
        place, last = index.column() - 1, len(row) - 1
        text = row[place]
        # the truth stands as it is; the two readings are compared with it, or with each other
        has_truth = last == 2
        other = row[0] if has_truth else row[1 - place]
        document = QTextDocument()
        font = option.font
        font.setPointSizeF(self._view.font().pointSizeF() * TEXT_SCALE)
        document.setDefaultFont(font)
        document.setDocumentMargin(GRID // 2)
        document.setHtml(marked(text, other, self.tr("— nothing —"), is_truth=has_truth))
        document.setTextWidth(max(40.0, width))
        return document

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        used = theme.colors()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(used.accent_soft))
        document = self._document(option, index, option.rect.width())
        painter.translate(option.rect.topLeft())
        painter.setClipRect(QRectF(0, 0, option.rect.width(), option.rect.height()))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(used.text))
        layout = document.documentLayout()
        if layout is not None:
            layout.draw(painter, context)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        width = self._view.columnWidth(index.column())
        return QSize(width, round(self._document(option, index, width).size().height()))


class ComparedView(QTableView):
    """The table; one row is chosen at a time, and the next difference can be gone to."""

    row_chosen = pyqtSignal(int)  # -1 for none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparedLines")
        self.lines = ComparedLines(self)
        self.setModel(self.lines)
        self._delegate = _MarkedDelegate(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        down = self.verticalHeader()
        across = self.horizontalHeader()
        if down is not None and across is not None:
            down.hide()
            across.setHighlightSections(False)
            across.setMinimumSectionSize(SIGN_PX)
            across.sectionResized.connect(self._on_section_resized)
        chosen = self.selectionModel()
        if chosen is not None:
            chosen.currentRowChanged.connect(self._on_current_row_changed)

    def show_rows(self, titles: tuple[str, ...], rows: Sequence[Row], *, anew: bool = False) -> None:
        """Shows rows of texts under the titles of their columns.

        Args:
            titles: Of the columns of text.
            rows: See `Row`.
            anew: They belong to something else than those before: none is chosen.
        """
        before = -1 if anew else self.currentIndex().row()
        same = len(rows) == len(self.lines.rows)
        self.lines.show(titles, rows)
        across = self.horizontalHeader()
        if across is not None:
            across.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(0, SIGN_PX)
            for column in range(1, 1 + len(titles)):
                across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
                self.setItemDelegateForColumn(column, self._delegate)
        self.resizeRowsToContents()
        if same and before >= 0:
            self.selectRow(before)

    def go_to_difference(self, step: int) -> bool:
        """Chooses the next row (step 1) or the one before (step -1) in which the readings differ.

        Returns:
            False if there is none in that direction.
        """
        row = self.currentIndex().row()
        row = row + step if row >= 0 or step > 0 else len(self.lines.rows) - 1
        while 0 <= row < len(self.lines.rows):
            if self.lines.differs(row):
                self.selectRow(row)
                self.scrollTo(self.lines.index(row, 0))
                return True
            row += step
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.resizeRowsToContents()

    @pyqtSlot(int, int, int)
    def _on_section_resized(self, _section: int, _before: int, _now: int) -> None:
        self.resizeRowsToContents()

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_row_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.row_chosen.emit(index.row())
