"""How the project is divided: the wishes, what would come of them, and the button that does it."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import PageState
from ocrstudio.core.split import PARTS
from ocrstudio.services.project_statistics import Preview, ProjectStatistics, is_ratio
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words, translated
from ocrstudio.ui.pages.dataset.split_form import SplitForm
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

COLUMNS = 5
# Characters that a tooltip names.
MOST_NAMED = 400


class SplitCard(TranslatedWidget):
    """The wishes of a split with a preview that follows every keystroke."""

    write_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    pages_requested = pyqtSignal()  # there is nothing to split: the user wants to check pages
    check_requested = pyqtSignal()  # the user wants to know what leaks in a dataset that is there

    def __init__(self, statistics: ProjectStatistics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics = statistics
        self._datasets: Path | None = None
        self._preview: Preview | None = None
        self._is_running = False
        self._folders: list[str] = []
        self._folder_fault: StudioError | None = None
        self.form = SplitForm()
        self._verdict = label("hint", "splitVerdict", wrap=True)
        self._hint = label("hint", "splitHint", wrap=True)
        self.table = self._build_table()
        self.write_button = button("writeDatasetButton", "fa5s.layer-group", "primary")
        self.pages_button = button("checkPagesFromDataset", "fa5s.check", "primary")
        self.check_button = button("checkDatasetButton", "fa5s.search", "quiet")
        self._cancel_button = button("cancelDatasetButton", "fa5s.times")
        self._progress = QProgressBar()
        self._progress.setObjectName("datasetProgress")
        self._progress.setTextVisible(False)
        self._build()
        self._say_texts()
        self.form.edited.connect(self.refresh)
        self.write_button.clicked.connect(self.write_requested)
        self.pages_button.clicked.connect(self.pages_requested)
        self.check_button.clicked.connect(self.check_requested)
        self._cancel_button.clicked.connect(self.cancel_requested)
        statistics.changed.connect(self._on_statistics_changed)
        statistics.looked.connect(self.refresh)
        statistics.divided.connect(self._on_statistics_divided)
        self.show_running(False)

    def _build_table(self) -> QTableWidget:
        table = QTableWidget(len(PARTS), COLUMNS)
        table.setObjectName("splitPreview")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        for header in (table.horizontalHeader(), table.verticalHeader()):
            if header is not None:
                header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
                header.setSectionsClickable(False)
                header.setHighlightSections(False)
        across = table.horizontalHeader()
        if across is not None:
            for longest in (3, 4):
                across.setSectionResizeMode(longest, QHeaderView.ResizeMode.ResizeToContents)
        for line in range(len(PARTS)):
            for place in range(COLUMNS):
                item = QTableWidgetItem()
                item.setTextAlignment(int(Qt.AlignmentFlag.AlignCenter))
                table.setItem(line, place, item)
        return table

    def _build(self) -> None:
        self._title, self._preview_title = label("subtitle"), label("muted")
        frame = card(self._title, spacing=2 * GRID)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            for widget in (self.form, self._preview_title, self.table, self._verdict, self._hint):
                column.addWidget(widget)
            column.addStretch(1)
            column.addWidget(self._progress)
            column.addLayout(row(self.check_button, None, self._cancel_button, self.pages_button, self.write_button))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _say_texts(self) -> None:
        self.say(self._title.setText, lambda: self.tr("Split"))
        self.say(self._preview_title.setText, lambda: self.tr("What each part will hold"))
        self.say(self.write_button.setText, lambda: self.tr("Write the dataset"))
        self.say(self.pages_button.setText, lambda: self.tr("Check pages"))
        self.say(self.check_button.setText, lambda: self.tr("Look for leaks in a dataset…"))
        self.say(
            self.check_button.setToolTip,
            lambda: self.tr("Also in one that PPOCRLabel's script made: pages and pictures that are in two parts."),
        )
        self.say(self._cancel_button.setText, lambda: self.tr("Cancel"))
        self.say(self._set_headers, lambda: self.tr("Pages, boxes, lines, characters; training, validation, test"))
        self.say(self._hint.setText, self._hint_text)
        self.say(self._verdict.setText, lambda: self._verdict_text()[1])

    def _set_headers(self, text: str = "") -> None:
        across = [
            self.tr("Pages"),
            self.tr("Boxes"),
            self.tr("Lines"),
            self.tr("Characters"),
            self.tr("Lacking"),
        ]
        self.table.setHorizontalHeaderLabels(across)
        self.table.setVerticalHeaderLabels([self.tr("Training"), self.tr("Validation"), self.tr("Test")])
        self.table.setAccessibleName(text)

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self.form.name

    def arguments(self) -> list[str]:
        """The wishes as the `split` command takes them."""
        return self.form.arguments()

    def set_datasets(self, folder: Path | None, names: list[str]) -> None:
        """Says where datasets are kept, and which there are already."""
        self._datasets = folder
        self.form.set_datasets(folder, names)
        self.refresh()

    @pyqtSlot()
    def _on_statistics_changed(self) -> None:
        # while pages are counted there are many small changes; the parts are worked out at the end
        if not self._statistics.is_counting:
            self.refresh()
        else:
            self._show_state()

    @pyqtSlot()
    def refresh(self) -> None:
        """Asks what the wishes come to; the answer is shown when it is there."""
        self._take_folders()
        if self.form.is_complete and self._statistics.usable_count():
            self._statistics.ask(self.form.options())
        else:
            self._preview = None
            self._show_preview()
        self._show_state()

    def _take_folders(self) -> None:
        if self.form.folders == self._folders:
            return
        self._folders, self._folder_fault = list(self.form.folders), None
        try:
            self._statistics.add_folders(self._folders)
        except StudioError as error:
            self._folder_fault = error

    @pyqtSlot(object)
    def _on_statistics_divided(self, preview: Preview) -> None:
        if self.form.is_complete and preview.options == self.form.options():
            self._preview = preview
            self._show_preview()
            self._show_state()

    def _show_preview(self) -> None:
        division = self._preview.division if self._preview is not None else None
        for line, part in enumerate(PARTS):
            values: list[str] = ["–"] * COLUMNS
            named = ""
            if division is not None:
                counts, lacking = division.counts[part], division.lacking[part]
                values = [str(number) for number in (counts.pages, counts.boxes, counts.lines, counts.characters)]
                values.append(str(len(lacking)))
                named = " ".join(lacking[:MOST_NAMED])
            for place, value in enumerate(values):
                item = self.table.item(line, place)
                if item is not None:
                    item.setText(value)
            last = self.table.item(line, COLUMNS - 1)
            if last is not None:
                last.setToolTip(named)
        self._fit_table()

    def _show_state(self) -> None:
        found = (self._preview is None or self._preview.division is not None) and self._folder_fault is None
        usable = bool(self._statistics.usable_count())
        self.write_button.setEnabled(not self._is_running and self.form.is_complete and usable and found)
        is_empty = not usable and not self._statistics.is_counting
        for shown in (self._preview_title, self.table, self.write_button):
            shown.setHidden(is_empty)
        self.pages_button.setVisible(is_empty)
        self._hint.setText(self._hint_text())
        role, text = self._verdict_text()
        self._verdict.setText(text)
        self._verdict.setVisible(bool(text))
        if self._verdict.property("role") != role:
            self._verdict.setProperty("role", role)
            theme.repolish(self._verdict)

    def _fit_table(self) -> None:
        height = self.fontMetrics().height() + 2 * GRID
        for line in range(len(PARTS)):
            self.table.setRowHeight(line, height)
        self.table.setFixedHeight((len(PARTS) + 1) * height + GRID)

    def _verdict_text(self) -> tuple[str, str]:
        """(role, sentences): what leaks, what stays together, what cannot be learned."""
        preview = self._preview
        if preview is None:
            return "hint", ""
        if preview.error is not None:
            return "bad", in_words(preview.error)
        division = preview.division
        if division is None:
            return "hint", ""
        role, sentences = "good", []
        by_line = preview.options.by == "box"
        if by_line:
            role = "warn"
            text = self.tr(
                "{count} pages have lines in several parts: the model is tested on pages that it has seen, and the "
                "figures will be too good."
            )
            sentences.append(text.format(count=division.torn))
        else:
            sentences.append(self.tr("No page is in two parts."))
        if preview.alike:
            text = self.tr("{count} pages look like another one and stay with it.")
            sentences.append(text.format(count=preview.alike))
        elif self._statistics.is_looking and preview.options.alike and not by_line:
            sentences.append(self.tr("Pictures are being compared…"))
        unlearnt = division.lacking["train"]
        if unlearnt:
            role = "warn"
            text = self.tr("{count} characters cannot be learned, because training has none of them: {characters}")
            shown = " ".join(unlearnt[:12]) + (" …" if len(unlearnt) > 12 else "")
            sentences.append(text.format(count=len(unlearnt), characters=shown))
        if division.counts["train"].pages > 1 and not division.counts["val"].pages:
            role = "warn"
            sentences.append(self.tr("Nothing is left to validate with: everything belongs to one group."))
        return role, " ".join(sentences)

    def _hint_text(self) -> str:
        sentences = []
        states = self._statistics.states()
        usable = self._statistics.usable_count()
        left_out = sum(states.values()) - usable
        form = self.form
        if not is_ratio(form.ratio_edit.text().strip()):
            return self.tr("Write the ratio like 6:2:2 or 80:10:10; training must get something.")
        if not form.name_edit.hasAcceptableInput():
            return self.tr("Give the dataset a name that can be a folder's name.")
        if self._statistics.is_counting and states[PageState.CHECKED]:
            return self.tr("Pages are being counted…")
        if not usable and states[PageState.CHECKED]:
            return self.tr(
                "None of the {count} checked pages can be used: they are empty, or their pictures cannot be read."
            ).format(count=states[PageState.CHECKED])
        if not usable:
            return self.tr(
                "Only checked pages are taken, and lines that were confirmed one by one. There are none yet: check "
                "some pages in Annotate first."
            )
        if left_out:
            text = self.tr("{count} pages are left out because they are not checked, empty or unreadable.")
            sentences.append(text.format(count=left_out))
        confirmed = self._statistics.confirmed_count()
        if confirmed:
            text = self.tr(
                "Of {count} pages that are not checked only the lines that were confirmed one by one are taken, and "
                "only for recognition."
            )
            sentences.append(text.format(count=confirmed))
        if usable < len(PARTS):
            sentences.append(self.tr("With fewer than three checked pages, a part stays empty."))
        added = self._statistics.added
        fault = self._folder_fault or added.error
        if fault is not None:
            sentences += [part for part in translated(fault) if part]
        elif added.is_reading:
            sentences.append(self.tr("The added folders are being read…"))
        elif form.folders:
            text = self.tr("{count} of the pages and loose lines are of the added folders.")
            sentences.append(text.format(count=len(added.pages())))
        if self._datasets is not None and (self._datasets / self.name / "split.json").is_file():
            sentences.append(self.tr("The dataset of this name is replaced."))
        return " ".join(sentences)

    def show_running(self, running: bool, done: int = 0, total: int = 0) -> None:
        """Shows how far the writing is, or that nothing is being written.

        Args:
            running: Whether a dataset is being written.
            done: Pages written.
            total: Pages in all; 0: not known yet.
        """
        self._is_running = running
        self._progress.setVisible(running)
        self._cancel_button.setVisible(running)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self.form.setEnabled(not running)
        self.check_button.setEnabled(not running)
        self.refresh()
