"""The tab with every value of the config: a tree that is searched and edited in place."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QModelIndex, QPoint, QRect, QSortFilterProxyModel, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.config_difference import ABSENT
from ocrstudio.core.errors import StudioError
from ocrstudio.formats.config_overrides import Override, read_value
from ocrstudio.ui.pages.config.value_model import KEY, KIND, PATH_ROLE, VALUE, VALUE_ROLE, ValueModel
from ocrstudio.ui.widgets.parts import label
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Opened at first: what people look for; the networks below stay closed.
OPEN_AT_FIRST = ("Global", "Optimizer", "Optimizer.lr", "Train", "Train.dataset", "Train.loader")

EDIT_TRIGGERS = (
    QAbstractItemView.EditTriggers()
    | QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


class _Search(QSortFilterProxyModel):
    """Rows whose path or value holds all words, with everything above and below them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)

    def set_words(self, text: str) -> None:
        self._words = text.casefold().split()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        if not self._words:
            return True
        source = self.sourceModel()
        if source is None:
            return False
        index = source.index(row, VALUE, parent)
        text = f"{index.data(PATH_ROLE)} {index.data()}".casefold()
        return all(word in text for word in self._words)


class _Delegate(QStyledItemDelegate):
    """True and false are chosen, everything else is typed."""

    def createEditor(self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget | None:
        if isinstance(index.data(VALUE_ROLE), bool):
            box = QComboBox(parent)
            box.addItem("true", True)
            box.addItem("false", False)
            return box
        return super().createEditor(parent, option, index)

    def updateEditorGeometry(self, editor: QWidget | None, option: QStyleOptionViewItem, _index: QModelIndex) -> None:
        if editor is not None:
            # higher than a row: over its middle
            area = QRect(option.rect)
            spare = max(0, editor.sizeHint().height() - area.height())
            editor.setGeometry(area.adjusted(0, -(spare // 2), 0, spare - spare // 2))

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(VALUE_ROLE)))
            editor.activated.connect(lambda: self.commitData.emit(editor))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget | None, model: Any, index: QModelIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class ValueTree(TranslatedWidget):
    """The tree with its context menu."""

    value_edited = pyqtSignal(str, object)  # dotted path, new plain value; ABSENT takes it out
    template_requested = pyqtSignal(str)  # dotted path that shall be as in the template
    failed = pyqtSignal(object)  # StudioError: what was typed is no value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ValueModel(self)
        self._search = _Search(self)
        self._search.setSourceModel(self.model)
        self._open = set(OPEN_AT_FIRST)
        self._words = ""
        self.view = QTreeView()
        self.view.setObjectName("configTree")
        self.view.setModel(self._search)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setUniformRowHeights(True)
        self.view.setAlternatingRowColors(False)
        self.view.setEditTriggers(EDIT_TRIGGERS)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.view.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(KEY, QHeaderView.ResizeMode.Interactive)
            header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.ResizeToContents)
            header.resizeSection(KEY, 200)
        self._hint = label("hint", wrap=True)
        self.say(self.view.setAccessibleName, lambda: self.tr("All values"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self._hint)
        self.say(
            self._hint.setText,
            lambda: self.tr("Double-click a value to change it. Bold: not as in the template. Right-click for more."),
        )
        self.model.value_typed.connect(self._on_model_value_typed)
        self.view.customContextMenuRequested.connect(self._on_view_menu_requested)
        self.view.expanded.connect(lambda index: self._remember(index, opened=True))
        self.view.collapsed.connect(lambda index: self._remember(index, opened=False))

    def show_values(self, plain: dict[str, Any], changed: frozenset[str]) -> None:
        """Shows a config's values; what was opened stays open. `changed` are paths that differ from the template."""
        current = self.view.currentIndex().data(PATH_ROLE)
        if self.model.show_values(plain, changed):
            self._show_open()
            if current:
                self.show_path(current)
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    def show_path(self, path: str) -> None:
        """Goes to a value and opens what is above it."""
        index = self._search.mapFromSource(self.model.index_of(path))
        if index.isValid():
            self.view.setCurrentIndex(index.siblingAtColumn(VALUE))
            self.view.scrollTo(index)

    def set_filter(self, words: str) -> None:
        """Shows only rows whose path or value holds all words, everything opened; none shows all."""
        self._words = words
        self._search.set_words(words)
        self._show_open()

    def _show_open(self) -> None:
        view = self.view
        if self._words:
            view.expandAll()
            return
        view.collapsed.disconnect()
        view.collapseAll()
        view.collapsed.connect(lambda index: self._remember(index, opened=False))
        # The column is measured once, not anew for every branch that opens.
        self._fit_kinds(QHeaderView.ResizeMode.Fixed)
        for path in sorted(self._open):
            view.expand(self._search.mapFromSource(self.model.index_of(path)))
        self._fit_kinds(QHeaderView.ResizeMode.ResizeToContents)

    def _fit_kinds(self, mode: QHeaderView.ResizeMode) -> None:
        header = self.view.header()
        if header is not None:
            header.setSectionResizeMode(KIND, mode)

    def _remember(self, index: QModelIndex, *, opened: bool) -> None:
        if not self._words:
            (self._open.add if opened else self._open.discard)(index.data(PATH_ROLE))

    @pyqtSlot(str, object)
    def _on_model_value_typed(self, path: str, typed: Any) -> None:
        try:
            value = typed if isinstance(typed, bool) else read_value(path, str(typed))
        except StudioError as error:
            self.failed.emit(error)
            return
        self.value_edited.emit(path, value)

    @pyqtSlot(QPoint)
    def _on_view_menu_requested(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        path, value = index.data(PATH_ROLE), index.data(VALUE_ROLE)
        viewport = self.view.viewport()
        if not path or viewport is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(menu, self.tr("Copy as key=value"), lambda: _copy(Override(path, value).text))
        self._add(menu, self.tr("Copy the key"), lambda: _copy(path))
        if "." in path:
            menu.addSeparator()
            self._add(menu, self.tr("Back to the template's value"), lambda: self.template_requested.emit(path))
            if not path.rpartition(".")[2].isdecimal():
                self._add(menu, self.tr("Take it out"), lambda: self.value_edited.emit(path, ABSENT))
        menu.popup(viewport.mapToGlobal(place))

    def _add(self, menu: QMenu, text: str, work: Any) -> None:
        action = menu.addAction(text)
        if action is not None:
            action.triggered.connect(lambda _checked=False: work())


def _copy(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(text)
