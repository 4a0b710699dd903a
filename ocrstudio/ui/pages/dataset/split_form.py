"""What a person wishes of a split: name, ratio, what stays together, which test part is kept, what else is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QRegularExpression, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QRegularExpressionValidator
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.core.split_plan import WAYS, SplitOptions
from ocrstudio.formats.dataset_folder import kept_test
from ocrstudio.services.project_statistics import is_ratio
from ocrstudio.ui import theme
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

DEFAULT_NAME = "dataset"
DEFAULT_PATTERN = "^[^_]+"
# A folder name that every system takes.
NAME = QRegularExpression(r"[^\\/:*?\"<>|.\s][^\\/:*?\"<>|]{0,60}")


class SplitForm(TranslatedWidget):
    """The fields of a split."""

    edited = pyqtSignal()  # a wish is another now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._datasets: Path | None = None
        self._tests: dict[str, frozenset[str]] = {}
        self.name_edit = QLineEdit(DEFAULT_NAME)
        self.name_edit.setObjectName("datasetName")
        self.name_edit.setValidator(QRegularExpressionValidator(NAME, self))
        self.ratio_edit = QLineEdit(SplitOptions.ratio)
        self.ratio_edit.setObjectName("splitRatio")
        self.seed_box = QSpinBox()
        self.seed_box.setObjectName("splitSeed")
        self.seed_box.setRange(0, 2**31 - 1)
        self.by_box = QComboBox()
        self.by_box.setObjectName("splitBy")
        self.pattern_edit = QLineEdit(DEFAULT_PATTERN)
        self.pattern_edit.setObjectName("splitPattern")
        self.test_box = QComboBox()
        self.test_box.setObjectName("splitKeepTest")
        self.alike_box, self.link_box = QCheckBox(), QCheckBox()
        self.alike_box.setObjectName("splitAlike")
        self.alike_box.setChecked(True)
        self.link_box.setObjectName("splitLink")
        self.layout_boxes = {"paddlex": QCheckBox("PaddleX"), "lmdb": QCheckBox("LMDB")}
        self.folders: list[str] = []
        self.add_button = button("addSplitFolder", "fa5s.folder-plus", "quiet")
        self._chips = FlowWidget(GRID // 2)
        self._chips.flow.addWidget(self.add_button)
        self._build()
        self._say_texts()
        self._connect()
        self._on_by_changed()

    def _build(self) -> None:
        self._captions = [label() for _ in range(7)]
        together = QVBoxLayout()
        together.setSpacing(GRID)
        together.addWidget(self.by_box)
        together.addWidget(self.pattern_edit)
        together.addWidget(self.alike_box)
        also = row(*self.layout_boxes.values(), self.link_box, None, spacing=2 * GRID)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        fields: tuple[QWidget | QVBoxLayout, ...] = (self.name_edit, self.ratio_edit, together, self.test_box)
        for line, (caption, field) in enumerate(zip(self._captions, fields, strict=False)):
            grid.addWidget(caption, line, 0)
            if isinstance(field, QWidget):
                caption.setBuddy(field)
                grid.addWidget(field, line, 1)
            else:
                caption.setBuddy(self.by_box)
                grid.addLayout(field, line, 1)
        last = (row(self.seed_box, None), also)
        for line, (caption, layout) in enumerate(zip(self._captions[4:6], last, strict=True)):
            grid.addWidget(caption, line + 4, 0)
            grid.addLayout(layout, line + 4, 1)
        self._captions[4].setBuddy(self.seed_box)
        grid.addWidget(self._captions[6], 6, 0)
        grid.addWidget(self._chips, 6, 1)
        grid.setColumnStretch(1, 1)

    def _say_texts(self) -> None:
        texts = (
            lambda: self.tr("Name"),
            lambda: self.tr("Train : validation : test"),
            lambda: self.tr("What stays together"),
            lambda: self.tr("Keep the test part of"),
            lambda: self.tr("Seed"),
            lambda: self.tr("Write as well"),
            lambda: self.tr("Together with"),
        )
        for caption, text in zip(self._captions, texts, strict=True):
            self.say(caption.setText, text)
        self.say(
            self.ratio_edit.setToolTip,
            lambda: self.tr("Shares of the pages, such as 6:2:2 or 80:10:10. A page is never in two parts."),
        )
        self.say(
            self.seed_box.setToolTip,
            lambda: self.tr("The same number always gives the same parts; another one mixes the pages anew."),
        )
        self.say(
            self.pattern_edit.setToolTip,
            lambda: self.tr(
                "A regular expression: pages are one group if it finds the same in their names. ^[^_]+ is what stands "
                "before the first underscore."
            ),
        )
        self.say(
            self.test_box.setToolTip,
            lambda: self.tr(
                "The pages that an earlier dataset tests with stay the test pages, so that results can be compared."
            ),
        )
        self.say(self.alike_box.setText, lambda: self.tr("Pages that look the same, too"))
        self.say(
            self.alike_box.setToolTip,
            lambda: self.tr("A page that was copied or scanned twice would be learned and tested at once."),
        )
        self.say(self.link_box.setText, lambda: self.tr("Link pictures"))
        self.say(
            self.link_box.setToolTip,
            lambda: self.tr(
                "The dataset gets hard links, which take no room, instead of copies. On another disk the pictures are "
                "copied all the same."
            ),
        )
        self.say(self.add_button.setText, lambda: self.tr("Add a folder…"))
        self.say(
            self.add_button.setToolTip,
            lambda: self.tr(
                "Another project, a folder of line pictures with rec_gt.txt, or synthetic lines, which are only ever "
                "learned from."
            ),
        )
        self.say(self._fill_ways, lambda: self.tr("A page; a folder; a part of the name; nothing"))
        self.say(self._fill_tests, lambda: self.tr("no dataset"))

    def _connect(self) -> None:
        for edit in (self.name_edit, self.ratio_edit, self.pattern_edit):
            edit.textChanged.connect(self._on_edited)
        self.seed_box.valueChanged.connect(self._on_edited)
        self.test_box.currentIndexChanged.connect(self._on_edited)
        self.by_box.currentIndexChanged.connect(self._on_by_changed)
        self.add_button.clicked.connect(self._on_add_clicked)
        for box in (self.alike_box, self.link_box, *self.layout_boxes.values()):
            box.toggled.connect(self._on_edited)

    def _fill_ways(self, _text: str = "") -> None:
        names = (
            self.tr("Each page"),
            self.tr("All pages of a folder"),
            self.tr("Pages whose names share"),
            self.tr("Nothing: single lines"),
        )
        now = max(0, self.by_box.currentIndex())
        self.by_box.blockSignals(True)
        self.by_box.clear()
        self.by_box.addItems(names)
        self.by_box.setCurrentIndex(now)
        self.by_box.blockSignals(False)

    def _fill_tests(self, nothing: str) -> None:
        now = self.test_box.currentText()
        self.test_box.blockSignals(True)
        self.test_box.clear()
        self.test_box.addItems([nothing, *self._tests])
        self.test_box.setCurrentIndex(max(0, self.test_box.findText(now)))
        self.test_box.blockSignals(False)

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self.name_edit.text().rstrip(". ")

    @property
    def is_complete(self) -> bool:
        """Whether name and ratio will do."""
        return self.name_edit.hasAcceptableInput() and is_ratio(self.ratio_edit.text().strip())

    def options(self) -> SplitOptions:
        """The wishes as they are."""
        test = self.test_box.currentText() if self.test_box.currentIndex() > 0 else ""
        return SplitOptions(
            ratio=self.ratio_edit.text().strip(),
            seed=self.seed_box.value(),
            by=WAYS[max(0, self.by_box.currentIndex())],
            pattern=self.pattern_edit.text() if self.pattern_edit.isVisibleTo(self) else "",
            alike=self.alike_box.isChecked(),
            test=self._tests.get(test, frozenset()),
            test_from=test,
            layouts=tuple(name for name, box in self.layout_boxes.items() if box.isChecked()),
            link=self.link_box.isChecked(),
        )

    def arguments(self) -> list[str]:
        """The wishes as the `split` command takes them."""
        options = self.options()
        found = ["--ratio", options.ratio, "--seed", str(options.seed), "--by", options.by]
        if options.pattern:
            found += [f"--pattern={options.pattern}"]
        if not options.alike:
            found.append("--part-look-alikes")
        if options.test_from and self._datasets is not None:
            found += ["--keep-test", str(self._datasets / options.test_from)]
        for layout in options.layouts:
            found += ["--also", layout]
        return [*found, "--link"] if options.link else found

    def set_datasets(self, folder: Path | None, names: list[str]) -> None:
        """Says where datasets are kept and which there are; the test parts of those can be kept."""
        self._datasets = folder
        self._tests = {}
        for name in names:
            try:
                self._tests[name] = kept_test(folder / name) if folder is not None else frozenset()
            except StudioError:
                continue  # it has no test part, or is broken: then there is nothing to keep
        self._fill_tests(self.tr("no dataset"))

    @pyqtSlot()
    def _on_add_clicked(self) -> None:
        start = self.folders[-1] if self.folders else ""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("A folder to add to the dataset"), start)
        if chosen:
            self.add_folder(chosen)

    def add_folder(self, folder: str) -> None:
        """Makes the dataset of another folder, too; a click on its name takes it out again."""
        if folder in self.folders:
            return
        self.folders.append(folder)
        chip = button(f"splitFolder-{Path(folder).name}", "fa5s.times")
        chip.setText(Path(folder).name.replace("&", "&&"))
        chip.setToolTip(folder)
        chip.clicked.connect(partial(self._remove, folder, chip))
        self._chips.flow.addWidget(chip)
        self._chips.fit_height()
        self.edited.emit()

    def clear_folders(self) -> None:
        """Forgets the folders, which were another project's."""
        for chip in self._chips.findChildren(QPushButton):
            if chip is not self.add_button:
                chip.hide()
                chip.deleteLater()
        self.folders.clear()

    def _remove(self, folder: str, chip: QPushButton, _checked: bool = False) -> None:
        self.folders.remove(folder)
        chip.hide()
        chip.deleteLater()
        self.edited.emit()

    def show_faults(self) -> None:
        """Marks the fields that will not do."""
        good = is_ratio(self.ratio_edit.text().strip())
        for edit, fits in ((self.ratio_edit, good), (self.name_edit, self.name_edit.hasAcceptableInput())):
            state = "" if fits else "bad"
            if edit.property("state") != state:
                edit.setProperty("state", state)
                theme.repolish(edit)

    @pyqtSlot()
    def _on_edited(self) -> None:
        self.show_faults()
        self.edited.emit()

    @pyqtSlot()
    def _on_by_changed(self) -> None:
        way = WAYS[max(0, self.by_box.currentIndex())]
        self.pattern_edit.setVisible(way == "name")
        self.alike_box.setEnabled(way != "box")
        self.edited.emit()
