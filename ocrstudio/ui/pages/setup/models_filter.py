"""Which models are shown: words, and a choice of task, version, language, use and state."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QCheckBox, QComboBox, QWidget

from ocrstudio.formats.model_catalogue import FITS as ALL_FITS
from ocrstudio.formats.model_catalogue import TASKS as ALL_TASKS
from ocrstudio.formats.model_catalogue import VERSIONS
from ocrstudio.services.model_shelf import ModelRow
from ocrstudio.ui.pages.setup.model_words import FITS, LANGUAGES, TASKS, searched, word
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, SearchField

BOX_CHARACTERS = 11


class ModelsFilter(FlowWidget):
    """A line of choices; nothing is left out at first."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words = SearchField("modelSearch")
        self.words.setMinimumWidth(160)
        self.boxes = {name: QComboBox() for name in ("task", "version", "language", "use")}
        self.here = QCheckBox()
        self.here.setObjectName("modelsHere")
        for widget in (self.words, *self.boxes.values(), self.here):
            self.flow.addWidget(widget)
        for name, box in self.boxes.items():
            box.setObjectName(f"models-{name}")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(BOX_CHARACTERS)
            box.currentIndexChanged.connect(self.changed)
        self.words.textChanged.connect(self.changed)
        self.here.toggled.connect(self.changed)
        self.say(self.words.setPlaceholderText, lambda: self.tr("Search models"))
        self.say(self.words.setAccessibleName, lambda: self.tr("Search models"))
        self.say(self.here.setText, lambda: self.tr("Only on this computer"))
        names = {
            "task": lambda: self.tr("What it does"),
            "version": lambda: self.tr("Version"),
            "language": lambda: self.tr("Language"),
            "use": lambda: self.tr("Use"),
        }
        for name, box in self.boxes.items():
            self.say(box.setAccessibleName, names[name])
        self._fill()

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        chosen = any(box.currentIndex() > 0 for box in self.boxes.values())
        return bool(self.words.text().strip()) or self.here.isChecked() or chosen

    def takes(self, row: ModelRow) -> bool:
        """Whether a model is shown."""
        model = row.model
        chosen = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        if self.here.isChecked() and row.state not in ("here", "bundled"):
            return False
        if chosen["task"] and row.task != chosen["task"]:
            return False
        if chosen["version"] and (model is None or model.version != chosen["version"]):
            return False
        if chosen["language"] and (model is None or not {chosen["language"], "many", "any"} & set(model.languages)):
            return False
        if chosen["use"] and chosen["use"] not in row.fits:
            return False
        words = self.words.text().lower().split()
        if not words:
            return True
        text = searched(row)
        return all(one in text for one in words)

    @pyqtSlot()
    def clear(self) -> None:
        """Shows all models again."""
        self.words.clear()
        self.here.setChecked(False)
        for box in self.boxes.values():
            box.setCurrentIndex(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        languages = {key: text for key, text in LANGUAGES.items() if key not in ("any", "many")}
        choices: dict[str, tuple[str, list[tuple[str, str]]]] = {
            "task": (self.tr("All kinds"), [(word(TASKS[one]), one) for one in ALL_TASKS]),
            "version": (self.tr("All versions"), [(f"PP-OCR{one}", one) for one in VERSIONS]),
            "language": (self.tr("All languages"), [(word(text), key) for key, text in languages.items()]),
            "use": (self.tr("All uses"), [(word(FITS[one]), one) for one in ALL_FITS]),
        }
        for name, (everything, items) in choices.items():
            box = self.boxes[name]
            chosen = max(0, box.currentIndex())
            box.blockSignals(True)
            box.clear()
            box.addItem(everything, "")
            for text, key in items:
                box.addItem(text, key)
            box.setCurrentIndex(chosen)
            box.blockSignals(False)
            view = box.view()
            if view is not None:
                # the list is as wide as its words, the box need not be
                view.setMinimumWidth(view.sizeHintForColumn(0) + 4 * GRID)
