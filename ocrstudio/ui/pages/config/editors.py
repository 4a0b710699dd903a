"""One small editor for each kind of value, all alike from outside: `show_value`, `value_edited`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QSignalBlocker, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.fields import FormField
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

FILE_SEPARATOR = "; "


class ValueEditor(TranslatedWidget):
    """Base: one value of the config in a widget."""

    value_edited = pyqtSignal(object)  # the new value, only when the user changed it

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GRID // 2)

    def show_value(self, value: Any) -> None:
        """Shows a value without telling it as an edit; one of the wrong kind leaves the widget as it is."""
        raise NotImplementedError

    def _add(self, widget: QWidget, stretch: int = 0) -> None:
        widget.setObjectName(self.field.key if self._line.count() == 0 else f"{self.field.key}.more")
        if self._line.count() == 0:
            self.setFocusProxy(widget)
        self._line.addWidget(widget, stretch)


class _PatientSpinBox(QSpinBox):
    """Leaves the wheel to the form unless it has the keyboard: scrolling must not change values."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _PatientDoubleSpinBox(QDoubleSpinBox):
    """See `_PatientSpinBox`."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _PatientComboBox(QComboBox):
    """See `_PatientSpinBox`."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class WholeEditor(ValueEditor):
    """A whole number."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = _PatientSpinBox()
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setRange(int(field.limits[0]), int(field.limits[1]))
        self._add(self._box, 1)
        self._box.valueChanged.connect(self.value_edited.emit)

    def show_value(self, value: Any) -> None:
        if isinstance(value, int) and value != self._box.value():
            blocker = QSignalBlocker(self._box)
            self._box.setValue(value)
            blocker.unblock()


class NumberEditor(ValueEditor):
    """A number with a fraction."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = _PatientDoubleSpinBox()
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setRange(*field.limits)
        self._box.setDecimals(2)
        self._box.setSingleStep(0.5)
        self._add(self._box, 1)
        self._box.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: Any) -> None:
        if isinstance(value, int | float) and value != self._box.value():
            blocker = QSignalBlocker(self._box)
            self._box.setValue(float(value))
            blocker.unblock()

    @pyqtSlot(float)
    def _on_value_changed(self, value: float) -> None:
        self.value_edited.emit(int(value) if value.is_integer() else value)


class SmallNumberEditor(ValueEditor):
    """A number that is typed, because it may be tiny: 0.0005 or 5e-4."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._edit = QLineEdit()
        self._add(self._edit, 1)
        self._edit.textEdited.connect(self._on_text_edited)

    def show_value(self, value: Any) -> None:
        if isinstance(value, int | float) and not isinstance(value, bool) and value != self._number():
            self._edit.setText(f"{value:.10f}".rstrip("0").rstrip("."))
            self._mark(True)

    def _number(self) -> float | None:
        try:
            number = float(self._edit.text().strip().replace(",", "."))
        except ValueError:
            return None
        fits = math.isfinite(number) and self.field.limits[0] < number <= self.field.limits[1]
        return number if fits else None

    def _mark(self, good: bool) -> None:
        self._edit.setProperty("state", "" if good else "bad")
        theme.repolish(self._edit)

    @pyqtSlot()
    def _on_text_edited(self) -> None:
        number = self._number()
        self._mark(number is not None)
        if number is not None:
            self.value_edited.emit(number)


class ChoiceEditor(ValueEditor):
    """One of a few values, each with its words."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = _PatientComboBox()
        for value, _ in field.choices:
            self._box.addItem("", value)
        self._add(self._box, 1)
        self._box.activated.connect(self._on_activated)

    def set_words(self, words: str) -> None:
        """The texts of the choices in the language in use, one a line."""
        for place, text in enumerate(words.splitlines()):
            self._box.setItemText(place, text)

    def show_value(self, value: Any) -> None:
        place = self._box.findData(value)
        if place >= 0:
            self._box.setCurrentIndex(place)

    @pyqtSlot(int)
    def _on_activated(self, place: int) -> None:
        self.value_edited.emit(self._box.itemData(place))


class SwitchEditor(ValueEditor):
    """On or off."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = QCheckBox()
        self._add(self._box, 1)
        self._box.clicked.connect(self.value_edited.emit)

    def set_words(self, words: str) -> None:
        """The text beside the box."""
        self._box.setText(words)

    def show_value(self, value: Any) -> None:
        self._box.setChecked(value is True)


class FilesEditor(ValueEditor):
    """One or more list files."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._edit = QLineEdit()
        self._browse = QToolButton()
        self._browse.setIcon(icon("fa5s.folder-open"))
        self._add(self._edit, 1)
        self._add(self._browse)
        self._edit.editingFinished.connect(self._on_editing_finished)
        self._browse.clicked.connect(self._on_browse_clicked)
        self.say(self._browse.setToolTip, lambda: self.tr("Choose files…"))

    def show_value(self, value: Any) -> None:
        text = FILE_SEPARATOR.join(value) if isinstance(value, list) else str(value or "")
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.setToolTip(text.replace(FILE_SEPARATOR, "\n"))

    @pyqtSlot()
    def _on_editing_finished(self) -> None:
        files = [part.strip() for part in self._edit.text().split(FILE_SEPARATOR.strip()) if part.strip()]
        if files:
            self.value_edited.emit(files)

    @pyqtSlot()
    def _on_browse_clicked(self) -> None:
        start = self._edit.text().split(FILE_SEPARATOR)[0]
        files, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose list files"), start, self.tr("Lists (*.txt)"))
        if files:
            self.value_edited.emit([Path(file).as_posix() for file in files])


class DictionaryEditor(ValueEditor):
    """All characters of the model, those of the dataset, or a file's."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._dataset_file = ""
        self._value: str | None = None
        self._box = _PatientComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        self._browse = QToolButton()
        self._browse.setIcon(icon("fa5s.folder-open"))
        self._add(self._box, 1)
        self._add(self._browse)
        self._box.activated.connect(self._on_activated)
        self._browse.clicked.connect(self._on_browse_clicked)
        self.say(self._browse.setToolTip, lambda: self.tr("Choose a dictionary file…"))
        self._fill()

    def set_dataset_file(self, file: Path | None) -> None:
        """Offers the characters of a dataset."""
        text = file.as_posix() if file is not None and file.is_file() else ""
        if text != self._dataset_file:
            self._dataset_file = text
            self._fill()

    def show_value(self, value: Any) -> None:
        self._value = str(value) if value else None
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        self._box.clear()
        self._box.addItem(self.tr("All characters of the model"), None)
        if self._dataset_file:
            self._box.addItem(self.tr("Only the characters of the dataset"), self._dataset_file)
        if self._value and self._value != self._dataset_file:
            self._box.addItem(self._value, self._value)
        self._box.setCurrentIndex(max(0, self._box.findData(self._value)))
        self._box.setToolTip(self._value or "")

    @pyqtSlot(int)
    def _on_activated(self, place: int) -> None:
        self.value_edited.emit(self._box.itemData(place))

    @pyqtSlot()
    def _on_browse_clicked(self) -> None:
        start = self._value or self._dataset_file
        title, kinds = self.tr("Choose a dictionary"), self.tr("Dictionaries (*.txt)")
        file, _ = QFileDialog.getOpenFileName(self, title, start, kinds)
        if file:
            self.value_edited.emit(Path(file).as_posix())


EDITORS: dict[str, type[ValueEditor]] = {
    "whole": WholeEditor,
    "number": NumberEditor,
    "small": SmallNumberEditor,
    "choice": ChoiceEditor,
    "switch": SwitchEditor,
    "files": FilesEditor,
    "dictionary": DictionaryEditor,
}
