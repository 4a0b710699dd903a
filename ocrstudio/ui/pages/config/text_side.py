"""The right side of the config page: the whole YAML, and whether it can be read."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QShortcut, QToolButton, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.find_bar import FindBar
from ocrstudio.ui.pages.config.yaml_editor import YamlEditor
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class TextSide(TranslatedWidget):
    """A card with the editor and a verdict below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = YamlEditor()
        self._error: StudioError | None = None
        self._title = ElidedLabel("", Qt.TextElideMode.ElideRight)
        self._title.setProperty("role", "subtitle")
        self.undo_button, self.redo_button = _tool("undoConfig", "fa5s.undo"), _tool("redoConfig", "fa5s.redo")
        self.find_bar = FindBar(self.editor)
        self._find_button = _tool("findInConfig", "fa5s.search")
        self._verdict = label("good", "yamlVerdict", wrap=True)
        frame = card(spacing=GRID)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            line = row(self._title, self._find_button, self.undo_button, self.redo_button)
            line.setStretch(0, 1)
            column.addLayout(line)
            column.addWidget(self.find_bar)
            column.addWidget(self.editor, 1)
            column.addWidget(self._verdict)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(self._title.show_text, lambda: self.tr("Everything, as PaddleOCR reads it"))
        self.say(self.editor.setAccessibleName, lambda: self.tr("Everything, as PaddleOCR reads it"))
        self.say(self._verdict.setText, self._verdict_text)
        self.say(self.undo_button.setToolTip, lambda: self.tr("Undo the last change, wherever it was made (Ctrl+Z)"))
        self.say(
            self.undo_button.setAccessibleName, lambda: self.tr("Undo the last change, wherever it was made (Ctrl+Z)")
        )
        self.say(self.redo_button.setToolTip, lambda: self.tr("Redo (Ctrl+Y)"))
        self.say(self.redo_button.setAccessibleName, lambda: self.tr("Redo (Ctrl+Y)"))
        self.say(self._find_button.setToolTip, lambda: self.tr("Find in the text (Ctrl+F)"))
        self.say(self._find_button.setAccessibleName, lambda: self.tr("Find in the text (Ctrl+F)"))
        self.editor.undoAvailable.connect(self.undo_button.setEnabled)
        self.editor.redoAvailable.connect(self.redo_button.setEnabled)
        self._find_button.clicked.connect(self.find_bar.open)
        QShortcut(QKeySequence.StandardKey.Find, self, self.find_bar.open, context=_HERE)

    def show_error(self, error: StudioError | None, line: int) -> None:
        """Says whether the text can be read.

        Args:
            error: Why not; None if it can.
            line: The line that is wrong, counted from 1; 0 for none.
        """
        self._error = error
        role = "bad" if error is not None else "good"
        if self._verdict.property("role") != role:
            theme.mark(self._verdict, role)
        self._verdict.setText(self._verdict_text())
        self.editor.mark_line(line)

    def _verdict_text(self) -> str:
        if self._error is None:
            return self.tr("The text can be read.")
        told = in_words(self._error)
        return self.tr("{error} The form waits until the text can be read again.").format(error=told)


def _tool(name: str, picture: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setIcon(icon(picture))
    made.setEnabled(name == "findInConfig")
    return made
