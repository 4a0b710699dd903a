"""How far something is, and the button that ends it."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ProgressLine(TranslatedWidget):
    """Words, a bar, buttons. Hidden while nothing is under way.

    Args:
        name: What is under way, as object names of the parts begin.
        *buttons: Stand before the one that cancels.
        parent: Owner.
    """

    cancel_requested = pyqtSignal()

    def __init__(self, name: str, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("muted", f"{name}ProgressText")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}Progress")
        self._bar.setTextVisible(False)
        self.cancel = button(f"{name}Cancel", "fa5s.times")
        self.cancel.clicked.connect(self.cancel_requested)
        self.say(self.cancel.setText, lambda: self.tr("Cancel"))
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._bar)
        middle.addStretch(1)
        line = row(self._words, spacing=2 * GRID)
        line.addLayout(middle, 1)
        for made in (*buttons, self.cancel):
            line.addWidget(made)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def tell(self, words: str, done: int, total: int) -> None:
        """Shows itself with what is being done; a total of 0 lets the bar just move."""
        self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()
