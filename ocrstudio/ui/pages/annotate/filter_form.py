"""What else lines and pages can be filtered by: state, confidence, characters, work done, kind, folder, note."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from ocrstudio.core.lines import key_classes
from ocrstudio.core.page import PageState
from ocrstudio.core.search import LineFilter, LineKind, TextRule
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

# What is typed is looked for when nothing more is typed for so long.
TYPING_DELAY_MS = 180
STATES: tuple[frozenset[PageState] | None, ...] = (
    None,
    frozenset(PageState) - {PageState.CHECKED},
    frozenset({PageState.NEW}),
    frozenset({PageState.AUTO}),
    frozenset({PageState.EDITED}),
    frozenset({PageState.CHECKED}),
    frozenset({PageState.REJECTED}),
)
TOUCHED: tuple[bool | None, ...] = (None, False, True)
KINDS: tuple[LineKind | None, ...] = (None, LineKind.EMPTY, LineKind.PLACEHOLDER, LineKind.IGNORED)


class FilterForm(TranslatedWidget):
    """Fields that together make a `LineFilter`.

    Args:
        index: Tells folders and key classes of the project.
        with_text: Offer a field for the text too (case does not matter there).
        with_states: Offer the page's state too.
        parent: Owner.
    """

    filter_changed = pyqtSignal()  # after a pause in typing

    def __init__(
        self, index: LineIndex, *, with_text: bool = False, with_states: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._index = index
        self.text = QLineEdit()
        self.text.setObjectName("filterText")
        self.states = QComboBox()
        self.states.setObjectName("filterStates")
        self.states.addItems([""] * len(STATES))
        self.score_from, self.score_to = _percent(0, "filterScoreFrom"), _percent(100, "filterScoreTo")
        self.characters = QLineEdit()
        self.characters.setObjectName("filterCharacters")
        self.touched = QComboBox()
        self.touched.setObjectName("filterTouched")
        self.touched.addItems([""] * len(TOUCHED))
        self.kind = QComboBox()
        self.kind.setObjectName("filterKind")
        self.kind.addItems([""] * len(KINDS))
        self.folder = QComboBox()
        self.folder.setObjectName("filterFolder")
        self.key_class = QComboBox()
        self.key_class.setObjectName("filterKeyClass")
        self.note = QCheckBox()
        self.note.setObjectName("filterNote")
        self._timer = single_shot(self, TYPING_DELAY_MS, self.filter_changed)
        self._build(with_text, with_states)
        self._fill()
        self._name()
        self._connect()

    def value(self) -> LineFilter:
        """What is asked for."""
        low, high = self.score_from.value(), self.score_to.value()
        return LineFilter(
            rule=TextRule(self.text.text()) if self.text.text() else None,
            states=STATES[max(0, self.states.currentIndex())],
            score_from=low / 100 if low > 0 else None,
            score_to=high / 100 if high < 100 else None,
            characters=frozenset(self.characters.text().replace(" ", "")),
            touched=TOUCHED[max(0, self.touched.currentIndex())],
            key_class=self.key_class.currentData(),
            kind=KINDS[max(0, self.kind.currentIndex())],
            folder=self.folder.currentData() or "",
            with_note=self.note.isChecked(),
        )

    @property
    def is_used(self) -> bool:
        """Whether anything is asked for."""
        return self.value() != LineFilter()

    def reset(self) -> None:
        """Asks for nothing any more."""
        self.text.clear()
        self.characters.clear()
        for box in (self.states, self.touched, self.kind, self.folder, self.key_class):
            box.setCurrentIndex(0)
        self.score_from.setValue(0)
        self.score_to.setValue(100)
        self.note.setChecked(False)

    def _build(self, with_text: bool, with_states: bool) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        scores = QWidget()
        line = QHBoxLayout(scores)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.score_from, 1)
        line.addWidget(QLabel("–"))
        line.addWidget(self.score_to, 1)
        self._labels = {}
        rows: list[tuple[str, QWidget, bool]] = [
            ("text", self.text, with_text),
            ("states", self.states, with_states),
            ("score", scores, True),
            ("characters", self.characters, True),
            ("touched", self.touched, True),
            ("kind", self.kind, True),
            # last, as they are often hidden, and a hidden row leaves its gap
            ("folder", self.folder, True),
            ("key_class", self.key_class, True),
        ]
        for name, field, is_shown in rows:
            if is_shown:
                self._labels[name] = label("muted")
                self._labels[name].setMinimumHeight(field.sizeHint().height())
                form.addRow(self._labels[name], field)
            else:
                field.setParent(self)  # else nobody deletes it but Python's collector
                field.hide()
            if name == "kind":
                form.addRow(self.note)

    def _name(self) -> None:
        names = {
            "text": lambda: self.tr("Text"),
            "states": lambda: self.tr("Pages"),
            "score": lambda: self.tr("Confidence"),
            "characters": lambda: self.tr("Characters"),
            "touched": lambda: self.tr("Work"),
            "kind": lambda: self.tr("Kind"),
            "key_class": lambda: self.tr("Key class"),
            "folder": lambda: self.tr("Folder"),
        }
        for name, shown in self._labels.items():
            self.say(shown.setText, names[name])
        self.say(self.characters.setPlaceholderText, lambda: self.tr("Any one of these"))
        self.say(self.characters.setToolTip, lambda: self.tr("Lines that hold at least one of these characters"))
        self.say(self.text.setPlaceholderText, lambda: self.tr("Pages with this text"))
        self.say(self.note.setText, lambda: self.tr("Only pages with a note"))
        self.say(self._name_choices, lambda: "")

    def _name_choices(self, _unused: str) -> None:
        chosen = {
            self.states: (
                self.tr("All pages"),
                self.tr("Not checked yet"),
                self.tr("Without labels"),
                self.tr("Labelled automatically"),
                self.tr("Edited"),
                self.tr("Checked"),
                self.tr("Left out"),
            ),
            self.touched: (self.tr("Any"), self.tr("Untouched lines"), self.tr("Lines a person worked on")),
            self.kind: (
                self.tr("Any text"),
                self.tr("Empty"),
                self.tr("Not read yet"),
                self.tr("Ignored (###)"),
            ),
        }
        for box, names in chosen.items():
            for place, name in enumerate(names):
                box.setItemText(place, name)
        self.folder.setItemText(0, self.tr("All folders"))
        self.key_class.setItemText(0, self.tr("Any"))

    def _connect(self) -> None:
        for field in (self.text, self.characters):
            field.textChanged.connect(self._on_field_changed)
        for box in (self.states, self.touched, self.kind, self.folder, self.key_class):
            box.currentIndexChanged.connect(self._on_field_changed)
        for number in (self.score_from, self.score_to):
            number.valueChanged.connect(self._on_field_changed)
        self.note.toggled.connect(self._on_field_changed)
        self._index.built.connect(self._fill)
        self._index.changed.connect(self._on_index_changed)

    @pyqtSlot(object)
    def _on_index_changed(self, keys: Sequence[str]) -> None:
        edited = [page for key in keys if (page := self._index.page(key)) is not None]
        if not keys or any(self.key_class.findData(name) < 0 for name in key_classes(edited)):
            self._fill()

    @pyqtSlot()
    def _fill(self) -> None:
        """The project's folders and key classes; rows with nothing to choose from are left out."""
        pages = self._index.pages()
        _refill(self.folder, sorted({page.folder for page in pages} - {""}))
        _refill(self.key_class, self._index.key_classes())
        for name, box in (("folder", self.folder), ("key_class", self.key_class)):
            self._labels[name].setVisible(box.count() > 1)
            box.setVisible(box.count() > 1)

    @pyqtSlot()
    @pyqtSlot(int)
    @pyqtSlot(bool)
    @pyqtSlot(str)
    def _on_field_changed(self, _what: object = None) -> None:
        self._timer.start()


def _percent(value: int, name: str) -> QSpinBox:
    made = QSpinBox()
    made.setObjectName(name)
    made.setRange(0, 100)
    made.setSuffix(" %")
    made.setValue(value)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # the panel is narrow; arrow keys do the same
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance("100 %") + 24)  # and the padding of a field
    return made


def _refill(box: QComboBox, names: list[str]) -> None:
    """Offers other names after the first, which stands for all; what was chosen stays if it is still there."""
    if [box.itemData(place) for place in range(1, box.count())] == names and box.count():
        return
    chosen = box.currentData()
    first = box.itemText(0)
    blocked = box.blockSignals(True)
    box.clear()
    box.addItem(first, None)
    for name in names:
        box.addItem(name, name)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(blocked)
