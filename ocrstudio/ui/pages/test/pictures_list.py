"""All pictures of this sitting, each with a sentence that says how it went."""

from __future__ import annotations

from enum import IntEnum

from PyQt5.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt5.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.formats.images import natural_key
from ocrstudio.formats.picture_source import shown_name
from ocrstudio.protocol.messages import FIND_ONLY
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.results import Picture, ReadState
from ocrstudio.ui.pages.test.words import percent_words, picture_words, state_word

PICTURE_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = PICTURE_ROLE + 1
SIGNS = {ReadState.WAITING: "…", ReadState.FAILED: "✕", ReadState.CANCELLED: "–"}
SIGN_PX = 22
MOST_LINES = 8


class Column(IntEnum):
    """What is said of each picture."""

    NAME = 0
    STATE = 1
    LINES = 2
    SURE = 3
    CHECK = 4
    SECONDS = 5


class PicturesModel(QAbstractTableModel):
    """Pictures in the order they came: the list shows the first column, the table all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[Picture] = []
        self._rows: dict[int, int] = {}  # by identity: thousands of pictures are looked up while they are read

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.pictures)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return column_title(Column(section))
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _aligned(Column(section))
        return None

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        picture, column = self.pictures[index.row()], Column(index.column())
        if role == PICTURE_ROLE:
            return picture
        if role == SORT_ROLE:
            return _sort_value(picture, column)
        if role == int(Qt.ItemDataRole.DisplayRole):
            return _cell(picture, column)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{picture.name}: {picture_words(picture)}" if column is Column.NAME else _cell(picture, column)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return f"{shown_name(picture.path.parent)}: {picture.name}\n{picture_words(picture)}"
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _aligned(column)
        return None

    def append(self, pictures: list[Picture]) -> None:
        """Adds pictures at the end."""
        first = len(self.pictures)
        self.beginInsertRows(QModelIndex(), first, first + len(pictures) - 1)
        self._rows |= {id(picture): first + place for place, picture in enumerate(pictures)}
        self.pictures.extend(pictures)
        self.endInsertRows()

    def clear(self) -> None:
        """Forgets all pictures."""
        self.beginResetModel()
        self.pictures, self._rows = [], {}
        self.endResetModel()

    def row_of(self, picture: Picture) -> int:
        """The row of that very picture, -1 if it is not here."""
        return self._rows.get(id(picture), -1)

    def refresh(self, row: int) -> None:
        """The picture in that row has changed."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))


def _aligned(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column in (Column.NAME, Column.STATE) else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def column_title(column: Column) -> str:
    """What stands above a column."""
    return {
        Column.NAME: QCoreApplication.translate("Test", "Picture"),
        Column.STATE: QCoreApplication.translate("Test", "How it went"),
        Column.LINES: QCoreApplication.translate("Test", "Lines"),
        Column.SURE: QCoreApplication.translate("Test", "How sure"),
        Column.CHECK: QCoreApplication.translate("Test", "To check"),
        Column.SECONDS: QCoreApplication.translate("Test", "Seconds"),
    }[column]


def _cell(picture: Picture, column: Column) -> str:
    if column is Column.NAME:
        return picture.name
    if column is Column.STATE:
        return f"{_sign(picture)[0]} {picture.problem_text or state_word(picture)}"
    if picture.state is not ReadState.READ:
        return ""
    return {
        Column.LINES: str(len(picture.lines)),
        Column.SURE: percent_words(picture.mean_score),
        Column.CHECK: str(picture.to_check),
        Column.SECONDS: f"{picture.seconds:.1f}",
    }[column]


def _sort_value(picture: Picture, column: Column) -> object:
    if column is Column.NAME:
        return [part[1:] for part in natural_key(picture.name)]
    read = picture.state is ReadState.READ
    return {
        Column.STATE: _sign(picture)[0],
        Column.LINES: len(picture.lines) if read else -1,
        Column.SURE: (picture.mean_score or 0.0) if read else -1.0,
        Column.CHECK: picture.to_check if read else -1,
        Column.SECONDS: picture.seconds if read else -1.0,
    }[column]


class _PictureDelegate(QStyledItemDelegate):
    """A sign, the name, and the sentence in as many lines as it needs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        picture: Picture = index.data(PICTURE_ROLE)
        view = self.parent()
        viewport = view.viewport() if isinstance(view, QListView) else None
        width = viewport.width() - 4 if viewport is not None else 220
        room = width - SIGN_PX - 24
        text = option.fontMetrics.boundingRect(0, 0, room, 10_000, _WRAP, picture_words(picture))
        # The fonts of some scripts are taller than the list's own font says.
        below = min(text.height(), MOST_LINES * option.fontMetrics.height())
        return QSize(width, option.fontMetrics.height() + below + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        picture: Picture = index.data(PICTURE_ROLE)
        used = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(3, 1, -3, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(used.accent_soft if chosen else used.hover))
            painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(8, 7, -8, -7)
        line_height = option.fontMetrics.height()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        sign, role = _sign(picture)
        painter.setPen(QColor(getattr(used, role)))
        painter.drawText(QRectF(inner.left(), inner.top(), SIGN_PX, line_height), _LEFT, sign)
        left, room = inner.left() + SIGN_PX, inner.width() - SIGN_PX
        name = QFontMetrics(bold).elidedText(picture.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(QColor(used.text))
        painter.drawText(QRectF(left, inner.top(), room, line_height + 2), _LEFT, name)
        painter.setFont(option.font)
        painter.setPen(QColor(used.bad if picture.problem is not None else used.muted))
        below = QRectF(left, inner.top() + line_height + 2, room, inner.height() - line_height - 2)
        painter.drawText(below, _WRAP, picture_words(picture))
        painter.restore()


_LEFT = int(Qt.AlignmentFlag.AlignLeft)
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def _sign(picture: Picture) -> tuple[str, str]:
    """The sign before a name and the field of `Colors` for it."""
    if picture.state is not ReadState.READ:
        return SIGNS[picture.state], "bad" if picture.state is ReadState.FAILED else "muted"
    return ("?", "warn") if picture.to_check and picture.mode != FIND_ONLY else ("✓", "good")


class PicturesList(QListView):
    """The list at the left; shown when there is more than one picture."""

    picture_chosen = pyqtSignal(int)  # row

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picturesList")
        self.pictures = PicturesModel(self)
        self.setModel(self.pictures)
        self.setItemDelegate(_PictureDelegate(self))
        self.setMouseTracking(True)
        self.setMinimumWidth(200)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of pictures must not hold the window up
        selection = self.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._on_current_changed)

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.picture_chosen.emit(current.row())
