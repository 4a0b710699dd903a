"""The rows of the page list: pages under the headers of their folders, and how they are painted."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QPointF, QRect, QRectF, QSize, QStringListModel, Qt
from PyQt5.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.core.lines import folder_of
from ocrstudio.core.page import PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.page_list_view import PageListView
from ocrstudio.ui.widgets.parts import GRID

KEY_ROLE = int(Qt.ItemDataRole.UserRole)
STATE_ROLE = KEY_ROLE + 1
COUNT_ROLE = KEY_ROLE + 2
NOTE_ROLE = KEY_ROLE + 3
# The folder that a header stands for; None for pages.
FOLDER_ROLE = KEY_ROLE + 4
OPEN_ROLE = KEY_ROLE + 5
MARK_PX = 12
OPEN_BAR_PX = 3
# Starts the row of a folder's header; no key has it.
_HEADER = "\t"


class PageListModel(QStringListModel):
    """The session's pages that pass the filter; with sub-folders, each folder's pages follow its header.

    Qt's own list of strings counts the rows: whenever a view lays its rows out it asks for their number once for each
    row, and ten thousand answers from Python hold up the window.
    """

    def __init__(self, session: ProjectSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._keys: list[str] = []
        self._rows: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._closed: set[str] = set()
        self._text = ""
        self._states: frozenset[PageState] | None = None
        self._wanted: frozenset[str] | None = None
        self.describe: Callable[[PageState], str] = lambda state: state.value
        self.name_of_root: Callable[[], str] = lambda: ""

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        if index.isValid() and self._is_header(index.row()):
            return Qt.ItemFlags() | Qt.ItemFlag.ItemIsEnabled
        return QAbstractListModel.flags(self, index)  # nothing is typed into rows, dragged or dropped

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        store = self._session.store
        if store is None or not 0 <= index.row() < len(self._keys):
            return None
        key = self._keys[index.row()]
        if self._is_header(index.row()):
            return self._header_data(key[1:], role)
        if role == Qt.ItemDataRole.DisplayRole:
            return key.rpartition("/")[2]
        if role == KEY_ROLE:
            return key
        if role == STATE_ROLE:
            return store.state(key)
        if role == COUNT_ROLE:
            return store.box_count(key)
        if role == NOTE_ROLE:
            return store.note(key)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [key.partition("/")[2], self.describe(store.state(key)), store.note(key)]
            return "\n".join(line for line in lines if line)
        return None

    def _header_data(self, folder: str, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return folder or self.name_of_root()
        if role == FOLDER_ROLE:
            return folder
        if role == COUNT_ROLE:
            return self._counts.get(folder, 0)
        if role == OPEN_ROLE:
            return folder not in self._closed
        return None

    def set_filter(self, text: str, states: frozenset[PageState] | None, wanted: frozenset[str] | None = None) -> None:
        """Shows pages whose path contains `text`, in one of `states` (None: any), among `wanted` (None: all).

        A page that changes its state stays in the list until the filter is set again: it must not vanish from under the
        hand that works on it.
        """
        self._text, self._states, self._wanted = text.casefold(), states, wanted
        self.refresh()

    @property
    def is_filtered(self) -> bool:
        """Whether the list may lack pages of the project."""
        return bool(self._text) or self._states is not None or self._wanted is not None

    def toggle_folder(self, folder: str) -> None:
        """Closes or opens a folder."""
        self._closed ^= {folder}
        self.refresh()

    def is_hidden(self, key: str) -> bool:
        """Whether the folder of a page is closed."""
        return folder_of(key) in self._closed

    def shown_keys(self) -> list[str]:
        """The pages that pass the filter, those of closed folders included."""
        store, text, states, wanted = self._session.store, self._text, self._states, self._wanted
        if store is None:
            return []
        keys = list(store.keys)
        if text:
            keys = [key for key in keys if text in key.partition("/")[2].casefold()]
        if states is not None:
            known = store.states
            keys = [key for key in keys if known[key] in states]
        if wanted is not None:
            keys = [key for key in keys if key in wanted]
        return keys

    def keys_in(self, first: int, last: int) -> list[str]:
        """The pages in rows from `first` to `last`, headers left out."""
        return [key for key in self._keys[first : last + 1] if not key.startswith(_HEADER)]

    def spans_of(self, keys: Collection[str]) -> list[tuple[int, int]]:
        """First and last rows of the stretches in which pages of `keys` follow each other, as far as they are shown."""
        spans: list[tuple[int, int]] = []
        for row in sorted(self._rows[key] for key in keys if key in self._rows):
            if spans and spans[-1][1] == row - 1:
                spans[-1] = (spans[-1][0], row)
            else:
                spans.append((row, row))
        return spans

    def refresh(self) -> None:
        """Filters again, after pages came or went."""
        keys = self.shown_keys()
        folders = self._by_folder(keys)
        self._counts = {folder: len(inside) for folder, inside in folders.items()}
        if set(folders) <= {""}:
            self._keys = keys
        else:
            self._keys = []
            for folder, inside in folders.items():
                self._keys.append(_HEADER + folder)
                if folder not in self._closed:
                    self._keys += inside
        self._rows = {key: row for row, key in enumerate(self._keys)}
        self.setStringList(self._keys)

    def _by_folder(self, keys: list[str]) -> dict[str, list[str]]:
        store = self._session.store
        if store is None or store.folders == [""]:
            return {"": keys}
        folders: dict[str, list[str]] = {}
        for key in keys:
            folders.setdefault(folder_of(key), []).append(key)
        return folders

    def forget_folders(self) -> None:
        """Every folder is open again, as in another project."""
        self._closed.clear()

    def index_of(self, key: str) -> QModelIndex:
        """The row of a page; an invalid index if the filter or a closed folder hides it."""
        row = self._rows.get(key)
        return self.index(row) if row is not None else QModelIndex()

    def update_page(self, key: str) -> None:
        """A page's boxes or state changed."""
        index = self.index_of(key)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def _is_header(self, row: int) -> bool:
        return self._keys[row].startswith(_HEADER)


def paint_state_mark(painter: QPainter, area: QRectF, state: PageState) -> None:
    """Paints a page's state as colour and shape: ring, half disc, disc, tick, cross."""
    color = QColor(theme.colors().states[state.value])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 1.8)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    disc = area.adjusted(1, 1, -1, -1)
    if state is PageState.NEW:
        painter.drawEllipse(disc)
    elif state is PageState.AUTO:
        painter.drawEllipse(disc)
        painter.setBrush(color)
        painter.drawChord(disc, 90 * 16, 180 * 16)
    elif state is PageState.REJECTED:
        painter.drawLine(disc.topLeft(), disc.bottomRight())
        painter.drawLine(disc.bottomLeft(), disc.topRight())
    else:
        painter.setBrush(color)
        painter.drawEllipse(disc)
        if state is PageState.CHECKED:
            painter.setPen(QPen(QColor(theme.colors().panel), 1.8))
            at = disc.center()
            painter.drawPolyline(at + QPointF(-2.8, 0), at + QPointF(-0.7, 2.2), at + QPointF(3, -2.2))
    painter.restore()


def paint_note_mark(painter: QPainter, area: QRectF) -> None:
    """Paints a small sheet with lines on it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.colors().warn), 1.2))
    sheet = area.adjusted(2, 1, -2, -1)
    painter.drawRect(sheet)
    for share in (0.3, 0.55, 0.8):
        y = sheet.top() + share * sheet.height()
        painter.drawLine(QPointF(sheet.left() + 2, y), QPointF(sheet.right() - 2, y))
    painter.restore()


class PageDelegate(QStyledItemDelegate):
    """Paints one page (mark, file name, note, number of boxes) or the header of a folder."""

    def __init__(self, pages: PageListView) -> None:
        super().__init__(pages)
        self._list = pages

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(120, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        used = theme.colors()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        is_open = index == self._list.currentIndex()
        if selected or hovered:
            # While the keyboard is elsewhere, commands are about the open page alone.
            is_meant = selected and (is_open or self._list.has_keyboard)
            painter.fillRect(option.rect, QColor(used.accent_soft if is_meant else used.hover))
        if is_open:
            painter.fillRect(option.rect.adjusted(0, 0, OPEN_BAR_PX - option.rect.width(), 0), QColor(used.accent))
        area = option.rect.adjusted(GRID, 0, -GRID, 0)
        mark = QRectF(area.left(), area.center().y() - MARK_PX / 2 + 1, MARK_PX, MARK_PX)
        state = index.data(STATE_ROLE)
        is_header = not isinstance(state, PageState)
        if isinstance(state, PageState):
            paint_state_mark(painter, mark, state)
        else:
            _paint_fold_mark(painter, mark, bool(index.data(OPEN_ROLE)))
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
        metrics = painter.fontMetrics()
        count = index.data(COUNT_ROLE)
        number = str(count) if count else ""
        width = metrics.horizontalAdvance(number)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(QColor(used.muted))
        painter.drawText(area.adjusted(area.width() - width, 0, 0, 0), flags, number)
        name: QRect = area.adjusted(MARK_PX + GRID, 0, -width - GRID, 0)
        if index.data(NOTE_ROLE):
            paint_note_mark(painter, QRectF(name.right() - MARK_PX, mark.top(), MARK_PX, MARK_PX))
            name.adjust(0, 0, -MARK_PX - GRID, 0)
        painter.setPen(QColor(used.muted if is_header else used.text))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        # Names of scans differ at their end.
        painter.drawText(name, flags, metrics.elidedText(text, Qt.TextElideMode.ElideLeft, name.width()))
        painter.restore()


def _paint_fold_mark(painter: QPainter, area: QRectF, is_open: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colors().muted))
    at = area.center()
    corners = [(-4, -2), (4, -2), (0, 3)] if is_open else [(-2, -4), (3, 0), (-2, 4)]
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
    painter.restore()
