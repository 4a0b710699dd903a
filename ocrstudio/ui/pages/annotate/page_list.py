"""The pages of the project: a list that asks for nothing it does not show, with a filter and the progress."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QColor, QPainter, QPen
from PyQt5.QtWidgets import (
    QComboBox,
    QLineEdit,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.page import PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.uniform_list import UniformListView
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

KEY_ROLE = int(Qt.ItemDataRole.UserRole)
STATE_ROLE = KEY_ROLE + 1
COUNT_ROLE = KEY_ROLE + 2
MARK_PX = 12
# What the box beside the filter offers, in its order; None is every page.
FILTERS: tuple[frozenset[PageState] | None, ...] = (
    None,
    frozenset(PageState) - {PageState.CHECKED},
    frozenset({PageState.NEW}),
    frozenset({PageState.AUTO}),
    frozenset({PageState.EDITED}),
    frozenset({PageState.CHECKED}),
)


class PageListModel(QAbstractListModel):
    """The session's pages that pass the filter."""

    def __init__(self, session: ProjectSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._keys: list[str] = []
        self._rows: dict[str, int] = {}
        self._text = ""
        self._states: frozenset[PageState] | None = None
        self.describe: Callable[[PageState], str] = lambda state: state.value

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        store = self._session.store
        if store is None or not 0 <= index.row() < len(self._keys):
            return None
        key = self._keys[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return key.rpartition("/")[2]
        if role == KEY_ROLE:
            return key
        if role == STATE_ROLE:
            return store.state(key)
        if role == COUNT_ROLE:
            return store.box_count(key)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{key.rpartition('/')[2]}\n{self.describe(store.state(key))}"
        return None

    def set_filter(self, text: str, states: frozenset[PageState] | None) -> None:
        """Shows pages whose file name contains `text`, in one of `states` (None: any).

        A page that changes its state stays in the list until the filter is set again: it must not vanish from under the
        hand that works on it.
        """
        self._text, self._states = text.casefold(), states
        self.refresh()

    def refresh(self) -> None:
        """Filters again, after pages came or went."""
        store = self._session.store
        self.beginResetModel()
        self._keys = [
            key
            for key in (store.keys if store is not None else ())
            if (not self._text or self._text in key.rpartition("/")[2].casefold())
            and (self._states is None or store is None or store.state(key) in self._states)
        ]
        self._rows = {key: row for row, key in enumerate(self._keys)}
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """The row of a page; an invalid index if the filter hides it."""
        row = self._rows.get(key)
        return self.index(row) if row is not None else QModelIndex()

    def update_page(self, key: str) -> None:
        """A page's boxes or state changed."""
        index = self.index_of(key)
        if index.isValid():
            self.dataChanged.emit(index, index)


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


class PageDelegate(QStyledItemDelegate):
    """Paints one page: mark, file name, number of boxes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(120, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        used = theme.colors()
        state = index.data(STATE_ROLE)
        if not isinstance(state, PageState):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if selected or hovered:
            painter.fillRect(option.rect, QColor(used.accent_soft if selected else used.hover))
        area = option.rect.adjusted(GRID, 0, -GRID, 0)
        mark = QRectF(area.left(), area.center().y() - MARK_PX / 2 + 1, MARK_PX, MARK_PX)
        paint_state_mark(painter, mark, state)
        metrics = option.fontMetrics
        count = index.data(COUNT_ROLE)
        number = str(count) if count else ""
        width = metrics.horizontalAdvance(number)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(QColor(used.muted))
        painter.drawText(area.adjusted(area.width() - width, 0, 0, 0), flags, number)
        name = area.adjusted(MARK_PX + GRID, 0, -width - GRID, 0)
        painter.setPen(QColor(used.text))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        painter.drawText(name, flags, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, name.width()))
        painter.restore()


class PagePanel(TranslatedWidget):
    """Filter, list and progress of the pages."""

    page_chosen = pyqtSignal()  # with the mouse: the keyboard belongs to the canvas again

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self.model = PageListModel(session, self)
        self.model.describe = self._describe
        self.filter = QLineEdit()
        self.filter.setObjectName("pageFilter")
        self.filter.setClearButtonEnabled(True)
        self.states = QComboBox()
        self.states.setObjectName("pageStateFilter")
        self.states.addItems([""] * len(FILTERS))
        self.list = UniformListView()
        self.list.setObjectName("pageList")
        self.list.setModel(self.model)
        self._selection = QItemSelectionModel(self.model, self)
        self.list.setSelectionModel(self._selection)
        self.list.setItemDelegate(PageDelegate(self.list))
        self._progress_text = label("hint", "pageProgressText", wrap=True)
        self._progress = QProgressBar()
        self._progress.setObjectName("pageProgress")
        self._progress.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, 0, GRID)
        column.setSpacing(GRID)
        for widget in (self.filter, self.states, self.list, self._progress_text, self._progress):
            column.addWidget(widget)
        self.say(self.filter.setPlaceholderText, lambda: self.tr("Find a page by its name"))
        self.say(self._name_filters, lambda: "")
        self.say(self._progress_text.setText, self._progress_sentence)
        self._connect()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.states.currentIndexChanged.connect(self._on_filter_changed)
        self.list.clicked.connect(self._on_list_clicked)
        self._selection.currentChanged.connect(self._on_current_changed)
        self._session.project_opened.connect(self._on_session_project_changed)
        self._session.project_closed.connect(self._on_session_project_changed)
        self._session.page_opened.connect(self._on_session_page_opened)
        self._session.page_changed.connect(self._on_session_page_changed)

    def _name_filters(self, _unused: str) -> None:
        names = (
            self.tr("All pages"),
            self.tr("Not checked yet"),
            self.tr("Without labels"),
            self.tr("Labelled automatically"),
            self.tr("Edited"),
            self.tr("Checked"),
        )
        for place, name in enumerate(names):
            self.states.setItemText(place, name)

    def _describe(self, state: PageState) -> str:
        return {
            PageState.NEW: self.tr("No labels yet"),
            PageState.AUTO: self.tr("Labelled automatically, nobody has looked yet"),
            PageState.EDITED: self.tr("Edited, not checked yet"),
            PageState.CHECKED: self.tr("Checked"),
            PageState.REJECTED: self.tr("Left out of the dataset"),
        }[state]

    def _progress_sentence(self) -> str:
        checked, total = self._session.progress()
        if not total:
            return ""
        return self.tr("{checked} of {total} pages checked").format(checked=checked, total=total)

    def _show_progress(self) -> None:
        checked, total = self._session.progress()
        self._progress_text.setText(self._progress_sentence())
        self._progress.setMaximum(max(1, total))
        self._progress.setValue(checked)

    def _follow(self) -> None:
        """Marks the row of the page that is open or was asked for."""
        index = self.model.index_of(self._session.current_key or "")
        self._following = True
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        else:
            self._selection.clear()
        self._following = False

    @pyqtSlot()
    @pyqtSlot(int)
    @pyqtSlot(str)
    def _on_filter_changed(self, _what: object = None) -> None:
        self._following = True  # a list that is filled again must not open its first page
        self.model.set_filter(self.filter.text().strip(), FILTERS[max(0, self.states.currentIndex())])
        self._following = False
        self._follow()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        self._following = True
        self.filter.clear()
        self.states.setCurrentIndex(0)
        self.model.refresh()
        self._following = False
        self._show_progress()

    @pyqtSlot(str)
    def _on_session_page_opened(self, _key: str) -> None:
        self._follow()

    @pyqtSlot(str)
    def _on_session_page_changed(self, key: str) -> None:
        self.model.update_page(key)
        self._show_progress()

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = current.data(KEY_ROLE) if current.isValid() else None
        if not self._following and isinstance(key, str):
            self._session.open_page(key)

    @pyqtSlot(QModelIndex)
    def _on_list_clicked(self, _index: QModelIndex) -> None:
        self.page_chosen.emit()
