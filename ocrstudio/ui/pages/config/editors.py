"""One small editor for each kind of value, all alike from outside: `show_value`, `value_edited`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QSignalBlocker, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ocrstudio.formats.config_field import NO_DEFAULT, Field
from ocrstudio.formats.config_fields import fault
from ocrstudio.services.config_draft import DICTIONARY
from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.fields import said
from ocrstudio.ui.pages.config.history import PassHistoryKeys
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget
from ocrstudio.ui.widgets.wheel import leave_wheel

FILE_SEPARATOR = "; "
LARGEST = 2**31 - 1  # that a spin box holds
LONGEST_SUFFIX = 12  # of a unit beside its number; longer ones are in the tooltip


class ValueEditor(TranslatedWidget):
    """Base: one value of the config in a widget."""

    value_edited = pyqtSignal(object)  # the new value, only when the user changed it
    fits_changed = pyqtSignal(bool)  # whether what was typed is a value at all

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
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
        PassHistoryKeys(widget)
        self._line.addWidget(widget, stretch)
        leave_wheel(self)


class _ComboBox(QComboBox):
    """As wide as its texts, in any language."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            # Otherwise it keeps the least size that its texts had in the other language.
            super().changeEvent(QEvent(QEvent.Type.StyleChange))


class WholeEditor(ValueEditor):
    """A whole number; one that may be null has a place below the smallest for that."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        low, high = int(field.minimum or 0), int(min(field.maximum or LARGEST, LARGEST))
        self._nothing = low - 1 if field.optional else None
        self._box = QSpinBox()
        self._box.setRange(low if self._nothing is None else self._nothing, high)
        if field.unit and len(field.unit) <= LONGEST_SUFFIX:
            self.say(self._box.setSuffix, lambda: f" {said(field.unit)}")
        if self._nothing is not None:
            self.say(self._box.setSpecialValueText, lambda: self.tr("not set"))
        self._add(self._box, 1)
        self._box.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: Any) -> None:
        number = self._nothing if value is None else value
        if isinstance(number, int) and number != self._box.value():
            blocker = QSignalBlocker(self._box)
            self._box.setValue(min(number, LARGEST))
            blocker.unblock()

    @pyqtSlot(int)
    def _on_value_changed(self, value: int) -> None:
        self.value_edited.emit(None if value == self._nothing else value)


class _TypedEditor(ValueEditor):
    """Base: a value that is typed; what cannot be one is framed in red and changes nothing."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._kept: Any = None  # the config's value before something was typed
        self._edit = QLineEdit()
        self._add(self._edit, 1)
        self._edit.textEdited.connect(self._on_text_edited)
        self._edit.editingFinished.connect(self._on_editing_finished)

    def show_value(self, value: Any) -> None:
        if value == self._kept and self._edit.isModified() and self._value() is NO_DEFAULT:
            return  # the config has its old value again, and what was typed is still to be mended
        if value != self._value():
            self._kept = value
            self._edit.setText("" if value is None else self._text(value))
            self._mark(True)

    def _text(self, value: Any) -> str:
        raise NotImplementedError

    def _parsed(self, text: str) -> Any:
        """The value of a text; ValueError if it is none."""
        raise NotImplementedError

    def _value(self) -> Any:
        """What the text says, `NO_DEFAULT` if that is nothing that fits."""
        text = self._edit.text().strip()
        try:
            value = self._parsed(text) if text else None
        except ValueError:
            return NO_DEFAULT
        return NO_DEFAULT if fault(self.field.key, value) else value

    def _mark(self, good: bool) -> None:
        self.fits_changed.emit(good)
        self._edit.setProperty("state", "" if good else "bad")
        theme.repolish(self._edit)

    @pyqtSlot()
    def _on_text_edited(self) -> None:
        value = self._value()
        self._mark(value is not NO_DEFAULT)
        if value is not NO_DEFAULT:
            self._edit.setModified(False)  # it is in the page's history now
            self.value_edited.emit(value)
        else:
            self.value_edited.emit(self._kept)  # not the beginning of what is no value: the 5 of a 50

    @pyqtSlot()
    def _on_editing_finished(self) -> None:
        value = self._value()
        if value is not NO_DEFAULT:
            self._kept = value


class SmallNumberEditor(_TypedEditor):
    """A number that is typed, because it may be tiny: 0.0005 or 5e-4."""

    def _text(self, value: Any) -> str:
        if not isinstance(value, int | float):
            return str(value)
        return f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) >= 1e-9 or not value else f"{value:g}"

    def _parsed(self, text: str) -> Any:
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() and "." not in text else number


class NumbersEditor(_TypedEditor):
    """Numbers in a row: 0, 2000; told when they are complete. One alone stays a number where the key takes that."""

    def _text(self, value: Any) -> str:
        return ", ".join(f"{part}" for part in value) if isinstance(value, list) else str(value)

    def _parsed(self, text: str) -> Any:
        parts = text.strip("[]").replace(";", ",").split(",")
        numbers = [float(part) if "." in part or "e" in part.lower() else int(part) for part in parts]
        return numbers[0] if len(numbers) == 1 and self.field.kind == "steps" else numbers

    @pyqtSlot()
    def _on_text_edited(self) -> None:
        self._mark(self._value() is not NO_DEFAULT)

    @pyqtSlot()
    def _on_editing_finished(self) -> None:
        super()._on_editing_finished()
        if self._value() is not NO_DEFAULT:
            self._edit.setModified(False)
            self.value_edited.emit(self._kept)


class LineEditor(ValueEditor):
    """A text; a path has a button to choose it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._edit = QLineEdit()
        self._add(self._edit, 1)
        self._edit.editingFinished.connect(self._on_editing_finished)
        if field.path:
            browse = QToolButton()
            browse.setIcon(icon("fa5s.folder-open"))
            self._add(browse)
            browse.clicked.connect(self._on_browse_clicked)
            self.say(browse.setToolTip, lambda: self.tr("Choose…"))

    def show_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.setCursorPosition(0)

    @pyqtSlot()
    def _on_editing_finished(self) -> None:
        text = self._edit.text().strip()
        self._edit.setModified(False)
        if text or self.field.optional:
            self.value_edited.emit(text or None)

    @pyqtSlot()
    def _on_browse_clicked(self) -> None:
        start, title = self._edit.text(), self.tr("Choose")
        if self.field.path == "folder":
            found = QFileDialog.getExistingDirectory(self, title, start)
        else:
            found, _ = QFileDialog.getOpenFileName(self, title, start)
        if found:
            self.value_edited.emit(Path(found).as_posix())


class ChoiceEditor(ValueEditor):
    """One of a few values, each with its words."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = _ComboBox()
        for value in field.choices:
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

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
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

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
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
        self._edit.setModified(False)
        if files or self.field.kind == "lists":
            self.value_edited.emit(files)

    @pyqtSlot()
    def _on_browse_clicked(self) -> None:
        start = self._edit.text().split(FILE_SEPARATOR)[0]
        files, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose list files"), start, self.tr("Lists (*.txt)"))
        if files:
            self.value_edited.emit([Path(file).as_posix() for file in files])


class DictionaryEditor(ValueEditor):
    """All characters of the model, those of the dataset, or a file's."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._dataset_file = ""
        self._value: str | None = None
        self._box = _ComboBox()
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


_BY_KIND: dict[str, type[ValueEditor]] = {
    "int": WholeEditor,
    "float": SmallNumberEditor,
    "bool": SwitchEditor,
    "text": LineEditor,
    "texts": FilesEditor,
    "lists": FilesEditor,
    "steps": NumbersEditor,
    "ratios": NumbersEditor,
    "ints": NumbersEditor,
}


def editor_for(field: Field) -> ValueEditor:
    """The editor that suits a key."""
    if field.key == DICTIONARY:
        return DictionaryEditor(field)
    return ChoiceEditor(field) if field.choices else _BY_KIND[field.kind](field)
