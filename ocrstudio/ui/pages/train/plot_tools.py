"""How curves are shown: over what, how smooth, on which scale, and which plots."""

from __future__ import annotations

from functools import partial

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QAction, QComboBox, QMenu, QSlider, QWidget

from ocrstudio.core.run_curves import SECTIONS, PlotKey
from ocrstudio.ui.pages.train.plot_words import plot_tip, plot_title
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, button, label, row

AXES = ("step", "epoch", "time")
# The slider's places in hundredths; the last ones lie closer together, where small changes show.
WEIGHTS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
SLIDER_PX = 90


class _StayingMenu(QMenu):
    """Stays open while plots are ticked, so that several can be chosen in one go."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.pos())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


class PlotTools(FlowWidget):
    """The bar above the plots.

    Args:
        legend: Stands at its beginning.
        place: Takes what is left at its end.
    """

    axis_chosen = pyqtSignal(str)  # one of AXES
    weight_chosen = pyqtSignal(float)  # of the smoothing, 0 to below 1
    log_chosen = pyqtSignal(bool)  # whether losses are drawn on a logarithmic scale
    plot_toggled = pyqtSignal(str, bool)  # name of a plot, and whether it is shown
    defaults_requested = pyqtSignal()  # the plots that such a run has at first
    fit_requested = pyqtSignal()

    def __init__(self, legend: list[QWidget], place: QWidget) -> None:
        super().__init__(GRID)
        for widget in (*legend, self._build_axis(), self._build_smoothing(), self._build_buttons()):
            self.flow.addWidget(widget)
        self.flow.add_at_rest(place)

    def _build_axis(self) -> QComboBox:
        self.axis = QComboBox()
        self.axis.setObjectName("plotAxis")
        words = {
            "step": lambda: self.tr("by step"),
            "epoch": lambda: self.tr("by epoch"),
            "time": lambda: self.tr("by time"),
        }
        for place, name in enumerate(AXES):
            self.axis.addItem("", name)
            self.say(partial(self.axis.setItemText, place), words[name])
        self.say(self.axis.setToolTip, lambda: self.tr("What the curves are drawn over. Time is in hours."))
        self.say(self.axis.setAccessibleName, lambda: self.tr("What the curves are drawn over"))
        self.axis.currentIndexChanged.connect(self._on_axis_changed)
        return self.axis

    def _build_smoothing(self) -> QWidget:
        words = label("muted")
        self.say(words.setText, lambda: self.tr("Smoothing"))
        self.smoothing = QSlider(Qt.Orientation.Horizontal)
        self.smoothing.setObjectName("plotSmoothing")
        self.smoothing.setRange(0, len(WEIGHTS) - 1)
        self.smoothing.setPageStep(2)
        self.smoothing.setFixedWidth(SLIDER_PX)
        self._weight = label("muted", "plotSmoothingValue")
        self._weight.setMinimumWidth(self._weight.fontMetrics().horizontalAdvance("0.000"))
        self._weight.setText("0")
        for one in (words, self.smoothing, self._weight):
            self.say(
                one.setToolTip,
                lambda: self.tr(
                    "Draws the training curves as moving averages, which give earlier values this weight; the values "
                    "themselves stay behind them, faint. Validation is never smoothed."
                ),
            )
        self.say(self.smoothing.setAccessibleName, lambda: self.tr("Smoothing of the training curves"))
        self.smoothing.valueChanged.connect(self._on_smoothing_changed)
        together = QWidget()
        together.setLayout(row(words, self.smoothing, self._weight))
        return together

    def _build_buttons(self) -> QWidget:
        self.log = button("plotLogButton")
        self.log.setCheckable(True)
        self.say(self.log.setText, lambda: self.tr("Log scale"))
        self.say(self.log.setToolTip, lambda: self.tr("Draws losses on a logarithmic scale: small changes show too."))
        self.log.toggled.connect(self.log_chosen)
        self.plots = button("plotChooserButton", "fa5s.chart-line")
        self.plots.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self.say(self.plots.setText, lambda: self.tr("Curves"))
        self.say(self.plots.setToolTip, lambda: self.tr("Choose what is drawn of all that the run has measured."))
        self._menu = _StayingMenu(self.plots)
        self._menu.setToolTipsVisible(True)
        self.plots.setMenu(self._menu)
        fit = button("plotFitButton", "fa5s.expand", "quiet")
        self.say(
            fit.setToolTip,
            lambda: self.tr(
                "Shows the whole run and follows it, as a double click does. Zoom with the wheel or + and -, move by "
                "dragging or with the arrow keys; the wheel beside a plot changes its heights."
            ),
        )
        self.say(fit.setAccessibleName, lambda: self.tr("Show the whole run"))
        fit.clicked.connect(self.fit_requested)
        # Together: one of them alone in a line of its own looks lost.
        together = QWidget()
        together.setLayout(row(self.plots, self.log, fit))
        return together

    def offer(self, plots: list[PlotKey], shown: set[str]) -> None:
        """Fills the menu with the plots that a run can have."""
        self._menu.clear()
        for section in SECTIONS:
            members = [plot for plot in plots if plot.section == section]
            if members and not self._menu.isEmpty():
                self._menu.addSeparator()
            for plot in members:
                self._menu.addAction(self._plot_action(plot, plot.name in shown))
        self._menu.addSeparator()
        reset = self._menu.addAction(self.tr("The usual ones"))
        if reset is not None:
            reset.triggered.connect(self.defaults_requested)
        self.plots.setEnabled(bool(plots))

    def _plot_action(self, plot: PlotKey, shown: bool) -> QAction:
        names = ", ".join(plot.names)
        title = plot_title(plot.name)
        action = QAction(title if names == plot.name or len(plot.names) > 3 else f"{title}: {names}", self._menu)
        action.setObjectName(f"show-{plot.name}")
        action.setToolTip(plot_tip(plot.name) or names)
        action.setCheckable(True)
        action.setChecked(shown)
        action.setData(plot.name)
        action.toggled.connect(self._on_plot_action_toggled)
        return action

    @pyqtSlot(bool)
    def _on_plot_action_toggled(self, shown: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.plot_toggled.emit(str(action.data()), shown)

    @pyqtSlot(int)
    def _on_axis_changed(self, place: int) -> None:
        self.axis_chosen.emit(AXES[place])

    @pyqtSlot(int)
    def _on_smoothing_changed(self, place: int) -> None:
        self._weight.setText(f"{WEIGHTS[place]:g}")
        self.weight_chosen.emit(WEIGHTS[place])
