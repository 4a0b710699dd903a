"""A card with one plot: heading, its curves with the values under the pointer or else the latest, and the plot."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QVBoxLayout

from ocrstudio.core.run_curves import SHARES, CurveKey, PlotKey
from ocrstudio.core.run_history import RunHistory
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.curve_chip import CurveChip
from ocrstudio.ui.pages.train.curve_points import CurvePoints, Floats
from ocrstudio.ui.pages.train.plot_canvas import CurveLook, PlotCanvas
from ocrstudio.ui.pages.train.plot_words import chip_word, curve_word, plot_tip, plot_title, side_tip
from ocrstudio.ui.pages.train.words import short
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import ElidedLabel, card
from ocrstudio.ui.widgets.translated import TranslatedWidget

MINIMUM_PX = 180
TRAIN, VALIDATION = 0, 1  # indexes into `theme.Colors.series`
# Names of one plot get colours from here on; the first two belong to training and validation.
FIRST_OTHER = 2

Places = Callable[[Floats, Floats], Floats]


class MetricPlot(TranslatedWidget):
    """One plot of a run.

    Args:
        name: Of the plot (`core.run_curves`).
    """

    changed = pyqtSignal()  # a curve was switched on or off: `show_history` is wanted

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._history = RunHistory()
        self._points: dict[CurveKey, CurvePoints] = {}
        self._key: PlotKey | None = None
        self._chips: dict[CurveKey, CurveChip] = {}
        self._place: float | None = None
        heading = ElidedLabel(f"{name}Title", Qt.TextElideMode.ElideRight)
        heading.setProperty("role", "subtitle")
        self.say(heading.setText, lambda: plot_title(name))
        self.say(self.setToolTip, lambda: plot_tip(name))
        self._legend = FlowWidget(gap=4)
        self._flow = self._legend.flow
        self.canvas = PlotCanvas(f"{name}Plot", share=name in SHARES)
        self.say(self.canvas.plot.setAccessibleName, lambda: plot_title(name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame = card(spacing=4)
        inner = frame.layout()
        if isinstance(inner, QVBoxLayout):
            inner.addWidget(heading)
            inner.addWidget(self._legend)
            inner.addWidget(self.canvas, 1)
        column.addWidget(frame)
        self.setMinimumWidth(MINIMUM_PX)

    @property
    def curves(self) -> tuple[CurveKey, ...]:
        """The curves that are drawn."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    @property
    def is_wide(self) -> bool:
        """Whether its many curves ask for the room of two plots."""
        return len(self._chips) > 4

    @property
    def readout(self) -> str:
        """The names and values that are shown above the plot."""
        return " · ".join(f"{chip.text()} {chip.value}".strip() for chip in self._chips.values())

    def forget(self) -> None:
        """Another run comes: nothing of the one before is kept."""
        self._points.clear()

    def show_history(self, history: RunHistory, key: PlotKey, places: Places, weight: float) -> bool:
        """Takes over what the history holds now; `redraw` of the canvas shows it.

        Args:
            history: Of the run.
            key: Its curves.
            places: Gives the places of points by their steps and times.
            weight: Of the smoothing of training curves.

        Returns:
            Whether there is more to take over: call it again after a moment.
        """
        self._history = history
        if self._key is None or self._key.curves != key.curves:
            self._key = key
            self._make_chips(key)
        shown, is_more = {}, False
        for one in self.curves:
            wanted = weight if one.kind == "train" else 0.0
            points = self._points.get(one)
            if points is None or points.weight != wanted:
                points = self._points[one] = CurvePoints(history.tables[one.kind], one.name, wanted)
            is_more |= points.take_news()
            shown[one] = (points, self._chips[one].look)
        self.canvas.set_curves(shown)
        for one, (points, _) in shown.items():
            self.canvas.set_places(one, places(points.steps.values, points.times.values))
        self.canvas.set_star(self._stars())
        self._show_values()
        return is_more

    def _make_chips(self, key: PlotKey) -> None:
        kept = {one: chip for one, chip in self._chips.items() if one in key.curves}
        while self._flow.count():
            item = self._flow.takeAt(0)
            chip = item.widget() if item is not None else None
            if chip is not None and chip not in kept.values():
                chip.deleteLater()
        self._chips = {}
        for one in key.curves:
            chip = kept.get(one)
            if chip is None:
                chip = CurveChip(one)
                chip.toggled.connect(self._on_chip_toggled)
            self._flow.addWidget(chip)
            self._chips[one] = chip
        self._name_chips()
        self.recolor()

    def _name_chips(self) -> None:
        single = self._key is not None and len(self._key.names) == 1
        for one, chip in self._chips.items():
            chip.setText(chip_word(one, alone=single))
            chip.setToolTip("\n".join(part for part in (one.name, side_tip(one.kind)) if part))
            chip.setAccessibleName(curve_word(one))

    def _stars(self) -> list[tuple[float, float]]:
        """The best evaluation, on the curve that the plot is named after."""
        best, step = self._history.best, (self._history.best or {}).get("step")
        stars = []
        for one in self.curves:
            value = best.get(one.name) if best is not None and one.kind == "eval" else None
            points = self._points[one]
            if not isinstance(value, (int, float)) or not len(points):
                continue
            rows = (points.steps.values == step).nonzero()[0]
            if len(rows):
                stars.append((float(self.canvas.places(one)[rows[-1]]), float(value)))
        return stars

    def point_at(self, place: float | None) -> None:
        """Shows the values at a place; None for the latest."""
        self._place = place
        self.canvas.point_at(place)
        self._show_values()

    def _show_values(self) -> None:
        for one, chip in self._chips.items():
            if not chip.isChecked():
                chip.show_value("")
                continue
            last = self._history.last(one.kind) or {}
            value = last.get(one.name) if self._place is None else self.canvas.value_near(one, self._place)
            chip.show_value(short(value) if value is not None else "")

    def recolor(self) -> None:
        """Takes over the colours of the theme."""
        names = self._key.names if self._key is not None else ()
        for one, chip in self._chips.items():
            chip.look = curve_look(one, names)
            chip.update()
        self.canvas.recolor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "canvas"):
            return
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.recolor()
            self._draw_again()
        elif event.type() == QEvent.Type.LanguageChange:
            self._name_chips()

    def _draw_again(self) -> None:
        drawn = {one: (self._points[one], self._chips[one].look) for one in self.curves if one in self._points}
        if all(len(self.canvas.places(one)) == len(points) for one, (points, _) in drawn.items()):
            self.canvas.set_curves(drawn)
            self.canvas.redraw()

    @pyqtSlot()
    def _on_chip_toggled(self) -> None:
        self.changed.emit()


def curve_look(key: CurveKey, names: tuple[str, ...]) -> CurveLook:
    """The colour and line of a curve in a plot of these quantities.

    The first quantity has the colours of training and validation that all plots share; others have their own.
    """
    colors = theme.colors().series
    dashed = key.kind == "eval"
    place = names.index(key.name) if key.name in names else 0
    if place == 0:
        return CurveLook(colors[VALIDATION if dashed else TRAIN], dashed)
    others = colors[FIRST_OTHER:]
    return CurveLook(others[(place - 1) % len(others)], dashed)
