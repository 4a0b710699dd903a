"""How far the reading of several pictures is, and the button that ends it."""

from __future__ import annotations

from PyQt5.QtCore import QEvent
from PyQt5.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ProgressRow(TranslatedWidget):
    """Hidden while nothing is being read. The page connects `cancel.clicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._total = 0
        self._words = label("muted", "readingProgressText")
        self._bar = QProgressBar()
        self._bar.setObjectName("readingProgress")
        self._bar.setTextVisible(False)
        self.cancel = button("cancelReadingButton", "fa5s.times")
        self.say(self.cancel.setText, lambda: self.tr("Cancel"))
        bar_column = QVBoxLayout()
        bar_column.addStretch(1)
        bar_column.addWidget(self._bar)
        bar_column.addStretch(1)
        line = row(self._words, spacing=2 * GRID)
        line.addLayout(bar_column, 1)
        line.addWidget(self.cancel)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def show_progress(self, done: int, total: int) -> None:
        """Shows that `done` of `total` pictures have been read; hides itself when all have."""
        self._done, self._total = done, total
        self._bar.setRange(0, total if total > 1 else 0)  # a single picture has no halves: the bar just moves
        self._bar.setValue(done)
        self._fill()
        self.setVisible(done < total)

    def _fill(self) -> None:
        if self._total == 1:
            self._words.setText(self.tr("Reading the picture…"))
        else:
            text = self.tr("Reading picture {number} of {total}…")
            self._words.setText(text.format(number=min(self._done + 1, self._total), total=self._total))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
