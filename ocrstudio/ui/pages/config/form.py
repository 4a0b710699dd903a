"""The form: the ten values as rows with a short explanation each."""

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
    """Shows and changes the values that `fields.GROUPS` lists."""

    value_edited = pyqtSignal(str, object)  # dotted key, new value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, ValueEditor] = {}
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(2 * GRID)
        for group in GROUPS:
            column.addWidget(self._build_group(group))
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
                column.addSpacing(GRID // 2)
                column.addLayout(self._build_row(field))
        return frame

    def _build_row(self, field: FormField) -> QVBoxLayout:
        editor = EDITORS[field.kind](field)
        self.editors[field.key] = editor
        editor.value_edited.connect(partial(self.value_edited.emit, field.key))
        column = QVBoxLayout()
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
        return column

    def show_values(self, values: dict[str, Any], dictionary: Path | None) -> None:
        """Shows the config's values.

        Args:
            values: By key; what is missing or of another kind leaves its editor as it is.
            dictionary: The dictionary of the dataset in use, to be offered.
        """
        for key, editor in self.editors.items():
            if isinstance(editor, DictionaryEditor):
                editor.set_dataset_file(dictionary)
            editor.show_value(values.get(key))


def _text(template: str) -> str:
    return QCoreApplication.translate("ConfigFields", template)
