"""The curves of several runs in one plot, told apart by colour and by the pattern of their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PyQt5.QtCore import QEvent, Qt, pyqtSlot
from PyQt5.QtGui import QPen
from PyQt5.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ocrstudio.core.run_curves import SHARES, CurveKey, plot_of
from ocrstudio.core.run_history import Kind
from ocrstudio.formats.run_comparison import Compared
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.curve_chip import CurveChip
from ocrstudio.ui.pages.train.curve_points import CurvePoints, Floats
from ocrstudio.ui.pages.train.plot_canvas import CurveLook, PlotCanvas
from ocrstudio.ui.pages.train.words import short
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Lengths of line and gap in widths of the pen; the first is a line without gaps.
DASHES = ((), (4, 2), (1.5, 2), (5, 2, 1, 2))
STEP, EPOCH, HOURS = PLACES = ("step", "epoch", "hours")
SMOOTHING = 0.9
# Names that say nothing when runs are compared.
UNDRAWN = frozenset({"samples", "retention_lines"})


@dataclass(frozen=True)
class RunLook(CurveLook):
    """A colour of its own and a pattern of its own: either is enough to tell a run by.

    Attributes:
        pattern: Index into `DASHES`.
    """

    pattern: int = 0

    def pen(self, *, faint: bool = False, fine: bool = True) -> QPen:
        """As `CurveLook.pen`, with the run's pattern."""
        pen = super().pen(faint=faint, fine=fine)
        dashes = DASHES[self.pattern]
        if dashes and not faint:
            pen.setDashPattern([float(part) for part in dashes])
        else:
            pen.setStyle(Qt.PenStyle.SolidLine)
        if fine and not faint:
            pen.setWidthF(2.0)
        return pen


def look_of(place: int, *, marked: bool = False) -> RunLook:
    """How the run at that place of the comparison is drawn; `marked`: its points are few and stand for themselves."""
    colors = theme.colors().series
    return RunLook(colors[place % len(colors)], marked, place % len(DASHES))


class ComparisonPlot(TranslatedWidget):
    """One quantity of all runs, over steps, epochs or hours since each began.

    Attributes:
        tools: The line of choices above the plot, with room at its right end.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Compared] = []
        self._chips: dict[Path, CurveChip] = {}
        self._points: dict[tuple[Path, CurveKey], CurvePoints] = {}
        self._canvas: PlotCanvas | None = None
        self.quantity = QComboBox()
        self.quantity.setObjectName("compareQuantity")
        self.quantity.setMinimumContentsLength(22)
        self.quantity.activated.connect(self._on_quantity_activated)
        self.along = QComboBox()
        self.along.setObjectName("compareAlong")
        self.along.activated.connect(self._redraw)
        texts = (lambda: self.tr("by step"), lambda: self.tr("by epoch"), lambda: self.tr("by hours of training"))
        for place, (key, text) in enumerate(zip(PLACES, texts, strict=True)):
            self.along.addItem("", key)
            self.say(partial(self.along.setItemText, place), text)
        self._what = label("muted")
        self.say(self._what.setText, lambda: self.tr("Compared:"))
        self.say(self.quantity.setAccessibleName, lambda: self.tr("What is compared"))
        self.say(self.along.setAccessibleName, lambda: self.tr("What it is drawn along"))
        self.legend = FlowWidget(gap=6)
        self._room = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.tools = row(self._what, self.quantity, self.along, None)
        column.addLayout(self.tools)
        column.addWidget(self.legend)
        column.addLayout(self._room, 1)

    @property
    def keys(self) -> list[CurveKey]:
        """The curve that is shown, as a list of one or none."""
        key = self.quantity.currentData()
        return [key] if isinstance(key, CurveKey) else []

    @property
    def shown(self) -> list[Compared]:
        """The runs whose curves are switched on."""
        return [one for one in self._runs if one.run.path in self._chips and self._chips[one.run.path].isChecked()]

    def show_runs(self, runs: Sequence[Compared]) -> None:
        """Takes over runs, or what is new of them; what the user has chosen stays chosen."""
        if [one.run for one in runs] != [one.run for one in self._runs]:
            self._make_chips(runs)
        self._runs = list(runs)
        self._points.clear()
        self._fill_quantities()
        self._redraw()

    def point_values(self, place: float | None) -> None:
        """Shows the values at a place, or the latest."""
        canvas = self._canvas
        if canvas is None:
            return
        for one in self.shown:
            _, values = canvas.points(one.run.path)
            value = canvas.value_near(one.run.path, place) if place is not None else values[-1] if len(values) else None
            self._chips[one.run.path].show_value(short(value) if value is not None else "")
        canvas.point_at(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._canvas is not None:
            self._canvas.recolor()
            self._redraw()
        elif event.type() == QEvent.Type.LanguageChange:
            self._fill_quantities()

    def _make_chips(self, runs: Sequence[Compared]) -> None:
        flow = self.legend.flow
        while flow.count():
            item = flow.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        self._chips = {}
        for place, one in enumerate(runs):
            chip = CurveChip(CurveKey("eval", f"run{place}"))
            chip.setText(one.name)
            chip.setToolTip(str(one.run.path))
            chip.toggled.connect(self._redraw)
            flow.addWidget(chip)
            self._chips[one.run.path] = chip

    def _fill_quantities(self) -> None:
        chosen = self.quantity.currentData()
        kinds: tuple[Kind, Kind] = ("eval", "train")
        keys = list(
            dict.fromkeys(
                CurveKey(kind, name)
                for kind in kinds
                for one in self._runs
                for name in one.history.names(kind)
                if name not in UNDRAWN
            )
        )
        self.quantity.clear()
        for key in keys:
            self.quantity.addItem(self._key_words(key), key)
        first = CurveKey("eval", self._runs[0].history.indicator) if self._runs else None
        wanted = chosen if chosen in keys else first
        if wanted in keys:
            self.quantity.setCurrentIndex(keys.index(wanted))

    def _key_words(self, key: CurveKey) -> str:
        text = self.tr("{name}, validation") if key.kind == "eval" else self.tr("{name}, training")
        return text.format(name=key.name)

    @pyqtSlot(int)
    def _on_quantity_activated(self, _place: int) -> None:
        self._redraw()

    @pyqtSlot()
    @pyqtSlot(int)
    @pyqtSlot(bool)
    def _redraw(self, _what: object = None) -> None:
        for place, chip in enumerate(self._chips.values()):
            chip.look = look_of(place)
            chip.update()
        if not self.keys:
            return
        (key,) = self.keys
        canvas = self._fitting_canvas(key)
        curves: dict[Path, tuple[CurvePoints, CurveLook]] = {}
        ends = []
        for place, one in enumerate(self._runs):
            if self._chips[one.run.path].isChecked() and key.name in one.history.names(key.kind):
                curves[one.run.path] = (self._points_of(one, key), look_of(place, marked=key.kind == "eval"))
        canvas.set_curves(curves)
        for one in self._runs:
            if one.run.path in curves:
                places = self._places(one, curves[one.run.path][0])
                canvas.set_places(one.run.path, places)
                ends.append(float(places[-1]) if len(places) else 0.0)
        canvas.plot.setAccessibleName(self._key_words(key))
        canvas.fit_heights()
        canvas.show_range(0.0, max(ends, default=0.0) or 1.0)
        self.point_values(None)

    def _fitting_canvas(self, key: CurveKey) -> PlotCanvas:
        """A canvas knows from its beginning whether it draws shares."""
        share = plot_of(key.name) in SHARES
        if self._canvas is not None and self._canvas.property("share") == share:
            return self._canvas
        if self._canvas is not None:
            self._room.removeWidget(self._canvas)
            self._canvas.deleteLater()
        made = PlotCanvas("comparisonPlot", share=share)
        made.setProperty("share", share)
        made.pointed.connect(self.point_values)
        made.range_chosen.connect(made.show_range)
        made.fit_requested.connect(self._redraw)
        self._room.addWidget(made, 1)
        self._canvas = made
        return made

    def _points_of(self, one: Compared, key: CurveKey) -> CurvePoints:
        found = self._points.get((one.run.path, key))
        if found is None:
            weight = SMOOTHING if key.kind == "train" else 0.0
            found = CurvePoints(one.history.tables[key.kind], key.name, weight)
            self._points[(one.run.path, key)] = found
        found.take_news()
        return found

    def _places(self, one: Compared, points: CurvePoints) -> Floats:
        along = self.along.currentData()
        if along == HOURS:
            times = points.times.values
            first = min((table.times[0] for table in one.history.tables.values() if len(table)), default=0.0)
            return np.maximum.accumulate((times - first) / 3600) if len(times) else times
        per_epoch = float((one.history.start or {}).get("steps_per_epoch") or 0) if along == EPOCH else 0.0
        return points.steps.values / per_epoch if per_epoch else points.steps.values
