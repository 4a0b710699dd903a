"""Live curves: the loss and what the run is judged by, training batches and validation told apart."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Callable

import pyqtgraph as pg
from PyQt5.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.core.run_history import Kind, RunHistory
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.words import epoch_of, finite, short
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

REDRAW_MS = 100
MINIMUM_PX = QSize(180, 190)
TRAIN, VALIDATION = 0, 1  # indexes into `theme.Colors.series`
CURVES: tuple[tuple[Kind, int], ...] = (("train", TRAIN), ("eval", VALIDATION))
SHARES = ("acc", "norm_edit_dis", "retention_acc", "hmean", "precision", "recall")
# Which plots a run gets; the one of the retention set only if it has such a set.
RECOGNITION = ("loss", "acc", "norm_edit_dis")
RETENTION = "retention_acc"
DETECTION = ("loss", "hmean", "precision", "recall")
# Validation points are marked one by one up to this many; beyond, the marks would hide the line.
MAX_MARKS = 200
# Longer curves are drawn without smoothed edges: that costs ten times as much.
MAX_SMOOTH = 3000


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
        if self._kind == "best":
            path = pg.graphicsItems.ScatterPlotItem.Symbols["star"]
            painter.translate(self.width() / 2, middle)
            painter.scale(14, 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.colors().series[VALIDATION]))
            painter.drawPath(path)
            return
        pen = curve_pen(TRAIN if self._kind == "train" else VALIDATION)
        painter.setPen(pen)
        painter.drawLine(2, int(middle), self.width() - 2, int(middle))
        if self._kind == "eval":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            painter.drawEllipse(QRectF(self.width() / 2 - 3.5, middle - 3.5, 7, 7))


def curve_pen(which: int) -> QPen:
    """The pen of a curve: solid for training batches, dashed and heavier for validation."""
    pen = QPen(QColor(theme.colors().series[which]))
    pen.setCosmetic(True)
    pen.setWidthF(1.6 if which == TRAIN else 2.4)
    if which == VALIDATION:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


class MetricPlot(TranslatedWidget):
    """One quantity over the steps of a run.

    Args:
        name: Field of the records: loss, acc, hmean...
        title: Gives the heading.
        tip: Gives the explanation behind the heading.
    """

    pointed = pyqtSignal(object)  # float: step under the pointer, None when it has left
    fit_requested = pyqtSignal()

    def __init__(self, name: str, title: Callable[[], str], tip: Callable[[], str]) -> None:
        super().__init__()
        self.name = name
        self._history = RunHistory()
        heading = ElidedLabel(f"{name}Title")
        heading.setProperty("role", "subtitle")
        self.say(heading.setText, title)
        self.say(self.setToolTip, tip)
        self._readout = ElidedLabel(f"{name}Readout")
        self._readout.setProperty("role", "muted")
        self.plot = pg.PlotWidget()
        self.plot.setObjectName(f"{name}Plot")
        self.say(self.plot.setAccessibleName, title)
        item = self.plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setContentsMargins(0, 4, 8, 0)
        item.setDownsampling(auto=True, mode="peak")
        item.setClipToView(True)
        item.showGrid(x=False, y=True, alpha=0.6)
        item.getAxis("left").setWidth(44)
        if name in SHARES:
            item.vb.setLimits(yMin=-0.03, yMax=1.06)
        item.vb.setLimits(xMin=0)
        self.curves = {kind: pg.PlotDataItem() for kind, _ in CURVES}
        for curve in self.curves.values():
            item.addItem(curve)
        self.best = pg.ScatterPlotItem(symbol="star", size=17)
        self.best.setZValue(10)
        item.addItem(self.best)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.hide()
        self.plot.scene().sigMouseMoved.connect(self._on_scene_mouse_moved)
        # The graphics view takes the events of its viewport; that is where the pointer leaves.
        self.plot.viewport().installEventFilter(self)
        item.addItem(self._cross, ignoreBounds=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame = card(spacing=4)
        inner = frame.layout()
        if isinstance(inner, QVBoxLayout):
            inner.addWidget(heading)
            inner.addWidget(self._readout)
            inner.addWidget(self.plot, 1)
        column.addWidget(frame)
        self.setMinimumSize(MINIMUM_PX)
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.recolor()

    def show_history(self, history: RunHistory) -> None:
        """Draws the curves as they are now."""
        self._history = history
        for kind, which in CURVES:
            steps, values = history.series(kind, self.name)
            marks = which == VALIDATION and len(steps) <= MAX_MARKS
            # Copies: the history's own lists grow while the curve keeps what it was given.
            self.curves[kind].setData(
                list(steps), list(values), symbol="o" if marks else None, antialias=len(steps) <= MAX_SMOOTH
            )
        best = history.best
        value = finite(best.get(self.name)) if best is not None else None
        step = finite(best.get("step")) if best is not None else None
        self.best.setData([] if value is None or step is None else [{"pos": (step, value)}])

    def recolor(self) -> None:
        """Takes over the colours of the theme."""
        used = theme.colors()
        self.plot.setBackground(used.panel)
        for kind, which in CURVES:
            curve = self.curves[kind]
            curve.setPen(curve_pen(which))
            curve.setSymbolBrush(QColor(used.series[which]))
            curve.setSymbolPen(QPen(Qt.PenStyle.NoPen))
            curve.setSymbolSize(7)
        self.best.setBrush(QColor(used.series[VALIDATION]))
        self.best.setPen(pg.mkPen(used.panel, width=1))
        self._cross.setPen(pg.mkPen(used.muted, width=1))
        for side in ("left", "bottom"):
            axis = self.plot.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(used.border))
            axis.setTextPen(pg.mkPen(used.muted))
            axis.setStyle(tickFont=self.font())

    def point_at(self, step: float | None) -> None:
        """Marks a step and writes its values above the plot; None removes the mark."""
        self._cross.setVisible(step is not None)
        if step is None:
            self._readout.clear()
            return
        self._cross.setPos(step)
        self._readout.setText(self._values_near(step))

    def _values_near(self, step: float) -> str:
        parts: list[str] = []
        texts = {"train": self.tr("training {value}"), "eval": self.tr("validation {value}")}
        for kind, _ in CURVES:
            steps, values = self._history.series(kind, self.name)
            if steps:
                parts.append(texts[kind].format(value=short(values[nearest(steps, step)])))
        return " · ".join(parts)

    def fit(self) -> None:
        """Shows the whole run again and follows it."""
        self.plot.getPlotItem().vb.enableAutoRange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_cross"):
            self.recolor()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        elif event is not None and event.type() == QEvent.Type.MouseButtonDblClick:
            self.fit_requested.emit()
        return False

    @pyqtSlot(object)
    def _on_scene_mouse_moved(self, position: QPointF) -> None:
        self.pointed.emit(self.plot.getPlotItem().vb.mapSceneToView(position).x())


def nearest(steps: list[float], step: float) -> int:
    """The index of the step closest to `step` in an ascending list that is not empty."""
    right = bisect_left(steps, step)
    if right == 0:
        return 0
    if right == len(steps):
        return right - 1
    return right if steps[right] - step < step - steps[right - 1] else right - 1


class PlotPanel(TranslatedWidget):
    """Plots over the same steps, with one legend; which ones depends on what the run learns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = RunHistory()
        self._dirty = False
        self._hint = ""
        self._timer = QTimer(self)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.plots = self._build_plots()
        self._link()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._build_legend())
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for name, plot in self.plots.items():
            line.addWidget(plot, 1)
            if name not in RECOGNITION:
                plot.hide()
        column.addLayout(line, 1)

    def _build_plots(self) -> dict[str, MetricPlot]:
        return {
            "loss": MetricPlot(
                "loss",
                lambda: self.tr("Loss"),
                lambda: self.tr(
                    "The error that training makes smaller. A validation loss that rises again while the training "
                    "loss falls means that the model begins to learn by heart."
                ),
            ),
            "acc": MetricPlot(
                "acc",
                lambda: self.tr("Accuracy (acc)"),
                lambda: self.tr(
                    "Share of lines read without any mistake. The training curve is measured on the batches being "
                    "trained and says little; the validation curve is what counts."
                ),
            ),
            "norm_edit_dis": MetricPlot(
                "norm_edit_dis",
                lambda: self.tr("Edit similarity (norm_edit_dis)"),
                lambda: self.tr(
                    "How much of each line is right: 1 means identical, 0 means nothing in common. It rises before "
                    "the accuracy does, since one wrong character spoils a whole line there."
                ),
            ),
            **self._build_retention_plot(),
            **self._build_detection_plots(),
        }

    def _build_retention_plot(self) -> dict[str, MetricPlot]:
        plot = MetricPlot(
            RETENTION,
            lambda: self.tr("Old text (retention)"),
            lambda: self.tr(
                "Share of the retention lines read without any mistake: lines the model could read before. "
                "If it falls, the model is forgetting."
            ),
        )
        return {RETENTION: plot}

    def _build_detection_plots(self) -> dict[str, MetricPlot]:
        return {
            "hmean": MetricPlot(
                "hmean",
                lambda: self.tr("Hmean"),
                lambda: self.tr(
                    "Precision and recall in one number: 1 means that every text was found and nothing else. "
                    "It decides which state is the best."
                ),
            ),
            "precision": MetricPlot(
                "precision",
                lambda: self.tr("Precision"),
                lambda: self.tr(
                    "Share of the found boxes that are really text. Falls when other things are taken for text."
                ),
            ),
            "recall": MetricPlot(
                "recall",
                lambda: self.tr("Recall"),
                lambda: self.tr("Share of the true boxes that were found. Falls when text is overlooked."),
            ),
        }

    def _build_legend(self) -> QHBoxLayout:
        legend = row()
        for kind, text, tip in (
            ("train", lambda: self.tr("Training batches"), lambda: self.tr("Measured on the lines being trained.")),
            ("eval", lambda: self.tr("Validation"), lambda: self.tr("Measured on lines the model never trains on.")),
            ("best", lambda: self.tr("Best, kept"), lambda: self.tr("The state that is kept and becomes the model.")),
        ):
            words = label("", f"{kind}Legend")
            self.say(words.setText, text)
            self.say(words.setToolTip, tip)
            legend.addWidget(_LineSample(kind))
            legend.addWidget(words)
            legend.addSpacing(2 * GRID)
        self._place = ElidedLabel("plotPlace")
        self._place.setProperty("role", "muted")
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.say(self._set_hint, lambda: self.tr("Wheel: zoom · drag: move · double click: show all"))
        legend.addWidget(self._place, 1)
        return legend

    def _link(self) -> None:
        first, *others = self.plots.values()
        for other in others:
            other.plot.setXLink(first.plot)
        for plot in self.plots.values():
            plot.pointed.connect(self.point_at)
            plot.fit_requested.connect(self.fit)

    def show_history(self, history: RunHistory) -> None:
        """Draws another run from now on."""
        self._history = history
        self.mark_dirty()
        self.fit()

    @pyqtSlot()
    def mark_dirty(self) -> None:
        """The history has grown; drawn within a tenth of a second if anybody looks."""
        self._dirty = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    @property
    def is_drawn(self) -> bool:
        """Whether the curves show all that the history holds."""
        return not self._dirty

    @pyqtSlot()
    def fit(self) -> None:
        """Shows the whole run in all plots and follows it."""
        for plot in self.plots.values():
            plot.fit()

    @pyqtSlot(object)
    def point_at(self, step: float | None) -> None:
        """Marks the same step in all plots and says which it is; None takes the marks away."""
        self._place.setText(self._hint if step is None else self._place_words(step))
        for plot in self.plots.values():
            plot.point_at(step)

    def _set_hint(self, text: str) -> None:
        self._hint = text
        self._place.setText(text)

    def _place_words(self, step: float) -> str:
        steps, _ = self._history.series("train", "loss")
        known = steps[nearest(steps, step)] if steps else max(0.0, step)
        epoch = epoch_of(known, self._history.start)
        if epoch is None:
            return self.tr("Step {step}").format(step=int(known))
        return self.tr("Step {step}, epoch {epoch}").format(step=int(known), epoch=epoch)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        if self._dirty:
            self._draw()
        else:
            self._timer.stop()

    def _draw(self) -> None:
        self._dirty = False
        shown = plots_of(self._history)
        for name, plot in self.plots.items():
            plot.setVisible(name in shown)
            if name in shown:
                plot.show_history(self._history)


def plots_of(history: RunHistory) -> tuple[str, ...]:
    """The plots that say how a run is doing."""
    if history.indicator == "hmean":
        return DETECTION
    return (*RECOGNITION, RETENTION) if RETENTION in history.names("eval") else RECOGNITION


def history_csv(history: RunHistory) -> str:
    """All curves as a table: kind, step, epoch, then one column for each value.

    Returns:
        Text with a header line, rows in the order of the steps, training before validation of the same step.
    """
    names = sorted({*history.names("train"), *history.names("eval")})
    rows: dict[tuple[float, int], dict[str, float]] = {}
    for order, kind in enumerate(("train", "eval")):
        for name in history.names(kind):  # type: ignore[arg-type]
            for step, value in zip(*history.series(kind, name), strict=True):  # type: ignore[arg-type]
                rows.setdefault((step, order), {})[name] = value
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["kind", "step", "epoch", *names])
    for (step, order), values in sorted(rows.items()):
        epoch = epoch_of(step, history.start)
        place = ["train" if order == 0 else "validation", int(step), "" if epoch is None else epoch]
        table.writerow([*place, *(values.get(name, "") for name in names)])
    return out.getvalue()
