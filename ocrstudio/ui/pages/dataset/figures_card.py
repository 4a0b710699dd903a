"""What the labels are like: histograms, rare characters, oddities. Each figure opens the lines behind it."""

from __future__ import annotations

from functools import partial

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ocrstudio.core.statistics import EDGES, FEW, ODDITIES
from ocrstudio.services.project_statistics import ProjectStatistics
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.pages.dataset.figure_words import ODD, TITLES, named
from ocrstudio.ui.pages.dataset.histogram import Histogram
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, button, card, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

REFRESH_MS = 250
CHARACTERS_SHOWN = 60


class FiguresCard(TranslatedWidget):
    """Shows the figures of `ProjectStatistics` and follows them."""

    bar_chosen = pyqtSignal(str, int)  # distribution, bar
    character_chosen = pyqtSignal(str)
    oddity_chosen = pyqtSignal(str)
    repair_requested = pyqtSignal(str)  # oddity
    alike_chosen = pyqtSignal()

    def __init__(self, statistics: ProjectStatistics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics = statistics
        self.histograms = {name: Histogram(edges) for name, edges in EDGES.items()}
        self._chips: list[QPushButton] = []
        self._shown: list[tuple[str, int]] = []
        self._timer = single_shot(self, REFRESH_MS, self.refresh)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2 * GRID)
        outer.addWidget(self._build_bars())
        outer.addWidget(self._build_characters())
        outer.addWidget(self._build_health())
        statistics.changed.connect(self._on_statistics_changed)
        statistics.looked.connect(self._on_statistics_changed)
        self.refresh()

    def _build_bars(self) -> QWidget:
        title = label("subtitle")
        self.say(title.setText, lambda: self.tr("Lines"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        for place, (name, histogram) in enumerate(self.histograms.items()):
            histogram.setObjectName(f"histogram-{name}")
            caption = label("muted", wrap=True)
            self.say(caption.setText, partial(named, TITLES[name]))
            self.say(histogram.setAccessibleName, partial(named, TITLES[name]))
            histogram.chosen.connect(partial(self.bar_chosen.emit, name))
            column = QVBoxLayout()
            column.setSpacing(GRID // 2)
            column.addWidget(caption)
            column.addWidget(histogram)
            grid.addLayout(column, place // 3, place % 3)
        for column_number in range(3):
            grid.setColumnStretch(column_number, 1)
        return _card(title, grid)

    def _build_characters(self) -> QWidget:
        title, self._few = label("subtitle"), label("muted", "rareCharacters", wrap=True)
        self.say(title.setText, lambda: self.tr("Rare characters"))
        self.say(self._few.setText, self._few_text)
        self._chip_area = FlowWidget(GRID // 2)
        return card(title, self._few, self._chip_area)

    def _build_health(self) -> QWidget:
        title, self._fine = label("subtitle"), label("good", "healthFine")
        self.say(title.setText, lambda: self.tr("Health"))
        self.say(self._fine.setText, lambda: self.tr("Nothing odd was found."))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._counts = {}
        for line, name in enumerate([*ODDITIES, "alike"]):
            count, word = label(name=f"odd-{name}"), label()
            shower = button(f"show-{name}", "fa5s.list", "quiet")
            self.say(shower.setText, lambda: self.tr("Show"))
            if name == "alike":
                self.say(word.setText, lambda: self.tr("Pages that look like another one"))
                shower.clicked.connect(self.alike_chosen)
            else:
                self.say(word.setText, partial(named, ODD[name]))
                shower.clicked.connect(partial(self.oddity_chosen.emit, name))
            row: tuple[QWidget, ...] = (count, word, shower)
            if name in ODDITIES and ODDITIES[name].repair is not None:
                goes = ODDITIES[name].removable
                mender = button(f"repair-{name}", "fa5s.trash" if goes else "fa5s.magic")
                self.say(mender.setText, partial(self._repair_text, goes))
                mender.clicked.connect(partial(self.repair_requested.emit, name))
                row = (*row, mender)
            for place, widget in enumerate(row):
                grid.addWidget(widget, line, place)
            self._rows[name], self._counts[name] = row, count
        return _card(title, grid, self._fine)

    def _repair_text(self, goes: bool) -> str:
        return self.tr("Remove") if goes else self.tr("Repair")

    @pyqtSlot()
    def _on_statistics_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @pyqtSlot()
    def refresh(self) -> None:
        """Shows the figures as they are now."""
        totals = self._statistics.totals()
        self.setVisible(bool(totals.boxes))
        for name, histogram in self.histograms.items():
            histogram.set_counts(totals.bars[name])
        self._few.setText(self._few_text())
        self._show_characters(totals.rare()[:CHARACTERS_SHOWN])
        numbers = {**totals.odd, "alike": len(self._statistics.alike())}
        for name, row in self._rows.items():
            self._counts[name].setText(str(numbers.get(name, 0)))
            for widget in row:
                widget.setVisible(numbers.get(name, 0) > 0)
        self._fine.setVisible(not any(numbers.values()))

    def _show_characters(self, wanted: list[tuple[str, int]]) -> None:
        if wanted == self._shown:
            return
        self._shown = wanted
        while len(self._chips) < len(wanted):
            chip = QPushButton()
            chip.setProperty("role", "quiet")
            chip.clicked.connect(partial(self._on_chip_clicked, len(self._chips)))
            self._chip_area.flow.addWidget(chip)
            self._chips.append(chip)
        for chip, (character, count) in zip(self._chips, wanted, strict=False):
            chip.setText(f"{character.replace('&', '&&')}  {count}")
            chip.setAccessibleName(f"{character} U+{ord(character):04X}, {count}")
            chip.setToolTip(f"U+{ord(character):04X}")
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(wanted))
        self._chip_area.fit_height()

    def _on_chip_clicked(self, place: int, _checked: bool = False) -> None:
        if place < len(self._shown):
            self.character_chosen.emit(self._shown[place][0])

    def _few_text(self) -> str:
        count = len(self._statistics.totals().rare())
        if not count:
            return self.tr("Every character occurs {few} times or more.").format(few=FEW)
        text = self.tr("{count} characters occur fewer than {few} times, too seldom to be learned well.")
        return text.format(count=count, few=FEW)


def _card(title: QWidget, grid: QGridLayout, *more: QWidget) -> QWidget:
    frame = card(title, spacing=2 * GRID)
    column = frame.layout()
    if isinstance(column, QVBoxLayout):
        column.addLayout(grid)
        for widget in more:
            column.addWidget(widget)
    return frame
