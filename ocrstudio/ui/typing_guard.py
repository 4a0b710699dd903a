"""Keeps plain keys with those who type: no letter of a text, no step of an input method triggers a command."""

from __future__ import annotations

from PyQt5 import sip
from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSlot
from PyQt5.QtGui import QInputMethodEvent, QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

TEXT_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QKeySequenceEdit)
# They walk, press and open by these keys.
CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QTabBar)
CONTROL_KEYS = {
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
}
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TypingGuard(QObject):
    """Watches the widget that has the keyboard.

    A text field keeps every key that is typed without Ctrl or Alt; function keys and combinations still reach the
    commands. While an input method composes, it keeps all. A list, a button or a text that can only be read keeps the
    keys by which it is walked.
    The canvas keeps none, so there a single letter is a command.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._watched: QWidget | None = None
        self._is_composing = False
        app.focusChanged.connect(self._on_app_focus_changed)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._is_composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._keeps(event):
            event.accept()
            # The list that drops down from a field chooses by this very event.
            return not drops_down(self._watched)
        return False

    def _keeps(self, event: QKeyEvent) -> bool:
        if self._is_composing:
            return True
        widget, text = self._watched, event.text()
        held = event.modifiers() & HELD
        # AltGr arrives as Ctrl+Alt on Windows, with the character that it makes.
        plain = not held or (held == HELD & ~Qt.KeyboardModifier.MetaModifier and bool(text) and text.isprintable())
        if isinstance(widget, QComboBox) and not widget.isEditable():
            return plain and event.key() in CONTROL_KEYS
        can_type = isinstance(widget, (*TEXT_FIELDS, QComboBox)) and not widget.property("readOnly")
        if can_type:
            return plain and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        return plain and event.key() in CONTROL_KEYS

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_app_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A widget that is being deleted loses the keyboard when nothing of it can be called any more.
        if self._watched is not None and not sip.isdeleted(self._watched):
            self._watched.removeEventFilter(self)
        self._is_composing = False
        self._watched = new if isinstance(new, (*TEXT_FIELDS, *CONTROLS)) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def drops_down(widget: QWidget | None) -> bool:
    """Whether it is the list that hangs below a field to choose from."""
    window = widget.window() if isinstance(widget, QAbstractItemView) else None
    return window is not None and window.windowType() == Qt.WindowType.Popup
