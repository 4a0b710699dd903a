"""The window without its frame, on all of the screen."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QAction, QWidget


class FullScreen(QObject):
    """Follows a command that is on or off; Escape leads back where nothing else has use for it.

    Args:
        window: The window.
        action: The command.
    """

    def __init__(self, window: QWidget, action: QAction) -> None:
        super().__init__(window)
        self._window, self._action = window, action
        action.toggled.connect(self._on_action_toggled)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if event is None:
            return False
        if event.type() == QEvent.Type.WindowStateChange:  # the desktop has a way of its own
            self._action.setChecked(self._window.isFullScreen())
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() == Qt.Key.Key_Escape and self._window.isFullScreen():
            self._action.setChecked(False)
            return True
        return False

    @pyqtSlot(bool)
    def _on_action_toggled(self, is_full: bool) -> None:
        if is_full != self._window.isFullScreen():
            # A window that was as large as possible is so again afterwards.
            self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
