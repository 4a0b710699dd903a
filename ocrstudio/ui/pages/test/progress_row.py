"""How far the reading of several pictures is, and the buttons that hold it up and end it."""

from __future__ import annotations

import time

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.ui.pages.test.progress_line import ProgressLine
from ocrstudio.ui.widgets.parts import button

# A guess of the time left is worth saying from so many pictures on.
GUESS_FROM = 3


class ProgressRow(ProgressLine):
    """Hidden while nothing is being read."""

    pause_requested = pyqtSignal()
    go_on_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        pause = button("pauseReadingButton", "fa5s.pause")
        super().__init__("reading", pause, parent=parent)
        self.pause = pause
        self._done = self._total = 0
        self._paused = False
        self._began = (0.0, 0)  # when the batch began or went on, and how many were done then
        self.pause.clicked.connect(self._on_pause_clicked)
        self.say(self.pause.setText, self._pause_word)
        self.say(self._words.setText, self._sentence)

    def show_progress(self, done: int, total: int) -> None:
        """Shows that `done` of `total` pictures have been read; hides itself when all have."""
        if done < self._done or self._done >= self._total:
            self._began = (time.monotonic(), done)
        self._done, self._total = done, total
        self.pause.setVisible(total > 1)
        if done < total:
            self.tell(self._sentence(), done, total if total > 1 else 0)  # a single picture has no halves
        else:
            self.hide()

    @pyqtSlot(bool)
    def show_paused(self, paused: bool) -> None:
        """Says whether reading is held up."""
        self._paused = paused
        self._began = (time.monotonic(), self._done)
        self.pause.setText(self._pause_word())
        self._words.setText(self._sentence())

    def _pause_word(self) -> str:
        return self.tr("Go on") if self._paused else self.tr("Pause")

    def _sentence(self) -> str:
        if self._paused:
            text = self.tr("Paused after {number} of {total} pictures.")
            return text.format(number=self._done, total=self._total)
        if self._total == 1:
            return self.tr("Reading the picture…")
        text = self.tr("Reading picture {number} of {total}…")
        said = text.format(number=min(self._done + 1, self._total), total=self._total)
        return f"{said} {self._time_left()}".strip()

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
