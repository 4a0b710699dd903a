"""The drawing surface of one plot: curves over steps, epochs or hours, of which only what the screen can show is drawn.

Everything that costs time with a million points is done here and not left to pyqtgraph: which points are drawn, and
which range they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QKeyEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.curve_points import CurvePoints, Floats

AXIS_PX = 48
TICK_PX = 8
LOWEST_PX = 120
# Points are marked one by one up to this many; beyond, the marks would hide the line.
MAX_MARKS = 120
# Smoothed edges and wide pens cost ten times as much: only for curves of up to this many drawn points.
MAX_FINE = 1500
RAW_ALPHA = 85
# Shares of what is shown that a key moves by, and what it becomes by zooming.
KEY_MOVES: dict[int, float] = {Qt.Key.Key_Left: -0.2, Qt.Key.Key_Right: 0.2}
KEY_ZOOMS: dict[int, float] = {Qt.Key.Key_Plus: 0.7, Qt.Key.Key_Equal: 0.7, Qt.Key.Key_Minus: 1 / 0.7}
SHARE_RANGE = (-0.03, 1.06)
MARGIN = 0.06
# Heights stay as they are while they are no larger than this times what is needed.
LOOSE = 1.2
# Plots of shares show at least so much of the whole.
SMALLEST_SHARE = 0.1


@dataclass(frozen=True)
class CurveLook:
    """How a curve is drawn.

    Attributes:
        color: `#rrggbb`.
        dashed: Of validation: dashed, heavier, its points marked.
    """

    color: str
    dashed: bool = False

    def pen(self, *, faint: bool = False, fine: bool = True) -> QPen:
        """The pen: solid for training batches, dashed and heavier for validation."""
        color = QColor(self.color)
        if faint:
            color.setAlpha(RAW_ALPHA)
        pen = QPen(color)
        pen.setCosmetic(True)
        pen.setWidthF((2.4 if self.dashed else 1.6) if fine and not faint else 1.0)
        if self.dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen


class _View(pg.ViewBox):  # type: ignore[misc]  # pyqtgraph comes without types
    """The wheel and dragging change what part of the run is shown; over the left axis they change the heights."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.setLimits(xMin=0)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        super().wheelEvent(event, axis=0 if axis is None else axis)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        super().mouseDragEvent(event, axis=0 if axis is None else axis)


@dataclass
class _Curve:
    points: CurvePoints
    look: CurveLook
    line: pg.PlotCurveItem
    raw: pg.PlotCurveItem
    marks: pg.ScatterPlotItem
    x: Floats
    # what the screen has got, and its smallest and largest value
    state: tuple[Any, ...] = ()
    extent: tuple[float, float] = (np.inf, -np.inf)


class PlotCanvas(QWidget):
    """Curves with a crosshair and a star; the owner says which, and in what range.

    Args:
        name: Object name of the plot.
        share: Whether values are shares of a whole, 0 to 1.
    """

    pointed = pyqtSignal(object)  # float: place under the pointer, None when it has left
    fit_requested = pyqtSignal()
    range_chosen = pyqtSignal(float, float)  # the user has zoomed or moved to these places

    def __init__(self, name: str, *, share: bool = False) -> None:
        super().__init__()
        self._share = share
        self._log = False
        self._heights_chosen = False
        self._range = (0.0, 1.0)
        self._heights: tuple[float, float] | None = None
        self._curves: dict[Any, _Curve] = {}
        self._view = _View()
        self.plot = pg.PlotWidget(viewBox=self._view)
        self.plot.setObjectName(name)
        self.plot.setMinimumHeight(LOWEST_PX)
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        item = self.plot.getPlotItem()
        # pyqtgraph leaves it to Python's collector
        item.ctrlMenu.setParent(self.plot, item.ctrlMenu.windowFlags())
        item.hideButtons()
        item.setContentsMargins(0, 4, 8, 0)
        item.showGrid(x=False, y=True, alpha=0.6)
        item.getAxis("left").setWidth(AXIS_PX)
        # fixed, so that no number of a scale can move the whole picture
        item.getAxis("bottom").setHeight(self.fontMetrics().height() + TICK_PX)
        self._star = pg.ScatterPlotItem(symbol="star", size=17)
        self._star.setZValue(10)
        self._star.hide()
        self._stars: list[tuple[float, float]] = []
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.hide()
        for one in (self._star, self._cross):
            item.addItem(one, ignoreBounds=True)
        self._view.sigRangeChangedManually.connect(self._on_view_moved)
        self.plot.scene().sigMouseMoved.connect(self._on_scene_mouse_moved)
        # The graphics view takes the events of its viewport; that is where the pointer leaves.
        self.plot.viewport().installEventFilter(self)
        self.plot.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.recolor()

    # --- what is drawn ---------------------------------------------------------------------------------------------

    def set_curves(self, curves: dict[Any, tuple[CurvePoints, CurveLook]]) -> None:
        """Draws these curves from now on, the first one uppermost."""
        item = self.plot.getPlotItem()
        for key in [key for key in self._curves if key not in curves]:
            for one in self._items(self._curves.pop(key)):
                item.removeItem(one)
        for key, (points, look) in curves.items():
            known = self._curves.get(key)
            if known is None:
                made = pg.PlotCurveItem(), pg.PlotCurveItem(), pg.ScatterPlotItem(size=7, pen=None)
                known = self._curves[key] = _Curve(points, look, *made, np.empty(0))
                for one in self._items(known):
                    item.addItem(one, ignoreBounds=True)
            known.points, known.look = points, look
        for height, key in enumerate(reversed(curves)):
            for one in self._items(self._curves[key]):
                one.setZValue(height / 100)
            self._curves[key].raw.setZValue(height / 100 - 1)

    @staticmethod
    def _items(curve: _Curve) -> tuple[Any, Any, Any]:
        return curve.raw, curve.line, curve.marks

    def set_places(self, key: Any, x: Floats) -> None:
        """Where the points of a curve stand, ascending: steps, epochs or hours."""
        self._curves[key].x = x

    def places(self, key: Any) -> Floats:
        """The same again."""
        return self._curves[key].x

    def points(self, key: Any) -> tuple[Floats, Floats]:
        """All points of a curve, not only those that are drawn; empty if it is not in the plot."""
        curve = self._curves.get(key)
        if curve is None:
            return np.empty(0), np.empty(0)
        return curve.x, curve.points.raw.raw.values

    def drawn(self, key: Any) -> tuple[Floats, Floats]:
        """The points that the screen got."""
        x, y = self._curves[key].line.getData()
        return (np.empty(0), np.empty(0)) if x is None else (x, y)

    def set_star(self, places: list[tuple[float, float]]) -> None:
        """Marks points as the best; none takes the marks away."""
        kept = [(x, float(np.log10(y)) if self._log else y) for x, y in places if not self._log or y > 0]
        if kept != self._stars:
            self._stars = kept
            self._star.setVisible(bool(kept))
            self._star.setData([{"pos": pos} for pos in kept])

    @property
    def stars(self) -> list[tuple[float, float]]:
        """The marked points as they are drawn."""
        return list(self._stars)

    def set_log(self, log: bool) -> None:
        """Heights as powers of ten; values of zero and below are not drawn then."""
        self._log = log
        self.fit_heights()
        self.plot.getPlotItem().getAxis("left").setLogMode(y=log)

    # --- the part that is shown ------------------------------------------------------------------------------------

    def show_range(self, left: float, right: float) -> None:
        """Shows a part of the run and draws it anew."""
        shown = (left, max(right, left + 1e-9))
        if shown != self._range:
            self._range = shown
            self._view.setXRange(*shown, padding=0)
        self.redraw()

    def fit_heights(self) -> None:
        """Chooses the heights by what is shown again."""
        self._heights_chosen, self._heights = False, None

    @property
    def shown_range(self) -> tuple[float, float]:
        """Left and right end of what is shown."""
        return self._range

    def redraw(self) -> None:
        """Gives the screen the points of the range that is shown."""
        extents = [self._draw(curve) for curve in self._curves.values()]
        low, high = min((one for one, _ in extents), default=np.inf), max((one for _, one in extents), default=-np.inf)
        if not self._heights_chosen and low <= high:
            self._show_heights(low, high)
        # what moved in the picture is settled now: pyqtgraph would find out while it paints, and paint once more
        self.plot.scene().prepareForPaint()

    def _draw(self, curve: _Curve) -> tuple[float, float]:
        """Smallest and largest value that the screen got; one that has nothing new is left as it is."""
        points, look = curve.points, curve.look
        first, last = self._rows(curve.x) if len(curve.x) else (0, 0)
        most = 2 * max(100, int(self._view.width()))
        ends = (float(curve.x[first]), float(curve.x[last - 1])) if last else (0.0, 0.0)
        state = (first, last, *ends, id(points), points.changes, most, look, self._log)
        if state == curve.state:
            return curve.extent
        smoothed = points.smooth is not points.raw
        x, y = self._outline(curve, points.smooth, first, last, most)
        # a wide pen that jumps from peak to peak would be dear, and so would smoothed edges; a smoothed curve has none
        is_whole = len(x) == last - first <= MAX_FINE
        fine = is_whole or (smoothed and len(x) <= MAX_FINE)
        connect = "finite" if self._log else "all"
        curve.line.setData(x, y, pen=look.pen(fine=is_whole), antialias=fine, connect=connect)
        raw_x, raw_y = self._outline(curve, points.raw, first, last, most) if smoothed else (x[:0], y[:0])
        fine = len(raw_x) == last - first <= MAX_FINE
        # what is empty is hidden: painting nothing costs, too
        curve.raw.setVisible(bool(len(raw_x)))
        curve.raw.setData(raw_x, raw_y, pen=look.pen(faint=True), antialias=fine, connect=connect)
        marked = len(x) == 1 or (look.dashed and len(x) <= MAX_MARKS)
        curve.marks.setVisible(marked)
        if marked:
            curve.marks.setData(x, y, brush=QColor(look.color))
        there = np.concatenate([y, raw_y])
        there = there[np.isfinite(there)]
        curve.extent = (float(there.min()), float(there.max())) if len(there) else (np.inf, -np.inf)
        curve.state = state
        return curve.extent

    def _rows(self, x: Floats) -> tuple[int, int]:
        """The points in the range and one more on each side, so that lines leave the picture."""
        first = int(np.searchsorted(x, self._range[0], "left"))
        last = int(np.searchsorted(x, self._range[1], "right"))
        return max(0, first - 1), min(len(x), last + 1)

    def _outline(self, curve: _Curve, source: Any, first: int, last: int, most: int) -> tuple[Floats, Floats]:
        places, values = source.outline(first, last, most)
        x = curve.x[places]
        return x, _log10(values) if self._log else np.array(values)

    def _show_heights(self, low: float, high: float) -> None:
        """Takes heights for values from low to high; those that fit are left alone and need not be painted anew."""
        bottom, top = low, high
        if self._share and not self._log and low >= 0.0 and high <= 1.0:
            # small differences get room, but noise at the edge is not blown up
            room = max(MARGIN * (high - low), (SMALLEST_SHARE - high + low) / 2)
            bottom, top = max(SHARE_RANGE[0], low - room), min(SHARE_RANGE[1], high + room)
        else:
            room = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
            bottom, top = low - room, high + room
        if self._heights is not None:
            lowest, highest = self._heights
            if lowest <= low and high <= highest and highest - lowest <= LOOSE * (top - bottom):
                return
        self._heights = (bottom, top)
        self._view.setYRange(bottom, top, padding=0)

    @pyqtSlot(object)
    def _on_view_moved(self, _axes: object) -> None:
        left, right = self._view.viewRange()[0]
        if (left, right) == self._range:
            self._heights_chosen = True
        else:
            self.range_chosen.emit(left, right)

    # --- pointer and look ------------------------------------------------------------------------------------------

    def point_at(self, place: float | None) -> None:
        """Draws the crosshair at a place; None takes it away."""
        self._cross.setVisible(place is not None)
        if place is not None:
            self._cross.setPos(place)

    def value_near(self, key: Any, place: float) -> float | None:
        """The value of a curve at the point closest to a place, smoothed if the curve is."""
        curve = self._curves.get(key)
        if curve is None or not len(curve.x):
            return None
        return float(curve.points.smooth.raw.values[nearest(curve.x, place)])

    def recolor(self) -> None:
        """Takes over the colours of the theme; curves keep theirs until they are set anew."""
        used = theme.colors()
        self.plot.setBackground(used.panel)
        self._star.setBrush(QColor(used.series[1]))
        self._star.setPen(pg.mkPen(used.panel, width=1))
        self._cross.setPen(pg.mkPen(used.muted, width=1))
        for side in ("left", "bottom"):
            axis = self.plot.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(used.border))
            axis.setTextPen(pg.mkPen(used.muted))
            axis.setStyle(tickFont=self.font())
        self.plot.getPlotItem().getAxis("bottom").setHeight(self.fontMetrics().height() + TICK_PX)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        elif event is not None and event.type() == QEvent.Type.MouseButtonDblClick:
            self.fit_requested.emit()
        elif watched is self.plot and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        return False

    def _on_key(self, key: int) -> bool:
        """Moves and zooms by keys; whether the key was one of these."""
        left, right = self._range
        width = right - left
        if key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.fit_requested.emit()
        elif key in KEY_MOVES:
            move = max(KEY_MOVES[key] * width, -left)
            self.range_chosen.emit(left + move, right + move)
        elif key in KEY_ZOOMS:
            room = (KEY_ZOOMS[key] - 1) * width / 2
            self.range_chosen.emit(max(0.0, left - room), right + room)
        else:
            return False
        return True

    @pyqtSlot(object)
    def _on_scene_mouse_moved(self, position: QPointF) -> None:
        self.pointed.emit(float(self._view.mapSceneToView(position).x()))


def nearest(places: NDArray[np.float64], place: float) -> int:
    """The index of the place closest to `place` in ascending ones, of which there is at least one."""
    right = int(np.searchsorted(places, place))
    if right == 0:
        return 0
    if right == len(places):
        return right - 1
    return right if places[right] - place < place - places[right - 1] else right - 1


def _log10(values: Floats) -> Floats:
    out = np.full(len(values), np.nan)
    np.log10(values, out=out, where=values > 0)
    return out
