"""Several runs side by side: their curves in one plot, what each reached, and in which settings they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QSize, Qt, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QColor, QIcon, QPainter, QPixmap
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QMenu,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.core.run_comparison import MEASURES, differing
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.run_comparison import Compared, curves_csv, read_compared, results_csv, value_words
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.services.background import Background
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import theme
from ocrstudio.ui.model_names import name_of
from ocrstudio.ui.pages.train.comparison_plot import ComparisonPlot, look_of
from ocrstudio.ui.pages.train.words import NOTHING, duration, measure_word, percent, short
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

FIRST_SIZE = QSize(1100, 760)
# Runs that are being trained go on while they are compared.
RELOAD_MS = 5000
SAMPLE = QSize(30, 12)
LOWER_IS_BETTER = frozenset({"cer"})


class CompareDialog(Dialog):
    """Stays open beside the window; read anew while it is open.

    Args:
        runs: At least two.
        parent: The window.
    """

    def __init__(self, runs: Sequence[RunFolder], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.resize(FIRST_SIZE)
        self.view = CompareView(runs)
        self.view.say(self.setWindowTitle, lambda: self.tr("Compare runs"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addWidget(self.view)

    def done(self, result: int) -> None:
        self.view.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.view.close()
        super().closeEvent(event)


class CompareView(TranslatedWidget):
    """The content of the dialog."""

    def __init__(self, runs: Sequence[RunFolder], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = list(runs)
        self.runs: list[Compared] = []
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, RELOAD_MS, self._load)
        self.message = MessageBar()
        self.plot = ComparisonPlot()
        self.results = _table("compareResults")
        self.settings = _table("compareSettings")
        self._no_difference = label("hint", "noDifference", wrap=True)
        self._build()
        self._load()

    def _build(self) -> None:
        save = button("saveComparisonButton", "fa5s.download", "quiet")
        save.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self.say(save.setText, lambda: self.tr("Save"))
        menu = QMenu(save)
        for text, slot in (
            (lambda: self.tr("Results as a table (CSV)…"), self.save_results),
            (lambda: self.tr("These curves as a table (CSV)…"), self.save_curves),
            (lambda: self.tr("All of it as a picture (PNG)…"), self.save_picture),
        ):
            action = menu.addAction("")
            if action is not None:
                self.say(action.setText, text)
                action.triggered.connect(slot)
        save.setMenu(menu)
        settings = QWidget()
        inner = QVBoxLayout(settings)
        inner.setContentsMargins(0, GRID, 0, 0)
        inner.addWidget(self._no_difference)
        inner.addWidget(self.settings, 1)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        self.plot.tools.addWidget(save)
        tabs.addTab(self.results, "")
        tabs.addTab(settings, "")
        self.say(lambda text: tabs.setTabText(0, text), lambda: self.tr("Results"))
        self.say(lambda text: tabs.setTabText(1, text), self._settings_title)
        self.say(self._no_difference.setText, lambda: self.tr("These runs were trained with the same settings."))
        self.tabs = tabs
        split = QSplitter(Qt.Orientation.Vertical)
        split.setObjectName("comparisonParts")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        split.addWidget(self.plot)
        split.addWidget(tabs)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([460, 240])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.message)
        column.addWidget(split, 1)
        self.say(self.results.setAccessibleName, lambda: self.tr("Results"))
        self.say(self.settings.setAccessibleName, lambda: self.tr("Settings that differ"))
        self.say(lambda _: self._fill(), str)

    def close(self) -> bool:
        self._timer.stop()
        self._background.close()
        return super().close()

    @pyqtSlot()
    def _load(self) -> None:
        folders = self._folders
        self._background.run(lambda: read_compared(folders), self._on_loaded)

    def _on_loaded(self, runs: list[Compared]) -> None:
        changed = [len(one.history.tables["train"]) for one in runs] != [
            len(one.history.tables["train"]) for one in self.runs
        ]
        if changed or len(runs) != len(self.runs) or any(one.history.end is None for one in runs):
            self.runs = runs
            self.plot.show_runs(runs)
            self._fill()
        if any(one.history.end is None for one in runs):
            self._timer.start()

    # --- tables ----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        if not self.runs:
            return
        self._fill_results()
        rows = differing([one.config for one in self.runs])
        self._no_difference.setVisible(not rows)
        self.settings.setVisible(bool(rows))
        self.tabs.setTabText(1, self._settings_title())
        head = [self.tr("Setting"), *(one.name for one in self.runs)]
        _set_size(self.settings, len(rows), head)
        for line, (key, values) in enumerate(rows):
            _put(self.settings, line, 0, key)
            for place, value in enumerate(values):
                _put(self.settings, line, place + 1, value_words(value))
        _fit(self.settings)

    def _settings_title(self) -> str:
        count = len(differing([one.config for one in self.runs])) if self.runs else 0
        return self.tr("Settings that differ: {count}").format(count=count)

    def _fill_results(self) -> None:
        measures = [name for name in MEASURES if any(name in one.results.measures for one in self.runs)]
        head = [self.tr("Run"), *(measure_word(name) for name in measures), self.tr("Best epoch"), self.tr("Epochs")]
        head += [self.tr("Time"), self.tr("Learning rate"), self.tr("Batch size"), self.tr("Started from")]
        head.append(self.tr("Data"))
        _set_size(self.results, len(self.runs), head)
        best = {name: _best(name, self.runs) for name in measures}
        data = {one.results.data for one in self.runs}
        for line, one in enumerate(self.runs):
            found = one.results
            item = _put(self.results, line, 0, one.name, tip=str(one.run.path))
            item.setIcon(_sample(line))
            for place, name in enumerate(measures, start=1):
                value = found.measures.get(name)
                text = short(value) if name == "norm_edit_dis" else percent(value)
                made = _put(self.results, line, place, text, right=True)
                if value is not None and value == best[name] and len(self.runs) > 1:
                    font = made.font()
                    font.setBold(True)
                    made.setFont(font)
                    made.setToolTip(self.tr("The best of these runs"))
            place = len(measures) + 1
            epochs = f"{found.epochs} / {found.epochs_planned}" if found.epochs_planned else str(found.epochs)
            texts = (str(found.best_epoch or NOTHING), epochs, duration(found.seconds), short(found.lr))
            for text in (*texts, str(found.batch_size or NOTHING)):
                _put(self.results, line, place, text, right=True)
                place += 1
            _put(self.results, line, place, name_of(found.base_model) or NOTHING, tip=found.base_model)
            made = _put(self.results, line, place + 1, found.data[:8] or NOTHING, tip=found.data)
            if len(data) > 1:
                made.setForeground(QColor(theme.colors().warn))
                made.setToolTip(self.tr("These runs were trained on different data: compare with care."))
        _fit(self.results)

    # --- files -----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def save_results(self) -> None:
        """Asks for a file and writes the table of results into it."""
        self._save_text(self.tr("Save the results"), "comparison.csv", lambda: results_csv(self.runs))

    @pyqtSlot()
    def save_curves(self) -> None:
        """Asks for a file and writes the curves that are shown into it."""
        shown, keys = self.plot.shown, self.plot.keys
        self._save_text(self.tr("Save these curves"), "curves.csv", lambda: curves_csv(shown, keys))

    @pyqtSlot()
    def save_picture(self) -> None:
        """Asks for a file and writes what is seen into it."""
        path = self._ask_path(self.tr("Save as a picture"), "comparison.png", self.tr("PNG pictures (*.png)"))
        if path is not None and not self.grab().save(str(path), "PNG"):
            self.message.show_error(
                ProjectError(
                    QT_TRANSLATE_NOOP("Errors", "{file} could not be written."),
                    QT_TRANSLATE_NOOP("Errors", "Choose another folder."),
                    file=path,
                )
            )

    def _save_text(self, title: str, name: str, text: Callable[[], str]) -> None:
        path = self._ask_path(title, name, self.tr("Tables (*.csv)"))
        if path is None:
            return
        try:
            write_atomic(path, text())
        except StudioError as error:
            self.message.show_error(error)

    def _ask_path(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(self._folders[0].path.parent.parent / name), kinds)
        return Path(chosen) if chosen else None


def _best(name: str, runs: Sequence[Compared]) -> float | None:
    values = [one.results.measures[name] for one in runs if name in one.results.measures]
    pick = min if name in LOWER_IS_BETTER else max
    return pick(values, default=None)


def _sample(place: int) -> QIcon:
    """A piece of the run's line, as in the plot."""
    picture = QPixmap(SAMPLE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setPen(look_of(place).pen())
    painter.drawLine(1, SAMPLE.height() // 2, SAMPLE.width() - 1, SAMPLE.height() // 2)
    painter.end()
    return QIcon(picture)


def _table(name: str) -> QTableWidget:
    made = QTableWidget()
    made.setObjectName(name)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setTabKeyNavigation(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setIconSize(SAMPLE)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows, columns = made.verticalHeader(), made.horizontalHeader()
    if rows is not None and columns is not None:
        rows.hide()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.Alignment(Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
    return made


def _set_size(table: QTableWidget, rows: int, head: Sequence[str]) -> None:
    table.setRowCount(rows)
    table.setColumnCount(len(head))
    table.setHorizontalHeaderLabels(head)


def _put(
    table: QTableWidget, line: int, place: int, text: str, *, tip: str = "", right: bool = False
) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(tip or text)
    if right:
        item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
    table.setItem(line, place, item)
    return item


def _fit(table: QTableWidget) -> None:
    header = table.horizontalHeader()
    if header is not None:
        table.resizeColumnsToContents()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place in range(table.columnCount()):
            header.resizeSection(place, min(max(header.sectionSize(place) + GRID, 60), 320))
