"""What stays in view while boxes are repeated on the next pages: how many, and the way to stop."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ocrstudio.services.locked_boxes import LockedBoxes
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class LockBar(TranslatedWidget):
    """Shown while boxes are locked.

    Args:
        locks: The boxes that are repeated.
    """

    def __init__(self, locks: LockedBoxes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockBar")
        self._locks = locks
        mark = QLabel()
        mark.setPixmap(icon("fa5s.lock", "accent").pixmap(16, 16))
        self._text = label("", "lockText", wrap=True)
        self.stop = button("lockStop")
        line = row(mark, self._text, self.stop)
        line.setStretch(1, 1)
        line.setContentsMargins(GRID + 4, 4, 4, 4)
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setLayout(line)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(self._text.setText, self._words)
        self.say(self.stop.setText, lambda: self.tr("Stop repeating"))
        self.stop.clicked.connect(locks.unlock_all)
        locks.changed.connect(self._refresh)
        self._refresh()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    def _words(self) -> str:
        if self._locks.count == 1:
            return self.tr("1 box is put on each next page without boxes.")
        return self.tr("{count} boxes are put on each next page without boxes.").format(count=self._locks.count)

    @pyqtSlot()
    def _refresh(self) -> None:
        self._text.setText(self._words())
        self.setVisible(self._locks.count > 0)
