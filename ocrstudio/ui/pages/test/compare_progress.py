"""How far a comparison is, and the button that ends it."""

from __future__ import annotations

from PyQt5.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.parts import GRID, button, label
from ocrstudio.ui.widgets.parts import row as line_of
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ComparisonProgress(TranslatedWidget):
    """Hidden while nothing is under way. The page connects `cancel.clicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("muted", "comparisonProgressText")
        self.bar = QProgressBar()
        self.bar.setObjectName("comparisonProgress")
        self.bar.setTextVisible(False)
        self.cancel = button("cancelComparison", "fa5s.times")
        self.say(self.cancel.setText, lambda: self.tr("Cancel"))
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.bar)
        middle.addStretch(1)
        line = line_of(self._words, spacing=2 * GRID)
        line.addLayout(middle, 1)
        line.addWidget(self.cancel)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def tell(self, words: str, done: int, total: int) -> None:
        """Shows itself with what is being done; a total of 0 lets the bar just move."""
        self._words.setText(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()
