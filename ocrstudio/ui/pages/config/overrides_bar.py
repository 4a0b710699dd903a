"""The config as `-o key=value`: what differs from the template to copy, and what somebody pasted to take over."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.core.findings import Finding
from ocrstudio.formats.config_overrides import Override, command_line, read_line
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

MOST_NOTES = 3  # all of them are in the tooltip


class OverridesBar(TranslatedWidget):
    """Two lines, and below them what PaddleOCR would make of them."""

    overrides_typed = pyqtSignal(object, object)  # list[Override], list[Finding] about the line as a whole

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: list[Finding] = []
        self._error: StudioError | None = None
        self._command = QLineEdit()
        self._command.setObjectName("overridesCommand")
        self._command.setProperty("role", "mono")
        self._command.setReadOnly(True)
        self._copy = QToolButton()
        self._copy.setObjectName("copyOverrides")
        self._copy.setIcon(icon("fa5s.copy"))
        self._typed = QLineEdit()
        self._typed.setObjectName("overridesTyped")
        self._typed.setProperty("role", "mono")
        self._take = button("takeOverrides")
        self._told = label("hint", "overridesNotes", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(self._command, self._copy))
        column.addLayout(row(self._typed, self._take))
        column.addWidget(self._told)
        self._say_texts()
        self._copy.clicked.connect(self._on_copy_clicked)
        self._take.clicked.connect(self._on_take_clicked)
        self._typed.returnPressed.connect(self._on_take_clicked)
        self._typed.textChanged.connect(self._on_typed_text_changed)
        self._on_typed_text_changed("")

    def _say_texts(self) -> None:
        self.say(self._command.setToolTip, lambda: self.tr("What differs from the template, for the command line."))
        self.say(
            self._command.setAccessibleName, lambda: self.tr("What differs from the template, for the command line.")
        )
        self.say(self._copy.setToolTip, lambda: self.tr("Copy the command"))
        self.say(self._copy.setAccessibleName, lambda: self.tr("Copy the command"))
        self.say(self._typed.setPlaceholderText, lambda: self.tr("Paste -o key=value …"))
        self.say(self._typed.setAccessibleName, lambda: self.tr("Paste -o key=value …"))
        self.say(
            self._typed.setToolTip,
            lambda: self.tr("Pairs, or a whole command of PaddleOCR. They are read as PaddleOCR reads them."),
        )
        self.say(self._take.setText, lambda: self.tr("Take over"))
        self.say(self._told.setText, self._told_text)

    def show_overrides(self, config: str, overrides: list[Override], notes: list[Finding]) -> None:
        """Shows the command that trains from a template with what differs.

        Args:
            config: How the template is named.
            overrides: What differs.
            notes: What else to know.
        """
        self._command.setText(command_line(config, overrides))
        self._command.setCursorPosition(0)
        self._show_notes([*notes, *(note for override in overrides for note in override.notes)])

    def clear_typed(self) -> None:
        """Empties the line: what stood there was taken over."""
        self._typed.clear()

    @property
    def command(self) -> str:
        """The command that is shown."""
        return self._command.text()

    def _show_notes(self, notes: list[Finding]) -> None:
        self._notes, self._error = notes, None
        theme.mark(self._told, "hint")
        self._told.setText(self._told_text())
        self._told.setVisible(bool(notes))

    def _told_text(self) -> str:
        if self._error is not None:
            return in_words(self._error)
        told = [in_words(note) for note in self._notes]
        self._told.setToolTip("\n".join(told))
        return "\n".join(told[:MOST_NOTES] + ["…"] * (len(told) > MOST_NOTES))

    @pyqtSlot()
    def _on_copy_clicked(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self._command.text())

    @pyqtSlot(str)
    def _on_typed_text_changed(self, text: str) -> None:
        self._take.setEnabled(bool(text.strip()))

    @pyqtSlot()
    def _on_take_clicked(self) -> None:
        try:
            overrides, notes = read_line(self._typed.text())
        except StudioError as error:
            self._error = error
            theme.mark(self._told, "bad")
            self._told.setText(self._told_text())
            self._told.show()
            return
        if overrides:
            self.overrides_typed.emit(overrides, notes)
