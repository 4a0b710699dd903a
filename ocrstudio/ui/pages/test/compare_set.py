"""Two models on a labelled set: which is better, how sure that is, and the lines in which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.model_comparison import CONTEXT, LOWER_IS_BETTER, WORDS, Compared, verdict
from ocrstudio.formats.bundle import Task
from ocrstudio.formats.labelled_sets import LabelledPlace, labelled_places
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.background import Background
from ocrstudio.services.jobs import OneJob
from ocrstudio.ui.i18n import filled
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.test.compare_lines import ComparedView
from ocrstudio.ui.pages.test.compare_models import LETTERS, SAME_SPEED, ModelPair
from ocrstudio.ui.pages.test.progress_line import ProgressLine
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, LongChoice, button, card, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

OTHER_DATA = "\0other"


class SetComparison(TranslatedWidget):
    """Runs `ocrstudio compare` beside the window and shows what it says.

    Args:
        pair: The two models.
        message: Where problems are told.
        parent: Owner.
        program: Replaces the command's program; for tests.
    """

    task_changed = pyqtSignal(str)  # "rec" or "det": what is compared now

    def __init__(
        self, pair: ModelPair, message: MessageBar, parent: QWidget | None = None, program: list[str] | None = None
    ) -> None:
        super().__init__(parent)
        self._pair, self._message = pair, message
        self._background = Background(self, threads=1)
        self._project: Path | None = None
        self._places: list[LabelledPlace] = []
        self._job = OneJob(self, program)
        self._job.progressed.connect(self._on_job_progressed)
        self._result: dict[str, Any] | None = None
        self._names = ("A", "B")
        self._build()

    def _build(self) -> None:
        self.tasks, self.data = QComboBox(), LongChoice()
        self.tasks.setObjectName("comparedTask")
        self.data.setObjectName("comparedData")
        self.data.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.data.setMinimumContentsLength(24)
        what, on = label("muted"), label("muted")
        self.say(what.setText, lambda: self.tr("Compare"))
        self.say(on.setText, lambda: self.tr("on"))
        for words, field in ((what, self.tasks), (on, self.data)):
            words.setBuddy(field)
        self.say(self.tasks.setAccessibleName, lambda: self.tr("What is compared"))
        self.say(self.data.setAccessibleName, lambda: self.tr("Labelled set"))
        self.start_button = button("startComparison", "fa5s.balance-scale", "primary")
        self.say(self.start_button.setText, lambda: self.tr("Compare now"))
        self.start_button.clicked.connect(self.start)
        self.progress = ProgressLine("comparison")
        self.hint = label("muted", "compareHint", wrap=True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.say(
            self.hint.setText,
            lambda: self.tr(
                "Both models work on the same labelled lines. You are told which one is better, and whether the set is "
                "large enough to say so."
            ),
        )
        self.verdict = label("subtitle", "compareVerdict", wrap=True)
        self.notes = label("muted", "compareNotes", wrap=True)
        self.table = QTableWidget(0, 5)
        self.table.setObjectName("compareFigures")
        self.table.setEditTriggers(QTableWidget.EditTriggers())
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines = ComparedView()
        self.lines_title = label("subtitle")
        self.outcome = QWidget()
        inner = QVBoxLayout(self.outcome)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * GRID)
        figures = card(self.verdict, self.table, self.notes)
        figures.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inner.addWidget(figures)
        inner.addWidget(self.lines_title)
        inner.addWidget(self.lines, 1)
        inner.addStretch(0)  # below the figures of detectors, which have no lines
        self.outcome.hide()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(2 * GRID)
        page.addWidget(flowing(what, self.tasks, on, self.data, self.start_button))
        page.addWidget(self.hint)
        page.addWidget(self.progress)
        page.addWidget(self.outcome, 1)
        page.addStretch(0)
        self.tasks.activated.connect(self._on_tasks_activated)
        self.data.activated.connect(self._on_data_activated)
        self.progress.cancel_requested.connect(self.cancel)
        self._pair.models_chosen.connect(self._on_models_chosen)
        self.say(lambda _: self._retranslate(), str)

    @property
    def task(self) -> Task:
        """What is compared."""
        return "det" if self.tasks.currentData() == "det" else "rec"

    @property
    def is_running(self) -> bool:
        """Whether a comparison is under way."""
        return self._job.is_running

    def reload(self, project: Path | None) -> None:
        """Offers the sets of a project, away from the window's thread."""
        self._project = project
        task = self.task
        self._background.run(lambda: labelled_places(project, task), self._on_places_known)

    def _on_places_known(self, places: list[LabelledPlace]) -> None:
        own = [one for one in self._places if one.place.is_file()]
        self._places = [*places, *(one for one in own if one not in places)]
        self._fill_data(self.data.currentIndex())

    def _fill_data(self, chosen: int = 0) -> None:
        self.data.clear()
        for place in self._places:
            self.data.addItem(self._words(place))
        if self._places:
            self.data.insertSeparator(self.data.count())
        self.data.addItem(icon("fa5s.folder-open", "accent"), self.tr("A list from a file…"), OTHER_DATA)
        self.data.setCurrentIndex(max(0, chosen) if chosen < len(self._places) else 0)
        self.start_button.setEnabled(bool(self._places) and not self._job.is_running)

    def _words(self, place: LabelledPlace) -> str:
        if place.part:
            parts = {"test": self.tr("test"), "val": self.tr("validation"), "train": self.tr("training")}
            kind = self.tr("{name}, {part} part ({number} lines)") if self.task == "rec" else ""
            kind = kind or self.tr("{name}, {part} part ({number} pages)")
            return kind.format(name=place.place.name, part=parts[place.part], number=place.count)
        if place.place == self._project:
            return self.tr("The checked pages of this project")
        return str(place.place.name)

    def _retranslate(self) -> None:
        chosen = self.tasks.currentIndex()
        self.tasks.clear()
        self.tasks.addItem(self.tr("how they read"), "rec")
        self.tasks.addItem(self.tr("how they find lines"), "det")
        self.tasks.setCurrentIndex(max(0, chosen))
        self._fill_data(self.data.currentIndex())
        self._show_result()

    # --- running ---------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def start(self) -> None:
        """Compares on the chosen set; does nothing while it runs or without one."""
        place = self.data.currentIndex()
        if self._job.is_running or not 0 <= place < len(self._places):
            return
        chosen = self._places[place]
        models = [self._pair.model(side, self.task) for side in (0, 1)]
        if models[0] == models[1]:
            self._message.show_message("warn", lambda: self.tr("Choose two different models to compare."))
            return
        self._message.clear()
        self._names = (self._pair.short_name(0, self.task), self._pair.short_name(1, self.task))
        part = ["--part", chosen.part] if chosen.part else []
        arguments = ["compare", *models, "--data", str(chosen.place), *part]
        self._job.start(arguments, self._take_result, self._take_failure, self._end)
        self.start_button.setEnabled(False)
        self._on_job_progressed("", 0, 0)

    @pyqtSlot()
    def cancel(self) -> None:
        """Ends the comparison; what was read so far is kept for the next one."""
        self._job.cancel()

    def _end(self) -> None:
        self.progress.hide()
        self.start_button.setEnabled(bool(self._places))

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, name: str, done: int, total: int) -> None:
        words = {
            "load_1": self.tr("Starting model A…"),
            "load_2": self.tr("Starting model B…"),
            "eval_1": self.tr("Model A: {done} of {total}"),
            "eval_2": self.tr("Model B: {done} of {total}"),
            "compare": self.tr("Comparing…"),
        }
        said = words.get(name, self.tr("Getting the models ready…"))
        self.progress.tell(said.format(done=done, total=total), done, total)

    def _take_result(self, result: dict[str, Any]) -> None:
        self._end()
        self._result = result
        self._show_result()

    def _take_failure(self, failure: Failed) -> None:
        self._end()
        self._message.show_error(failure)

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show_result(self) -> None:
        result = self._result
        self.outcome.setVisible(result is not None)
        self.hint.setVisible(result is None)
        if result is None:
            return
        names = self._names if self._names[0] != self._names[1] else LETTERS
        measures = [Compared.from_dict(raw) for raw in result["measures"]]
        self.verdict.setText(said(measures[0], (names[0], names[1])))
        self._fill_table(result, measures)
        self.notes.setText(self._notes(result, measures[0]))
        rows = [(one["truth"], one["first"], one["second"]) for one in result.get("differing", ())]
        titles = (self.tr("What stands there"), f"A: {names[0]}", f"B: {names[1]}")
        self.lines.show_rows(titles, rows)
        for shown in (self.lines, self.lines_title):
            shown.setVisible(result["task"] == "rec")
        self.lines_title.setText(self.tr("Lines that they read differently ({number})").format(number=len(rows)))

    def _fill_table(self, result: dict[str, Any], measures: Sequence[Compared]) -> None:
        rows = [self._measure_row(one) for one in measures]
        figures = [model["figures"] for model in result["models"]]
        speed = "lines_per_s" if "lines_per_s" in figures[0] else "pages_per_s"
        name = self.tr("Lines per second") if speed == "lines_per_s" else self.tr("Pages per second")
        both = [float(one.get(speed, 0.0)) for one in figures]
        times = max(both) / min(both) if min(both) > 0 else 1.0
        letter = LETTERS[int(both[1] > both[0])]
        faster = f"{letter} × {times:.1f}" if times >= SAME_SPEED and result.get("speeds_together") else ""
        rows.append((name, f"{both[0]:.1f}", f"{both[1]:.1f}", faster, ""))
        heads = ("", "A", "B", self.tr("Difference (95 % interval)"), self.tr("Better"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.table.setItem(place, column, QTableWidgetItem(text))
        down, across = self.table.verticalHeader(), self.table.horizontalHeader()
        if down is not None and across is not None:
            down.hide()
            across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            across.setDefaultAlignment(Qt.Alignment() | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            height = across.sizeHint().height() + sum(self.table.rowHeight(one) for one in range(len(rows)))
            self.table.setFixedHeight(height + 4)

    def _measure_row(self, one: Compared) -> tuple[str, ...]:
        found = one.difference
        arrow = "↓" if one.name in LOWER_IS_BETTER else "↑"
        better = self.tr("not sure") if one.better < 0 else f"{LETTERS[one.better]} ✓"
        interval = f"{100 * found.value:+.2f} ({100 * found.low:+.2f} … {100 * found.high:+.2f})"
        return (
            f"{WORDS[one.name]} {arrow}",
            f"{100 * found.first:.2f} %",
            f"{100 * found.second:.2f} %",
            interval,
            better,
        )

    def _notes(self, result: dict[str, Any], first: Compared) -> str:
        count = first.difference.units
        if result["task"] == "det":
            words = [self.tr("Measured on {number} pages.").format(number=result["pages"])]
        elif first.unit == "page":
            words = [self.tr("Measured on {lines} lines of {pages} pages.").format(lines=result["lines"], pages=count)]
        else:
            words = [self.tr("Measured on {lines} lines.").format(lines=result["lines"])]
        counts = result.get("counts")
        if counts:
            told = self.tr("Right in both: {both}; only in A: {first}; only in B: {second}; in neither: {neither}.")
            names = {"both": "both_right", "first": "first_only", "second": "second_only", "neither": "both_wrong"}
            words.append(told.format(**{name: counts[key] for name, key in names.items()}))
        if result.get("unread"):
            words.append(self.tr("{number} pictures could not be read.").format(number=result["unread"]))
        if not result.get("speeds_together"):
            words.append(self.tr("The speeds were measured on different occasions."))
        words.append(self.tr("How sure: paired bootstrap (Bisani & Ney 2004), pages or lines drawn 4,000 times."))
        return " ".join(words)

    # --- slots -----------------------------------------------------------------------------------------------------

    @pyqtSlot(int)
    def _on_tasks_activated(self, _place: int) -> None:
        self.task_changed.emit(self.task)
        self.reload(self._project)

    @pyqtSlot(int)
    def _on_data_activated(self, place: int) -> None:
        if self.data.itemData(place) != OTHER_DATA:
            return
        self.data.setCurrentIndex(0)
        kinds = ";;".join((self.tr("Lists (*.txt)"), self.tr("All files (*)")))
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a labelled list"), "", kinds)
        if file:
            self._places.insert(0, LabelledPlace(Path(file)))
            self._fill_data()

    @pyqtSlot(int)
    def _on_models_chosen(self, _side: int) -> None:
        self._result = None
        self._show_result()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._job.close()
        self._background.close()
        super().closeEvent(event)


def said(compared: Compared, names: tuple[str, str]) -> str:
    """The verdict about a measure, in the language in use."""
    template, values = verdict(compared, names)
    if "way" in values:
        values["way"] = filled(CONTEXT, values["way"], {})
    return filled(CONTEXT, template, values)
