"""The right side of the config page: the whole YAML, and whether it can be read."""

from __future__ import annotations

from PyQt5.QtWidgets import QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.pages.config.yaml_editor import YamlEditor
from ocrstudio.ui.widgets.parts import card, label
from ocrstudio.ui.widgets.translated import TranslatedWidget


class TextSide(TranslatedWidget):
    """A card with the editor and a verdict below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = YamlEditor()
        self._error: StudioError | None = None
        self._title = label("subtitle")
        self._verdict = label("good", "yamlVerdict", wrap=True)
        frame = card(self._title, self.editor, self._verdict)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.setStretchFactor(self.editor, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(self._title.setText, lambda: self.tr("Everything, as PaddleOCR reads it"))
        self.say(self._verdict.setText, self._verdict_text)

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
        told = " ".join(part for part in translated(self._error) if part)
        return self.tr("{error} The form waits until the text can be read again.").format(error=told)
