"""The wishes for synthetic lines and pages: what they say and how they look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.synthesis import MOST_LINES, PRESETS
from ocrstudio.core.synthesis_texts import ENOUGH
from ocrstudio.services.synthesis import DEFAULT_PAGES, Kind, Wishes
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

KINDS: tuple[Kind, ...] = ("deficits", "chars", "words", "text", "template")
FILE_KINDS = ("words", "text")
TEXT_ROWS = 4


class SynthForm(TranslatedWidget):
    """Fields; `wishes` is what they come to."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self._fonts: Path | None = None
        self.made_box = QComboBox()
        self.made_box.setObjectName("synthMade")
        self.kind_box = QComboBox()
        self.kind_box.setObjectName("synthKind")
        self.text_edit = QPlainTextEdit()
        self.text_edit.setTabChangesFocus(True)
        self.text_edit.setObjectName("synthText")
        self.text_edit.setTabChangesFocus(True)
        self.letters_edit = QLineEdit()
        self.letters_edit.setObjectName("synthLetters")
        self.target_box = _number("synthTarget", 1, 100_000, ENOUGH)
        self.preset_box = QComboBox()
        self.preset_box.setObjectName("synthPreset")
        self.wear_slider = QSlider(Qt.Orientation.Horizontal)
        self.wear_slider.setObjectName("synthWear")
        self.wear_slider.setRange(0, 200)
        self.wear_slider.setValue(100)
        self.vertical_box = _number("synthVertical", 0, 100, 0)
        self.vertical_box.setSuffix(" %")
        self.own_box = QCheckBox()
        self.own_box.setObjectName("synthOwnCrops")
        self.own_box.setChecked(True)
        self.count_box = _number("synthCount", 0, MOST_LINES, 0)
        self.seed_box = _number("synthSeed", 0, 2**31 - 1, 0)
        self.name_edit = QLineEdit()
        self.name_edit.setObjectName("synthName")
        self._file_button, self._file_label = button("synthFile", "fa5s.file-alt", "quiet"), ElidedLabel()
        self._fonts_button, self._fonts_label = button("synthFonts", "fa5s.font", "quiet"), ElidedLabel()
        self._captions = {
            name: label() for name in ("made", "kind", "target", "preset", "wear", "vertical", "fonts", "count", "name")
        }
        self._seed_label, self._clean_label, self._worn_label = label(), label("muted"), label("muted")
        self._build()
        self._say_texts()
        self._connect()
        self._show_fields()

    def _build(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        self._typed = QWidget()
        texts = QVBoxLayout(self._typed)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.addWidget(self.text_edit)
        self._file_row = QWidget()
        self._file_row.setLayout(row(self._file_label, self._file_button))
        texts.addWidget(self._file_row)
        self.text_edit.setFixedHeight(self.fontMetrics().lineSpacing() * TEXT_ROWS + 3 * GRID)
        wear, size, fonts = QWidget(), QWidget(), QWidget()
        wear.setLayout(row(self._clean_label, self.wear_slider, self._worn_label))
        size.setLayout(row(self.count_box, self._seed_label, self.seed_box, None))
        fonts.setLayout(row(self._fonts_label, self._fonts_button))
        lines: list[tuple[str, QWidget]] = [
            ("made", self.made_box),
            ("kind", self.kind_box),
            ("", self.letters_edit),
            ("", self._typed),
            ("target", self.target_box),
            ("preset", self.preset_box),
            ("wear", wear),
            ("", self.own_box),
            ("vertical", self.vertical_box),
            ("fonts", fonts),
            ("count", size),
            ("name", self.name_edit),
        ]
        buddies = {"wear": self.wear_slider, "fonts": self._fonts_button, "count": self.count_box}
        self._seed_label.setBuddy(self.seed_box)
        for place, (caption, field) in enumerate(lines):
            if caption:
                form.addWidget(self._captions[caption], place, 0)
                self._captions[caption].setBuddy(buddies.get(caption, field))
            form.addWidget(field, place, 1)
        form.setColumnStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(form)
        outer.addStretch(1)

    def _say_texts(self) -> None:
        captions: dict[str, Callable[[], str]] = {
            "made": lambda: self.tr("Make"),
            "kind": lambda: self.tr("Write"),
            "target": lambda: self.tr("Samples of each"),
            "preset": lambda: self.tr("Look"),
            "wear": lambda: self.tr("Wear"),
            "vertical": lambda: self.tr("Written downwards"),
            "fonts": lambda: self.tr("Fonts"),
            "name": lambda: self.tr("Name"),
        }
        for name, text in captions.items():
            self.say(self._captions[name].setText, text)
        self.say(self._seed_label.setText, lambda: self.tr("Seed"))
        self.say(self._clean_label.setText, lambda: self.tr("clean"))
        self.say(self._worn_label.setText, lambda: self.tr("hard to read"))
        self.say(self._file_button.setText, lambda: self.tr("From a file…"))
        self.say(self._fonts_button.setText, lambda: self.tr("Fonts of a folder…"))
        self.say(self.letters_edit.setAccessibleName, lambda: self.tr("New characters"))
        self.say(self.letters_edit.setPlaceholderText, lambda: self.tr("All that the labels have too few of"))
        self.say(
            self.letters_edit.setToolTip,
            lambda: self.tr("New characters, such as ⅧⅫ; empty: all that the labels have too few of"),
        )
        self.say(
            self.seed_box.setToolTip,
            lambda: self.tr("The same number always gives the same ones."),
        )
        self.say(
            self.count_box.setToolTip,
            lambda: self.tr("0: every line of a text once, what is lacking of each character, or 1000; 100 pages."),
        )
        self.say(
            self.vertical_box.setToolTip,
            lambda: self.tr("Share of lines, or pages, whose characters stand below each other."),
        )
        self.say(self._fill_boxes, lambda: self.tr("Characters, words, lines, patterns"))

    def _fill_boxes(self, _text: str = "") -> None:
        kinds = {
            "deficits": self.tr("What the labels have too few of"),
            "chars": self.tr("Characters in any order"),
            "words": self.tr("Words, joined at random"),
            "text": self.tr("Lines of text"),
            "template": self.tr("Patterns, such as serial numbers"),
        }
        presets = {
            "document": self.tr("Scanned document"),
            "photo": self.tr("Photo"),
            "screen": self.tr("Screen"),
            "form": self.tr("Form with rules and stamps"),
            "captcha": self.tr("Captcha"),
        }
        _fill(
            self.made_box,
            [(self.tr("Lines, for reading"), "lines"), (self.tr("Pages, for finding and reading"), "pages")],
        )
        _fill(self.kind_box, [(kinds[kind], kind) for kind in KINDS])
        _fill(self.preset_box, [(presets.get(name, name), name) for name in PRESETS])
        self._show_names()

    def _connect(self) -> None:
        self.made_box.currentIndexChanged.connect(self._on_kind_box_current_index_changed)
        self.kind_box.currentIndexChanged.connect(self._on_kind_box_current_index_changed)
        for box in (self.target_box, self.vertical_box, self.seed_box, self.count_box):
            box.valueChanged.connect(self.changed)
        self.wear_slider.valueChanged.connect(self.changed)
        self.preset_box.currentIndexChanged.connect(self.changed)
        self.own_box.toggled.connect(self.changed)
        self.text_edit.textChanged.connect(self.changed)
        self.letters_edit.textChanged.connect(self.changed)
        self._file_button.clicked.connect(self._on_file_button_clicked)
        self._fonts_button.clicked.connect(self._on_fonts_button_clicked)

    @property
    def makes_pages(self) -> bool:
        """Whether pages are asked for, not lines."""
        return bool(self.made_box.currentData() == "pages")

    @property
    def kind(self) -> Kind:
        """Where the texts come from."""
        kind: Kind = self.kind_box.currentData() or KINDS[0]
        return kind

    @property
    def wishes(self) -> Wishes:
        """What is asked for."""
        kind = self.kind
        return Wishes(
            kind=kind,
            text=self.letters_edit.text() if kind == "deficits" else self.text_edit.toPlainText(),
            file=self._file if kind in FILE_KINDS else None,
            target=self.target_box.value(),
            preset=str(self.preset_box.currentData()),
            wear=self.wear_slider.value() / 100,
            vertical=self.vertical_box.value() / 100,
            own_crops=self.own_box.isChecked(),
            fonts=self._fonts,
            count=self.count_box.value(),
            seed=self.seed_box.value(),
            pages=self.makes_pages,
        )

    def write_characters(self, characters: str) -> None:
        """Asks for samples of these characters."""
        self.kind_box.setCurrentIndex(self.kind_box.findData("deficits"))
        self.letters_edit.setText(characters)

    def take_file(self, file: Path | None) -> None:
        """Takes the words or lines from a file; None takes what is typed."""
        self._file = file
        self._show_fields()
        self.changed.emit()

    def take_fonts(self, folder: Path | None) -> None:
        """Takes the fonts of a folder only; None takes the program's and the system's."""
        self._fonts = folder
        self._show_names()
        self.changed.emit()

    @pyqtSlot()
    def _on_kind_box_current_index_changed(self) -> None:
        self._show_fields()
        self.changed.emit()

    @pyqtSlot()
    def _on_file_button_clicked(self) -> None:
        if self._file is not None:
            self.take_file(None)
            return
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Words or lines, UTF-8"), "", "*.txt *.csv *.md;;*")
        if name:
            self.take_file(Path(name))

    @pyqtSlot()
    def _on_fonts_button_clicked(self) -> None:
        if self._fonts is not None:
            self.take_fonts(None)
            return
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of fonts"))
        if name:
            self.take_fonts(Path(name))

    def _show_fields(self) -> None:
        lacking = self.kind == "deficits"
        self.letters_edit.setVisible(lacking)
        self.target_box.setVisible(lacking)
        self._captions["target"].setVisible(lacking)
        self._typed.setVisible(not lacking)
        self._file_row.setVisible(self.kind in FILE_KINDS)
        self.text_edit.setEnabled(self._file is None or self.kind not in FILE_KINDS)
        self._show_names()

    def _show_names(self) -> None:
        if self.makes_pages:
            self._captions["count"].setText(self.tr("Pages"))
            self.own_box.setText(self.tr("Paper, inks and sizes of this project's own pages"))
            self.count_box.setSpecialValueText(self.tr("{count} pages").format(count=DEFAULT_PAGES))
        else:
            self._captions["count"].setText(self.tr("Lines"))
            self.own_box.setText(self.tr("Paper, inks and sizes of this project's own lines"))
            self.count_box.setSpecialValueText(self.tr("as many as needed"))
        # Qt leaves that text out of the least width
        self.count_box.setMinimumWidth(self.count_box.sizeHint().width())
        placeholders = {
            "chars": self.tr("0123456789ABCⅧⅫ"),
            "words": self.tr("Words with spaces or line ends between them"),
            "text": self.tr("One line of the picture on each line"),
            "template": self.tr("No. [0-9]{4}-[A-Z]{2,3}"),
        }
        self.text_edit.setPlaceholderText(placeholders.get(self.kind, ""))
        self._file_button.setText(self.tr("From a file…") if self._file is None else self.tr("Type them instead"))
        self._file_label.show_text("" if self._file is None else str(self._file))
        all_fonts = self.tr("Built-in and system")
        self._fonts_button.setText(self.tr("Fonts of a folder…") if self._fonts is None else self.tr("All fonts again"))
        self._fonts_label.show_text(all_fonts if self._fonts is None else str(self._fonts))


def _number(name: str, low: int, high: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setObjectName(name)
    made.setRange(low, high)
    made.setValue(value)
    return made


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    box.blockSignals(True)
    chosen = box.currentIndex()
    box.clear()
    for text, data in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, chosen))
    box.blockSignals(False)
