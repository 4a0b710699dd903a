"""The last line of the config page: what keeps a training from starting, and the button that starts it."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QWidget

from ocrstudio.ui.widgets.parts import GRID, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget


class StartBar(TranslatedWidget):
    """A sentence and up to two buttons."""

    start_requested = pyqtSignal()
    dataset_requested = pyqtSignal()  # the user wants to write a dataset first

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._obstacle = label("muted", "trainObstacle", wrap=True)
        self._to_dataset = button("goToDatasetButton", "fa5s.layer-group")
        self.start_button = button("startTrainingButton", "fa5s.play", "big")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self._obstacle, 1)
        line.addWidget(self._to_dataset)
        line.addWidget(self.start_button)
        self.say(self._to_dataset.setText, lambda: self.tr("Write a dataset"))
        self._is_poor = False
        self.say(self.start_button.setText, self._start_text)
        self._to_dataset.clicked.connect(self.dataset_requested)
        self.start_button.clicked.connect(self.start_requested)

    def _start_text(self) -> str:
        return self.tr("Start anyway") if self._is_poor else self.tr("Start training")

    def show_state(self, text: str, *, ready: bool, needs_dataset: bool, poor: bool = False) -> None:
        """Shows what stands in the way, or what will be trained.

        Args:
            text: The sentence.
            ready: Whether a training can start.
            needs_dataset: Whether writing a dataset is what to do next.
            poor: Whether the flight check thinks little of it.
        """
        self._is_poor = poor
        self.start_button.setText(self._start_text())
        self._obstacle.setText(text)
        self.start_button.setEnabled(ready)
        self._to_dataset.setVisible(needs_dataset)
