"""Opens trainings of other programs: a log, a folder with one, or VisualDL's records."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from ocrstudio.formats.old_run import open_old_run
from ocrstudio.services.background import Background
from ocrstudio.ui.widgets.translated import TranslatedWidget


class LogOpener(QObject):
    """Asks for a file or a folder and reads it in the background; the last one that was asked for counts.

    Args:
        window: A widget of the window that the questions belong to.
    """

    opened = pyqtSignal(object)  # OldRun
    failed = pyqtSignal(object)  # StudioError

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._background = Background(self, threads=1)

    def offer(self, button: QPushButton, owner: TranslatedWidget) -> None:
        """Gives a button a menu that asks for a file or for a folder."""
        menu = QMenu(button)
        file, folder = menu.addAction(""), menu.addAction("")
        if file is not None and folder is not None:
            owner.say(file.setText, lambda: self.tr("A log file (train.log)…"))
            owner.say(folder.setText, lambda: self.tr("A folder with a log or VisualDL's records…"))
            file.triggered.connect(self._on_file_triggered)
            folder.triggered.connect(self._on_folder_triggered)
        button.setMenu(menu)
        # The style's own arrow sits in the corner below the text.
        button.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")

    def open(self, path: Path) -> None:
        """Reads a log or a folder."""
        self._background.drop()
        self._background.attempt(lambda: open_old_run(path), self.opened.emit, self.failed.emit)

    def close(self) -> None:
        """Reads nothing any more."""
        self._background.close()

    @pyqtSlot()
    def _on_file_triggered(self) -> None:
        kinds = self.tr("Logs (*.log *.txt *vdlrecords*)") + ";;" + self.tr("All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open the log of a training"), "", kinds)
        if chosen:
            self.open(Path(chosen))

    @pyqtSlot()
    def _on_folder_triggered(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Open the folder of a training"))
        if chosen:
            self.open(Path(chosen))
