"""How far the reading of several pictures is, and the buttons that hold it up and end it."""

from __future__ import annotations

import time

from PyQt5.QtCore import QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

# A guess of the time left is worth saying from so many pictures on.
GUESS_FROM = 3


class ProgressRow(TranslatedWidget):
    """Hidden while nothing is being read."""

    pause_requested = pyqtSignal()
    go_on_requested = pyqtSignal()
    cancel_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._total = 0
        self._paused = False
        self._began = (0.0, 0)  # when the batch began or went on, and how many were done then
        self._words = label("muted", "readingProgressText")
        self._bar = QProgressBar()
        self._bar.setObjectName("readingProgress")
        self._bar.setTextVisible(False)
        self.pause = button("pauseReadingButton", "fa5s.pause")
        self.pause.clicked.connect(self._on_pause_clicked)
        self.cancel = button("cancelReadingButton", "fa5s.times")
        self.cancel.clicked.connect(self.cancel_requested)
        self.say(self.cancel.setText, lambda: self.tr("Cancel"))
        bar_column = QVBoxLayout()
        bar_column.addStretch(1)
        bar_column.addWidget(self._bar)
        bar_column.addStretch(1)
        line = row(self._words, spacing=2 * GRID)
        line.addLayout(bar_column, 1)
        line.addWidget(self.pause)
        line.addWidget(self.cancel)
        self.setLayout(line)
        self._fill()
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def show_progress(self, done: int, total: int) -> None:
        """Shows that `done` of `total` pictures have been read; hides itself when all have."""
        if done < self._done or self._done >= self._total:
            self._began = (time.monotonic(), done)
        self._done, self._total = done, total
        self._bar.setRange(0, total if total > 1 else 0)  # a single picture has no halves: the bar just moves
        self._bar.setValue(done)
        self.pause.setVisible(total > 1)
        self._fill()
        self.setVisible(done < total)

    @pyqtSlot(bool)
    def show_paused(self, paused: bool) -> None:
        """Says whether reading is held up."""
        self._paused = paused
        self._began = (time.monotonic(), self._done)
        self._fill()

    def _fill(self) -> None:
        self.pause.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        if self._paused:
            text = self.tr("Paused after {number} of {total} pictures.")
            self._words.setText(text.format(number=self._done, total=self._total))
        elif self._total == 1:
            self._words.setText(self.tr("Reading the picture…"))
        else:
            text = self.tr("Reading picture {number} of {total}…")
            said = text.format(number=min(self._done + 1, self._total), total=self._total)
            self._words.setText(f"{said} {self._time_left()}".strip())

    def _time_left(self) -> str:
        began, before = self._began
        since = self._done - before
        if since < GUESS_FROM:
            return ""
        minutes = (time.monotonic() - began) / since * (self._total - self._done) / 60
        if minutes < 1:
            return self.tr("Less than a minute left.")
        return self.tr("About {number} minutes left.").format(number=round(minutes) + 1)

    @pyqtSlot()
    def _on_pause_clicked(self) -> None:
        (self.go_on_requested if self._paused else self.pause_requested).emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
