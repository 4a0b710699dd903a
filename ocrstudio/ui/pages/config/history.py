"""One history for the whole page: undo and redo are the text's, wherever the keyboard is."""

from __future__ import annotations

import time

from PyQt5.QtCore import QEvent, QObject
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QLineEdit, QWidget

# Changes of one value in a row, such as a number that is turned up, are one step.
ONE_STEP_S = 1.5


def is_undo(event: QKeyEvent) -> bool:
    """Whether a key press asks for undo."""
    return bool(event.matches(QKeySequence.StandardKey.Undo))


def is_redo(event: QKeyEvent) -> bool:
    """Whether a key press asks for redo."""
    return bool(event.matches(QKeySequence.StandardKey.Redo)) or QKeySequence(int(event.modifiers()) | event.key()) in (
        QKeySequence("Ctrl+Y"),
        QKeySequence("Ctrl+Shift+Z"),
    )


class PassHistoryKeys(QObject):
    """Sends undo and redo on from an input field to the page, but for what is only typed and not taken over yet."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(watched, QLineEdit) and watched.isModified():
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and (is_undo(event) or is_redo(event)):
            event.ignore()
            return True
        return False


class Steps:
    """Tells whether a change belongs to the step before it."""

    def __init__(self) -> None:
        self._key = ""
        self._at = 0.0

    def goes_on(self, key: str) -> bool:
        """Whether the change of a key follows another one of the same key at once."""
        now = time.monotonic()
        same = key == self._key and now - self._at < ONE_STEP_S
        self._key, self._at = key, now
        return same

    def end(self) -> None:
        """Something else was changed meanwhile."""
        self._key = ""
