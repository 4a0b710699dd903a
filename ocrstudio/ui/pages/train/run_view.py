"""One run on the training page: how it is doing, its numbers, its curves, and tabs for all that is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from ocrstudio.services.training_run import TrainingRun
from ocrstudio.ui.pages.train.diagnosis import DiagnosisStrip
from ocrstudio.ui.pages.train.hardware import HardwareStrip
from ocrstudio.ui.pages.train.log_pane import LogPane
from ocrstudio.ui.pages.train.number_tiles import NumberTiles
from ocrstudio.ui.pages.train.plot_panel import PlotPanel
from ocrstudio.ui.pages.train.run_header import RunHeader
from ocrstudio.ui.pages.train.wrong_lines import WrongLines
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Enough to read what is there.
LOWEST_PLOTS_PX, LOWEST_TABS_PX = 290, 200


class RunView(TranslatedWidget):
    """Shows one of the runs that it follows.

    Args:
        runs: Those that it follows; the last one is shown first.

    Attributes:
        run: The one that is shown.
    """

    def __init__(self, runs: tuple[TrainingRun, ...]) -> None:
        super().__init__()
        self.run = runs[-1]
        self._drawn = self.run.history
        self.diagnosis = DiagnosisStrip()
        self.header = RunHeader()
        self.tiles = NumberTiles()
        self.plots = PlotPanel()
        self.log = LogPane()
        self.wrong = WrongLines()
        self.hardware = HardwareStrip()
        self._build()
        for run in runs:
            run.history_changed.connect(self._on_run_history_changed)
            run.stage_changed.connect(self._on_run_stage_changed)
            run.log_began.connect(self._on_run_log_began)
            run.log_received.connect(self._on_run_log_received)

    def _build(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setObjectName("runTabs")
        self.tabs.setDocumentMode(True)
        self._add_tab(self.log, lambda: self.tr("Log"))
        self._add_tab(self.wrong, lambda: self.tr("Wrong lines"))
        self._add_tab(self.hardware, lambda: self.tr("Hardware"))
        lower = QSplitter(Qt.Orientation.Vertical)
        lower.setObjectName("plotsAndLog")
        lower.addWidget(self.plots)
        lower.addWidget(self.tabs)
        lower.setStretchFactor(0, 3)
        lower.setStretchFactor(1, 2)
        lower.setSizes([420, 240])
        lower.setChildrenCollapsible(False)
        lower.setHandleWidth(2 * GRID)
        self.plots.setMinimumHeight(LOWEST_PLOTS_PX)
        self.tabs.setMinimumHeight(LOWEST_TABS_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.diagnosis)
        column.addWidget(self.header)
        column.addWidget(self.tiles)
        column.addWidget(lower, 1)

    def _add_tab(self, widget: QWidget, title: Callable[[], str]) -> None:
        """One more tab below the curves; the title is asked for again after a change of language."""
        place = self.tabs.addTab(widget, "")
        self.say(partial(self.tabs.setTabText, place), title)

    def show_run(self, run: TrainingRun) -> None:
        """Shows another run, or the same one after it was begun anew; the log is the caller's."""
        self.run = run
        self.header.show_run(run)
        self.diagnosis.show_run(run)
        self.tiles.show_history(run.history)
        self._draw()
        self.wrong.show_run(run.run)
        self.hardware.show_run(run.run)

    def close_background(self) -> None:
        """Ends what still works for it."""
        self.wrong.close_background()
        self.hardware.watch.close()

    def _draw(self) -> None:
        self._drawn = self.run.history
        self.plots.show_history(self._drawn)

    @pyqtSlot()
    def _on_run_history_changed(self) -> None:
        if self.sender() is not self.run:
            return
        if self.run.history is not self._drawn:
            # the run was read anew
            self._draw()
        self.plots.mark_dirty()
        self.tiles.show_history(self.run.history)
        self.header.refresh()

    @pyqtSlot(str, int, int)
    def _on_run_stage_changed(self, name: str, done: int, total: int) -> None:
        if self.sender() is self.run:
            self.header.show_stage(name, done, total)

    @pyqtSlot()
    def _on_run_log_began(self) -> None:
        if self.sender() is self.run:
            self.log.clear()

    @pyqtSlot(str)
    def _on_run_log_received(self, text: str) -> None:
        if self.sender() is self.run:
            self.log.add(text)
