"""The form: the values that people change, as rows with a short explanation each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from ocrstudio.formats.config_field import NO_DEFAULT, Field
from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.editors import ChoiceEditor, DictionaryEditor, SwitchEditor, editor_for
from ocrstudio.ui.pages.config.fields import GROUPS, FormGroup, explained, limits, said, shown
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

LABEL_SHARE, EDITOR_SHARE = 2, 3


class FormRow(TranslatedWidget):
    """One key: its name, its editor, what it does, and the way back to the template's value."""

    value_edited = pyqtSignal(str, object)  # dotted key, new value

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor_for(field)
        self._template: Any = NO_DEFAULT
        self._value: Any = None  # the config's
        self._caption: QLabel = label(wrap=True)
        self._caption.setBuddy(self.editor)
        self._back = QToolButton()
        self._back.setObjectName(f"{field.key}.back")
        self._back.setIcon(icon("fa5s.undo", "accent"))
        self._back.hide()
        self._hint = label("hint", wrap=True)
        line = row(self._caption, self.editor, self._back)
        line.setStretch(0, LABEL_SHARE)
        line.setStretch(1, EDITOR_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(line)
        column.addWidget(self._hint)
        self.say(self._caption.setText, partial(said, field.label))
        self.say(self._name_fields, partial(said, field.label))
        if isinstance(self.editor, ChoiceEditor):
            self.say(self.editor.set_words, lambda: "\n".join(said(text) for text in field.choice_words))
        if isinstance(self.editor, SwitchEditor):
            self.say(self.editor.set_words, lambda: self.tr("on"))
        self._fits = True
        self.say(self._hint.setText, self._hint_text)
        self.say(self._set_tips, str)
        self.editor.value_edited.connect(self._on_editor_value_edited)
        self.editor.fits_changed.connect(self._on_editor_fits_changed)
        self._back.clicked.connect(self._on_back_clicked)

    def _name_fields(self, name: str) -> None:
        """For screen readers: the caption's buddy holds the fields, and a button beside one has a picture alone."""
        for field in self.editor.findChildren(QWidget):
            if field.focusPolicy() != Qt.FocusPolicy.NoFocus:
                field.setAccessibleName(name)
        self._back.setAccessibleName(self.tr("Back to the template's value"))

    def matches(self, words: str) -> bool:
        """Whether all words are found in its name, its key or its explanation."""
        text = f"{said(self.field.label)} {self.field.key} {said(self.field.meaning)}".casefold()
        return all(word in text for word in words.casefold().split())

    def show_value(self, value: Any, template: Any = NO_DEFAULT) -> None:
        """Shows a value.

        Args:
            value: One of another kind than the editor's leaves that as it is.
            template: What the template has; `NO_DEFAULT` if it lacks the key, or there is none.
        """
        self._value = value
        self.editor.show_value(value)
        if not self._fits:
            self._hint.setText(self._hint_text())
        differs = template is not NO_DEFAULT and template != value
        if template is not self._template or self._back.isHidden() is differs:
            self._template = template
            self._back.setVisible(differs)
            self._set_tips("")

    def _hint_text(self) -> str:
        if self._fits:
            return said(self.field.meaning)
        allowed = limits(self.field) or said(self.field.unit)
        words = self.tr("This is no value for it. Possible: {limits}. The config keeps {value}.")
        return words.format(limits=allowed, value=shown(self._value))

    def _on_editor_fits_changed(self, fits: bool) -> None:
        if fits is not self._fits:
            self._fits = fits
            theme.mark(self._hint, "hint" if fits else "bad")
            self._hint.setText(self._hint_text())

    def _set_tips(self, _: str) -> None:
        tip = explained(self.field, self._template)
        for widget in (self.editor, self._caption, self._hint):
            widget.setToolTip(tip)
        if self._template is not NO_DEFAULT:
            self._back.setToolTip(self.tr("Back to the template's value: {value}").format(value=shown(self._template)))

    def _on_editor_value_edited(self, value: Any) -> None:
        self.value_edited.emit(self.field.key, value)

    def _on_back_clicked(self) -> None:
        self.value_edited.emit(self.field.key, self._template)


class ConfigForm(TranslatedWidget):
    """Shows and changes the values of `fields.GROUPS`; rows whose key the config lacks are hidden, and may be added."""

    value_edited = pyqtSignal(str, object)  # dotted key, new value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FormRow] = {}
        self._groups: list[tuple[QWidget, FormGroup]] = []
        self._values: dict[str, Any] = {}
        self._filter = ""
        self._offered: list[Field] = []
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._column.setSpacing(2 * GRID)
        self._nothing = label("muted", wrap=True)
        self._add_button = button("addSettingButton", "fa5s.plus")
        self._menu = QMenu(self._add_button)
        self._menu.setToolTipsVisible(True)
        self._add_button.setMenu(self._menu)
        self._add_button.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")  # it covers the text
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))
        self.say(self._add_button.setText, lambda: self.tr("Add a setting"))
        self.say(lambda _: self.offer(self._offered), str)
        self.say(self._nothing.setText, lambda: self.tr("No setting is called that. The tab with all values has more."))

    def build_rows(self) -> None:
        """Makes the rows; once, when the form has its place: Qt styles all of them again with every move."""
        for group in GROUPS:
            title = label("subtitle", wrap=True)
            self.say(title.setText, partial(said, group.title))
            frame = card(title, spacing=GRID)
            self._groups.append((frame, group))
            self._column.addWidget(frame)
            column = frame.layout()
            if isinstance(column, QVBoxLayout):
                for field in group.fields:
                    made = FormRow(field, frame)
                    made.value_edited.connect(self.value_edited)
                    self.rows[field.key] = made
                    column.addWidget(made)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_values(self, values: dict[str, Any], template: dict[str, Any], dictionary: Path | None) -> None:
        """Shows the config's values.

        Args:
            values: Of the keys that the config has.
            template: Of the keys that its template has.
            dictionary: The dictionary of the dataset in use, to be offered.
        """
        shown_keys = set(self._values)
        self._values = values
        for key, made in self.rows.items():
            if isinstance(made.editor, DictionaryEditor):
                made.editor.set_dataset_file(dictionary)
            if key in values:
                made.show_value(values[key], template.get(key, NO_DEFAULT))
        if shown_keys != set(values):
            self._show_rows()

    def offer(self, fields: list[Field]) -> None:
        """The settings that may be added."""
        self._offered = fields
        self._menu.clear()
        for field in fields:
            action = self._menu.addAction(said(field.label))
            if action is not None:
                action.setToolTip(explained(field))
                action.triggered.connect(partial(self._on_add_triggered, field))
        self._add_button.setVisible(bool(fields))

    def set_filter(self, words: str) -> None:
        """Shows only the rows in which all words are found; none shows all."""
        self._filter = words
        self._show_rows()

    def _show_rows(self) -> None:
        found = {key for key in self._values if key in self.rows and self.rows[key].matches(self._filter)}
        for key, made in self.rows.items():
            made.setVisible(key in found)
        for frame, group in self._groups:
            frame.setVisible(any(field.key in found for field in group.fields))
        self._nothing.setVisible(not found)

    def _on_add_triggered(self, field: Field) -> None:
        self.value_edited.emit(field.key, field.default)
