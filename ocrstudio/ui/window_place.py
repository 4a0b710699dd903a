"""Where a window stands, from one start to the next."""

from __future__ import annotations

from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication, QWidget

from ocrstudio.services.settings import WindowState

FIRST_SIZE = (1360, 860)


def keep_place(window: QWidget, state: WindowState) -> None:
    """Notes where the window stands and how large it is."""
    state.put("geometry", window.saveGeometry())


def restore_place(window: QWidget, state: WindowState) -> None:
    """Puts the window where it stood last, or in the middle of the screen; never on all of it without a frame."""
    geometry = state.get("geometry")
    if not geometry.isEmpty() and window.restoreGeometry(geometry):
        if window.isFullScreen():
            window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
        return
    screen = QApplication.primaryScreen()
    room = screen.availableGeometry() if screen is not None else window.geometry()
    window.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height()))
    if window.width() < FIRST_SIZE[0] or window.height() < FIRST_SIZE[1]:
        # With its frame it would reach below the screen.
        window.setWindowState(Qt.WindowState.WindowMaximized)
    window.move(room.center() - QPoint(window.width() // 2, window.height() // 2))
