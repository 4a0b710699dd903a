"""The list of pages as a widget: many can be selected, and its keys act on them."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QAbstractItemView, QApplication, QMenu, QMenuBar, QWidget

from ocrstudio.ui.widgets.uniform_list import UniformListView

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# What the list does itself, though commands of the canvas have the same keys: there they are about boxes.
OWN_KEYS = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Delete)


class PageListView(UniformListView):
    """Shift and Ctrl select as everywhere; Ctrl+A selects all rows."""

    check_requested = pyqtSignal()  # Space, for the pages that are selected
    delete_requested = pyqtSignal()  # Del, as well
    left = pyqtSignal()  # Return: on with the page that is open
    keyboard_changed = pyqtSignal()  # `has_keyboard` differs

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.has_keyboard = False  # also while a menu or a question is open
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_app_focus_changed)

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: QModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlags:
        """What is to be selected; a page that opens without a hand on the list takes no notice of keys held down."""
        if event is None:
            return QItemSelectionModel.SelectionFlags(QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return super().selectionCommand(index, event)

    def event(self, event: QEvent) -> bool:
        is_own = isinstance(event, QKeyEvent) and any(event.matches(key) for key in OWN_KEYS)
        if is_own and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_Space and is_plain:
            self.check_requested.emit()
        elif event.key() in ENTER and is_plain:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_app_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A menu or another window only borrows the keyboard.
        if new is None or isinstance(new, (QMenu, QMenuBar)) or new.window() is not self.window():
            return
        if (new is self) != self.has_keyboard:
            self.has_keyboard = new is self
            self.repaint_rows()
            self.keyboard_changed.emit()
