"""Live curves of all that a run measures, training batches and validation told apart."""

from __future__ import annotations

import time
from collections import deque

import numpy as np
import pyqtgraph as pg
from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent, QShowEvent
from PyQt5.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ocrstudio.core.run_curves import PlotKey, first_plots, plots_of
from ocrstudio.core.run_history import RunHistory
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.curve_points import Floats
from ocrstudio.ui.pages.train.metric_plot import TRAIN, VALIDATION, MetricPlot
from ocrstudio.ui.pages.train.plot_canvas import CurveLook, nearest
from ocrstudio.ui.pages.train.plot_tools import PlotTools
from ocrstudio.ui.pages.train.plot_words import side_tip
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

# The first news are drawn at once, more of them not before so many seconds, and the less often the more it costs: the
# processor is there for the training. Painting costs about twice what is measured here.
REDRAW_S, SLOWEST_S = 0.1, 1.0
COST_FACTOR = 25
# Plots are drawn one after the other; beyond this the rest waits until the window has done what else there is.
BUDGET_S = 0.02
# Widest and narrowest column: plots share a line down to the narrow one if there is no height for two lines.
COLUMN_PX, NARROW_PX = 300, 186
LINE_PX = 230
LOSSES = ("loss", "parts")
# Room to the right of the latest point, for those to come: the whole range is this times what is needed, at most.
AHEAD = 1.06
SECONDS_PER_HOUR = 3600.0
# A saved picture has so many pixels for each of the screen's.
PICTURE_SCALE = 2


class _LineSample(QWidget):
    """A short piece of a curve for the legend."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(QSize(36, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        colors = theme.colors().series
        if self._kind == "best":
            path = pg.graphicsItems.ScatterPlotItem.Symbols["star"]
            painter.translate(self.width() / 2, middle)
            painter.scale(14, 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors[VALIDATION]))
            painter.drawPath(path)
            return
        dashed = self._kind == "eval"
        look = CurveLook(colors[VALIDATION if dashed else TRAIN], dashed)
        painter.setPen(look.pen())
        painter.drawLine(2, int(middle), self.width() - 2, int(middle))
        if dashed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.color))
            painter.drawEllipse(QRectF(self.width() / 2 - 3.5, middle - 3.5, 7, 7))


class PlotPanel(TranslatedWidget):
    """Plots over the same range, with one legend; which ones depends on what the run measures and what is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = RunHistory()
        self._axis, self._weight = "step", 0.0
        self._dirty = False
        self._follows = True
        self._range = (0.0, 1.0)
        self._keys: dict[str, PlotKey] = {}
        # by what a run is judged by: what the user has chosen for such runs
        self._chosen: dict[str, set[str]] = {}
        self._waiting: deque[str] = deque()
        self._drawn_at = self._draw_cost = 0.0
        self._timer = single_shot(self, 0, self._on_timer_timeout)
        self._rest = single_shot(self, 0, self._draw_waiting)
        self.plots: dict[str, MetricPlot] = {}
        self._place = ElidedLabel("plotPlace", Qt.TextElideMode.ElideRight)
        self._place.setProperty("role", "muted")
        self._legend = self._build_legend()
        self.tools = PlotTools(self._legend, self._place)
        self._connect_tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.tools)
        column.addWidget(self._build_grid(), 1)

    def _build_grid(self) -> QScrollArea:
        self._content = QWidget()
        self._content.setProperty("role", "page")
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        self._arranged: tuple[object, ...] = ()
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(200)
        area.setWidget(self._content)
        self._nothing = label("muted", "noCurves", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.say(
            self._nothing.setText,
            lambda: self.tr("Nothing has been measured yet. Curves come with the first steps of the training."),
        )
        self._grid.addWidget(self._nothing, 0, 0)
        return area

    def _build_legend(self) -> list[QWidget]:
        legend = []
        for kind, text, tip in (
            ("train", lambda: self.tr("Training batches"), lambda: side_tip("train")),
            ("eval", lambda: self.tr("Validation"), lambda: side_tip("eval")),
            ("best", lambda: self.tr("Best, kept"), lambda: self.tr("The state that is kept and becomes the model.")),
        ):
            words = label("", f"{kind}Legend")
            self.say(words.setText, text)
            self.say(words.setToolTip, tip)
            entry = QWidget()
            entry.setLayout(row(_LineSample(kind), words))
            legend.append(entry)
        return legend

    def _connect_tools(self) -> None:
        self.tools.axis_chosen.connect(self._on_axis_chosen)
        self.tools.weight_chosen.connect(self._on_weight_chosen)
        self.tools.log_chosen.connect(self._on_log_chosen)
        self.tools.plot_toggled.connect(self._on_plot_toggled)
        self.tools.defaults_requested.connect(self._on_defaults_requested)
        self.tools.fit_requested.connect(self.fit)

    # --- what others may do ----------------------------------------------------------------------------------------

    def show_history(self, history: RunHistory) -> None:
        """Draws another run from now on."""
        if history is not self._history:
            self._history = history
            # what waits to be drawn is that of the run before
            self._waiting.clear()
            self._rest.stop()
            for plot in self.plots.values():
                plot.forget()
        self._follows = True
        self.mark_dirty()

    @pyqtSlot()
    def mark_dirty(self) -> None:
        """The history has grown; drawn within a tenth of a second if anybody looks."""
        self._dirty = True
        if self.isVisible() and not self._timer.isActive():
            pause = min(SLOWEST_S, max(REDRAW_S, COST_FACTOR * self._draw_cost))
            self._timer.start(max(0, round(1000 * (self._drawn_at + pause - time.perf_counter()))))

    @property
    def is_drawn(self) -> bool:
        """Whether the curves show all that the history holds."""
        return not self._dirty and not self._waiting

    @property
    def shown(self) -> list[str]:
        """The names of the plots that are shown, in their order."""
        return [name for name in self._keys if name in self._wanted()]

    @pyqtSlot()
    def fit(self) -> None:
        """Shows the whole run in all plots and follows it."""
        self._follows = True
        for plot in self.plots.values():
            plot.canvas.fit_heights()
        self.mark_dirty()

    @pyqtSlot(object)
    def point_at(self, place: float | None) -> None:
        """Marks the same place in all plots and says which it is; None takes the marks away."""
        self._place.show_text("" if place is None else self._place_words(place))
        for name in self.shown:
            if name in self.plots:
                self.plots[name].point_at(place)

    def picture(self) -> QPixmap:
        """All plots that are shown, with the legend, at twice the screen's sharpness."""
        self._draw()
        while self._waiting:
            self._draw_waiting()
        top = self._legend[0].sizeHint().height() + GRID
        picture = QPixmap(QSize(self._content.width(), top + self._content.height()) * PICTURE_SCALE)
        picture.setDevicePixelRatio(PICTURE_SCALE)
        picture.fill(QColor(theme.colors().window))
        flags = QWidget.RenderFlags(QWidget.RenderFlag.DrawChildren)
        left = 0
        for entry in self._legend:
            entry.render(picture, QPoint(left, GRID // 2), QRegion(), flags)
            left += entry.width() + 2 * GRID
        self._content.render(picture, QPoint(0, top), QRegion(), flags)
        return picture

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _wanted(self) -> set[str]:
        chosen = self._chosen.get(self._history.indicator)
        return set(first_plots(self._history, list(self._keys.values()))) if chosen is None else chosen

    def _draw(self) -> None:
        self._dirty = False
        keys = {plot.name: plot for plot in plots_of(self._history)}
        if keys != self._keys:
            self._keys = keys
            self.tools.offer(list(keys.values()), self._wanted())
        wanted = self.shown
        for name, plot in self.plots.items():
            if name not in wanted:
                plot.hide()
        if self._follows:
            self._range = self._whole_range()
        if not wanted:
            self._arrange()  # a run that goes on has measured nothing yet: what it draws next must be laid out anew
        self._waiting = deque(wanted)
        self._drawn_at, self._draw_cost = time.perf_counter(), 0.0
        self._draw_waiting()

    @pyqtSlot()
    def _draw_waiting(self) -> None:
        started = time.perf_counter()
        while self._waiting:
            name = self._waiting.popleft()
            if name in self._keys:
                plot = self.plots.get(name) or self._make_plot(name)
                if plot.show_history(self._history, self._keys[name], self._to_axis, self._weight):
                    self._waiting.append(name)
                plot.canvas.show_range(*self._range)
            if not self._waiting or name not in self._arranged:
                self._arrange()
            if self._waiting and time.perf_counter() - started > BUDGET_S:
                self._rest.start()
                break
        self._draw_cost += time.perf_counter() - started

    def _make_plot(self, name: str) -> MetricPlot:
        plot = self.plots[name] = MetricPlot(name)
        plot.canvas.set_log(self.tools.log.isChecked() and name in LOSSES)
        plot.canvas.pointed.connect(self.point_at)
        plot.canvas.fit_requested.connect(self.fit)
        plot.canvas.range_chosen.connect(self._on_range_chosen)
        plot.changed.connect(self.mark_dirty)
        return plot

    def _arrange(self) -> None:
        """As many columns as there is room for, all rows about equally full; plots of many curves are twice as wide."""
        plots = [self.plots[name] for name in self.shown if name in self.plots]
        lines = max(1, self._area.height() // LINE_PX)
        room = max(1, (self.width() + GRID) // (COLUMN_PX + GRID))
        spans = [2 if plot.is_wide and room > 1 else 1 for plot in plots]
        if sum(spans) > room * lines:
            room = min(sum(spans), max(room, (self.width() + GRID) // (NARROW_PX + GRID)))
        rows = max(1, -(-sum(spans) // room))
        columns = max(1, *spans, -(-sum(spans) // rows)) if spans else 1
        arranged = (columns, *zip((plot.name for plot in plots), spans, strict=True))
        if arranged == self._arranged:
            return
        self._arranged = arranged
        while self._grid.count():
            self._grid.takeAt(0)
        self._nothing.setVisible(not plots)
        if not plots:
            self._grid.addWidget(self._nothing, 0, 0)
        for place in range(max(self._grid.columnCount(), columns)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        lines_of: list[list[tuple[MetricPlot, int]]] = [[]]
        for plot, span in zip(plots, spans, strict=True):
            if sum(taken for _, taken in lines_of[-1]) + span > columns:
                lines_of.append([])
            lines_of[-1].append((plot, span))
        for line, members in enumerate(lines_of):
            column = 0
            for plot, span in members:
                # the last one of a line takes what is left
                span = columns - column if plot is members[-1][0] else span
                self._grid.addWidget(plot, line, column, 1, span)
                plot.show()
                column += span

    def _whole_range(self) -> tuple[float, float]:
        """From the beginning to a bit after the latest point; from the first point if it comes late."""
        lefts, rights = [], [1e-6]
        for table in self._history.tables.values():
            if len(table):
                ends = slice(None, None, max(1, len(table) - 1))
                x = self._to_axis(np.array(table.steps[ends]), np.array(table.times[ends]))
                lefts.append(float(x[0]))
                rights.append(float(x[-1]))
        left, right = min(lefts, default=0.0), max(rights)
        if 2 * left <= right or right <= left:  # one point alone has no width
            left = 0.0
        elif self._range[0] <= left <= self._range[0] + (AHEAD - 1) * (right - left):
            left = self._range[0]
        if left == self._range[0] and right <= self._range[1] <= left + AHEAD * (right - left):
            # there is room yet: scales that stay need not be painted anew for every step
            return self._range
        return left, left + AHEAD * (right - left)

    def _to_axis(self, steps: Floats, times: Floats) -> Floats:
        """Where points stand on the axis that is chosen.

        Args:
            steps: Ascending.
            times: Seconds since 1970; NaN where unknown. A clock that went back stands still here.
        """
        if self._axis == "epoch":
            per_epoch = self._history.steps_per_epoch
            return steps / per_epoch if per_epoch else steps
        if self._axis == "time":
            firsts = [table.times[0] for table in self._history.tables.values() if len(table)]
            hours = (np.fmax.accumulate(times) - min(firsts, default=0.0)) / SECONDS_PER_HOUR
            return np.maximum(np.nan_to_num(hours), 0.0)
        return steps

    def _place_words(self, place: float) -> str:
        table = self._history.tables["train"] or self._history.tables["eval"]
        if not len(table):
            return ""
        x = self._to_axis(np.array(table.steps), np.array(table.times))
        step = int(table.steps[nearest(x, place)])
        epoch = self._history.epoch_at(step)
        if epoch is None:
            return self.tr("Step {step}").format(step=step)
        return self.tr("Step {step}, epoch {epoch}").format(step=step, epoch=epoch)

    # --- events ----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.tools.offer(list(self._keys.values()), self._wanted())

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        if self._dirty:
            self._draw()

    @pyqtSlot(float, float)
    def _on_range_chosen(self, left: float, right: float) -> None:
        self._follows = False
        self._range = (left, right)
        for name in self.shown:
            if name in self.plots:
                self.plots[name].canvas.show_range(left, right)

    @pyqtSlot(str)
    def _on_axis_chosen(self, axis: str) -> None:
        self._axis = axis
        self.fit()

    @pyqtSlot(float)
    def _on_weight_chosen(self, weight: float) -> None:
        self._weight = weight
        self.mark_dirty()

    @pyqtSlot(bool)
    def _on_log_chosen(self, log: bool) -> None:
        for name in LOSSES:
            if name in self.plots:
                self.plots[name].canvas.set_log(log)
        self.mark_dirty()

    @pyqtSlot(str, bool)
    def _on_plot_toggled(self, name: str, shown: bool) -> None:
        chosen = set(self._wanted())
        (chosen.add if shown else chosen.discard)(name)
        self._chosen[self._history.indicator] = chosen
        self.mark_dirty()

    @pyqtSlot()
    def _on_defaults_requested(self) -> None:
        self._chosen.pop(self._history.indicator, None)
        self.tools.offer(list(self._keys.values()), self._wanted())
        self.mark_dirty()
