"""Larger text widens the window and its panels; when it is as small as before, they are as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt5.QtCore import QByteArray, QEvent, QObject, QSize, QTimer, pyqtSlot
from PyQt5.QtWidgets import QMainWindow

from ocrstudio.services.timers import single_shot
from ocrstudio.ui.splitter_memory import SplitterMemory

# Layouts hear one after the other that they need less, and tool bars then leave out words: until here, all have.
SETTLED_MS = 1000

Room = tuple[QSize, Mapping[str, QByteArray]]


class RoomForText(QObject):
    """Keeps, for each size of the text, how large the window and its panels were when that was left.

    Args:
        window: The window, its owner.
        splitters: Knows its panels.
        percent: The size of the text now.
    """

    def __init__(self, window: QMainWindow, splitters: SplitterMemory, percent: int) -> None:
        super().__init__(window)
        self._window, self._splitters, self._percent = window, splitters, percent
        self._left: dict[int, Room] = {}
        self._wanted: Room | None = None
        self._settled = single_shot(self, SETTLED_MS, self._on_settled)
        window.installEventFilter(self)

    def change(self, percent: int, apply: Callable[[], object]) -> None:
        """Changes the look; with smaller text, what has grown for the larger one shrinks again.

        Args:
            percent: The size of the text from now on.
            apply: Makes the change.
        """
        before, self._percent = self._percent, percent
        if percent != before:
            self._left[before] = self._wanted or (self._window.size(), self._splitters.states())
            self._wanted = self._left.get(percent) if percent < before else None
        apply()
        if self._wanted is not None:
            self._settled.start()
            QTimer.singleShot(0, self._shrink)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if self._wanted is not None and event is not None and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self._shrink)  # once the window itself has heard of it
        return super().eventFilter(watched, event)

    @pyqtSlot()
    def _shrink(self) -> None:
        if self._wanted is None:
            return
        size, states = self._wanted
        if not (self._window.isMaximized() or self._window.isFullScreen()):
            self._window.resize(self._window.size().boundedTo(size))
        self._splitters.put_back(states)

    @pyqtSlot()
    def _on_settled(self) -> None:
        self._wanted = None
