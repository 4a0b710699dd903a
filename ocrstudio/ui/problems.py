"""The panel that lists everything wrong with the project: where, what, and what to do about it."""

from __future__ import annotations

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAction,
    QApplication,
    QDockWidget,
    QHeaderView,
    QMainWindow,
    QShortcut,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.problem_list import Entry, ProblemList
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, SearchField, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICONS = {"file": "fa5s.file-alt", "image": "fa5s.image", "settings": "fa5s.cog"}
WHERE, LINE, WHAT = range(3)
WHERE_LETTERS = 30


class ProblemModel(QAbstractTableModel):
    """The entries that contain the filter's text, one a row."""

    def __init__(self, problems: ProblemList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems = problems
        self._filter = ""
        self._shown: list[Entry] = []
        self.refresh()

    def set_filter(self, text: str) -> None:
        """Shows the entries in which `text` occurs, whatever its case."""
        self._filter = text.casefold().strip()
        self.refresh()

    def refresh(self) -> None:
        """Takes the list and the language as they are now."""
        self.beginResetModel()
        entries = self._problems.entries
        self._shown = [entry for entry in entries if not self._filter or self._filter in text_of(entry).casefold()]
        self.endResetModel()

    def entry(self, index: QModelIndex) -> Entry | None:
        """What a row shows."""
        return self._shown[index.row()] if index.isValid() else None

    def text(self) -> str:
        """All rows that are shown, one a line, as they are copied."""
        return "\n".join(text_of(entry) for entry in self._shown)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Where"), self.tr("Line"), self.tr("What is wrong"))[section]
        return None

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if index.column() == LINE:
                return str(entry.line) if entry.line else ""
            return entry.file if index.column() == WHERE else sentence(entry)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == WHERE:
            return icon(ICONS[entry.kind], "muted")
        return None


class ProblemsPanel(TranslatedWidget):
    """Filter, list and buttons; says so when there is nothing to list.

    Args:
        problems: What it shows; it follows every change.
        parent: Owner.
    """

    page_requested = pyqtSignal(str)  # key of the page that the chosen problem is about

    def __init__(self, problems: ProblemList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemsPanel")
        self._problems = problems
        self.model = ProblemModel(problems, self)
        self.filter = SearchField("problemsFilter")
        self._count = label("muted", "problemsCount")
        self._go = button("problemsGo", "fa5s.arrow-right")
        self._copy = button("problemsCopy", "fa5s.copy")
        self.list = self._make_list()
        self._stack = QStackedWidget()
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(row(self.filter, self._count, self._go, self._copy))
        column.addWidget(self.list, 1)
        self._stack.addWidget(self._make_nothing())
        self._stack.addWidget(filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.say(self.filter.setPlaceholderText, lambda: self.tr("Filter by file or words"))
        self.say(self._go.setText, lambda: self.tr("Go to the page"))
        self.say(self._copy.setText, lambda: self.tr("Copy all"))
        self.say(self._copy.setToolTip, lambda: self.tr("Copy the problems that are shown as text"))
        self.say(lambda _text: self._refresh(), lambda: "")
        self._connect()

    def _make_nothing(self) -> QWidget:
        # No text that wraps: a dock whose height follows its width lays the window out again without end.
        title, hint = label("subtitle", "emptyTitle"), ElidedLabel("emptyHint")
        hint.setProperty("role", "muted")
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addWidget(title)
        column.addWidget(hint)
        column.addStretch(1)
        self.say(title.setText, lambda: self.tr("Nothing is wrong"))
        self.say(
            hint.show_text,
            lambda: self.tr("Lines and images that cannot be read would be listed here, with what to do about them."),
        )
        return made

    def _make_list(self) -> QTreeView:
        made = QTreeView()
        made.setObjectName("problemsList")
        made.setModel(self.model)
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = made.header()
        if header is not None:
            letter = self.fontMetrics().averageCharWidth()
            header.resizeSection(WHERE, WHERE_LETTERS * letter)
            header.setSectionResizeMode(LINE, QHeaderView.ResizeMode.ResizeToContents)
            header.setStretchLastSection(True)
        return made

    def _connect(self) -> None:
        self._problems.changed.connect(self._refresh)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.list.activated.connect(self._on_list_activated)
        self._go.clicked.connect(self._on_go_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        selection = self.list.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._update_go)

    @pyqtSlot()
    def _refresh(self) -> None:
        chosen = self.model.entry(self.list.currentIndex())
        self.model.refresh()
        total = len(self._problems.entries)
        self._stack.setCurrentIndex(1 if total else 0)
        self._show_count()
        for place in range(self.model.rowCount()):
            if self.model.entry(self.model.index(place, 0)) == chosen:
                self.list.setCurrentIndex(self.model.index(place, 0))
                break
        self._update_go()

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), len(self._problems.entries)
        text = self.tr("{count} problems") if shown == total else self.tr("{shown} of {count} problems")
        self._count.setText(text.format(shown=shown, count=total))

    @pyqtSlot()
    def _update_go(self) -> None:
        entry = self.model.entry(self.list.currentIndex())
        self._go.setEnabled(entry is not None and entry.kind != "settings")

    @pyqtSlot(str)
    def _on_filter_text_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_count()
        self._update_go()

    @pyqtSlot(QModelIndex)
    def _on_list_activated(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        key = self._problems.page_of(entry) if entry is not None else None
        if key is not None:
            self.page_requested.emit(key)

    @pyqtSlot()
    def _on_go_clicked(self) -> None:
        self._on_list_activated(self.list.currentIndex())

    @pyqtSlot()
    def _on_copy_clicked(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.model.text())


class ProblemsDock(QDockWidget):
    """The panel at the bottom of the window, opened and closed by a command.

    Args:
        problems: What it shows.
        action: Checkable: whether the panel is open.
        window: Where it docks.
    """

    def __init__(self, problems: ProblemList, action: QAction, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("problemsDock")
        self.panel = ProblemsPanel(problems)
        self.setWidget(self.panel)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.panel.say(self.setWindowTitle, lambda: self.tr("Problems"))
        self._action = action
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.visibilityChanged.connect(self._on_visibility_changed)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._on_leave_activated)

    @pyqtSlot()
    def _on_leave_activated(self) -> None:
        self.close()

    @pyqtSlot(bool)
    def _on_visibility_changed(self, _visible: bool) -> None:
        self._action.setChecked(not self.isHidden())


def sentence(entry: Entry) -> str:
    """What is wrong and what to do, in the language in use."""
    return in_words(entry)


def text_of(entry: Entry) -> str:
    """File, line and sentence of an entry as one line of text."""
    place = f"{entry.file}:{entry.line}" if entry.line else entry.file
    return f"{place}: {sentence(entry)}"
