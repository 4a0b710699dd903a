"""Splitters that come back as the user left them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PyQt5 import sip
from PyQt5.QtCore import QByteArray, QEvent, QObject, QTimer
from PyQt5.QtWidgets import QSplitter, QWidget

from ocrstudio.services.settings import WindowState


class SplitterMemory(QObject):
    """Restores the named splitters of a page when they are first shown, and keeps what became of them.

    A splitter that was restored has the property "remembered": its page leaves the widths alone then.

    Args:
        state: Where the widths are kept.
        parent: Owner.
    """

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._known: dict[str, QSplitter] = {}
        self._shown: set[str] = set()

    def watch(self, page: QWidget) -> None:
        """Takes care of all splitters of a page that have an object name."""
        for splitter in page.findChildren(QSplitter):
            if splitter.objectName():
                self._known[f"splitter-{splitter.objectName()}"] = splitter
                splitter.installEventFilter(self)

    def keep(self) -> None:
        """Stores the widths of all splitters that have been on the screen."""
        for key, state in self.states().items():
            self._state.put(key, state)

    def states(self) -> dict[str, QByteArray]:
        """The widths of all splitters that have been on the screen, by their keys."""
        return {key: self._known[key].saveState() for key in self._shown if not sip.isdeleted(self._known[key])}

    def put_back(self, states: Mapping[str, QByteArray]) -> None:
        """Gives splitters the widths that `states` told."""
        for key, state in states.items():
            if not sip.isdeleted(self._known[key]):
                self._known[key].restoreState(state)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(watched, QSplitter) and event is not None and event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            key = f"splitter-{watched.objectName()}"
            self._shown.add(key)
            state = self._state.get(key)
            if not state.isEmpty():
                watched.setProperty("remembered", True)
                # Its children get their places only after this event; widths that are set earlier are forgotten.
                QTimer.singleShot(0, partial(self._restore, key))
        return False

    def _restore(self, key: str) -> None:
        if not sip.isdeleted(self._known[key]):
            self._known[key].restoreState(self._state.get(key))
