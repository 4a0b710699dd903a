"""The field for the text of one line: keys that are no text become wishes, an input method is never disturbed."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal
from PyQt5.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QLineEdit, QWidget

# Keys that walk through the lines, or leave them, unless an input method is at work.
_NEXT, _PREVIOUS = (Qt.Key.Key_Tab, Qt.Key.Key_Down), (Qt.Key.Key_Backtab, Qt.Key.Key_Up)
_CONFIRM = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKING = (*_NEXT, *_PREVIOUS, *_CONFIRM, Qt.Key.Key_Escape)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TextField(QLineEdit):
    """The text of one line. Keys that are no text leave as signals, so that no shortcut fires while one types.

    While an input method composes, no key steps, confirms or triggers a shortcut: it belongs to the input method.
    """

    confirmed = pyqtSignal()  # Return
    step_requested = pyqtSignal(int)  # 1 next box, -1 previous box
    left = pyqtSignal()  # Esc
    undo_requested = pyqtSignal()
    redo_requested = pyqtSignal()
    focus_lost = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""

    @property
    def is_composing(self) -> bool:
        """Whether an input method holds letters that are not in the text yet."""
        return bool(self._composed)

    def finish_composing(self) -> None:
        """Takes over what an input method is still composing: it counts as typed."""
        method = QGuiApplication.inputMethod()
        if method is not None and self.hasFocus():
            method.commit()
        if self._composed:  # it kept it, or the keyboard has gone elsewhere already
            event = QInputMethodEvent()
            event.setCommitString(self._composed)
            QCoreApplication.sendEvent(self, event)

    def insert_text(self, text: str) -> None:
        """Types a text at the cursor, replacing what is selected."""
        if not self.isReadOnly():
            self.finish_composing()
            self.insert(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._composed = "" if self.isReadOnly() else event.preeditString()

    def event(self, event: QEvent) -> bool:
        # Accepting it keeps the key from every shortcut of the window; it comes back as a key press.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            walks = event.key() in _WALKING and not event.modifiers() & _COMMANDS
            if self.is_composing or walks:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Tab walks through the boxes instead
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_composing:
            # Input methods swallow their keys; one that slips through must neither step nor delete text behind it.
            if event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
                self.finish_composing()
                super().keyPressEvent(event)
            event.accept()
            return
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if key in _CONFIRM and not held:
            self.confirmed.emit()
        elif key in _NEXT and not held:
            self.step_requested.emit(1)
        elif key in _PREVIOUS and (not held or (shift and key == Qt.Key.Key_Backtab)):
            self.step_requested.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            self.undo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable():
            self.redo_requested.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu opened over the field does not end the typing.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focus_lost.emit()
