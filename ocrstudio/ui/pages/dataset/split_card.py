"""How the project is divided: the wishes, what would come of them, and the button that does it."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QRegularExpression, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QRegularExpressionValidator
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.project_statistics import ProjectStatistics, is_ratio
from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

DEFAULT_NAME, DEFAULT_RATIO = "dataset", "6:2:2"
# A folder name that every system takes.
NAME = QRegularExpression(r"[^\\/:*?\"<>|.\s][^\\/:*?\"<>|]{0,60}")


class SplitCard(TranslatedWidget):
    """Name, ratio and seed with a preview that follows every keystroke."""

    write_requested = pyqtSignal()
    cancel_requested = pyqtSignal()

    def __init__(self, statistics: ProjectStatistics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics = statistics
        self._datasets: Path | None = None
        self.name_edit = QLineEdit(DEFAULT_NAME)
        self.name_edit.setObjectName("datasetName")
        self.name_edit.setValidator(QRegularExpressionValidator(NAME, self))
        self.ratio_edit = QLineEdit(DEFAULT_RATIO)
        self.ratio_edit.setObjectName("splitRatio")
        self.seed_box = QSpinBox()
        self.seed_box.setObjectName("splitSeed")
        self.seed_box.setRange(0, 2**31 - 1)
        self._hint = label("hint", "splitHint", wrap=True)
        self.table = self._build_table()
        self.write_button = button("writeDatasetButton", "fa5s.layer-group", "primary")
        self._cancel_button = button("cancelDatasetButton", "fa5s.times")
        self._progress = QProgressBar()
        self._progress.setObjectName("datasetProgress")
        self._progress.setTextVisible(False)
        self._build()
        self._say_texts()
        for edit in (self.name_edit, self.ratio_edit):
            edit.textChanged.connect(self.refresh)
        self.seed_box.valueChanged.connect(self.refresh)
        self.write_button.clicked.connect(self.write_requested)
        self._cancel_button.clicked.connect(self.cancel_requested)
        statistics.changed.connect(self.refresh)
        self.show_running(False)

    def _build_table(self) -> QTableWidget:
        table = QTableWidget(3, 4)
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
        for line in range(3):
            for place in range(4):
                item = QTableWidgetItem()
                item.setTextAlignment(int(Qt.AlignmentFlag.AlignCenter))
                table.setItem(line, place, item)
        return table

    def _build(self) -> None:
        self._title, self._preview_title = label("subtitle"), label("muted")
        self._name_label, self._ratio_label, self._seed_label = label(), label(), label()
        form = QGridLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        fields = (
            (self._name_label, self.name_edit),
            (self._ratio_label, self.ratio_edit),
            (self._seed_label, self.seed_box),
        )
        for line, (caption, field) in enumerate(fields):
            caption.setBuddy(field)
            form.addWidget(caption, line, 0)
            form.addWidget(field, line, 1)
        form.setColumnStretch(1, 1)
        frame = card(self._title, spacing=2 * GRID)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(form)
            column.addWidget(self._preview_title)
            column.addWidget(self.table)
            column.addWidget(self._hint)
            column.addStretch(1)
            column.addWidget(self._progress)
            column.addLayout(row(None, self._cancel_button, self.write_button))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _say_texts(self) -> None:
        self.say(self._title.setText, lambda: self.tr("Split by page"))
        self.say(self._name_label.setText, lambda: self.tr("Name"))
        self.say(self._ratio_label.setText, lambda: self.tr("Train : validation : test"))
        self.say(self._seed_label.setText, lambda: self.tr("Seed"))
        self.say(self._preview_title.setText, lambda: self.tr("What each part will hold"))
        self.say(self.write_button.setText, lambda: self.tr("Write the dataset"))
        self.say(self._cancel_button.setText, lambda: self.tr("Cancel"))
        self.say(
            self.ratio_edit.setToolTip,
            lambda: self.tr("Shares of the pages, such as 6:2:2 or 80:10:10. A page is never in two parts."),
        )
        self.say(
            self.seed_box.setToolTip,
            lambda: self.tr("The same number always gives the same parts; another one mixes the pages anew."),
        )
        self.say(self._set_headers, lambda: self.tr("Pages, boxes, lines, characters; training, validation, test"))
        self.say(self._hint.setText, self._hint_text)

    def _set_headers(self, _text: str = "") -> None:
        across = [self.tr("Pages"), self.tr("Boxes"), self.tr("Lines"), self.tr("Characters")]
        self.table.setHorizontalHeaderLabels(across)
        self.table.setVerticalHeaderLabels([self.tr("Training"), self.tr("Validation"), self.tr("Test")])
        self.table.setAccessibleName(_text)

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self.name_edit.text().rstrip(". ")

    @property
    def ratio(self) -> str:
        """As typed."""
        return self.ratio_edit.text().strip()

    @property
    def seed(self) -> int:
        """0 or more."""
        return self.seed_box.value()

    def set_datasets(self, folder: Path | None) -> None:
        """Says where datasets are kept, so that the card can tell that one exists already."""
        self._datasets = folder
        self.refresh()

    @pyqtSlot()
    def refresh(self) -> None:
        """Shows what the wishes come to."""
        good = is_ratio(self.ratio)
        for edit, fits in ((self.ratio_edit, good), (self.name_edit, self.name_edit.hasAcceptableInput())):
            state = "" if fits else "bad"
            if edit.property("state") != state:
                edit.setProperty("state", state)
                theme.repolish(edit)
        parts = self._statistics.preview(self.ratio, self.seed) if good else []
        for line in range(3):
            values = (
                (parts[line].pages, parts[line].boxes, parts[line].lines, parts[line].characters) if parts else "––––"
            )
            for place, value in enumerate(values):
                item = self.table.item(line, place)
                if item is not None:
                    item.setText(str(value))
        self.write_button.setEnabled(good and self.name_edit.hasAcceptableInput() and bool(self._statistics.usable()))
        self._hint.setText(self._hint_text())
        self._fit_table()

    def _fit_table(self) -> None:
        height = self.fontMetrics().height() + 2 * GRID
        for line in range(3):
            self.table.setRowHeight(line, height)
        self.table.setFixedHeight(4 * height + GRID)

    def _hint_text(self) -> str:
        sentences = []
        usable = len(self._statistics.usable())
        left_out = sum(self._statistics.states().values()) - usable
        if not is_ratio(self.ratio):
            return self.tr("Write the ratio like 6:2:2 or 80:10:10; training must get something.")
        if not self.name_edit.hasAcceptableInput():
            return self.tr("Give the dataset a name that can be a folder's name.")
        if not usable:
            return self.tr("Only checked pages are taken, and none is checked yet. Check some in Annotate first.")
        if left_out:
            text = self.tr("{count} pages are left out because they are not checked, empty or unreadable.")
            sentences.append(text.format(count=left_out))
        if usable < 3:
            sentences.append(self.tr("With fewer than three checked pages, a part stays empty."))
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
        self._progress.setVisible(running)
        self._cancel_button.setVisible(running)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        for widget in (self.name_edit, self.ratio_edit, self.seed_box):
            widget.setEnabled(not running)
        if running:
            self.write_button.setEnabled(False)
        else:
            self.refresh()
