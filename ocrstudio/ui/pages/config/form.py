"""The form: the values that people change, as rows with a short explanation each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QCoreApplication, pyqtSignal
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocrstudio.ui.pages.config.editors import EDITORS, ChoiceEditor, DictionaryEditor, SwitchEditor, ValueEditor
from ocrstudio.ui.pages.config.fields import GROUPS, FormField, FormGroup
from ocrstudio.ui.widgets.parts import GRID, card, label, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ConfigForm(TranslatedWidget):
    """Shows and changes the values that `fields.GROUPS` lists; rows whose key the config lacks are hidden."""

    value_edited = pyqtSignal(str, object)  # dotted key, new value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, ValueEditor] = {}
        self._rows: dict[str, QWidget] = {}
        self._groups: list[tuple[QWidget, FormGroup]] = []
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(2 * GRID)
        for group in GROUPS:
            frame = self._build_group(group)
            self._groups.append((frame, group))
            column.addWidget(frame)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))

    def _build_group(self, group: FormGroup) -> QWidget:
        title = label("subtitle")
        self.say(title.setText, partial(_text, group.title))
        frame = card(title, spacing=GRID)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            for field in group.fields:
                self._rows[field.key] = self._build_row(field)
                column.addWidget(self._rows[field.key])
        return frame

    def _build_row(self, field: FormField) -> QWidget:
        editor = EDITORS[field.kind](field)
        self.editors[field.key] = editor
        editor.value_edited.connect(partial(self.value_edited.emit, field.key))
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(GRID // 2)
        if isinstance(editor, SwitchEditor):
            self.say(editor.set_words, partial(_text, field.label))
        else:
            caption: QLabel = label()
            caption.setBuddy(editor)
            self.say(caption.setText, partial(_text, field.label))
            column.addWidget(caption)
        if isinstance(editor, ChoiceEditor):
            self.say(editor.set_words, lambda: "\n".join(_text(text) for _, text in field.choices))
        hint = label("hint", wrap=True)
        self.say(hint.setText, partial(_text, field.hint))
        self.say(editor.setToolTip, lambda: f"{_text(field.hint)}\n{field.key}")
        column.addWidget(editor)
        column.addWidget(hint)
        return line

    def show_values(self, values: dict[str, Any], dictionary: Path | None) -> None:
        """Shows the config's values.

        Args:
            values: Of the keys that the config has; one of another kind than its editor's leaves that as it is.
            dictionary: The dictionary of the dataset in use, to be offered.
        """
        for key, editor in self.editors.items():
            self._rows[key].setVisible(key in values)
            if isinstance(editor, DictionaryEditor):
                editor.set_dataset_file(dictionary)
            if key in values:
                editor.show_value(values[key])
        for frame, group in self._groups:
            frame.setVisible(any(field.key in values for field in group.fields))


def _text(template: str) -> str:
    return QCoreApplication.translate("ConfigFields", template)
