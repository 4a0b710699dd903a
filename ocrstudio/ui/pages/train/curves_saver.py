"""Writes the curves that are shown into a file, as a picture or as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QMenu, QWidget

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.run_csv import history_csv
from ocrstudio.services.training_run import TrainingRun
from ocrstudio.ui.actions import make_action
from ocrstudio.ui.pages.train.actions import SAVE_PICTURE, SAVE_TABLE
from ocrstudio.ui.pages.train.plot_panel import PlotPanel


class CurvesSaver(QObject):
    """Asks where to, and writes.

    Args:
        plots: Drawn as they are.
        shown: Gives the run whose curves they are.
        page: Owner of the commands and of the questions.
    """

    failed = pyqtSignal(object)  # StudioError

    def __init__(self, plots: PlotPanel, shown: Callable[[], TrainingRun], page: QWidget) -> None:
        super().__init__(page)
        self._plots, self._shown, self._page = plots, shown, page

    def fill(self, menu: QMenu) -> None:
        """Puts the commands into a menu."""
        menu.addAction(make_action(SAVE_PICTURE, self._page, self.save_picture))
        menu.addAction(make_action(SAVE_TABLE, self._page, self.save_table))

    @pyqtSlot()
    def save_picture(self) -> None:
        """All plots as one picture."""
        path = self._ask_path(self.tr("Save the curves as a picture"), "curves.png", self.tr("PNG pictures (*.png)"))
        if path is not None and not self._plots.picture().save(str(path), "PNG"):
            what = QT_TRANSLATE_NOOP("Errors", "{file} could not be written.")
            self.failed.emit(ProjectError(what, QT_TRANSLATE_NOOP("Errors", "Choose another folder."), file=path))

    @pyqtSlot()
    def save_table(self) -> None:
        """Everything that was measured, for other programs."""
        path = self._ask_path(self.tr("Save the curves as a table"), "curves.csv", self.tr("Tables (*.csv)"))
        if path is None:
            return
        try:
            write_atomic(path, history_csv(self._shown().history))
        except StudioError as error:
            self.failed.emit(error)

    def _ask_path(self, title: str, name: str, kinds: str) -> Path | None:
        run = self._shown().run
        start = str(run.path / name) if run is not None else name
        chosen, _ = QFileDialog.getSaveFileName(self._page, title, start, kinds)
        return Path(chosen) if chosen else None
